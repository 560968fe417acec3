// SPDX-License-Identifier: AGPL-3.0-or-later
// A session of which every role is in this program: a ring for each direction of each pair.
//
//   auto [client, server] = mpst::connect<Client, Server>();
//   std::jthread thread([&] { outcome = mpst::perform(std::move(server), serve); });
#pragma once

#include <algorithm>
#include <array>
#include <new>
#include <tuple>
#include <type_traits>

#include "binary.hpp"
#include "operations.hpp"

namespace mpst {

struct Options {
    // Messages of one direction of a pair. Less than what the protocol lets wait there, and roles
    // wait for each other that need not.
    std::size_t capacity = 64;
    Clock::duration patience = std::chrono::seconds(30);  // of an operation that waits for a peer
};

namespace detail {

template <class Role, class... There>
constexpr int count_of = (0 + ... + (std::is_same_v<Role, There> ? 1 : 0));

// Whether a role has one of each of its peers.
template <class Role, class Peer, class... There>
constexpr bool has_one() {
    if constexpr (count_of<Peer, There...> == 0) {
        static_assert(sizeof(mistake::this_role_talks_to_a_role_that_is_not_here<Role, Peer>) > 0);
    } else if constexpr (count_of<Peer, There...> > 1) {
        static_assert(sizeof(mistake::this_role_is_here_twice<Peer>) > 0);
    }
    return true;
}
template <class Role, class... There, class... Peer>
constexpr bool has_all(roles<Peer...>) {
    return (has_one<Role, Peer, There...>() && ...);
}

// Messages are told apart by a number of 32 bits of their name.
template <class Role>
constexpr bool has_distinct_tags() {
    auto steps = steps_of<Role>;
    std::sort(steps.begin(), steps.end(),
              [](const Step& a, const Step& b) { return a.message < b.message; });
    for (std::size_t i = 1; i < steps.size(); ++i) {
        if (steps[i].message == steps[i - 1].message && steps[i].type != steps[i - 1].type)
            return false;
    }
    return true;
}

// Each pair once: the peers that stand behind the role.
template <class Role, class Peer>
constexpr bool check_pair() {
    if constexpr (!dual_v<binary<Role, Peer>, binary<Peer, Role>>)
        static_assert(sizeof(mistake::these_two_roles_do_not_fit<Role, Peer>) > 0);
    return true;
}
template <class Role, class Peer, class... Behind>
constexpr bool check_if_behind() {
    if constexpr ((std::is_same_v<Peer, Behind> || ...)) check_pair<Role, Peer>();
    return true;
}
template <class Role, class... Behind, class... Peer>
constexpr bool check_peers(roles<Peer...>) {
    return (check_if_behind<Role, Peer, Behind...>() && ...);
}
template <class Role, class... Behind>
constexpr bool check_all() {
    check_peers<Role, Behind...>(typename Role::peers{});
    if constexpr (sizeof...(Behind) > 0) check_all<Behind...>();
    return true;
}

using Destroy = void (*)(std::byte*) noexcept;

template <class M>
void destroy(std::byte* bytes) noexcept {
    std::launder(reinterpret_cast<M*>(bytes))->~M();
}
template <class... Way>
constexpr Destroy* add_destroys(Destroy* at, List<Way...>) {
    ((*at++ = destroy<typename Way::message>), ...);
    return at;
}
// How each of a role's messages is destroyed, in the order of its steps.
template <class Role, class... S>
constexpr auto destroys_of(states<S...>) {
    std::array<Destroy, steps_of<Role>.size()> all{};
    Destroy* at = all.data();
    ((at = add_destroys(at, typename S::ways{})), ...);
    return all;
}
template <class Role>
inline constexpr auto destroys = destroys_of<Role>(typename Role::states{});

// One direction of a pair.
template <class From, class To>
struct Lane {
    using SlotType = typename Port<From, To>::Out;
    Ring<SlotType> ring;
    explicit Lane(std::size_t capacity) : ring(capacity) {}
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;
    ~Lane() {
        ring.drain([](SlotType& slot) { drop(slot.tag, slot.bytes); });
    }

  private:
    static void drop(Tag tag, std::byte* bytes) noexcept {
        for (std::size_t i = 0; i < steps_of<From>.size(); ++i) {
            if (steps_of<From>[i].message == tag) return destroys<From>[i](bytes);
        }
    }
};

template <class From, class Peers = typename From::peers>
struct Lanes;
template <class From, class... To>
struct Lanes<From, roles<To...>> {
    std::tuple<Lane<From, To>...> all;
    explicit Lanes(std::size_t capacity) : all((static_cast<void>(type_name<To>()), capacity)...) {}
};

template <class... Role>
class Mesh final : public Conversation {
  public:
    explicit Mesh(const Options& options)
        : Conversation(sizeof...(Role)),
          lanes_((static_cast<void>(type_name<Role>()), options.capacity)...) {
        (settle<Role>(options, typename Role::peers{}), ...);
    }
    std::tuple<typename Role::Start...> starts() {
        return {Access::make<typename Role::Start>(&std::get<Endpoint<Role>>(endpoints_))...};
    }

  private:
    template <class R, class... Peer>
    void settle(const Options& options, roles<Peer...>) {
        auto& endpoint = std::get<Endpoint<R>>(endpoints_);
        endpoint.belong_to(*this);
        endpoint.patience = options.patience;
        (settle_pair<R, Peer>(endpoint), ...);
    }
    template <class R, class Peer>
    void settle_pair(Endpoint<R>& endpoint) {
        auto& port = endpoint.template port<Peer>();
        auto& ring = lane<R, Peer>().ring;
        port.out = ring.sender();
        port.in = lane<Peer, R>().ring.receiver();
        this->add(ring.core());
    }
    template <class From, class To>
    Lane<From, To>& lane() {
        return std::get<Lane<From, To>>(std::get<Lanes<From>>(lanes_).all);
    }

    std::tuple<Lanes<Role>...> lanes_;
    std::tuple<Endpoint<Role>...> endpoints_;
};

}  // namespace detail

// The roles' first states. Each pair of roles is checked for duality.
template <class... Role>
[[nodiscard]] std::tuple<typename Role::Start...> connect(const Options& options = {}) {
    static_assert((detail::has_all<Role, Role...>(typename Role::peers{}) && ...));
    static_assert((detail::has_distinct_tags<Role>() && ...),
                  "give one of the messages another name");
    static_assert(detail::check_all<Role...>());
    return (new detail::Mesh<Role...>(options))->starts();
}

namespace detail {

// Of a function that does not take the state: itself.
template <class Body, class Start>
struct ResultOf : std::type_identity<Body> {};
template <class Body, class Start>
requires std::is_invocable_v<Body, Start>
struct ResultOf<Body, Start> : std::invoke_result<Body, Start> {
};

}  // namespace detail

// Nothing when the role has come to its end.
using Outcome = std::optional<Failure>;

// Plays a role: `body` takes its first state and gives its end. What stops the session on the way
// is the outcome; what else `body` throws passes through, and the others are told.
template <class Start, class Body>
[[nodiscard]] Outcome perform(Start start, Body&& body) {
    using Result = typename detail::ResultOf<Body&, Start>::type;
    if constexpr (!std::is_same_v<Result, end<typename Start::role>>) {
        using mistake::a_role_is_a_function_from_its_first_state_to_its_end;
        static_assert(sizeof(a_role_is_a_function_from_its_first_state_to_its_end<Start, Result>) >
                      0);
    }
    try {
        static_cast<void>(body(std::move(start)));
        return std::nullopt;
    } catch (const SessionFailed& stopped) {
        return stopped.failure();
    }
}

}  // namespace mpst
