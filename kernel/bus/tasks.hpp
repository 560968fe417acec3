// SPDX-License-Identifier: AGPL-3.0-or-later
// Tasks: long work on the pool, with progress on topic "task.progress" and cancellation.
//
// A method that starts one answers {"task": ID} at once. Message of task.progress:
//   {"task","title","state":"running|done|failed|cancelled","done","total","what","result"|"error"}
// "running" messages come at most every 50 ms; the last message of a task is always sent.
// `task.wait {task}` answers the task's result or error; results are kept for 10 minutes after the
// end. SZ-TASK-001 no such task, 002 cancelled.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "kernel/base/json.hpp"
#include "kernel/bus/bus.hpp"

namespace sz {

// Handed to the work. [worker-thread]
class TaskProgress {
  public:
    virtual ~TaskProgress() = default;
    virtual void report(std::uint64_t done, std::uint64_t total, std::string_view what) = 0;
    [[nodiscard]] virtual bool is_cancelled() const noexcept = 0;
};

using TaskWork = std::function<Result<Json>(TaskProgress&)>;  // [worker-thread]
using TaskDone = std::function<void(Result<Json>&)>;  // [kernel-thread], may change the result
                                                      // before it is published

// A task that lives on the kernel thread: whoever began it reports and ends it. [kernel-thread]
class OwnTask {
  public:
    virtual ~OwnTask() = default;
    [[nodiscard]] virtual std::string id() const = 0;
    virtual void report(std::uint64_t done, std::uint64_t total, std::string_view what) = 0;
    virtual void end(Result<Json> result) = 0;  // the first counts
};

class Tasks {
  public:
    struct Options {
        std::function<std::chrono::steady_clock::time_point()> now =
            std::chrono::steady_clock::now;  // [worker-thread]
        std::chrono::milliseconds keep_results{600'000};
    };

    Tasks(Bus& bus, KernelThread& thread, WorkerPool& pool);
    Tasks(Bus& bus, KernelThread& thread, WorkerPool& pool, Options options);
    ~Tasks();
    Tasks(const Tasks&) = delete;
    Tasks& operator=(const Tasks&) = delete;

    // Returns the task's id, a decimal number as text. `done` runs on the kernel thread before the
    // last task.progress. [kernel-thread]
    std::string start(std::string title, TaskWork work, TaskDone done = {});

    // For what waits for the network, or for people, and needs no thread of the pool. `cancel` is
    // called when somebody wants it to stop; it is to end then. Dropped without an end, it has
    // failed. [kernel-thread]
    [[nodiscard]] std::unique_ptr<OwnTask> begin(std::string title, std::function<void()> cancel);

    // Cancels a task and comes back when its work has ended and its `done` has run. For whoever
    // brings work whose code or data is about to go; the work must not wait for the kernel thread.
    // A task that has ended, or that nobody knows: nothing. [kernel-thread]
    void cancel_and_wait(std::string_view task);

    // Registers task.list, task.wait, task.cancel.
    [[nodiscard]] Status add_methods();
    void stop();  // cancels all, [kernel-thread]

  private:
    struct Impl;
    // Shared with nobody; work on its way back watches it by a weak_ptr.
    std::shared_ptr<Impl> impl_;
};

}  // namespace sz
