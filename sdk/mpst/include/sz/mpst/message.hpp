// SPDX-License-Identifier: AGPL-3.0-or-later
// A message is a struct: its name is the label, its members are the payload.
//
//   struct Answer { std::int64_t value; };
//   struct Close {};
//
// It may say its label itself, where that is no name for a type:
//   static constexpr std::string_view label = "delete";
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "type_name.hpp"

namespace mpst {

// Moved into a queue and out of it: that must not fail half-way.
template <class M>
concept message = std::is_object_v<M> && std::is_nothrow_move_constructible_v<M> &&
    std::is_nothrow_destructible_v<M>;

template <class M>
constexpr std::string_view label_of() {
    if constexpr (requires { std::string_view(M::label); }) {
        return M::label;
    } else {
        return last_parts(type_name<M>(), 1);
    }
}

// What tells messages apart inside one program.
using Tag = std::uint32_t;

constexpr Tag tag_of_name(std::string_view name) {
    Tag hash = 2166136261U;  // FNV-1a (Fowler, Noll, Vo), 32 bits
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}
// Specialised where the compiler does not write a name out.
template <class M>
inline constexpr Tag tag_of = tag_of_name(type_name<M>());
// An address for each type, to be compared where a number might be one for two of them.
template <class T>
inline constexpr char identity_of = 0;

// In a protocol's types: a message, and the state behind it.
template <class Message, class Next>
struct to {
    using message = Message;
    using next = Next;
};

// The same in a state that sends to several roles.
template <class Peer, class Message, class Next>
struct towards {
    using peer = Peer;
    using message = Message;
    using next = Next;
};

namespace detail {

template <class...>
struct List {};

// To whom a state's message goes, or from whom it comes.
template <class State, class Way>
struct PeerOf {
    using type = typename State::peer;
};
template <class State, class Way>
requires requires { typename Way::peer; }
struct PeerOf<State, Way> {
    using type = typename Way::peer;
};
template <class State, class Way>
using peer_of = typename PeerOf<State, Way>::type;

}  // namespace detail

}  // namespace mpst
