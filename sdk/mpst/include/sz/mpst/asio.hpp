// SPDX-License-Identifier: AGPL-3.0-or-later
// The awaiting form, on Boost.Asio:
//
//   mpst::task<Client::End> play(Client::Start start) {
//       auto asked = co_await std::move(start).async_send(Ask{});
//       auto [answer, last] = co_await std::move(asked).async_receive();
//       co_return co_await std::move(last).async_send(Bye{});
//   }
//   mpst::spawn(executor, std::move(client), play, token);
//
// A role runs on its executor, one handler at a time; nothing blocks. Operations throw as those of
// the blocking form do. When the executor is destroyed before the role has ended, the role is
// dropped where it waits, and its peers are told.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "awaiting.hpp"
#include "session.hpp"
#include "task.hpp"

namespace mpst {

namespace detail {

[[nodiscard]] inline AwaitingPlace& place_of(EndpointBase& endpoint) {
    return static_cast<AwaitingPlace&>(*endpoint.awaiting);
}

// The common part: a state that waits in the frame of its coroutine.
template <class Self>
class Waiting : public Awaited {
  public:
    Waiting(Waiting&&) = delete;
    Waiting& operator=(Waiting&&) = delete;

  protected:
    using Role = typename Self::role;
    using Peer = typename Self::peer;
    explicit Waiting(Self&& state) : state_(std::move(state)) {}

    [[nodiscard]] Port<Role, Peer>& port() { return Access::peek(state_)->template port<Peer>(); }
    bool suspend(std::coroutine_handle<> waiting, Call& call, Clock::duration patience,
                 const Where& where) {
        is_slow_ = true;
        if (Access::peek(state_)->awaiting == nullptr) has_no_place(where);
        AwaitingPlace& place = place_of(*Access::peek(state_));
        if (port().away != nullptr) port().away->channel->when_ready([&place] { place.wake(); });
        return place.suspend(waiting, *this, call, patience);
    }
    // After a wait that was not over at once: throws when it was in vain.
    void end_wait(Endpoint<Role>& endpoint, Call& call, const Where& where) {
        const bool is_late = place_of(endpoint).is_late();
        auto& port = endpoint.template port<Peer>();
        if (port.away != nullptr) {
            port.away->channel->when_ready({});
        } else if (!is_there_) {
            if (call.is_closed()) endpoint.cancelled(where);
            if (is_late) endpoint.late(where);
        }
    }

    Self state_;
    bool is_slow_ = false;
    bool is_there_ = false;

  private:
    [[noreturn]] void has_no_place(const Where& where) {
        Failure failure;
        failure.what = Trouble::not_possible;
        failure.why = "A role that awaits is begun with mpst::spawn.";
        Access::take(state_)->fail(std::move(failure), where);
    }
};

template <class Self, class M, class Taken, class... Way>
class Sending final : public Waiting<Self> {
    using Base = Waiting<Self>;

  public:
    Sending(Self&& state, M&& message) : Base(std::move(state)), message_(std::move(message)) {}

    [[nodiscard]] bool await_ready() {
        if (Access::peek(this->state_) == nullptr) return true;  // the next step says so
        if (this->port().out.has_room()) [[likely]]
            return true;
        if (this->port().away != nullptr) write_frame(this->port().away->frame, message_);
        return false;
    }
    bool await_suspend(std::coroutine_handle<> waiting) {
        const auto patience = Access::peek(this->state_)->patience;
        return this->suspend(waiting, this->port().out.core().of_writer, patience,
                             where<Self, Way...>);
    }
    [[nodiscard]] typename Taken::next await_resume() {
        Endpoint<typename Self::role>* endpoint = Access::take(this->state_);
        auto& port = endpoint->template port<typename Self::peer>();
        if (this->is_slow_) [[unlikely]]
            this->end_wait(*endpoint, port.out.core().of_writer, where<Self, Way...>);
        if (port.away != nullptr) [[unlikely]] {
            if (passage_ != Passage::done)
                not_passed(*endpoint, *port.away->channel, passage_, label_of<M>(),
                           where<Self, Way...>);
        } else {
            port.out.push(std::move(message_));
            if (port.out.is_called()) [[unlikely]]
                endpoint->answer(port.out.core().of_reader, where<Self, Way...>);
        }
        return Access::make<typename Taken::next>(endpoint);
    }

  private:
    bool is_ready() override {
        auto& port = this->port();
        if (port.away == nullptr) return this->is_there_ = port.out.has_room();
        if (passage_ == Passage::late)
            passage_ = port.away->channel->send(port.away->frame, Clock::time_point::min());
        return passage_ != Passage::late;
    }

    M message_;
    Passage passage_ = Passage::late;
};

template <class Self, class... Way>
class Receiving final : public Waiting<Self> {
    using Base = Waiting<Self>;
    using Branch = branch<Self, typename Self::role, typename Self::peer, Way...>;

  public:
    Receiving(Self&& state, std::optional<within> limit) : Base(std::move(state)), limit_(limit) {}

    [[nodiscard]] bool await_ready() {
        return Access::peek(this->state_) == nullptr || this->port().in.has_message();
    }
    bool await_suspend(std::coroutine_handle<> waiting) {
        const auto patience = limit_ ? limit_->time : Access::peek(this->state_)->patience;
        return this->suspend(waiting, this->port().in.core().of_reader, patience,
                             where<Self, Way...>);
    }
    [[nodiscard]] auto await_resume() {
        Endpoint<typename Self::role>* endpoint = Access::take(this->state_);
        if (this->is_slow_) [[unlikely]]
            end_slowly(*endpoint);
        auto arrived = Access::branch<Branch>(endpoint);
        if constexpr (sizeof...(Way) == 1) {
            return std::move(arrived).template take<typename Way::message...>();
        } else {
            return arrived;
        }
    }

  private:
    using HerePort = Port<typename Self::role, typename Self::peer>;

    void end_slowly(Endpoint<typename Self::role>& endpoint) {
        auto& port = endpoint.template port<typename Self::peer>();
        this->end_wait(endpoint, port.in.core().of_reader, where<Self, Way...>);
        if (port.away == nullptr) return;
        if (passage_ != Passage::done)
            not_passed(endpoint, *port.away->channel, passage_, {}, where<Self, Way...>);
        admit_one<HerePort, Way...>(endpoint, port, where<Self, Way...>);
    }
    bool is_ready() override {
        auto& port = this->port();
        if (port.away == nullptr) return this->is_there_ = port.in.has_message();
        if (passage_ == Passage::late)
            passage_ = port.away->channel->receive(port.away->frame, Clock::time_point::min());
        return passage_ != Passage::late;
    }

    std::optional<within> limit_;
    Passage passage_ = Passage::late;
};

}  // namespace detail

struct include_sz_mpst_asio_hpp {
    template <class Taken, class... Way, class Self, class M>
    [[nodiscard]] static auto send(Self&& state, M message) {
        return detail::Sending<std::remove_cvref_t<Self>, M, Taken, Way...>(
            std::forward<Self>(state), std::move(message));
    }
    template <class... Way, class Self>
    [[nodiscard]] static auto receive(Self&& state, std::optional<within> limit) {
        return detail::Receiving<std::remove_cvref_t<Self>, Way...>(std::forward<Self>(state),
                                                                    limit);
    }
};

namespace detail {

// Keeps the conversation, and with it the place, until the coroutine is gone.
class Presence {
  public:
    Presence(Conversation& conversation, AwaitingPlace& place)
        : conversation_(&conversation), place_(&place) {
        conversation_->stay();
    }
    Presence(Presence&& other) noexcept
        : conversation_(std::exchange(other.conversation_, nullptr)), place_(other.place_) {}
    Presence& operator=(Presence&&) = delete;
    ~Presence() {
        if (conversation_ == nullptr) return;
        place_->end();
        conversation_->leave();
    }

  private:
    Conversation* conversation_;
    AwaitingPlace* place_;
};

struct Root {
    struct promise_type {
        TaskOwner* owner = nullptr;
        Root get_return_object() noexcept {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
        [[nodiscard]] std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() noexcept {}
        [[noreturn]] void unhandled_exception() noexcept { std::terminate(); }
    };
    std::coroutine_handle<promise_type> handle;
};

struct Closed {
    AwaitingPlace& place;
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> waiting) { return place.close(waiting); }
    void await_resume() const noexcept {}
};

template <class Start, class Body, class Handler>
Root play_root(Presence, AwaitingPlace& place, Start start, Body body, Handler handler) {
    Outcome outcome;
    std::exception_ptr thrown;
    std::optional<end<typename Start::role>> finished;
    try {
        finished.emplace(co_await body(std::move(start)));
    } catch (const SessionFailed& stopped) {
        outcome = stopped.failure();
    } catch (...) {
        thrown = std::current_exception();
    }
    co_await Closed{place};
    auto executor = boost::asio::get_associated_executor(handler, place.executor());
    boost::asio::post(
        executor, [handler = std::move(handler), thrown, outcome = std::move(outcome)]() mutable {
            handler(thrown, std::move(outcome));
        });
}

// The first step of a role; the role is dropped with it.
class Begin {
  public:
    explicit Begin(std::coroutine_handle<> root) : root_(root) {}
    Begin(Begin&& other) noexcept : root_(std::exchange(other.root_, nullptr)) {}
    Begin& operator=(Begin&&) = delete;
    ~Begin() {
        if (root_) root_.destroy();
    }
    void operator()() { std::exchange(root_, nullptr).resume(); }

  private:
    std::coroutine_handle<> root_;
};

}  // namespace detail

// Plays a role on an executor. `body`: Start to task<End>; a lambda with captures must outlive the
// role. The token completes with (exception_ptr, Outcome), as `perform` gives them.
template <class Executor, class Start, class Body, class Token>
auto spawn(const Executor& executor, Start start, Body body, Token&& token) {
    return boost::asio::async_initiate<Token, void(std::exception_ptr, Outcome)>(
        [](auto handler, boost::asio::any_io_executor where, Start first, Body play) {
            EndpointBase& endpoint = *detail::Access::peek(first);
            auto made = std::make_unique<AwaitingPlace>(where);
            AwaitingPlace& place = *made;
            endpoint.awaiting = std::move(made);
            auto root = detail::play_root(detail::Presence(endpoint.conversation(), place), place,
                                          std::move(first), std::move(play), std::move(handler));
            root.handle.promise().owner = &place;
            place.belong_to(root.handle);
            boost::asio::post(where, detail::Begin(root.handle));
        },
        token, boost::asio::any_io_executor(executor), std::move(start), std::move(body));
}

}  // namespace mpst
