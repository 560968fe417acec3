// SPDX-License-Identifier: AGPL-3.0-or-later
// Tasks: long work on the pool, with progress on topic "task.progress" and cancellation.
//
// A method that starts one answers {"task": ID} at once. Message of task.progress:
//   {"task","title","state":"running|done|failed|cancelled","done","total","what","result"|"error"}
// "running" messages come at most every 50 ms; the last message of a task is always sent.
// `task.wait {task}` answers the task's result or error; results are kept for 10 minutes after the end.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

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
using TaskDone = std::function<void(Result<Json>&)>;          // [kernel-thread], may change the result before it is published

class Tasks {
  public:
    Tasks(Bus& bus, KernelThread& thread, WorkerPool& pool);
    ~Tasks();
    Tasks(const Tasks&) = delete;
    Tasks& operator=(const Tasks&) = delete;

    // Returns the task's id. `done` runs on the kernel thread before the last task.progress. [kernel-thread]
    std::string start(std::string title, TaskWork work, TaskDone done = {});

    // Registers task.list, task.wait, task.cancel.
    [[nodiscard]] Status add_methods();
    void stop();  // cancels all, [kernel-thread]

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
