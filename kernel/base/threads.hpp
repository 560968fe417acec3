// SPDX-License-Identifier: AGPL-3.0-or-later
// The threads of the kernel: one that owns all state, one that writes to disk, a small pool for
// heavy pure work.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace sz {

// A queue of functions, run one after the other. post() is [any-thread].
class Executor {
  public:
    virtual ~Executor() = default;
    virtual void post(std::function<void()> work) = 0;
};

// The kernel thread: a Boost.Asio io_context that runs on a thread of its own until stop().
class KernelThread final : public Executor {
  public:
    KernelThread();
    ~KernelThread() override;  // stop()
    KernelThread(const KernelThread&) = delete;
    KernelThread& operator=(const KernelThread&) = delete;

    void post(std::function<void()> work) override;

    // Runs `work` on the kernel thread after `delay`. cancel_timer: it does not run any more, if it
    // has not begun.
    std::uint64_t post_after(std::chrono::milliseconds delay,
                             std::function<void()> work);  // [kernel-thread]
    void cancel_timer(std::uint64_t timer);                // [kernel-thread]

    [[nodiscard]] bool is_current() const noexcept;  // [any-thread]

    // Runs `work` on the kernel thread and waits for it. Never from the kernel thread or a window's
    // thread.
    void run_and_wait(const std::function<void()>& work);

    // Finishes what is queued, then ends the thread. Twice is once.
    void stop();

    [[nodiscard]] boost::asio::io_context& io() noexcept;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// `threads` threads that take work in order. One thread: a serial queue (the store thread).
class WorkerPool final : public Executor {
  public:
    WorkerPool(std::string name, unsigned threads);
    ~WorkerPool() override;  // stop()
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    void post(std::function<void()> work) override;
    void stop();  // finishes what is queued

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
