// SPDX-License-Identifier: AGPL-3.0-or-later
// What of a role concerns one peer, and the order in which it uses its peers.
//
// A multiparty session is a binary session for each pair of roles, and for each role an order in
// which it uses them (Lagaillardie, Neykova, Yoshida, COORDINATION 2020, section 3).
#pragma once

#include <span>
#include <type_traits>

#include "pair.hpp"
#include "state.hpp"

namespace mpst {

// What of a role, or of a role from one of its states on, concerns `Peer`: the binary session
// towards it. The messages with others are silent steps.
template <class Local, class Peer>
struct binary {
    using role = role_of<Local>;
    using peer = Peer;
    static constexpr std::span<const Step> steps() { return steps_of<role>; }
    static constexpr unsigned start() { return start_of<Local>(); }
    static constexpr unsigned states() { return detail::StateNumbers<role>::count; }
};

namespace detail {

template <class M, class Ways>
struct InWays;
template <class M, class... Way>
struct InWays<M, List<Way...>> : NextAfter<M, Way...> {};
template <class M, class Ways>
using WayIn = typename InWays<M, Ways>::type;

}  // namespace detail

// Whether two binary sessions fit: after the same messages between them each sends exactly what
// the other receives; or they are so up to messages that are sent early and wait in the queue
// (asynchronous subtyping: Mostrous, Yoshida, Honda, ESOP 2009). That nobody waits for a third role
// in vain is no property of a pair; see compatible.hpp.
template <class A, class B>
inline constexpr bool dual_v =
    detail::have_same_messages(A::steps(), B::steps()) &&
    detail::do_fit(detail::OneSide(A::steps(), A::states(), tag_of<typename A::peer>), A::start(),
                   detail::OneSide(B::steps(), B::states(), tag_of<typename B::peer>),
                   B::start()) &&
    std::is_same_v<typename A::peer, typename B::role>&& std::is_same_v<typename B::peer,
                                                                        typename A::role>;

// The queue of roles: with whom a role talks, one after the other. `peer` is the first; `after<M>`
// is the rest when that was message M. At the end `peer` is void.
template <class Local>
struct order : order<typename Local::Start> {};
template <class Local>
requires requires { typename Local::operations; }
struct order<Local> {
    using peer = typename Local::peer;  // of a state that sends to several, one of them
    template <class M>
    using after = order<typename detail::WayIn<M, typename Local::ways>::next>;
};
template <class Role>
struct order<end<Role>> {
    using peer = void;
};

}  // namespace mpst
