// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/threads.hpp"

#include <utility>
// Boost.Asio 1.74 uses std::exchange without including <utility> under C++20.
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <deque>
#include <exception>
#include <future>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "kernel/base/log.hpp"
#include "kernel/base/sys/process.hpp"

namespace sz {

namespace {

// The edge where exceptions end: work that throws is a defect, and must not take the program's
// state with it.
void run_guarded(const std::string& thread, const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& exception) {
        log::error(thread,
                   std::string("A piece of work ended in an exception: ") + exception.what());
    } catch (...) {
        log::error(thread, "A piece of work ended in an exception of unknown type.");
    }
}

}  // namespace

struct KernelThread::Impl {
    boost::asio::io_context io{1};
    std::map<std::uint64_t, boost::asio::steady_timer> timers;
    std::uint64_t next_timer = 1;
    std::mutex mutex;        // guards queued and closed
    std::size_t queued = 0;  // posted and not yet begun
    bool closed = false;     // nothing is taken any more
    bool stopping = false;   // [kernel-thread]
    std::once_flag stop_once;
    std::atomic<std::thread::id> thread_id;
    std::thread thread;

    void run() {
        thread_id = std::this_thread::get_id();
        sys::name_this_thread("sz-kernel");
        auto guard = boost::asio::make_work_guard(io);
        while (!stopping) run_guarded("kernel", [this] { io.run_one(); });
        timers.clear();
        while (true) {
            run_guarded("kernel", [this] { io.poll(); });
            const std::lock_guard lock(mutex);
            if (queued == 0) {
                closed = true;
                return;
            }
        }
    }
};

KernelThread::KernelThread() : impl_(std::make_unique<Impl>()) {
    impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

KernelThread::~KernelThread() { stop(); }

void KernelThread::post(std::function<void()> work) {
    {
        const std::lock_guard lock(impl_->mutex);
        if (impl_->closed) return;
        ++impl_->queued;
    }
    boost::asio::post(impl_->io, [impl = impl_.get(), work = std::move(work)] {
        {
            const std::lock_guard lock(impl->mutex);
            --impl->queued;
        }
        run_guarded("kernel", work);
    });
}

std::uint64_t KernelThread::post_after(std::chrono::milliseconds delay,
                                       std::function<void()> work) {
    const auto id = impl_->next_timer++;
    if (impl_->stopping) return id;
    auto& timer = impl_->timers.try_emplace(id, impl_->io, delay).first->second;
    timer.async_wait(
        [impl = impl_.get(), id, work = std::move(work)](const boost::system::error_code& error) {
            // A timer that is not in the table any more was cancelled after it had expired.
            if (error || impl->timers.erase(id) == 0) return;
            run_guarded("kernel", work);
        });
    return id;
}

void KernelThread::cancel_timer(std::uint64_t timer) { impl_->timers.erase(timer); }

bool KernelThread::is_current() const noexcept {
    return std::this_thread::get_id() == impl_->thread_id.load();
}

void KernelThread::run_and_wait(const std::function<void()>& work) {
    if (is_current()) return run_guarded("kernel", work);
    auto done = std::make_shared<std::promise<void>>();
    auto finished = done->get_future();
    post([done = std::move(done), &work] {
        run_guarded("kernel", work);
        done->set_value();
    });
    // Dropped work breaks its promise, which ends the wait as well.
    finished.wait();
}

void KernelThread::stop() {
    std::call_once(impl_->stop_once, [this] {
        post([impl = impl_.get()] { impl->stopping = true; });
        impl_->thread.join();
    });
}

boost::asio::io_context& KernelThread::io() noexcept { return impl_->io; }

struct WorkerPool::Impl {
    std::string name;
    std::mutex mutex;
    std::condition_variable ready;
    std::deque<std::function<void()>> queue;
    bool stopping = false;
    std::vector<std::thread> threads;

    void run() {
        sys::name_this_thread(name);
        while (true) {
            std::unique_lock lock(mutex);
            ready.wait(lock, [this] { return stopping || !queue.empty(); });
            if (queue.empty()) return;
            auto work = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            run_guarded(name, work);
        }
    }
};

WorkerPool::WorkerPool(std::string name, unsigned threads) : impl_(std::make_unique<Impl>()) {
    impl_->name = std::move(name);
    impl_->threads.reserve(threads);
    for (unsigned i = 0; i < threads; ++i)
        impl_->threads.emplace_back([impl = impl_.get()] { impl->run(); });
}

WorkerPool::~WorkerPool() { stop(); }

void WorkerPool::post(std::function<void()> work) {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->stopping) return;
    impl_->queue.push_back(std::move(work));
    impl_->ready.notify_one();
}

void WorkerPool::stop() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->ready.notify_all();
    for (auto& thread : impl_->threads) {
        if (thread.joinable()) thread.join();
    }
}

}  // namespace sz
