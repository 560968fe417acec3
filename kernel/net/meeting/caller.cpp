// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/meeting/caller.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/net/host_mark.hpp"

namespace sz::net {

namespace {

// While a connection is lost: an attempt at a time; none waits longer than this for an answer, and
// again for what follows it; and a pause after it.
constexpr std::int64_t again_patience_ms = 3000;
constexpr SteadyMs pause_ms = 500;

}  // namespace

Result<std::shared_ptr<Caller>> Caller::call(Place& place, const std::string& url,
                                             const Json& options,
                                             std::vector<ExpectedPeer> expected, Events events) {
    SZ_ASSIGN(const HostAddress address, parse_address(url));
    if (address.host) expected.push_back({*address.host, ExpectedPeer::From::address});
    auto caller = std::make_shared<Caller>(place, address.url, options.dump(), std::move(events));
    caller->expected_ = std::move(expected);
    SZ_TRY(caller->dial(true));
    return caller;
}

Caller::~Caller() {
    if (introduction_ != nullptr) introduction_->stop();
    if (conversation_ != nullptr) conversation_->on({});
}

Status Caller::dial(bool is_first) {
    Json options = Json::parse(options_);
    if (!is_first) options["patience_ms"] = again_patience_ms;
    dialled_at_ = place_.now();
    const std::weak_ptr<Caller> weak = weak_from_this();
    Introduction::Step step;
    if (is_first) step = events_.step;
    SZ_ASSIGN(introduction_, Introduction::call(place_, url_, options, expected_, std::move(step),
                                                [weak](Result<Introduced> who) {
                                                    if (const auto self = weak.lock())
                                                        self->introduced(std::move(who));
                                                }));
    return {};
}

void Caller::introduced(Result<Introduced> who) {
    introduction_.reset();
    if (conversation_ == nullptr) {
        if (who) return begin(*std::move(who));
        if (events_.failed) events_.failed(who.error());
        return;
    }
    if (!who) return dial_again();
    if (auto again = conversation_->session().reconnect(*std::move(who->channel), place_.now());
        again)
        return conversation_->carry(std::move(who->path));
    dial_again();
}

void Caller::begin(Introduced who) {
    auto session =
        Session::open(*std::move(who.channel), Conversation::session_options(), place_.now());
    if (!session) {
        if (events_.failed) events_.failed(session.error());
        return;
    }
    conversation_ = std::make_shared<Conversation>(place_, *std::move(session), true);
    conversation_->set_peer_address(url_);
    // From now on nobody else will do.
    if (auto mark = HostMark::short_of(conversation_->peer()))
        expected_.push_back({*mark, ExpectedPeer::From::memory});
    const std::weak_ptr<Caller> weak = weak_from_this();
    Conversation::Events events;
    events.waiting = events_.waiting;
    events.back = events_.back;
    events.call_again = [weak] {
        if (const auto self = weak.lock()) self->dial_again();
    };
    events.ended = events_.ended;
    conversation_->on(std::move(events));
    if (events_.up) events_.up(conversation_);
    conversation_->carry(std::move(who.path));
}

void Caller::dial_again() {
    if (introduction_ != nullptr) return;
    alarm_.set(dialled_at_ + pause_ms - place_.now(), [this, weak = weak_from_this()] {
        if (!weak.expired()) try_again();
    });
}

void Caller::try_again() {
    const auto state = conversation_->session().state();
    const bool is_needed = state != Session::State::ended &&
                           (state != Session::State::up || conversation_->is_waiting());
    if (!is_needed || introduction_ != nullptr) return;
    if (!dial(false)) dial_again();
}

void Caller::hang_up(const std::string& reason) {
    alarm_.off();
    if (introduction_ != nullptr) introduction_->stop();
    introduction_.reset();
    if (conversation_ != nullptr) conversation_->end(reason);
}

}  // namespace sz::net
