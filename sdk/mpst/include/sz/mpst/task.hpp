// SPDX-License-Identifier: AGPL-3.0-or-later
// A coroutine that is awaited once: a role, or a part of one, in the awaiting form. It begins when
// it is awaited and allocates nothing after its own frame, so that a role that goes round does not.
// (asio::awaitable takes a frame for every operation, which is why this is another type.)
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "mistake.hpp"

namespace mpst {

template <class T>
class task;

// Who owns the coroutine that a task is part of.
class TaskOwner {
  public:
    // What the coroutine waits for will not come: its executor goes away.
    virtual void lost() noexcept = 0;

  protected:
    ~TaskOwner() = default;
};

namespace detail {

// Goes on with who awaited.
struct Continue {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> done) const noexcept {
        return done.promise().waiting;
    }
    void await_resume() const noexcept {}
};

struct TaskPromiseBase {
    std::coroutine_handle<> waiting = std::noop_coroutine();
    TaskOwner* owner = nullptr;
    std::exception_ptr thrown;

    [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
    [[nodiscard]] Continue final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { thrown = std::current_exception(); }
};

template <class T>
struct TaskPromise : TaskPromiseBase {
    std::optional<T> value;
    task<T> get_return_object() noexcept;
    template <class From = T>
    void return_value(From&& from) {
        if constexpr (!std::is_constructible_v<T, From&&>) {
            using Given = std::remove_cvref_t<From>;
            static_assert(sizeof(mistake::this_is_not_what_the_task_gives<T, Given>) > 0);
        } else {
            value.emplace(std::forward<From>(from));
        }
    }
    // GCC 12 does not see that a coroutine ends without co_return.
    T result() {
        if (!value) throw std::logic_error("A task has ended without co_return.");
        return std::move(*value);
    }
};
template <>
struct TaskPromise<void> : TaskPromiseBase {
    task<void> get_return_object() noexcept;
    void return_void() noexcept {}
    void result() noexcept {}
};

}  // namespace detail

template <class T = void>
class [[nodiscard]] task {
  public:
    using promise_type = detail::TaskPromise<T>;
    using handle_type = std::coroutine_handle<promise_type>;

    explicit task(handle_type handle) noexcept : handle_(handle) {}
    task(task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    task& operator=(task&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~task() {
        if (handle_) handle_.destroy();
    }

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> waiting) noexcept {
        handle_.promise().waiting = waiting;
        if constexpr (requires { waiting.promise().owner; })
            handle_.promise().owner = waiting.promise().owner;
        return handle_;
    }
    T await_resume() {
        if (handle_.promise().thrown) std::rethrow_exception(handle_.promise().thrown);
        return handle_.promise().result();
    }

  private:
    handle_type handle_;
};

namespace detail {

template <class T>
task<T> TaskPromise<T>::get_return_object() noexcept {
    return task<T>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}
inline task<void> TaskPromise<void>::get_return_object() noexcept {
    return task<void>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

}  // namespace detail

}  // namespace mpst
