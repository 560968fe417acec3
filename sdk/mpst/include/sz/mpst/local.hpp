// SPDX-License-Identifier: AGPL-3.0-or-later
// A role's states as data: one table, so that the compiler goes through it once.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include "message.hpp"
#include "mistake.hpp"
#include "type_name.hpp"

namespace mpst {

// A role's lists, in its struct: `using peers = mpst::roles<…>`, `using states = mpst::states<…>`.
template <class... Role>
struct roles {};
template <class... State>
struct states {};

template <class Role>
class end;

// One message of one state. The number of the end is that of the role's states.
struct Step {
    unsigned from = 0;
    unsigned to = 0;
    bool is_send = false;
    Tag peer = 0;  // of the role's type
    Tag message = 0;
    std::size_t bytes = 0;  // of the message, and how they are aligned
    std::size_t align = 1;
    std::string_view peer_name, label;
    const void* type = nullptr;  // of the message, by identity_of
};

namespace detail {

template <unsigned Number, class S>
struct Numbered {};
template <class Numbers, class... S>
struct Numbering;
template <unsigned... Number, class... S>
struct Numbering<std::integer_sequence<unsigned, Number...>, S...> : Numbered<Number, S>... {};

template <class S, unsigned Number>
constexpr unsigned number_in(const Numbered<Number, S>*) {
    return Number;
}
template <class Role, class States = typename Role::states>
struct StateNumbers;
template <class Role, class... S>
struct StateNumbers<Role, states<S...>> {
    using All = Numbering<std::make_integer_sequence<unsigned, sizeof...(S)>, S...>;
    static constexpr unsigned count = sizeof...(S);

    template <class Next>
    static constexpr unsigned of() {
        if constexpr (std::is_same_v<Next, end<Role>>) {
            return count;
        } else if constexpr (requires(const All* all) { number_in<Next>(all); }) {
            return number_in<Next>(static_cast<const All*>(nullptr));
        } else {
            static_assert(
                sizeof(mistake::a_state_of_this_role_leads_out_of_its_list_of_states<Role, Next>) >
                0);
        }
    }
    template <class State, class... Way>
    static constexpr Step* add(Step* at, List<Way...>) {
        ((*at++ = {of<State>(), of<typename Way::next>(), State::is_send,
                   tag_of<peer_of<State, Way>>, tag_of<typename Way::message>,
                   sizeof(typename Way::message), alignof(typename Way::message),
                   role_name<peer_of<State, Way>>(), label_of<typename Way::message>(),
                   &identity_of<typename Way::message>}),
         ...);
        return at;
    }
    template <class... Way>
    static constexpr std::size_t count_ways(List<Way...>) {
        return sizeof...(Way);
    }
    static constexpr auto steps() {
        std::array<Step, (std::size_t{0} + ... + count_ways(typename S::ways{}))> all{};
        Step* at = all.data();
        ((at = add<S>(at, typename S::ways{})), ...);
        return all;
    }
};

template <class Local>
struct RoleOf : std::type_identity<Local> {};
template <class Local>
requires requires { typename Local::role; }
struct RoleOf<Local> : std::type_identity<typename Local::role> {};

}  // namespace detail

// The role of a role or of a state.
template <class Local>
using role_of = typename detail::RoleOf<Local>::type;

// All messages of a role; by state, in the order of its list.
template <class Role>
inline constexpr auto steps_of = detail::StateNumbers<Role>::steps();

template <class Local>
constexpr unsigned start_of() {
    using Role = role_of<Local>;
    if constexpr (std::is_same_v<Local, Role>) {
        return detail::StateNumbers<Role>::template of<typename Role::Start>();
    } else {
        return detail::StateNumbers<Role>::template of<Local>();
    }
}

}  // namespace mpst
