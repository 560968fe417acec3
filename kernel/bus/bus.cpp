// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/bus.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/bus/method.hpp"
#include "kernel/bus/names.hpp"
#include "kernel/bus/topics.hpp"

namespace sz {

namespace {

Error stopping_error() {
    return {ErrorKind::cancelled,
            "SZ-BUS-005",
            "The program is closing.",
            "Start it again and repeat the request.",
            {}};
}

Error unfit_error(const char* code, ErrorKind kind, const std::string& what,
                  const Findings& findings) {
    const auto& first = findings.front();
    std::string message = what + ": " + first.message;
    if (!first.pointer.empty()) message = what + " at " + first.pointer + ": " + first.message;
    return {kind, code, std::move(message), first.hint, first.pointer};
}

// One call from call() to its reply. Whatever happens to the bus and its thread, the reply is
// called once.
struct Running {
    std::uint64_t id = 0;
    std::string method;
    Json params;
    std::chrono::milliseconds deadline{0};
    Reply reply;  // [kernel-thread]; empty once it was called
    std::uint64_t timer = 0;
    std::string result_schema;
    std::vector<std::function<void()>> on_over;
    std::atomic<bool> is_answered = false;
    std::atomic<bool> is_over = false;

    ~Running() {
        // Only when the kernel thread ended with this call still in its queue.
        if (reply) reply(fail(stopping_error()));
    }
};

struct Subscription {
    std::string topic;
    // Shared with a delivery under way: a subscriber may unsubscribe itself.
    std::shared_ptr<TopicFn> fn;
};

}  // namespace

struct Bus::Impl : std::enable_shared_from_this<Impl> {
    KernelThread& thread;
    SchemaCheck check;
    std::atomic<std::uint64_t> next_number = 1;
    // All below [kernel-thread].
    std::map<std::string, std::shared_ptr<Method>, std::less<>> methods;
    std::map<std::uint64_t, std::shared_ptr<Running>> running;
    std::map<std::uint64_t, Subscription> subscriptions;
    // Parts that were looked up, empty: there is none.
    std::map<std::string, std::string> topic_schemas;
    bool is_stopped = false;

    Impl(KernelThread& the_thread, SchemaCheck the_check)
        : thread(the_thread), check(std::move(the_check)) {}

    void start(const std::shared_ptr<Running>& call);
    void finish(const std::shared_ptr<Running>& call, Result<Json> result);
    void give_up(const std::shared_ptr<Running>& call, Error error);
    void check_message(const std::string& topic, const Json& message);
    void deliver(const std::string& topic, const Json& message);
    void stop();

    // Runs `work` on the kernel thread: at once if this is it, else later, unless the bus is gone
    // by then.
    template <class Work>
    void soon(Work work) {
        if (thread.is_current()) return work(*this);
        later(std::move(work));
    }
    template <class Work>
    void later(Work work) {
        thread.post([weak = weak_from_this(), work = std::move(work)]() mutable {
            if (const auto self = weak.lock()) work(*self);
        });
    }
};

struct Call::State {
    std::weak_ptr<Bus::Impl> bus;
    KernelThread& thread;
    std::shared_ptr<Running> running;
    // Said from another thread, an answer is on its way while the last copy of the call goes on
    // this one.
    std::atomic<bool> has_spoken = false;

    State(std::weak_ptr<Bus::Impl> the_bus, KernelThread& the_thread,
          std::shared_ptr<Running> the_call)
        : bus(std::move(the_bus)), thread(the_thread), running(std::move(the_call)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    ~State() {
        if (has_spoken || running->is_answered) return;
        answer(fail(ErrorKind::internal, "SZ-BUS-006",
                    "“" + running->method + "” ended without an answer.",
                    "This is a defect of the program or of a plugin; the log says more."));
    }

    void answer(Result<Json> result) {
        has_spoken = true;
        const auto finish = [weak = bus, call = running](Result<Json> outcome) {
            if (const auto self = weak.lock()) self->finish(call, std::move(outcome));
        };
        if (thread.is_current()) return finish(std::move(result));
        thread.post(
            [finish, outcome = std::move(result)]() mutable { finish(std::move(outcome)); });
    }
};

const Json& Call::params() const noexcept { return state_->running->params; }
const std::string& Call::method() const noexcept { return state_->running->method; }
void Call::answer(Result<Json> result) const { state_->answer(std::move(result)); }
bool Call::is_over() const noexcept { return state_->running->is_over; }

void Call::on_over(std::function<void()> stop) const {
    auto& running = *state_->running;
    if (running.is_over) return stop();
    if (!running.is_answered) running.on_over.push_back(std::move(stop));
}

void Bus::Impl::start(const std::shared_ptr<Running>& call) {
    if (is_stopped) return finish(call, fail(stopping_error()));
    const auto found = methods.find(call->method);
    if (found == methods.end()) {
        return finish(
            call, fail(ErrorKind::usage, "SZ-BUS-001", "There is no method “" + call->method + "”.",
                       "“bus.methods” lists those that there are; some come with plugins.",
                       call->method));
    }
    const auto method = found->second;  // kept: the handler may remove its own method
    if (check && !method->params_schema.empty()) {
        const auto findings = check(method->params_schema, call->params);
        if (has_error(findings)) {
            return finish(
                call,
                fail(unfit_error("SZ-BUS-002", ErrorKind::usage,
                                 "The parameters of “" + call->method + "” do not fit", findings)));
        }
    }
    call->result_schema = method->result_schema;
    running.emplace(call->id, call);
    if (call->deadline.count() > 0) {
        call->timer = thread.post_after(call->deadline, [weak = weak_from_this(), id = call->id] {
            const auto self = weak.lock();
            if (!self) return;
            const auto late = self->running.find(id);
            if (late == self->running.end()) return;
            const auto late_call = late->second;
            late_call->timer = 0;
            self->give_up(late_call, {ErrorKind::cancelled,
                                      "SZ-BUS-003",
                                      "“" + late_call->method + "” took too long.",
                                      "Try again, or allow more time.",
                                      {}});
        });
    }
    method->handler(Call(std::make_shared<Call::State>(weak_from_this(), thread, call)));
}

void Bus::Impl::finish(const std::shared_ptr<Running>& call, Result<Json> result) {
    if (call->is_answered.exchange(true)) return;
    running.erase(call->id);
    if (call->timer != 0) thread.cancel_timer(call->timer);
    call->on_over.clear();
    if (bus_checks_are_on && result && check && !call->result_schema.empty()) {
        const auto findings = check(call->result_schema, *result);
        if (has_error(findings)) {
            auto error = unfit_error("SZ-BUS-007", ErrorKind::internal,
                                     "The result of “" + call->method + "” does not fit its schema",
                                     findings);
            log::error("bus", error.message);
            result = fail(std::move(error));
        }
    }
    const auto reply = std::exchange(call->reply, nullptr);
    if (reply) reply(std::move(result));
}

// Answers in the handler's place, and tells the handler that nobody waits any more.
void Bus::Impl::give_up(const std::shared_ptr<Running>& call, Error error) {
    if (call->is_answered) return;
    call->is_over = true;
    const auto stops = std::exchange(call->on_over, {});
    finish(call, fail(std::move(error)));
    for (const auto& stop : stops) stop();
}

void Bus::Impl::check_message(const std::string& topic, const Json& message) {
    auto known = topic_schemas.find(topic);
    if (known == topic_schemas.end()) {
        const auto text = embedded_schema("bus/topics/" + topic);
        const auto schema = text.empty() ? Result<Json>(Json::object()) : parse_json(text);
        known =
            topic_schemas.emplace(topic, schema ? part_of_schema(*schema, "message") : "").first;
    }
    if (known->second.empty()) return;
    const auto findings = check(known->second, message);
    if (!has_error(findings)) return;
    log::error("bus", unfit_error("SZ-BUS-007", ErrorKind::internal,
                                  "A message of topic “" + topic + "” does not fit", findings)
                          .message);
}

void Bus::Impl::deliver(const std::string& topic, const Json& message) {
    if (bus_checks_are_on && check) check_message(topic, message);
    // Subscribers come and go while others are being told.
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, subscription] : subscriptions) {
        if (topic_matches(subscription.topic, topic)) numbers.push_back(number);
    }
    for (const auto number : numbers) {
        const auto found = subscriptions.find(number);
        if (found == subscriptions.end()) continue;
        const auto fn = found->second.fn;
        (*fn)(topic, message);
    }
}

void Bus::Impl::stop() {
    is_stopped = true;
    while (!running.empty()) {
        const auto call = running.begin()->second;  // a copy: giving up takes it out of the map
        give_up(call, stopping_error());
    }
}

Bus::Bus(KernelThread& thread, SchemaCheck check)
    : impl_(std::make_shared<Impl>(thread, std::move(check))) {
    const auto added = add_method({"bus.methods", {}, {}, "kernel"}, [this](const Call& call) {
        Json list = Json::array();
        for (const auto& info : methods()) {
            auto schema = parse_json(info.schema);
            list.push_back({{"name", info.name},
                            {"summary", info.summary},
                            {"owner", info.owner},
                            {"schema", schema ? std::move(*schema) : Json::object()}});
        }
        call.answer(Json{{"methods", std::move(list)}});
    });
    if (!added) log::error("bus", added.error().message);
}

Bus::~Bus() {
    impl_->thread.run_and_wait([this] {
        impl_->stop();
        impl_->methods.clear();
        impl_->subscriptions.clear();
    });
}

std::uint64_t Bus::call(std::string method, Json params, CallOptions options, Reply reply) {
    auto call = std::make_shared<Running>();
    call->id = impl_->next_number++;
    call->method = std::move(method);
    call->params = params.is_null() ? Json::object() : std::move(params);
    call->deadline = options.deadline.count() == 0
                         ? std::chrono::milliseconds(limits::call_deadline_ms_default)
                         : options.deadline;
    call->reply = std::move(reply);
    const auto id = call->id;
    impl_->later([call = std::move(call)](Impl& bus) { bus.start(call); });
    return id;
}

void Bus::cancel(std::uint64_t call) {
    impl_->later([call](Impl& bus) {
        const auto found = bus.running.find(call);
        if (found == bus.running.end()) return;
        const auto cancelled = found->second;
        bus.give_up(cancelled, {ErrorKind::cancelled,
                                "SZ-BUS-004",
                                "“" + cancelled->method + "” was cancelled.",
                                {},
                                {}});
    });
}

Result<Json> Bus::call_and_wait(std::string method, Json params, CallOptions options) {
    auto promise = std::make_shared<std::promise<Result<Json>>>();
    auto outcome = promise->get_future();
    call(std::move(method), std::move(params), options,
         [promise = std::move(promise)](Result<Json> result) {
             promise->set_value(std::move(result));
         });
    return outcome.get();
}

std::uint64_t Bus::subscribe(std::string topic, TopicFn fn) {
    const auto number = impl_->next_number++;
    impl_->soon([number, topic = std::move(topic),
                 fn = std::make_shared<TopicFn>(std::move(fn))](Impl& bus) {
        bus.subscriptions.emplace(number, Subscription{topic, fn});
    });
    return number;
}

void Bus::unsubscribe(std::uint64_t subscription) {
    impl_->soon([subscription](Impl& bus) { bus.subscriptions.erase(subscription); });
}

void Bus::publish(std::string topic, Json message) {
    if (!is_bus_name(topic)) {
        log::error("bus", "“" + topic + "” is no name for a topic; nothing was published.");
        return;
    }
    impl_->later([topic = std::move(topic), message = std::move(message)](Impl& bus) {
        bus.deliver(topic, message);
    });
}

Status Bus::add_method(MethodInfo info, Handler handler) {
    SZ_ASSIGN(auto method, make_method(std::move(info), std::move(handler), impl_->check));
    Status status;
    impl_->thread.run_and_wait([&] {
        const auto name = method->info.name;
        if (!impl_->methods.emplace(name, std::move(method)).second) {
            status = fail(ErrorKind::conflict, "SZ-BUS-010",
                          "There is a method “" + name + "” already.", {}, name);
        }
    });
    return status;
}

void Bus::remove_methods(std::string_view owner) {
    impl_->thread.run_and_wait([&] {
        for (auto at = impl_->methods.begin(); at != impl_->methods.end();) {
            at = at->second->info.owner == owner ? impl_->methods.erase(at) : std::next(at);
        }
    });
}

std::vector<MethodInfo> Bus::methods() const {
    std::vector<MethodInfo> list;
    impl_->thread.run_and_wait([&] {
        for (const auto& [name, method] : impl_->methods) list.push_back(method->info);
    });
    return list;
}

void Bus::stop() {
    impl_->thread.run_and_wait([this] { impl_->stop(); });
}

}  // namespace sz
