// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/protocols/protocol_mux.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "kernel/base/limits.hpp"

namespace sz::net {

using mpst::Passage;

ProtocolMux::ProtocolMux(Carrier carrier, bool is_caller)
    : carrier_(std::move(carrier)), next_(is_caller ? 1 : 2) {}

ProtocolMux::~ProtocolMux() {
    end("The conversation is over.");
    for (const auto& [number, talk] : talks_) talk->mux = nullptr;
}

void ProtocolMux::say(std::uint32_t channel, std::string message) {
    if (is_over_) return;
    if (has_room(channel) && carrier_.send(channel, message)) return;
    // What is too much even here, the other side learns by its deadline.
    if (unsaid_.size() < limits::net_unsaid_max) unsaid_.push_back({channel, std::move(message)});
}

bool ProtocolMux::has_room(std::uint32_t channel) const {
    return carrier_.has_room(channel) &&
           std::none_of(unsaid_.begin(), unsaid_.end(),
                        [&](const Unsaid& one) { return one.channel == channel; });
}

void ProtocolMux::say_open(const OpenTalk& open, std::uint32_t channel) {
    say(channel, write_mux(open));
}

void ProtocolMux::receive(std::uint32_t channel, std::string_view message) {
    auto frame = read_mux(message);
    if (!frame) return carrier_.deviated(frame.error());
    if (auto* open = std::get_if<OpenTalk>(&*frame)) return got(*open, channel);
    if (auto* said = std::get_if<TalkMessage>(&*frame)) return got(std::move(*said), channel);
    got(std::get<CancelTalk>(*frame));
}

void ProtocolMux::refuse(std::uint32_t talk, std::uint32_t channel, const std::string& why) {
    say(channel, write_mux(CancelTalk{talk, {"the other side", "the beginning", why}}));
}

void ProtocolMux::got(const OpenTalk& open, std::uint32_t channel) {
    const bool is_theirs = open.talk % 2 != next_ % 2;
    if (!is_theirs || talks_.contains(open.talk))
        return carrier_.deviated({ErrorKind::input,
                                  "SZ-NET-121",
                                  "The other side opened a protocol under a number that is taken.",
                                  {},
                                  {}});
    if (talks_.size() >= limits::net_talks_max)
        return refuse(open.talk, channel, "Too many protocols are under way.");
    const auto offer = offers_.find(open.protocol);
    if (offer == offers_.end())
        return refuse(open.talk, channel,
                      "The protocol " + mpst::shown(open.protocol) + " is not known here.");
    if (offer->second.hash != open.hash)
        return refuse(open.talk, channel,
                      "The protocol " + offer->first +
                          " has another shape here: one of the two programs has to be updated.");
    if (offer->second.channel != channel)
        return refuse(open.talk, channel,
                      "The protocol " + offer->first + " belongs to the other channel.");
    const auto begin = offer->second.begin;
    begin(*this, open.talk, channel);
}

void ProtocolMux::got(TalkMessage message, std::uint32_t channel) {
    const auto found = talks_.find(message.talk);
    if (found == talks_.end()) return;  // it has ended here; the other side will hear of that
    const std::shared_ptr<Talk> talk = found->second;
    if (talk->ended) return;
    const std::size_t bytes = message.frame.payload.size() + message.frame.label.size();
    if (talk->channel != channel || talk->inbox_bytes + bytes > limits::net_inbox_bytes_max) {
        mpst::Failure failure;
        failure.what = mpst::Trouble::too_long;
        failure.why = talk->channel != channel ? "It came on the wrong channel."
                                               : "More was sent than can be taken in.";
        return break_off(*talk, failure);
    }
    if (const auto failure = talk->monitor.received(talk->peer, message.frame))
        return break_off(*talk, *failure);
    talk->inbox_bytes += bytes;
    talk->inbox.push_back(std::move(message.frame));
    talk->tell();
}

void ProtocolMux::break_off(Talk& talk, const mpst::Failure& failure) {
    const std::string why = failure.role.empty() ? failure.why : failure.sentence();
    const std::string at(talk.monitor.state());
    talk.ended = mpst::Notice{talk.peer, at, why};
    say(talk.channel, write_mux(CancelTalk{talk.number, {"the other side", at, why}}));
    carrier_.deviated({ErrorKind::input,
                       "SZ-NET-122",
                       "The other side did not keep to the protocol: " + why,
                       "One of the two programs is defect, or means harm.",
                       {}});
    talk.tell();
}

void ProtocolMux::got(const CancelTalk& cancel) {
    const auto found = talks_.find(cancel.talk);
    if (found == talks_.end()) return;
    const std::shared_ptr<Talk> talk = found->second;
    if (talk->ended) return;
    talk->ended = mpst::Notice{mpst::shown(cancel.notice.by), mpst::shown(cancel.notice.at),
                               mpst::shown(cancel.notice.why)};
    talk->tell();
}

void ProtocolMux::writable() {
    for (const Unsaid& one : std::exchange(unsaid_, {})) say(one.channel, one.message);
    std::vector<std::shared_ptr<Talk>> all;
    for (const auto& [number, talk] : talks_) all.push_back(talk);
    for (const auto& talk : all) talk->tell();
}

void ProtocolMux::end(const std::string& why) {
    if (std::exchange(is_over_, true)) return;
    std::vector<std::shared_ptr<Talk>> all;
    for (const auto& [number, talk] : talks_) all.push_back(talk);
    for (const auto& talk : all) {
        if (!talk->ended) talk->ended = mpst::Notice{talk->peer, "the connection", why};
        talk->tell();
    }
}

ProtocolWay::~ProtocolWay() {
    if (talk_ == nullptr) return;
    talk_->call = {};
    if (talk_->mux != nullptr) talk_->mux->talks_.erase(talk_->number);
}

Passage ProtocolWay::send(const mpst::Frame& frame, mpst::Clock::time_point) {
    if (talk_->ended) return Passage::cancelled;
    if (talk_->mux == nullptr) return Passage::disconnected;
    if (frame.payload.size() > limits::net_protocol_message_bytes_max) return Passage::too_long;
    if (!talk_->mux->has_room(talk_->channel)) return Passage::late;
    if (auto sent = talk_->mux->carrier_.send(talk_->channel, write_mux(talk_->number, frame));
        !sent) {
        if (sent.error().code == "SZ-NET-044") return Passage::late;  // there will be room again
        talk_->ended = mpst::Notice{talk_->peer, "the connection", sent.error().message};
        return Passage::cancelled;
    }
    // What the types let through is what the automaton has.
    (void)talk_->monitor.sent(talk_->peer, frame);
    return Passage::done;
}

Passage ProtocolWay::receive(mpst::Frame& frame, mpst::Clock::time_point) {
    if (!talk_->inbox.empty()) {
        frame = std::move(talk_->inbox.front());
        talk_->inbox.pop_front();
        talk_->inbox_bytes -= frame.payload.size() + frame.label.size();
        return Passage::done;
    }
    if (talk_->ended) return Passage::cancelled;
    return talk_->mux == nullptr ? Passage::disconnected : Passage::late;
}

void ProtocolWay::cancel(const mpst::Notice& notice) noexcept {
    if (talk_->ended || talk_->mux == nullptr) return;
    try {
        talk_->ended = notice;
        talk_->mux->say(talk_->channel, write_mux(CancelTalk{talk_->number, notice}));
    } catch (...) {  // no memory: the other side's deadline tells it
        talk_->mux = nullptr;
    }
}

mpst::Notice ProtocolWay::notice() const {
    return talk_->ended.value_or(
        mpst::Notice{talk_->peer, "the connection", "The conversation is over."});
}

bool ProtocolWay::is_held() const {
    if (talk_->ended || talk_->mux == nullptr) return false;
    const auto& is_held = talk_->mux->carrier_.is_held;
    return is_held && is_held();
}

static_assert(mpst::channel_that_holds<ProtocolWay>);

}  // namespace sz::net
