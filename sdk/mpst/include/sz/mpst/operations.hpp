// SPDX-License-Identifier: AGPL-3.0-or-later
// Sending and receiving, as the operations of states.
#pragma once

#include "next_state.hpp"
#include "slow_way.hpp"

namespace mpst {

// The awaiting forms of the operations. Complete where <sz/mpst/asio.hpp> is included.
struct include_sz_mpst_asio_hpp;

namespace detail {

template <class... Handler>
struct Overloaded : Handler... {
    using Handler::operator()...;
};

}  // namespace detail

// A state that sends one of its messages; which one is the program's choice. All go to Peer, but
// those that are `towards` another role.
template <class Self, class Role, class Peer, class... Way>
class sends : public State<Self, Role> {
  public:
    using operations = sends;
    using peer = Peer;
    using ways = detail::List<Way...>;
    static constexpr bool is_send = true;

    // send(Id{7}) or send<Id>(7). Waits while the queue is full.
    template <class M>
    [[nodiscard]] auto send(M message) && {
        using Taken = typename detail::NextAfter<M, Way...>::type;
        constexpr int times = (0 + ... + (std::is_same_v<M, typename Way::message> ? 1 : 0));
        if constexpr (times == 0) {
            static_assert(sizeof(mistake::this_state_does_not_send_this_message<Self, M>) > 0);
        } else if constexpr (times > 1) {
            static_assert(sizeof(mistake::several_roles_get_this_message_use_send_to<Self, M>) > 0);
        } else {
            return sent<Taken>(this->take(), message);
        }
    }
    template <class M, class... Value>
    [[nodiscard]] auto send(Value&&... value) && {
        if constexpr (requires { M{std::forward<Value>(value)...}; }) {
            return std::move(*this).template send<M>(M{std::forward<Value>(value)...});
        } else {
            static_assert(
                sizeof(mistake::this_message_is_not_made_of_these_values<Self, M, Value...>) > 0);
        }
    }
    // The same, and the compiler checks to whom.
    template <class To, class M>
    [[nodiscard]] auto send_to(M message) && {
        using Taken = typename detail::NextTowards<sends, To, M, Way...>::type;
        if constexpr (std::is_void_v<typename detail::NextAfter<M, Way...>::type>) {
            static_assert(sizeof(mistake::this_state_does_not_send_this_message<Self, M>) > 0);
        } else if constexpr (std::is_void_v<Taken>) {
            static_assert(sizeof(mistake::this_state_talks_to_another_role<Self, To>) > 0);
        } else {
            return sent<Taken>(this->take(), message);
        }
    }

    // The same as something to co_await, at once. A message with members of its own, such as a
    // text, is made here: async_send<Video>(std::move(bytes)). Handed over ready-made inside a
    // co_await it would be copied bit by bit by GCC 12, and destroyed twice.
    template <class Form = include_sz_mpst_asio_hpp, class M>
    requires std::is_same_v<Form, include_sz_mpst_asio_hpp>
    [[nodiscard]] auto async_send(M message) && {
        if constexpr (!std::is_trivially_copyable_v<M>) {
            static_assert(sizeof(mistake::name_the_message_in_async_send<Self, M>) > 0);
        } else {
            return std::move(*this).template async_send<M, Form>(std::move(message));
        }
    }
    template <class M, class Form = include_sz_mpst_asio_hpp, class... Value>
    requires requires(Value&&... value) { M{std::forward<Value>(value)...}; }
    [[nodiscard]] auto async_send(Value&&... value) && {
        using Taken = typename detail::NextAfter<M, Way...>::type;
        constexpr int times = (0 + ... + (std::is_same_v<M, typename Way::message> ? 1 : 0));
        if constexpr (times == 0) {
            static_assert(sizeof(mistake::this_state_does_not_send_this_message<Self, M>) > 0);
        } else if constexpr (times > 1) {
            static_assert(sizeof(mistake::several_roles_get_this_message_use_send_to<Self, M>) > 0);
        } else {
            this->must_be_there();
            return Form::template send<Taken, Way...>(static_cast<Self&>(*this),
                                                      M{std::forward<Value>(value)...});
        }
    }
    template <class To, class M, class Form = include_sz_mpst_asio_hpp, class... Value>
    [[nodiscard]] auto async_send_to(Value&&... value) && {
        using Taken = typename detail::NextTowards<sends, To, M, Way...>::type;
        if constexpr (std::is_void_v<typename detail::NextAfter<M, Way...>::type>) {
            static_assert(sizeof(mistake::this_state_does_not_send_this_message<Self, M>) > 0);
        } else if constexpr (std::is_void_v<Taken>) {
            static_assert(sizeof(mistake::this_state_talks_to_another_role<Self, To>) > 0);
        } else {
            this->must_be_there();
            return Form::template send<Taken, Way...>(static_cast<Self&>(*this),
                                                      M{std::forward<Value>(value)...});
        }
    }

    // Without std::move.
    template <class M = void, class... Value>
    void send(Value&&...) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, Value...>) > 0);
    }
    template <class To, class M>
    void send_to(M&&) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, M>) > 0);
    }
    template <class M>
    auto async_send(M&&) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, M>) > 0);
    }

  private:
    friend struct detail::Access;
    explicit sends(Endpoint<Role>* endpoint) noexcept : State<Self, Role>(endpoint) {}

    template <class Taken, class M>
    [[nodiscard]] static auto sent(Endpoint<Role>* endpoint, M& message) {
        if constexpr (!mpst::message<M>)
            static_assert(sizeof(mistake::this_message_may_throw_when_it_is_moved<Self, M>) > 0);
        using To = detail::peer_of<sends, Taken>;
        constexpr const Where& where = detail::where<Self, To, Way...>;
        auto& port = endpoint->template port<To>();
        if (port.out.has_room()) [[likely]] {
            port.out.push(std::move(message));
            if (port.out.is_called()) [[unlikely]]
                endpoint->answer(port.out.core().of_reader, where);
        } else {
            detail::push_slowly(*endpoint, port, message, where);
        }
        return detail::Access::make<typename Taken::next>(endpoint);
    }
};

// A message of a state has come; which one is still to be seen.
template <class Self, class Role, class Peer, class... Way>
class [[nodiscard]] branch : public State<Self, Role> {
  public:
    // Calls the handler for the message that came: (message, next state). Their results are one
    // type, or states, of which one comes out.
    template <class... Handler>
    auto match(Handler&&... handler) && {
        using All = detail::Overloaded<std::remove_cvref_t<Handler>...>;
        constexpr bool is_complete = (takes<All, Way>() && ...);
        if constexpr (is_complete && (is_of_use<std::remove_cvref_t<Handler>>() && ...)) {
            All all{std::forward<Handler>(handler)...};
            using Result = common_result<
                std::invoke_result_t<All&, typename Way::message, typename Way::next>...>;
            return dispatch<Result, All, Way...>(all, State<Self, Role>::take());
        }
    }

    template <class M>
    [[nodiscard]] bool is() const {
        if constexpr (std::is_void_v<typename detail::NextAfter<M, Way...>::type>)
            static_assert(sizeof(mistake::this_state_does_not_receive_this_message<Self, M>) > 0);
        return this->peek() != nullptr &&
               this->peek()->template port<Peer>().in.front().template holds<M>();
    }
    // The message, when it is this one. Another one is a mistake that ends the session.
    template <class M>
    auto take() && {
        using Taken = typename detail::NextAfter<M, Way...>::type;
        if constexpr (std::is_void_v<Taken>) {
            static_assert(sizeof(mistake::this_state_does_not_receive_this_message<Self, M>) > 0);
        } else {
            return taken<Taken>(State<Self, Role>::take());
        }
    }

    // Without std::move.
    template <class... Handler>
    void match(Handler&&...) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, Handler...>) > 0);
    }
    template <class M>
    void take() & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, M>) > 0);
    }

  private:
    template <class, class, class, class...>
    friend class receives;
    friend struct detail::Access;
    explicit branch(Endpoint<Role>* endpoint) noexcept : State<Self, Role>(endpoint) {}

    template <class All, class One>
    static constexpr bool takes() {
        using M = typename One::message;
        using Next = typename One::next;
        if constexpr (!std::is_invocable_v<All&, M, Next>) {
            static_assert(
                sizeof(mistake::no_handler_of_this_state_takes_this_message<Self, M, Next>) > 0);
            return false;
        } else {
            return true;
        }
    }
    // A handler for any message cannot be asked without being compiled for each.
    template <class Handler>
    static constexpr bool is_of_use() {
        if constexpr (requires { &Handler::operator(); }) {
            if constexpr (!(std::is_invocable_v<Handler&, typename Way::message,
                                                typename Way::next> ||
                            ...)) {
                static_assert(
                    sizeof(mistake::this_handler_takes_no_message_of_this_state<Self, Handler>) >
                    0);
            }
        }
        return true;
    }

    template <class One>
    static received<typename One::message, typename One::next> taken(Endpoint<Role>* endpoint) {
        using M = typename One::message;
        auto& in = endpoint->template port<Peer>().in;
        if (!in.front().template holds<M>()) [[unlikely]]
            another(*endpoint, label_of<M>());
        M message = in.front().template take<M>();
        in.pop();
        if (in.is_called()) [[unlikely]]
            endpoint->answer(in.core().of_writer, detail::where<Self, Peer, Way...>);
        return {std::move(message), detail::Access::make<typename One::next>(endpoint)};
    }
    template <class Result, class All, class One, class... More>
    static Result dispatch(All& all, Endpoint<Role>* endpoint) {
        auto& in = endpoint->template port<Peer>().in;
        if constexpr (sizeof...(More) > 0) {
            if (!in.front().template holds<typename One::message>())
                return dispatch<Result, All, More...>(all, endpoint);
        }
        auto [message, next] = taken<One>(endpoint);
        return all(std::move(message), std::move(next));
    }
    [[noreturn, gnu::noinline]] static void another(Endpoint<Role>& endpoint,
                                                    std::string_view wanted) {
        Failure failure;
        failure.what = Trouble::wrong_message;
        failure.received = "something else than " + std::string(wanted);
        endpoint.fail(std::move(failure), detail::where<Self, Peer, Way...>);
    }
};

// A state that receives one of its messages from Peer, whose choice it is.
template <class Self, class Role, class Peer, class... Way>
class receives : public State<Self, Role> {
  public:
    using operations = receives;
    using peer = Peer;
    using ways = detail::List<Way...>;
    static constexpr bool is_send = false;

    // With one message: `received`, to be taken apart. With several: `branch`.
    [[nodiscard]] auto receive() && { return std::move(*this).from_here(nullptr); }
    [[nodiscard]] auto receive(within limit) && { return std::move(*this).from_here(&limit); }
    // With handlers, as branch::match.
    template <class... Handler>
    requires(sizeof...(Handler) > 0) auto receive(Handler&&... handler) && {
        return branch_here(nullptr).match(std::forward<Handler>(handler)...);
    }
    template <class... Handler>
    requires(sizeof...(Handler) > 0) auto receive(within limit, Handler&&... handler) && {
        return branch_here(&limit).match(std::forward<Handler>(handler)...);
    }
    // The same, and the compiler checks from whom.
    template <class From, class... Handler>
    [[nodiscard]] auto receive_from(Handler&&... handler) && {
        if constexpr (!std::is_same_v<From, Peer>) {
            static_assert(sizeof(mistake::this_state_talks_to_another_role<Self, From>) > 0);
        } else {
            return std::move(*this).receive(std::forward<Handler>(handler)...);
        }
    }

    // The same as something to co_await, at once: `received` or `branch`.
    template <class Form = include_sz_mpst_asio_hpp>
    [[nodiscard]] auto async_receive() && {
        this->must_be_there();
        return Form::template receive<Way...>(static_cast<Self&>(*this), detail::NoLimit{});
    }
    template <class Form = include_sz_mpst_asio_hpp>
    [[nodiscard]] auto async_receive(within limit) && {
        this->must_be_there();
        return Form::template receive<Way...>(static_cast<Self&>(*this), limit);
    }

    // Without std::move.
    template <class... Handler>
    void receive(Handler&&...) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, Handler...>) > 0);
    }
    template <class From, class... Handler>
    void receive_from(Handler&&...) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, Handler...>) > 0);
    }
    template <class... Limit>
    auto async_receive(Limit&&...) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, Limit...>) > 0);
    }

  private:
    friend struct detail::Access;
    using Branch = branch<Self, Role, Peer, Way...>;
    explicit receives(Endpoint<Role>* endpoint) noexcept : State<Self, Role>(endpoint) {}
    static constexpr const Where& where() { return detail::where<Self, Peer, Way...>; }

    auto from_here(const within* limit) && {
        if constexpr (sizeof...(Way) == 1) {
            return branch_here(limit).template take<typename Way::message...>();
        } else {
            return branch_here(limit);
        }
    }
    Branch branch_here(const within* limit) {
        Endpoint<Role>* endpoint = this->take();
        auto& port = endpoint->template port<Peer>();
        if (!port.in.has_message()) [[unlikely]]
            detail::pull_slowly<Role, Port<Role, Peer>, Way...>(*endpoint, port, limit, where());
        return Branch(endpoint);
    }
};

}  // namespace mpst
