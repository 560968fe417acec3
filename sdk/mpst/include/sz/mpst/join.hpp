// SPDX-License-Identifier: AGPL-3.0-or-later
// A session of which one role is in this program, and the others behind channels.
//
//   Client::Start start = mpst::join<Client>({}, mpst::to_role<Server>(std::move(channel)));
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

#include "channel.hpp"
#include "session.hpp"

namespace mpst {

// The channel to a role.
template <class Peer, channel C>
struct ToRole {
    C way;
};
template <class Peer, channel C>
[[nodiscard]] ToRole<Peer, C> to_role(C way) {
    return {std::move(way)};
}

namespace detail {

template <class M>
void write_message(Bytes& out, const void* message) {
    Codec<M>::write(out, *static_cast<const M*>(message));
}
template <class M>
bool read_message(Reader& in, std::byte* at) {
    M message{};
    Codec<M>::read(in, message);
    if (!in.is_at_end()) return false;
    ::new (static_cast<void*>(at)) M(std::move(message));
    return true;
}
template <class... Way>
constexpr WireForm* add_forms(WireForm* at, List<Way...>) {
    ((*at++ = {tag_of<typename Way::message>, write_message<typename Way::message>,
               read_message<typename Way::message>, destroy<typename Way::message>}),
     ...);
    return at;
}
template <class Role, class... S>
constexpr auto forms_of(states<S...>) {
    std::array<WireForm, steps_of<Role>.size()> all{};
    WireForm* at = all.data();
    ((at = add_forms(at, typename S::ways{})), ...);
    return all;
}
template <class Role>
inline constexpr auto wire_forms = forms_of<Role>(typename Role::states{});

template <class Role>
class Outpost final : public Conversation {
  public:
    template <class... Peer, class... C>
    explicit Outpost(const Options& options, ToRole<Peer, C>... ways) : Conversation(1) {
        endpoint_.belong_to(*this);
        endpoint_.patience = options.patience;
        (settle<Peer>(std::make_unique<ChannelOf<C>>(std::move(ways.way))), ...);
    }
    ~Outpost() override {
        for (AnyChannel* channel : channels_) channel->when_ready({});
    }
    Outpost(const Outpost&) = delete;
    Outpost& operator=(const Outpost&) = delete;

    [[nodiscard]] typename Role::Start start() {
        return Access::make<typename Role::Start>(&endpoint_);
    }

  private:
    template <class Peer>
    void settle(std::unique_ptr<AnyChannel> channel) {
        using Here = Port<Role, Peer>;
        auto& port = endpoint_.template port<Peer>();
        port.away = std::make_unique<typename Here::Away>();
        port.away->channel = std::move(channel);
        port.away->forms = wire_forms<Role>;
        port.out = Sender<typename Here::Out>(port.away->never);
        port.in = port.away->ring.receiver();
        channels_.push_back(port.away->channel.get());
    }
    void tell(const Notice& notice) noexcept override {
        for (AnyChannel* channel : channels_) channel->cancel(notice);
    }

    Endpoint<Role> endpoint_;
    std::vector<AnyChannel*> channels_;
};

template <class Role, class There, class... Peer>
constexpr bool is_peer(roles<Peer...>) {
    if constexpr (count_of<There, Peer...> == 0)
        static_assert(sizeof(mistake::this_role_does_not_talk_to_this_role<Role, There>) > 0);
    return true;
}
template <class... Way>
constexpr bool have_encoding(List<Way...>) {
    const auto check = []<class M>(std::type_identity<M>) {
        if constexpr (!encodable<M>)
            static_assert(sizeof(mistake::this_message_has_no_encoding<M>) > 0);
        return true;
    };
    return (check(std::type_identity<typename Way::message>{}) && ...);
}
template <class... S>
constexpr bool all_have_encoding(states<S...>) {
    return (have_encoding(typename S::ways{}) && ...);
}

}  // namespace detail

// The role's first state. A channel to each of its peers, in any order.
template <class Role, class... Peer, class... C>
[[nodiscard]] typename Role::Start join(const Options& options, ToRole<Peer, C>... ways) {
    static_assert(detail::has_all<Role, Peer...>(typename Role::peers{}));
    static_assert((detail::is_peer<Role, Peer>(typename Role::peers{}) && ...));
    static_assert(detail::all_have_encoding(typename Role::states{}));
    return (new detail::Outpost<Role>(options, std::move(ways)...))->start();
}

}  // namespace mpst
