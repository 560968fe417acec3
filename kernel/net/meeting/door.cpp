// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/meeting/door.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "kernel/net/meeting/home.hpp"

namespace sz::net {

namespace {

// Of a transport, for those that this thread has not seen yet.
constexpr std::size_t spare_seats = 32;

}  // namespace

Door::~Door() {
    for (const Stranger& stranger : strangers_) stranger.introduction->stop();
    for (const auto& [id, guest] : guests_) guest.conversation->on({});
}

Status Door::listen(const std::string& url, Json options) {
    if (!options.contains("connections_max"))
        options["connections_max"] = options_.guests_max + options_.strangers_max + spare_seats;
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
    const std::string home = home_of(address);
    make_room_for_stranger(home);
    // Filled below; the introduction never ends inside answer().
    const auto place = std::make_shared<std::weak_ptr<Introduction>>();
    auto stranger = Introduction::answer(
        place_, std::move(path),
        [this, weak = weak_from_this(), place, address](Result<Introduced> who) {
            const auto self = weak.lock();
            if (self == nullptr) return;
            const auto one = place->lock();
            std::erase_if(strangers_, [&](const Stranger& s) { return s.introduction == one; });
            if (who) return introduced(*std::move(who), address);
            if (events_.turned_away) events_.turned_away(who.error());
        });
    *place = stranger;
    strangers_.push_back({std::move(stranger), home});
}

// One of the home that has most of them, or of this one when it has too many: the oldest.
void Door::make_room_for_stranger(const std::string& home) {
    std::map<std::string, std::size_t> homes;
    for (const Stranger& one : strangers_) ++homes[one.home];
    const bool is_crowd = homes[home] >= options_.strangers_from_one_max;
    if (!is_crowd && strangers_.size() < options_.strangers_max) return;
    std::size_t most = 0;
    for (const auto& [one, count] : homes) most = std::max(most, count);
    const auto oldest =
        std::find_if(strangers_.begin(), strangers_.end(), [&](const Stranger& one) {
            return is_crowd ? one.home == home : homes.at(one.home) == most;
        });
    oldest->introduction->stop();
    strangers_.erase(oldest);
    if (events_.turned_away)
        events_.turned_away({ErrorKind::limit,
                             "SZ-NET-053",
                             "It had to make room: too many come at once and do not say who.",
                             {},
                             {}});
}

void Door::introduced(Introduced who, const std::string& address) {
    const auto found = guests_.find(who.greeting->session());
    if (found == guests_.end()) return welcome(who, address);
    const std::shared_ptr<Conversation> guest = found->second.conversation;
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

// Who never heard our welcome would begin anew anyway.
void Door::forget_the_gone() {
    std::erase_if(guests_, [](const auto& one) {
        Conversation& guest = *one.second.conversation;
        const Session& session = guest.session();
        return guest.is_gone() || (!session.was_up() && session.connection() == nullptr);
    });
}

// Anybody can make identities, and call with all of them: those that nobody has admitted go first,
// then those that are only waited for; of them who came first from the home that has most of them.
bool Door::make_room(const std::string& home) {
    forget_the_gone();
    const auto can_go = [](const Guest& guest) {
        return !guest.conversation->is_admitted() ||
               guest.conversation->session().connection() == nullptr;
    };
    std::map<std::string, std::size_t> homes;  // those of each that can go
    std::size_t unadmitted_here = 0;
    for (const auto& [id, guest] : guests_) {
        homes[guest.home] += can_go(guest) ? 1 : 0;
        unadmitted_here += guest.home == home && !guest.conversation->is_admitted() ? 1 : 0;
    }
    const bool is_crowd = unadmitted_here >= options_.unadmitted_from_one_max;
    if (!is_crowd && guests_.size() < options_.guests_max) return true;

    auto gone = guests_.end();
    const auto rank = [&](const Guest& guest) {
        return std::tuple(!guest.conversation->is_admitted(), homes.at(guest.home), -guest.came_at);
    };
    for (auto one = guests_.begin(); one != guests_.end(); ++one) {
        if (!can_go(one->second) || (is_crowd && one->second.home != home)) continue;
        if (gone == guests_.end() || rank(one->second) > rank(gone->second)) gone = one;
    }
    if (gone == guests_.end()) return false;
    const std::shared_ptr<Conversation> guest = gone->second.conversation;
    guests_.erase(gone);
    guest->end("Others came meanwhile, and there is no more room.");
    return true;
}

void Door::welcome(Introduced& who, const std::string& address) {
    const std::string home = home_of(address);
    if (!make_room(home)) return turn_away(who, refusal_error(Refusal::full));
    auto session = Session::accept(*who.greeting, Conversation::session_options(), place_.now());
    if (!session) return turn_away(who, session.error());
    auto guest = std::make_shared<Conversation>(place_, *std::move(session), false);
    guest->set_peer_address(address);
    auto alarm = std::make_unique<Alarm>(place_.thread);
    alarm->set(options_.admission_ms, [weak = std::weak_ptr(guest)] {
        const auto late = weak.lock();
        if (late != nullptr && !late->is_admitted())
            late->end("It was not asked for anything in time.");
    });
    guests_[guest->session().id()] = {guest, home, place_.now(), std::move(alarm)};
    if (events_.guest) events_.guest(guest);
    guest->carry(std::move(who.path));
}

void Door::close(const std::string& reason) {
    listeners_.clear();
    for (const Stranger& stranger : strangers_) stranger.introduction->stop();
    strangers_.clear();
    std::vector<std::shared_ptr<Conversation>> guests;
    for (const auto& [id, guest] : guests_) guests.push_back(guest.conversation);
    for (const auto& guest : guests) guest->end(reason);
}

}  // namespace sz::net
