// SPDX-License-Identifier: AGPL-3.0-or-later
// Any operation of Boost.Asio inside a task: co_await timer.async_wait(mpst::use_task);
//
// An error code that is set is thrown as boost::system::system_error; what else the operation
// gives is the result. The operation's object runs on the role's executor.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/system/system_error.hpp>
#include <coroutine>
#include <exception>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "task.hpp"

namespace mpst {

struct use_task_t {};
inline constexpr use_task_t use_task;

namespace detail {

inline void throw_if(const boost::system::error_code& failed) {
    if (failed) throw boost::system::system_error(failed);
}
inline void throw_if(const std::exception_ptr& thrown) {
    if (thrown) std::rethrow_exception(thrown);
}

template <class... Value>
auto result_of(Value&&... value) {
    if constexpr (sizeof...(Value) == 1) {
        return (std::forward<Value>(value), ...);
    } else if constexpr (sizeof...(Value) > 1) {
        return std::tuple<std::remove_cvref_t<Value>...>(std::forward<Value>(value)...);
    }
}

template <class Initiation, class Arguments, class... Given>
class AsioOperation {
  public:
    AsioOperation(Initiation initiation, Arguments arguments)
        : initiation_(std::move(initiation)), arguments_(std::move(arguments)) {}
    AsioOperation(AsioOperation&&) = delete;
    AsioOperation& operator=(AsioOperation&&) = delete;

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> waiting) {
        waiting_ = waiting;
        TaskOwner* owner = waiting.promise().owner;
        is_beginning_ = true;
        std::apply(
            [&](auto&... argument) {
                std::move(initiation_)(Handler(*this, owner), std::move(argument)...);
            },
            arguments_);
        is_beginning_ = false;
        if (is_lost_ && owner != nullptr) owner->lost();  // which may be the end of all this
    }
    auto await_resume() {
        return std::apply(
            []<class... Value>(Value&&... value) { return unwrap(std::forward<Value>(value)...); },
            std::move(*given_));
    }

  private:
    // Thrown away unused when the executor ends.
    class Handler {
      public:
        Handler(AsioOperation& operation, TaskOwner* owner)
            : operation_(&operation), owner_(owner) {}
        Handler(Handler&& other) noexcept
            : operation_(std::exchange(other.operation_, nullptr)), owner_(other.owner_) {}
        Handler& operator=(Handler&&) = delete;
        ~Handler() {
            if (operation_ == nullptr) return;
            if (operation_->is_beginning_) {
                operation_->is_lost_ = true;
            } else if (owner_ != nullptr) {
                owner_->lost();
            }
        }
        void operator()(Given... given) {
            AsioOperation& operation = *std::exchange(operation_, nullptr);
            operation.given_.emplace(std::move(given)...);
            operation.waiting_.resume();
        }

      private:
        AsioOperation* operation_;
        TaskOwner* owner_;
    };

    template <class... Value>
    static auto unwrap(Value&&... value) {
        return result_of(std::forward<Value>(value)...);
    }
    template <class First, class... Value>
    requires requires(First first) { throw_if(first); }
    static auto unwrap(First&& first, Value&&... value) {
        throw_if(first);
        return result_of(std::forward<Value>(value)...);
    }

    Initiation initiation_;
    Arguments arguments_;
    std::optional<std::tuple<std::decay_t<Given>...>> given_;
    std::coroutine_handle<> waiting_;
    bool is_beginning_ = false;
    bool is_lost_ = false;
};

}  // namespace detail

}  // namespace mpst

template <class Result, class... Given>
class boost::asio::async_result<mpst::use_task_t, Result(Given...)> {
  public:
    template <class Initiation, class... Argument>
    static auto initiate(Initiation&& initiation, mpst::use_task_t, Argument&&... argument) {
        using Arguments = std::tuple<std::decay_t<Argument>...>;
        return mpst::detail::AsioOperation<std::decay_t<Initiation>, Arguments, Given...>(
            std::forward<Initiation>(initiation), Arguments(std::forward<Argument>(argument)...));
    }
};
