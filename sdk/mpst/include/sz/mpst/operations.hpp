// SPDX-License-Identifier: AGPL-3.0-or-later
// Sending and receiving, as the operations of states.
#pragma once

#include <cassert>

#include "next_state.hpp"

namespace mpst {

// The awaiting forms of the operations. Complete where <sz/mpst/asio.hpp> is included.
struct include_sz_mpst_asio_hpp;

namespace detail {

[[noreturn]] inline void not_passed(EndpointBase& endpoint, AnyChannel& channel, Passage passage,
                                    std::string_view label, const Where& where) {
    const Notice notice = channel.notice();
    Failure failure;
    failure.received = label;
    failure.why = notice.why;
    switch (passage) {
        case Passage::cancelled:
            failure.what = Trouble::cancelled;
            failure.by = notice.by;
            failure.at = notice.at;
            endpoint.conversation().cancel(notice);
            break;
        case Passage::too_long: failure.what = Trouble::too_long; break;
        case Passage::disconnected: failure.what = Trouble::disconnected; break;
        default: failure.what = Trouble::deadline; break;
    }
    endpoint.fail(std::move(failure), where);
}

template <message M>
void write_frame(Frame& frame, const M& message) {
    frame.label = label_of<M>();
    frame.payload.clear();
    if constexpr (encodable<M>) Codec<M>::write(frame.payload, message);  // join has checked
}

// To a peer in another program, or when the queue is full.
template <class State, class Role, message M>
[[gnu::noinline]] void push_slowly(Endpoint<Role>& endpoint, Port<Role, typename State::peer>& port,
                                   M& message, const Where& where) {
    if (port.away == nullptr) {
        endpoint.wait(port.out.core().of_writer, endpoint.patience, where,
                      [&port] { return port.out.has_room(); });
        port.out.push(std::move(message));
        return;
    }
    write_frame(port.away->frame, message);
    const Passage passage =
        port.away->channel->send(port.away->frame, time_after(endpoint.patience));
    if (passage != Passage::done)
        not_passed(endpoint, *port.away->channel, passage, label_of<M>(), where);
}

// The frame's message into the port's queue, when it is M. Whether it was.
template <message M, class Port>
bool admit(EndpointBase& endpoint, Port& port, const Where& where) {
    if (port.away->frame.label != label_of<M>()) return false;
    if constexpr (encodable<M>) {  // join has checked
        Reader reader(port.away->frame.payload);
        M message{};
        Codec<M>::read(reader, message);
        if (!reader.is_at_end()) {
            Failure failure;
            failure.what = Trouble::bad_payload;
            failure.received = label_of<M>();
            failure.why =
                reader.is_good() ? "There are bytes behind it." : "Bytes are missing in it.";
            endpoint.fail(std::move(failure), where);
        }
        port.away->arrived.push(std::move(message));  // what came before was taken
        [[maybe_unused]] const bool is_there = port.in.has_message();
        assert(is_there);
    }
    return true;
}

template <class Port, class... Way>
void admit_one(EndpointBase& endpoint, Port& port, const Where& where) {
    if ((admit<typename Way::message>(endpoint, port, where) || ...)) return;
    Failure failure;
    failure.what = Trouble::wrong_message;
    failure.received = port.away->frame.label.substr(0, 100);
    endpoint.fail(std::move(failure), where);
}

template <class Role, class Port, class... Way>
[[gnu::noinline]] void pull_slowly(Endpoint<Role>& endpoint, Port& port, const within* limit,
                                   const Where& where) {
    const Clock::duration patience = limit != nullptr ? limit->time : endpoint.patience;
    if (port.away == nullptr) {
        endpoint.wait(port.in.core().of_reader, patience, where,
                      [&port] { return port.in.has_message(); });
        return;
    }
    const auto until = time_after(patience);
    const Passage passage = port.away->channel->receive(port.away->frame, until);
    if (passage != Passage::done) not_passed(endpoint, *port.away->channel, passage, {}, where);
    admit_one<Port, Way...>(endpoint, port, where);
}

template <class... Handler>
struct Overloaded : Handler... {
    using Handler::operator()...;
};

}  // namespace detail

// A state that sends one of its messages to Peer; which one is the program's choice.
template <class Self, class Role, class Peer, class... Way>
class sends : public State<Self, Role> {
  public:
    using operations = sends;
    using peer = Peer;
    using ways = detail::List<Way...>;
    static constexpr bool is_send = true;
    static constexpr detail::Room room() { return detail::room_of_ways<Way...>(); }

    // send(Id{7}) or send<Id>(7). Waits while the queue is full.
    template <class M>
    [[nodiscard]] auto send(M message) && {
        using Taken = typename detail::NextAfter<M, Way...>::type;
        if constexpr (std::is_void_v<Taken>) {
            static_assert(sizeof(mistake::this_state_does_not_send_this_message<Self, M>) > 0);
        } else {
            static_assert(mpst::message<M>, "messages are moved, and that must not throw");
            Endpoint<Role>* endpoint = this->take();
            auto& port = endpoint->template port<Peer>();
            if (port.out.has_room()) [[likely]] {
                port.out.push(std::move(message));
                if (port.out.is_called()) [[unlikely]]
                    endpoint->answer(port.out.core().of_reader, where());
            } else {
                detail::push_slowly<Self>(*endpoint, port, message, where());
            }
            return detail::Access::make<typename Taken::next>(endpoint);
        }
    }
    template <class M, class... Value>
    requires requires(Value&&... value) { M{std::forward<Value>(value)...}; }
    [[nodiscard]] auto send(Value&&... value) && {
        return std::move(*this).template send<M>(M{std::forward<Value>(value)...});
    }
    // The same, and the compiler checks to whom.
    template <class To, class M>
    [[nodiscard]] auto send_to(M message) && {
        if constexpr (!std::is_same_v<To, Peer>) {
            static_assert(sizeof(mistake::this_state_talks_to_another_role<Self, To>) > 0);
        } else {
            return std::move(*this).send(std::move(message));
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
        if constexpr (std::is_void_v<Taken>) {
            static_assert(sizeof(mistake::this_state_does_not_send_this_message<Self, M>) > 0);
        } else {
            this->must_be_there();
            return Form::template send<Taken, Way...>(static_cast<Self&>(*this),
                                                      M{std::forward<Value>(value)...});
        }
    }

    template <class M>
    void send(M&&) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, M>) > 0);
    }
    template <class M>
    void async_send(M&&) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, M>) > 0);
    }

  private:
    friend struct detail::Access;
    explicit sends(Endpoint<Role>* endpoint) noexcept : State<Self, Role>(endpoint) {}
    static constexpr const Where& where() { return detail::where<Self, Way...>; }
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
        if constexpr (is_complete) {
            All all{std::forward<Handler>(handler)...};
            using Result = common_result<
                std::invoke_result_t<All&, typename Way::message, typename Way::next>...>;
            return dispatch<Result, All, Way...>(all, State<Self, Role>::take());
        }
    }

    template <class M>
    [[nodiscard]] bool is() const {
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

  private:
    template <class, class, class, class...>
    friend class receives;
    friend struct detail::Access;
    explicit branch(Endpoint<Role>* endpoint) noexcept : State<Self, Role>(endpoint) {}

    template <class All, class One>
    static constexpr bool takes() {
        using M = typename One::message;
        if constexpr (!std::is_invocable_v<All&, M, typename One::next>) {
            static_assert(sizeof(mistake::no_handler_of_this_state_takes_this_message<Self, M>) >
                          0);
            return false;
        } else {
            return true;
        }
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
            endpoint->answer(in.core().of_writer, detail::where<Self, Way...>);
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
        endpoint.fail(std::move(failure), detail::where<Self, Way...>);
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
    static constexpr detail::Room room() { return detail::room_of_ways<Way...>(); }

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

    template <class... Ignored>
    void async_receive(Ignored&&...) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, Ignored...>) > 0);
    }
    template <class... Handler>
    void receive(Handler&&...) & {
        static_assert(sizeof(mistake::write_std_move_around_this_state<Self, Handler...>) > 0);
    }

  private:
    friend struct detail::Access;
    using Branch = branch<Self, Role, Peer, Way...>;
    explicit receives(Endpoint<Role>* endpoint) noexcept : State<Self, Role>(endpoint) {}
    static constexpr const Where& where() { return detail::where<Self, Way...>; }

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
