// SPDX-License-Identifier: AGPL-3.0-or-later
// A small protocol written in the program itself:
//
//   using Greeting = mpst::protocol<"global protocol Greeting(role A, role B) {"
//                                   "  hello(string) from A to B; bye() from B to A; }">;
//   using Hello = Greeting::message<"hello">;
//   auto [a, b] = mpst::connect<Greeting::role<"A">, Greeting::role<"B">>();
//   auto waiting = std::move(a).send(Hello{"you"});
//
// It is checked by the same code as szmpst, and a fault is an error of the compiler that names it
// and its line. For a larger one szmpst is faster, and its states have names.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "message.hpp"
#include "protocol_text.hpp"
#include "session.hpp"

namespace mpst {

// What a payload type of a protocol is in C++. Specialise it for your own:
//   template <> struct mpst::payload_type<"video"> { using type = Video; };
template <text Name>
struct payload_type;

#define SZ_MPST_PAYLOAD(name, ...) \
    template <>                    \
    struct payload_type<name> {    \
        using type = __VA_ARGS__;  \
    }
SZ_MPST_PAYLOAD("int", std::int64_t);
SZ_MPST_PAYLOAD("Int", std::int64_t);
SZ_MPST_PAYLOAD("long", std::int64_t);
SZ_MPST_PAYLOAD("nat", std::uint64_t);
SZ_MPST_PAYLOAD("bool", bool);
SZ_MPST_PAYLOAD("Bool", bool);
SZ_MPST_PAYLOAD("float", float);
SZ_MPST_PAYLOAD("double", double);
SZ_MPST_PAYLOAD("char", char);
SZ_MPST_PAYLOAD("string", std::string);
SZ_MPST_PAYLOAD("String", std::string);
SZ_MPST_PAYLOAD("str", std::string);
SZ_MPST_PAYLOAD("bytes", std::vector<std::byte>);
#undef SZ_MPST_PAYLOAD

// A message by its label and payload.
template <text Label, class... Payload>
struct text_message {
    static constexpr std::string_view label = Label.view();
    std::tuple<Payload...> values;
    static auto members(auto& self) {
        return std::apply([](auto&... each) { return std::tie(each...); }, self.values);
    }
};
template <text Label, class Payload>
struct text_message<Label, Payload> {
    static constexpr std::string_view label = Label.view();
    Payload value;
};
template <text Label>
struct text_message<Label> {
    static constexpr std::string_view label = Label.view();
};

// Some compilers shorten the text in a type's name.
template <text Label, class... Payload>
inline constexpr Tag tag_of<text_message<Label, Payload...>> = [] {
    Tag tag = tag_of_name(Label.view());
    ((tag = (tag ^ tag_of<Payload>)*16777619U), ...);
    return tag;
}();

template <text Source, unsigned Role>
struct protocol_role;
template <text Source, unsigned Role>
inline constexpr Tag tag_of<protocol_role<Source, Role>> = (tag_of_name(Source.view()) ^ Role) *
                                                           16777619U;
template <text Source, unsigned Role, unsigned Number>
struct protocol_state;

namespace detail {

template <text Source, std::size_t Begin, std::size_t Size>
inline constexpr auto part = text<Size + 1>(Source.view().substr(Begin, Size));

template <text Source, unsigned Index>
struct TextTypes {
    static constexpr const Move& move = projected<Source>.moves[Index];

    template <std::size_t... I>
    static auto message_of(std::index_sequence<I...>) -> text_message<
        part<Source, move.label.begin, move.label.size>,
        typename payload_type<part<Source, projected<Source>.types[move.first_type + I].begin,
                                   projected<Source>.types[move.first_type + I].size>>::type...>;
    using message = decltype(message_of(std::make_index_sequence<move.types>{}));
};

// A role's moves from a state stand together.
template <text Source, unsigned Role>
constexpr std::pair<unsigned, unsigned> moves_from(unsigned state) {
    const auto& all = projected<Source>;
    unsigned begin = all.first_move[Role];
    while (begin < all.first_move[Role + 1] && all.moves[begin].from != state) ++begin;
    unsigned end = begin;
    while (end < all.first_move[Role + 1] && all.moves[end].from == state) ++end;
    return {begin, end};
}

template <text Source, unsigned Role, unsigned State>
struct TextState {
    static constexpr auto range = moves_from<Source, Role>(State);
    static constexpr bool is_end = range.first == range.second;

    template <unsigned Next>
    static constexpr auto next() {
        if constexpr (TextState<Source, Role, Next>::is_end) {
            return std::type_identity<end<protocol_role<Source, Role>>>{};
        } else {
            return std::type_identity<protocol_state<Source, Role, Next>>{};
        }
    }
    template <unsigned Index, class Message = typename TextTypes<Source, Index>::message,
              class Next = typename decltype(next<projected<Source>.moves[Index].to>())::type>
    using Step = std::conditional_t<
        projected<Source>.moves[Index].is_send,
        towards<protocol_role<Source, projected<Source>.moves[Index].peer>, Message, Next>,
        to<Message, Next>>;
    template <template <class, class, class, class...> class Kind, unsigned... I>
    static auto operations_of(std::integer_sequence<unsigned, I...>)
        -> Kind<protocol_state<Source, Role, State>, protocol_role<Source, Role>,
                protocol_role<Source, projected<Source>.moves[range.first].peer>,
                Step<range.first + I>...>;
    static auto operations() {
        using Count = std::make_integer_sequence<unsigned, range.second - range.first>;
        if constexpr (projected<Source>.moves[range.first].is_send) {
            return std::type_identity<decltype(operations_of<sends>(Count{}))>{};
        } else {
            return std::type_identity<decltype(operations_of<receives>(Count{}))>{};
        }
    }
};

template <text Source, unsigned Role>
struct TextRole {
    static constexpr unsigned count_states() {
        unsigned count = 0;
        for (unsigned state = 0; state < projected<Source>.states[Role]; ++state) {
            const auto range = moves_from<Source, Role>(state);
            count += range.first != range.second ? 1 : 0;
        }
        return count;
    }
    static constexpr auto numbers = [] {
        std::array<unsigned, count_states()> all{};
        std::size_t at = 0;
        for (unsigned state = 0; state < projected<Source>.states[Role]; ++state) {
            const auto range = moves_from<Source, Role>(state);
            if (range.first != range.second) all[at++] = state;
        }
        return all;
    }();
    static constexpr bool is_peer(unsigned other) {
        for (unsigned m = projected<Source>.first_move[Role];
             m < projected<Source>.first_move[Role + 1]; ++m) {
            if (projected<Source>.moves[m].peer == other) return true;
        }
        return false;
    }
    static constexpr unsigned count_peers() {
        unsigned count = 0;
        for (unsigned other = 0; other + 1 < projected<Source>.names.size(); ++other)
            count += is_peer(other) ? 1 : 0;
        return count;
    }
    static constexpr auto others = [] {
        std::array<unsigned, count_peers()> all{};
        std::size_t at = 0;
        for (unsigned other = 0; other + 1 < projected<Source>.names.size(); ++other) {
            if (is_peer(other)) all[at++] = other;
        }
        return all;
    }();

    template <std::size_t... I>
    static auto states_of(std::index_sequence<I...>)
        -> mpst::states<protocol_state<Source, Role, numbers[I]>...>;
    template <std::size_t... I>
    static auto peers_of(std::index_sequence<I...>)
        -> mpst::roles<protocol_role<Source, others[I]>...>;
    using states = decltype(states_of(std::make_index_sequence<numbers.size()>{}));
    using peers = decltype(peers_of(std::make_index_sequence<others.size()>{}));
};

}  // namespace detail

template <text Source, unsigned Role, unsigned Number>
struct [[nodiscard]] protocol_state
    : decltype(detail::TextState<Source, Role, Number>::operations())::type {};

template <text Source, unsigned Role>
struct protocol_role {
    using Start = protocol_state<Source, Role, 0>;
    using End = end<protocol_role>;
    using peers = typename detail::TextRole<Source, Role>::peers;
    using states = typename detail::TextRole<Source, Role>::states;
};

template <text Source, unsigned Role>
struct NameOf<protocol_role<Source, Role>> {
    static constexpr std::string_view role = Source.view().substr(
        detail::projected<Source>.names[Role].begin, detail::projected<Source>.names[Role].size);
};
template <text Source, unsigned Role, unsigned Number>
struct NameOf<protocol_state<Source, Role, Number>> {
  private:
    // "Client, state 3"
    static constexpr auto chars = [] {
        constexpr std::string_view role = NameOf<protocol_role<Source, Role>>::role;
        std::array<char, role.size() + 18> all{};
        std::size_t at = 0;
        for (const char c : role) all[at++] = c;
        for (const char c : std::string_view(", state ")) all[at++] = c;
        unsigned scale = 1;
        while (Number / scale >= 10) scale *= 10;
        for (; scale > 0; scale /= 10) all[at++] = static_cast<char>('0' + Number / scale % 10);
        return all;
    }();

  public:
    static constexpr std::string_view state = chars.data();
};

namespace detail {

template <text Source, text Name>
constexpr unsigned role_number() {
    for (unsigned i = 0; i + 1 < projected<Source>.names.size(); ++i) {
        const auto& name = projected<Source>.names[i];
        if (Source.view().substr(name.begin, name.size) == Name.view()) return i;
    }
    return core::none;
}
template <text Source, text Label>
constexpr unsigned move_number() {
    for (unsigned i = 0; i + 1 < projected<Source>.moves.size(); ++i) {
        const auto& label = projected<Source>.moves[i].label;
        if (Source.view().substr(label.begin, label.size) == Label.view()) return i;
    }
    return core::none;
}
template <unsigned Number>
constexpr unsigned known() {
    static_assert(Number != core::none, "the protocol has no such name");
    return Number;
}

}  // namespace detail

// The text holds one protocol, besides those that are `aux`.
template <text Source>
struct protocol {
    template <text Name>
    using role = protocol_role<Source, detail::known<detail::role_number<Source, Name>()>()>;
    // The first message of that label.
    template <text Label>
    using message =
        typename detail::TextTypes<Source,
                                   detail::known<detail::move_number<Source, Label>()>()>::message;
};

}  // namespace mpst
