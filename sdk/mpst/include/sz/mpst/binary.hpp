// SPDX-License-Identifier: AGPL-3.0-or-later
// A role's states as data, and what of them concerns one peer.
//
// A multiparty session is a binary session for each pair of roles, and for each role an order in
// which it uses them (Lagaillardie, Neykova, Yoshida, COORDINATION 2020, section 3).
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <type_traits>
#include <vector>

#include "core/names.hpp"
#include "endpoint.hpp"
#include "state.hpp"

namespace mpst {

// One message of one state. The number of the end is that of the role's states.
struct Step {
    unsigned from = 0;
    unsigned to = 0;
    bool is_send = false;
    Tag peer = 0;  // of the role's type
    Tag message = 0;
    std::string_view peer_name, label, message_type;
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
                sizeof(mistake::a_state_of_this_role_leads_out_of_its_list_of_states<Role>) > 0);
        }
    }
    template <class State, class... Way>
    static constexpr Step* add(Step* at, List<Way...>) {
        ((*at++ = {of<State>(), of<typename Way::next>(), State::is_send,
                   tag_of<typename State::peer>, tag_of<typename Way::message>,
                   role_name<typename State::peer>(), label_of<typename Way::message>(),
                   type_name<typename Way::message>()}),
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

// One side of a pair, made deterministic as far as it is asked.
class OneSide {
  public:
    constexpr OneSide(std::span<const Step> steps, unsigned states, Tag peer)
        : steps_(steps), peer_(peer), first_(states + 2, 0) {
        for (const Step& step : steps) ++first_[step.from + 1];
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    }
    struct Letter {
        bool is_send = false;
        Tag message = 0;
        friend constexpr bool operator==(const Letter&, const Letter&) = default;
        friend constexpr bool operator<(const Letter& a, const Letter& b) {
            return a.is_send != b.is_send ? a.is_send < b.is_send : a.message < b.message;
        }
    };
    struct Arrow {
        Letter letter;
        std::uint32_t to = 0;  // a set of states
    };

    constexpr std::uint32_t set_of(unsigned state) {
        const std::uint32_t one[] = {state};
        return sets_(one);
    }
    // What the pair may do next, sorted. `is_mirrored`: as the peer sees it.
    constexpr std::vector<Arrow> arrows(std::uint32_t set, bool is_mirrored) {
        std::vector<std::uint32_t> reached(sets_[set].begin(), sets_[set].end());
        std::vector<std::pair<Letter, std::uint32_t>> found;
        for (std::size_t i = 0; i < reached.size(); ++i) {
            for (unsigned s = first_[reached[i]]; s < first_[reached[i] + 1]; ++s) {
                const Step& step = steps_[s];
                if (step.peer == peer_) {
                    found.push_back({{step.is_send != is_mirrored, step.message}, step.to});
                } else if (std::find(reached.begin(), reached.end(), step.to) == reached.end()) {
                    reached.push_back(step.to);
                }
            }
        }
        std::sort(found.begin(), found.end());
        std::vector<Arrow> all;
        std::vector<std::uint32_t> targets;
        for (std::size_t i = 0; i < found.size();) {
            const Letter letter = found[i].first;
            targets.clear();
            for (; i < found.size() && found[i].first == letter; ++i) {
                if (targets.empty() || targets.back() != found[i].second)
                    targets.push_back(found[i].second);
            }
            all.push_back({letter, sets_(targets)});
        }
        return all;
    }

  private:
    std::span<const Step> steps_;
    Tag peer_;
    std::vector<unsigned> first_;  // by state
    core::Lists sets_;
};

constexpr bool is_dual(OneSide a, std::uint32_t start_a, OneSide b, std::uint32_t start_b) {
    core::Lists known;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pending{
        {a.set_of(start_a), b.set_of(start_b)}};
    while (!pending.empty()) {
        const auto [at_a, at_b] = pending.back();
        pending.pop_back();
        const auto ours = a.arrows(at_a, false);
        const auto theirs = b.arrows(at_b, true);
        if (ours.size() != theirs.size()) return false;
        for (std::size_t i = 0; i < ours.size(); ++i) {
            if (ours[i].letter != theirs[i].letter) return false;
            const std::uint32_t both[] = {ours[i].to, theirs[i].to};
            const std::size_t before = known.size();
            if (known(both) == before) pending.emplace_back(ours[i].to, theirs[i].to);
        }
    }
    return true;
}

template <class M, class Ways>
struct InWays;
template <class M, class... Way>
struct InWays<M, List<Way...>> : NextAfter<M, Way...> {};
template <class M, class Ways>
using WayIn = typename InWays<M, Ways>::type;

}  // namespace detail

// Whether two binary sessions fit: after the same messages between them each sends exactly what
// the other receives. That nobody waits for a third role in vain is no property of a pair; see
// compatible.hpp.
template <class A, class B>
inline constexpr bool dual_v =
    detail::is_dual(detail::OneSide(A::steps(), A::states(), tag_of<typename A::peer>), A::start(),
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
    using peer = typename Local::peer;
    template <class M>
    using after = order<typename detail::WayIn<M, typename Local::ways>::next>;
};
template <class Role>
struct order<end<Role>> {
    using peer = void;
};

}  // namespace mpst
