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
// the blocking form do. When the executor's context is destroyed before the role has ended, the
// role is dropped where it waits, and its peers are told; while that goes on, no peer may be active
// on another thread.
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

// The common part. The state stays where it is, and its own, until the wait is over: a coroutine
// that is destroyed meanwhile drops it there. So the awaiter has nothing to destroy.
template <class Self, class To, class... Way>
class Waiting {
  public:
    Waiting(Waiting&&) = delete;
    Waiting& operator=(Waiting&&) = delete;

    // For the place.
    [[nodiscard]] bool is_held() {
        return port().away != nullptr && port().away->channel->is_held();
    }

  protected:
    using Role = typename Self::role;
    using Here = Port<Role, To>;
    explicit Waiting(Self& state) : state_(state) {}

    [[nodiscard]] Endpoint<Role>& endpoint() { return *Access::peek(state_); }
    [[nodiscard]] Here& port() { return endpoint().template port<To>(); }
    [[nodiscard]] Endpoint<Role>* take() { return Access::take_known(state_); }

    template <class Awaited>
    bool suspend(std::coroutine_handle<> waiting, Awaited& awaited, Call& call,
                 Clock::duration patience) {
        if (endpoint().awaiting == nullptr) has_no_place();
        AwaitingPlace& place = place_of(endpoint());
        passage_ = Passage::late;
        if (port().away != nullptr) port().away->channel->when_ready([&place] { place.wake(); });
        return place.suspend(waiting, awaited, call, patience);
    }
    // After a wait in vain; or a passage through a channel, which is the result.
    void end_wait(Endpoint<Role>& endpoint, Here& port, Call& call, std::string_view label) {
        if (port.away != nullptr) {
            port.away->channel->when_ready({});
            if (passage_ != Passage::done)
                not_passed(endpoint, *port.away->channel, passage_, label, where<Self, To, Way...>);
        } else if (call.is_closed()) {
            endpoint.cancelled(where<Self, To, Way...>);
        } else {
            endpoint.late(where<Self, To, Way...>);
        }
    }

    Self& state_;
    Passage passage_;  // set where a wait begins

  private:
    [[noreturn, gnu::noinline]] void has_no_place() {
        Failure failure;
        failure.what = Trouble::not_possible;
        failure.why = "A role that awaits is begun with mpst::spawn.";
        take()->fail(std::move(failure), where<Self, To, Way...>);
    }
};

template <class Self, class M, class Taken, class... Way>
class Sending final : public Waiting<Self, peer_of<Self, Taken>, Way...> {
    using To = peer_of<Self, Taken>;

  public:
    Sending(Self& state, M&& message)
        : Waiting<Self, To, Way...>(state), message_(std::move(message)) {}

    [[nodiscard]] bool await_ready() { return this->port().out.has_room(); }
    bool await_suspend(std::coroutine_handle<> waiting) {
        auto& port = this->port();
        if (port.away != nullptr) write_frame(*port.away, message_);
        return this->suspend(waiting, *this, port.out.core().of_writer, this->endpoint().patience);
    }
    [[nodiscard]] typename Taken::next await_resume() {
        auto* endpoint = this->take();
        auto& port = endpoint->template port<To>();
        if (port.out.has_room()) [[likely]] {
            port.out.push(std::move(message_));
            if (port.out.is_called()) [[unlikely]]
                endpoint->answer(port.out.core().of_reader, where<Self, To, Way...>);
        } else {
            this->end_wait(*endpoint, port, port.out.core().of_writer, label_of<M>());
        }
        return Access::make<typename Taken::next>(endpoint);
    }
    // For the place.
    [[nodiscard]] bool is_ready() {
        auto& port = this->port();
        if (port.away == nullptr) return port.out.has_room();
        if (this->passage_ == Passage::late)
            this->passage_ = port.away->channel->send(port.away->frame, Clock::time_point::min());
        return this->passage_ != Passage::late;
    }

  private:
    M message_;
};

// How long it may wait: the endpoint's patience, or a limit of its own.
inline Clock::duration limit_of(NoLimit, const EndpointBase& endpoint) { return endpoint.patience; }
inline Clock::duration limit_of(within limit, const EndpointBase&) { return limit.time; }

template <class Self, class Limit, class... Way>
class Receiving final : public Waiting<Self, typename Self::peer, Way...> {
    using To = typename Self::peer;
    using Branch = branch<Self, typename Self::role, typename Self::peer, Way...>;

  public:
    Receiving(Self& state, Limit limit) : Waiting<Self, To, Way...>(state), limit_(limit) {}

    [[nodiscard]] bool await_ready() { return this->port().in.has_message(); }
    bool await_suspend(std::coroutine_handle<> waiting) {
        return this->suspend(waiting, *this, this->port().in.core().of_reader,
                             limit_of(limit_, this->endpoint()));
    }
    [[nodiscard]] auto await_resume() {
        auto* endpoint = this->take();
        auto& port = endpoint->template port<To>();
        if (!port.in.has_message()) [[unlikely]]
            end_slowly(*endpoint, port);
        auto arrived = Access::branch<Branch>(endpoint);
        if constexpr (sizeof...(Way) == 1) {
            return std::move(arrived).template take<typename Way::message...>();
        } else {
            return arrived;
        }
    }
    // For the place.
    [[nodiscard]] bool is_ready() {
        auto& port = this->port();
        if (port.away == nullptr) return port.in.has_message();
        if (this->passage_ == Passage::late)
            this->passage_ =
                port.away->channel->receive(port.away->frame, Clock::time_point::min());
        return this->passage_ != Passage::late;
    }

  private:
    using typename Waiting<Self, To, Way...>::Here;
    using typename Waiting<Self, To, Way...>::Role;

    [[gnu::noinline]] void end_slowly(Endpoint<Role>& endpoint, Here& port) {
        this->end_wait(endpoint, port, port.in.core().of_reader, {});
        admit_one<Here, Way...>(endpoint, port, where<Self, To, Way...>);
    }

    [[no_unique_address]] Limit limit_;
};

}  // namespace detail

struct include_sz_mpst_asio_hpp {
    template <class Taken, class... Way, class Self, class M>
    [[nodiscard]] static auto send(Self& state, M message) {
        return detail::Sending<Self, M, Taken, Way...>(state, std::move(message));
    }
    template <class... Way, class Self, class Limit>
    [[nodiscard]] static auto receive(Self& state, Limit limit) {
        return detail::Receiving<Self, Limit, Way...>(state, limit);
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

template <class Executor, class Start, class Body, class Handler>
Root play_root(Presence, PlaceOn<Executor>& place, Start start, Body body, Handler handler) {
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
    using Result = typename detail::ResultOf<Body&, Start>::type;
    if constexpr (!std::is_same_v<Result, task<end<typename Start::role>>>) {
        using mistake::a_role_is_a_function_from_its_first_state_to_its_end;
        static_assert(sizeof(a_role_is_a_function_from_its_first_state_to_its_end<Start, Result>) >
                      0);
    }
    detail::Access::must_be_there(start);
    return boost::asio::async_initiate<Token, void(std::exception_ptr, Outcome)>(
        [](auto handler, const Executor& where, Start first, Body play) {
            EndpointBase& endpoint = *detail::Access::peek(first);
            auto made = std::make_unique<PlaceOn<Executor>>(where);
            PlaceOn<Executor>& place = *made;
            endpoint.awaiting = std::move(made);
            auto root = detail::play_root(detail::Presence(endpoint.conversation(), place), place,
                                          std::move(first), std::move(play), std::move(handler));
            root.handle.promise().owner = &place;
            place.belong_to(root.handle);
            boost::asio::post(where, detail::Begin(root.handle));
        },
        token, executor, std::move(start), std::move(body));
}

}  // namespace mpst
