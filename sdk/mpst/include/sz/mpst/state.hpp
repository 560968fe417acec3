// SPDX-License-Identifier: AGPL-3.0-or-later
// The states of a role, from which its protocol is built:
//
//   struct Client::SendId : mpst::sends<SendId, Client, Server, mpst::to<Id, AwaitAnswer>> {};
//   struct Client::AwaitAnswer
//       : mpst::receives<AwaitAnswer, Client, Server, mpst::to<Yes, End>, mpst::to<No, SendId>> {};
//
// A state is used once, by moving from it; what it gives is the next. One that is dropped ends the
// session for everybody. Operations wait no longer than the session's patience and throw
// SessionFailed (failure.hpp). A state belongs to one thread at a time.
//
// After Lagaillardie, Neykova, Yoshida: Implementing Multiparty Session Types in Rust (COORDINATION
// 2020). That a state is not used twice is checked when it runs: C++ has no linear types.
#pragma once

#include <utility>

#include "endpoint.hpp"

namespace mpst {

namespace detail {

// Makes states out of endpoints, for the library only.
struct Access {
    template <class Next, class Role>
    [[nodiscard]] static Next make(Endpoint<Role>* endpoint) {
        if constexpr (std::is_same_v<Next, end<Role>>) {
            return Next(endpoint);
        } else {
            if constexpr (!std::is_same_v<typename Next::role, Role>) {
                using mistake::a_state_of_this_role_leads_out_of_its_list_of_states;
                static_assert(
                    sizeof(a_state_of_this_role_leads_out_of_its_list_of_states<Role, Next>) > 0);
            }
            return Next{typename Next::operations(endpoint)};
        }
    }
    template <class State>
    [[nodiscard]] static auto* take(State& state) {
        return state.take();
    }
    template <class State>
    [[nodiscard]] static auto* take_known(State& state) {
        return std::exchange(state.endpoint_, nullptr);
    }
    template <class S>
    static void must_be_there(const S& state) {
        state.must_be_there();
    }
    template <class S>
    [[nodiscard]] static auto* peek(const S& state) {
        return state.peek();
    }
    template <class Branch, class Role>
    [[nodiscard]] static Branch branch(Endpoint<Role>* endpoint) {
        return Branch(endpoint);
    }
};

template <class... Way>
std::string labels() {
    std::string text;
    ((text += (text.empty() ? "" : " or "), text += label_of<typename Way::message>()), ...);
    return text;
}

template <class State, class Peer, class... Way>
inline constexpr Where where{role_name<typename State::role>(), state_name<State>(),
                             role_name<Peer>(), labels<Way...>};

template <class M, class... Way>
struct NextAfter;
template <class M, class Way, class... More>
struct NextAfter<M, Way, More...>
    : std::conditional_t<std::is_same_v<M, typename Way::message>, std::type_identity<Way>,
                         NextAfter<M, More...>> {};
template <class M>
struct NextAfter<M> : std::type_identity<void> {};

// The same of a message to one of several roles.
template <class State, class To, class M, class... Way>
struct NextTowards;
template <class State, class To, class M, class Way, class... More>
struct NextTowards<State, To, M, Way, More...>
    : std::conditional_t<std::is_same_v<M, typename Way::message> &&
                             std::is_same_v<To, peer_of<State, Way>>,
                         std::type_identity<Way>, NextTowards<State, To, M, More...>> {};
template <class State, class To, class M>
struct NextTowards<State, To, M> : std::type_identity<void> {};

}  // namespace detail

// What every state is made of: a pointer that only one holder has.
template <class Self, class Role>
class State {
  public:
    using role = Role;

    State(State&& other) noexcept : endpoint_(std::exchange(other.endpoint_, nullptr)) {}
    State& operator=(State&& other) noexcept {
        if (this != &other) {
            drop();
            endpoint_ = std::exchange(other.endpoint_, nullptr);
        }
        return *this;
    }
    ~State() { drop(); }

  protected:
    explicit State(Endpoint<Role>* endpoint) noexcept : endpoint_(endpoint) {}

    [[nodiscard]] Endpoint<Role>* take() {
        must_be_there();
        return std::exchange(endpoint_, nullptr);
    }
    void must_be_there() const {
        if (endpoint_ == nullptr) [[unlikely]]
            was_used();
    }
    [[nodiscard]] Endpoint<Role>* peek() const { return endpoint_; }

  private:
    friend struct detail::Access;

    [[noreturn, gnu::noinline]] static void was_used() {
        Failure failure;
        failure.what = Trouble::used_twice;
        failure.role = role_name<Role>();
        failure.state = state_name<Self>();
        throw SessionFailed(std::move(failure));
    }
    void drop() noexcept {
        if (endpoint_ != nullptr) [[unlikely]]
            was_dropped(std::exchange(endpoint_, nullptr));
    }
    // Not a member of this state: its address stays its own, and the pointer in a register.
    [[gnu::noinline]] static void was_dropped(Endpoint<Role>* endpoint) noexcept {
        endpoint->leave_early({role_name<Role>(), state_name<Self>(), {}, nullptr},
                              "It left without finishing.");
    }

    Endpoint<Role>* endpoint_;
};

// The end of a role's part, which only its last operation gives.
template <class Role>
class [[nodiscard]] end {
  public:
    using role = Role;
    end(end&& other) noexcept : endpoint_(std::exchange(other.endpoint_, nullptr)) {}
    end& operator=(end&& other) noexcept {
        std::swap(endpoint_, other.endpoint_);
        return *this;
    }
    ~end() {
        if (endpoint_ != nullptr) endpoint_->leave();
    }

  private:
    friend struct detail::Access;
    explicit end(Endpoint<Role>* endpoint) noexcept : endpoint_(endpoint) {}
    [[nodiscard]] Endpoint<Role>* take() { return std::exchange(endpoint_, nullptr); }
    Endpoint<Role>* endpoint_;
};

// How long this one operation may wait, instead of the session's patience.
struct within {
    Clock::duration time;
};
namespace detail {
struct NoLimit {};
}  // namespace detail

// A message that came, and the state behind it.
template <class M, class Next>
struct [[nodiscard("A message and the state behind it were not used")]] received {
    M message;
    Next next;
};

}  // namespace mpst
