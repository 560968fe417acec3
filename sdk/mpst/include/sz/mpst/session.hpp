// SPDX-License-Identifier: AGPL-3.0-or-later
// A session of which every role is in this program: a ring for each direction of each pair.
//
//   auto [client, server] = mpst::connect<Client, Server>();
//   std::jthread thread([&] { outcome = mpst::perform(std::move(server), serve); });
#pragma once

#include <tuple>
#include <type_traits>

#include "binary.hpp"
#include "operations.hpp"

namespace mpst {

struct Options {
    std::size_t capacity = 64;                            // messages of one direction of a pair
    Clock::duration patience = std::chrono::seconds(30);  // of an operation that waits for a peer
};

namespace detail {

template <class Role, class Peer>
constexpr bool do_fit() {
    if constexpr (dual_v<binary<Role, Peer>, binary<Peer, Role>>) {
        return true;
    } else {
        static_assert(sizeof(mistake::these_two_roles_do_not_fit<Role, Peer>) > 0);
        return false;
    }
}

template <class Role, class... Peer>
constexpr bool fits_all(roles<Peer...>) {
    return (do_fit<Role, Peer>() && ...);
}

// One direction of a pair.
template <class From, class To>
struct Lane {
    using SlotType = typename Port<From, To>::Out;
    Ring<SlotType> ring;
    explicit Lane(std::size_t capacity) : ring(capacity) {}
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;
    ~Lane() {
        ring.drain([](SlotType& slot) { drop(slot, typename From::states{}); });
    }

  private:
    template <class... S>
    static void drop(SlotType& slot, states<S...>) {
        static_cast<void>((drop_of<S>(slot, typename S::ways{}) || ...));
    }
    template <class S, class... Way>
    static bool drop_of(SlotType& slot, List<Way...>) {
        if constexpr (S::is_send && std::is_same_v<typename S::peer, To>) {
            return (drop_one<typename Way::message>(slot) || ...);
        } else {
            return false;
        }
    }
    template <class M>
    static bool drop_one(SlotType& slot) {
        if (!slot.template holds<M>()) return false;
        slot.template drop<M>();
        return true;
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
    static_assert((detail::fits_all<Role>(typename Role::peers{}) && ...));
    return (new detail::Mesh<Role...>(options))->starts();
}

// Nothing when the role has come to its end.
using Outcome = std::optional<Failure>;

// Plays a role: `body` takes its first state and gives its end. What stops the session on the way
// is the outcome; what else `body` throws passes through, and the others are told.
template <class Start, class Body>
[[nodiscard]] Outcome perform(Start start, Body&& body) {
    using Role = typename Start::role;
    static_assert(std::is_same_v<std::invoke_result_t<Body&, Start>, end<Role>>,
                  "a role is a function from its first state to its end");
    try {
        static_cast<void>(body(std::move(start)));
        return std::nullopt;
    } catch (const SessionFailed& stopped) {
        return stopped.failure();
    }
}

}  // namespace mpst
