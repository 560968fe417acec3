// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/tasks.hpp"

#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace sz {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds progress_interval{50};

Error cancelled_error(const std::string& title) {
    return {ErrorKind::cancelled, "SZ-TASK-002", "“" + title + "” was cancelled.", {}, {}};
}

enum class Phase : std::uint8_t { queued, running, ended };

struct Task {
    std::uint64_t number = 0;
    std::string title;
    TaskWork work;
    TaskDone done;
    std::atomic<Phase> phase =
        Phase::queued;  // whoever moves it away from queued may go on with the task
    std::atomic<bool> is_cancelled = false;
    std::function<void()> on_cancel;  // of one that lives on the kernel thread
    // What the work came to, for a kernel thread that waits for it.
    std::promise<Result<Json>> work_ended;

    // [kernel-thread]
    std::uint64_t steps_done = 0, steps_total = 0;
    std::string what;
    std::optional<Result<Json>> outcome;
    std::vector<Call> waiting;

    [[nodiscard]] std::string id() const { return std::to_string(number); }

    [[nodiscard]] const char* state() const {
        if (!outcome) return "running";
        if (*outcome) return "done";
        return outcome->error().kind == ErrorKind::cancelled ? "cancelled" : "failed";
    }

    [[nodiscard]] Json message() const {
        return {{"task", id()},       {"title", title},       {"state", state()},
                {"done", steps_done}, {"total", steps_total}, {"what", what}};
    }
};

}  // namespace

struct Tasks::Impl : std::enable_shared_from_this<Impl> {
    Bus& bus;
    KernelThread& thread;
    WorkerPool& pool;
    Options options;
    std::uint64_t next_number = 1;
    std::map<std::uint64_t, std::shared_ptr<Task>> tasks;

    Impl(Bus& the_bus, KernelThread& the_thread, WorkerPool& the_pool, Options the_options)
        : bus(the_bus), thread(the_thread), pool(the_pool), options(std::move(the_options)) {}

    void progress(Task& task, std::uint64_t done, std::uint64_t total, std::string what);
    void end(const std::shared_ptr<Task>& task, Result<Json> result);
    void cancel(const std::shared_ptr<Task>& task);
    [[nodiscard]] Result<std::shared_ptr<Task>> find(const Json& params) const;
};

namespace {

// What the work holds. Its reports go to the kernel thread at most every 50 ms; the newest one
// counts.
class Reporter final : public TaskProgress {
  public:
    using Post = std::function<void(std::uint64_t, std::uint64_t, std::string)>;

    Reporter(const Task& task, std::function<Clock::time_point()> now, Post post)
        : task_(task), now_(std::move(now)), post_(std::move(post)) {}

    void report(std::uint64_t done, std::uint64_t total, std::string_view what) override {
        const auto now = now_();
        const std::lock_guard lock(mutex_);  // work may itself use several threads
        if (last_ && now - *last_ < progress_interval) return;
        last_ = now;
        post_(done, total, std::string(what));
    }

    [[nodiscard]] bool is_cancelled() const noexcept override { return task_.is_cancelled; }

  private:
    const Task& task_;
    std::function<Clock::time_point()> now_;
    Post post_;
    std::mutex mutex_;
    std::optional<Clock::time_point> last_;
};

}  // namespace

void Tasks::Impl::progress(Task& task, std::uint64_t done, std::uint64_t total, std::string what) {
    if (task.outcome) return;
    task.steps_done = done;
    task.steps_total = total;
    task.what = std::move(what);
    bus.publish("task.progress", task.message());
}

void Tasks::Impl::end(const std::shared_ptr<Task>& task, Result<Json> result) {
    if (task->outcome) return;
    task->phase = Phase::ended;
    if (const auto done = std::exchange(task->done, nullptr)) done(result);
    task->outcome = std::move(result);
    task->work = nullptr;
    task->on_cancel = nullptr;
    auto message = task->message();
    const auto& outcome = *task->outcome;
    if (outcome) {
        message["result"] = *outcome;
    } else {
        message["error"] = error_to_json(outcome.error());
    }
    bus.publish("task.progress", std::move(message));
    for (const auto& call : std::exchange(task->waiting, {})) call.answer(outcome);
    thread.post_after(options.keep_results, [weak = weak_from_this(), number = task->number] {
        if (const auto self = weak.lock()) self->tasks.erase(number);
    });
}

void Tasks::Impl::cancel(const std::shared_ptr<Task>& task) {
    task->is_cancelled = true;
    if (const auto on_cancel = task->on_cancel) return on_cancel();
    auto expected = Phase::queued;
    if (task->phase.compare_exchange_strong(expected, Phase::ended))
        end(task, fail(cancelled_error(task->title)));
}

Result<std::shared_ptr<Task>> Tasks::Impl::find(const Json& params) const {
    const auto id = string_or(params, "task");
    for (const auto& [number, task] : tasks) {
        if (task->id() == id) return task;
    }
    return fail(ErrorKind::not_found, "SZ-TASK-001", "There is no task “" + id + "”.",
                "Results are kept for ten minutes after a task's end.", id);
}

Tasks::Tasks(Bus& bus, KernelThread& thread, WorkerPool& pool)
    : Tasks(bus, thread, pool, Options{}) {}

Tasks::Tasks(Bus& bus, KernelThread& thread, WorkerPool& pool, Options options)
    : impl_(std::make_shared<Impl>(bus, thread, pool, std::move(options))) {}

Tasks::~Tasks() { stop(); }

std::string Tasks::start(std::string title, TaskWork work, TaskDone done) {
    auto task = std::make_shared<Task>();
    task->number = impl_->next_number++;
    task->title = std::move(title);
    task->work = std::move(work);
    task->done = std::move(done);
    impl_->tasks.emplace(task->number, task);

    const auto to_kernel = [weak = std::weak_ptr(impl_), &thread = impl_->thread](auto act) {
        thread.post([weak, act = std::move(act)]() mutable {
            if (const auto self = weak.lock()) act(*self);
        });
    };
    impl_->pool.post([task, to_kernel, now = impl_->options.now] {
        auto expected = Phase::queued;
        if (!task->phase.compare_exchange_strong(expected, Phase::running)) return;
        Reporter reporter(
            *task, now, [&](std::uint64_t steps_done, std::uint64_t total, std::string what) {
                to_kernel([task, steps_done, total, what = std::move(what)](Impl& self) {
                    self.progress(*task, steps_done, total, what);
                });
            });
        Result<Json> result =
            fail(ErrorKind::internal, "SZ-TASK-003", "“" + task->title + "” failed unexpectedly.",
                 "This is a defect; the log says more.");
        // An exception must not leave a task that runs for ever: the pool logs it, this tells the
        // waiting.
        struct AtEnd {
            std::function<void()> act;
            ~AtEnd() { act(); }
        } at_end{[&] {
            task->work_ended.set_value(result);
            to_kernel([task, outcome = std::move(result)](Impl& self) mutable {
                self.end(task, std::move(outcome));
            });
        }};
        result = task->work(reporter);
    });
    return task->id();
}

std::unique_ptr<OwnTask> Tasks::begin(std::string title, std::function<void()> cancel) {
    class Own final : public OwnTask {
      public:
        Own(std::weak_ptr<Impl> tasks, std::shared_ptr<Task> task)
            : tasks_(std::move(tasks)), task_(std::move(task)) {}
        ~Own() override {
            end(fail(ErrorKind::internal, "SZ-TASK-003",
                     "“" + task_->title + "” failed unexpectedly.",
                     "This is a defect; the log says more."));
        }
        [[nodiscard]] std::string id() const override { return task_->id(); }
        void report(std::uint64_t done, std::uint64_t total, std::string_view what) override {
            if (const auto tasks = tasks_.lock())
                tasks->progress(*task_, done, total, std::string(what));
        }
        void end(Result<Json> result) override {
            if (const auto tasks = tasks_.lock()) tasks->end(task_, std::move(result));
        }

      private:
        std::weak_ptr<Impl> tasks_;
        std::shared_ptr<Task> task_;
    };
    auto task = std::make_shared<Task>();
    task->number = impl_->next_number++;
    task->title = std::move(title);
    task->phase = Phase::running;
    task->on_cancel = std::move(cancel);
    impl_->tasks.emplace(task->number, task);
    return std::make_unique<Own>(impl_, std::move(task));
}

void Tasks::cancel_and_wait(std::string_view task) {
    const auto found = impl_->find(Json{{"task", task}});
    if (!found || (*found)->phase == Phase::ended) return;
    const bool is_here = (*found)->on_cancel != nullptr;
    impl_->cancel(*found);
    if (is_here) return;
    // What the worker posts of the end then finds it told already.
    if (!(*found)->outcome) impl_->end(*found, (*found)->work_ended.get_future().get());
}

Status Tasks::add_methods() {
    const auto impl = impl_.get();
    SZ_TRY(impl->bus.add_method({"task.list", {}, {}, "kernel"}, [impl](const Call& call) {
        Json list = Json::array();
        for (const auto& [number, task] : impl->tasks) list.push_back(task->message());
        call.answer(Json{{"tasks", std::move(list)}});
    }));
    SZ_TRY(impl->bus.add_method({"task.wait", {}, {}, "kernel"}, [impl](const Call& call) {
        auto task = impl->find(call.params());
        if (!task) return call.answer(fail(task.error()));
        if ((*task)->outcome) return call.answer(*(*task)->outcome);
        (*task)->waiting.push_back(call);
    }));
    return impl->bus.add_method({"task.cancel", {}, {}, "kernel"}, [impl](const Call& call) {
        auto task = impl->find(call.params());
        if (!task) return call.answer(fail(task.error()));
        impl->cancel(*task);
        call.answer(Json::object());
    });
}

void Tasks::stop() {
    impl_->thread.run_and_wait([this] {
        const auto all = impl_->tasks;
        for (const auto& [number, task] : all) impl_->cancel(task);
    });
}

}  // namespace sz
