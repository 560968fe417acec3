// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/meeting/door.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/limits.hpp"

namespace sz::net {

Door::~Door() {
    for (const auto& stranger : strangers_) stranger->stop();
    for (const auto& [id, guest] : guests_) guest->on({});
}

Status Door::listen(const std::string& url, const Json& options) {
    const std::weak_ptr<Door> weak = weak_from_this();
    TransportListener::Events events;
    events.listening = [this, weak](const TransportListener::Address& address) {
        if (!weak.expired() && events_.listening) events_.listening(address);
    };
    events.candidate = [this, weak](const TransportListener::Candidate& candidate) {
        if (!weak.expired() && events_.candidate) events_.candidate(candidate);
    };
    events.step = [this, weak](const TransportStep& step) {
        if (!weak.expired() && events_.step) events_.step(step);
    };
    events.accepted = [this, weak](std::unique_ptr<TransportConnection> path,
                                   const std::string& address) {
        if (!weak.expired()) somebody(std::move(path), address);
    };
    events.ended = [this, weak](const TransportEnd& end) {
        if (!weak.expired() && events_.failed) events_.failed(end.error);
    };
    SZ_ASSIGN(auto listener, place_.transports.listen(url, options, std::move(events)));
    listeners_.push_back(std::move(listener));
    return {};
}

void Door::somebody(std::unique_ptr<TransportConnection> path, const std::string& address) {
    // Filled below; the introduction never ends inside answer().
    const auto place = std::make_shared<std::weak_ptr<Introduction>>();
    auto stranger = Introduction::answer(
        place_, std::move(path),
        [this, weak = weak_from_this(), place, address](Result<Introduced> who) {
            const auto self = weak.lock();
            if (self == nullptr) return;
            strangers_.erase(place->lock());
            if (who) return introduced(*std::move(who), address);
            if (events_.turned_away) events_.turned_away(who.error());
        });
    *place = stranger;
    strangers_.insert(std::move(stranger));
}

void Door::introduced(Introduced who, const std::string& address) {
    const auto found = guests_.find(who.greeting->session());
    if (found == guests_.end()) return welcome(who, address);
    const std::shared_ptr<Conversation> guest = found->second;
    if (auto resumed = guest->session().resume(*who.greeting, place_.now()); !resumed)
        return turn_away(who, resumed.error());
    guest->set_peer_address(address);
    guest->carry(std::move(who.path));
}

void Door::turn_away(Introduced& who, const Error& why) {
    for (const Packet& packet : who.greeting->refuse(why))
        (void)who.path->send(packet.channel, packet.bytes);
    who.path->close(why.message);
    if (events_.turned_away) events_.turned_away(why);
}

// Anybody can make an identity: who is only waited for has to go before there are too many. Who
// never heard our welcome would begin anew anyway.
bool Door::make_room() {
    std::erase_if(guests_, [](const auto& one) {
        Session& session = one.second->session();
        return session.state() == Session::State::ended ||
               (!session.was_up() && session.connection() == nullptr);
    });
    if (guests_.size() < limits::net_guests_max) return true;
    const auto gone = std::find_if(guests_.begin(), guests_.end(), [](const auto& one) {
        return one.second->session().connection() == nullptr;
    });
    if (gone == guests_.end()) return false;
    const std::shared_ptr<Conversation> guest = gone->second;
    guests_.erase(gone);
    guest->end("Others came meanwhile, and there is no more room.");
    return true;
}

void Door::welcome(Introduced& who, const std::string& address) {
    if (!make_room())
        return turn_away(who, {ErrorKind::limit,
                               "SZ-NET-141",
                               "The table is full.",
                               "Ask the host to free a seat.",
                               {}});
    auto session = Session::accept(*who.greeting, {}, place_.now());
    if (!session) return turn_away(who, session.error());
    auto guest = std::make_shared<Conversation>(place_, *std::move(session), false);
    guest->set_peer_address(address);
    guests_[guest->session().id()] = guest;
    if (events_.guest) events_.guest(guest);
    guest->carry(std::move(who.path));
}

void Door::close(const std::string& reason) {
    listeners_.clear();
    for (const auto& stranger : strangers_) stranger->stop();
    strangers_.clear();
    const auto guests = guests_;
    for (const auto& [id, guest] : guests) guest->end(reason);
}

}  // namespace sz::net
