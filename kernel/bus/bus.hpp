// SPDX-License-Identifier: AGPL-3.0-or-later
// The bus: named calls and named notifications, the one door to everything the kernel does.
//
// A method has a JSON Schema for its parameters and its result (schemas/bus/METHOD.json).
// Parameters are checked on every call, results in debug builds. Handlers run on the kernel thread;
// long work goes to a task (bus/tasks.hpp).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/base/threads.hpp"

namespace sz {

using Reply = std::function<void(Result<Json>)>;

// One call as its handler sees it. Answer exactly once, now or later, on the kernel thread; a Call
// that is dropped unanswered answers SZ-BUS-006 itself.
class Call {
  public:
    [[nodiscard]] const Json& params() const noexcept;
    [[nodiscard]] const std::string& method() const noexcept;
    void answer(Result<Json> result) const;
    // True when the caller cancelled or the deadline passed: nobody waits any more.
    [[nodiscard]] bool is_over() const noexcept;
    // Runs once when that happens, on the kernel thread.
    void on_over(std::function<void()> stop) const;

    struct State;
    explicit Call(std::shared_ptr<State> state) : state_(std::move(state)) {}

  private:
    // Shared by the copies of one Call; the last to go answers if none has.
    std::shared_ptr<State> state_;
};

using Handler = std::function<void(Call)>;

struct MethodInfo {
    std::string name;     // "pack.list"
    std::string summary;  // one sentence
    std::string schema;   // JSON text {"summary","params","result"}
    std::string owner;    // "kernel", or a plugin's id
};

struct CallOptions {
    std::chrono::milliseconds deadline{0};  // 0: limits::call_deadline_ms_default; negative: none
};

using TopicFn = std::function<void(const std::string& topic, const Json& message)>;

class Bus {
  public:
    // Validates JSON against a JSON Schema text; a finding SZ-SCHEMA-002 says that the schema
    // itself cannot be used. Comes from content/ (valijson is slow to compile and lives there
    // once).
    using SchemaCheck = std::function<Findings(const std::string& schema, const Json& value)>;

    Bus(KernelThread& thread, SchemaCheck check);
    ~Bus();
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;

    // The reply comes exactly once, on the kernel thread, never from inside call(). Returns a
    // number for cancel(). [any-thread] SZ-BUS-001 unknown method, 002 parameters do not fit the
    // schema, 003 deadline passed, 004 cancelled, 005 stopping, 006 no answer, 007 the result does
    // not fit its schema (debug builds).
    std::uint64_t call(std::string method, Json params, CallOptions options, Reply reply);
    void cancel(std::uint64_t call);  // [any-thread]

    // The same from a thread that may wait (programs, tests). Never from the kernel thread.
    [[nodiscard]] Result<Json> call_and_wait(std::string method, Json params,
                                             CallOptions options = {});

    // `topic` is a name or a prefix that ends in ".*"; "*" is all. Called on the kernel thread.
    // [any-thread]
    std::uint64_t subscribe(std::string topic, TopicFn fn);
    void unsubscribe(std::uint64_t subscription);  // [any-thread]; after it returns on the kernel
                                                   // thread, no more calls
    // A topic is a name as bus/names.hpp has it; another is logged and not published. Debug builds
    // check the message against schemas/bus/topics/TOPIC.json, if there is one, and log what does
    // not fit.
    void publish(std::string topic, Json message);  // [any-thread]

    // Adds a method, whose name is one as bus/names.hpp has it. The schema is that of
    // schemas/bus/NAME.json when `schema` is empty. SZ-BUS-010 taken, 011 no schema or one that
    // cannot be used, 012 no name.
    [[nodiscard]] Status add_method(MethodInfo info, Handler handler);  // [kernel-thread]
    void remove_methods(std::string_view owner);                        // [kernel-thread]
    [[nodiscard]] std::vector<MethodInfo> methods() const;              // [kernel-thread]

    // Every running call is answered SZ-BUS-005, new ones are refused.
    void stop();  // [kernel-thread]

  private:
    friend struct Call::State;
    struct Impl;
    // Shared with nobody; work in the thread's queue watches it by a weak_ptr.
    std::shared_ptr<Impl> impl_;
};

// The text of schemas/bus/NAME.json, schemas/v1/NAME.json, embedded in the library at build time;
// empty if there is none.
[[nodiscard]] std::string_view embedded_schema(
    std::string_view path);                                      // "bus/pack.list", "v1/dataset"
[[nodiscard]] std::vector<std::string_view> embedded_schemas();  // all paths, in order

}  // namespace sz
