// SPDX-License-Identifier: AGPL-3.0-or-later
// A program that plays a role of a session: whom it has met, how its line to the broker is, what is
// to be said next and what was heard. It knows the time when told, no threads and no broker.
//
// Meeting: everybody says hello to all, again and again, until all peers have answered; a hello is
// answered by `ready`. A program is known by its nonce. Who is in a role, and is known there by a
// peer, stays in it: another one is refused, by the peers and by the one in the role. Of two that
// nobody knows yet the smaller nonce stays.
#pragma once

#include <vector>

#include "../failure.hpp"
#include "lane.hpp"
#include "options.hpp"

namespace mpst::mqtt::detail {

struct Part {
    std::string role;
    std::vector<std::string> peers;
    std::uint64_t protocol = 0;  // 0: nobody said which
};

struct Outgoing {
    std::string topic;
    Bytes bytes;
    bool is_confirmed = false;
};

enum class Line : std::uint8_t { down, trying, up };

class Member {
  public:
    // A lane, and its topics.
    struct Place {
        Lane lane;
        std::string from_it, to_me, to_it;
        bool has_news = false;  // for somebody who waits
    };

    Member(const Options& options, Part part, std::uint64_t nonce)
        : options_(options), part_(std::move(part)), me_(nonce), own_topic_(topic(part_.role)) {
        const Limits limits{static_cast<std::uint32_t>(options_.message_bytes_max),
                            static_cast<std::uint32_t>(options_.waiting_max),
                            std::min<Clock::duration>(options_.patience / 2, absence_max)};
        for (const std::string& peer : part_.peers)
            places.push_back({Lane(peer, limits), topic(peer), topic(peer, part_.role),
                              topic(part_.role, peer)});
    }

    std::vector<Place> places;

    [[nodiscard]] const std::string& own_topic() const { return own_topic_; }
    // Where a program hears that its role is taken.
    [[nodiscard]] std::string rival_topic() const { return topic(part_.role, part_.role); }
    [[nodiscard]] Packet packet(Kind kind) const {
        Packet out;
        out.kind = kind;
        out.from = me_;
        out.protocol = part_.protocol;
        out.message_bytes_max = static_cast<std::uint32_t>(options_.message_bytes_max);
        out.waiting_max = static_cast<std::uint32_t>(options_.waiting_max);
        out.room = options_.waiting_max;
        return out;
    }

    // The line to the broker.
    [[nodiscard]] Line line() const { return line_; }
    [[nodiscard]] bool is_dead() const { return !why_dead_.empty(); }
    void begin(Clock::time_point now) { lost_at_ = retry_at_ = now; }
    // Whether to connect now.
    [[nodiscard]] bool wants_line(Clock::time_point now) {
        if (is_dead()) return false;
        if (line_ == Line::up || (line_ == Line::trying && now < give_up_at_)) return false;
        if (now >= lost_at_ + options_.patience) {
            die("It did not come back within " + words_of(options_.patience) + ".");
            return false;
        }
        if (line_ == Line::down && now < retry_at_) return false;
        line_ = Line::trying;
        give_up_at_ = now + attempt_max;
        return true;
    }
    void up(Clock::time_point now) {
        line_ = Line::up;
        retry_pause_ = first_retry;
        hello_at_ = now;
        for (Place& place : places) place.lane.resume(now);
    }
    void down(std::string why, bool is_final, Clock::time_point now) {
        if (is_dead()) return;
        if (line_ == Line::up) lost_at_ = now;
        if (line_ != Line::down) retry_at_ = now + retry_pause_;
        retry_pause_ = std::min(retry_pause_ * 2, retry_max);
        line_ = Line::down;
        why_down_ = std::move(why);
        if (is_final) die({});
    }
    [[nodiscard]] std::string why_away() const {
        std::string text = "There is no connection to the broker at " + options_.broker;
        return why_down_.empty() ? text + "." : text + ": " + why_down_ + ".";
    }

    // The meeting.
    [[nodiscard]] bool has_joined() const { return has_joined_; }
    [[nodiscard]] const std::optional<Failure>& verdict() const { return verdict_; }
    // Peers that have not come.
    [[nodiscard]] std::string missing() const {
        std::string text;
        for (const Place& place : places) {
            if (!place.lane.is_met()) text += (text.empty() ? "" : ", ") + place.lane.peer();
        }
        return text;
    }
    void join() { has_joined_ = true; }
    // Nobody is to be met any more, for the reason that is given back.
    [[nodiscard]] Failure give_up() {
        if (!verdict_) fail_meeting(line_ == Line::up ? nobody_came() : no_broker());
        const bool is_passed_on = verdict_->what == Trouble::cancelled;
        for (Place& place : places) {
            if (is_refused_) {
                place.lane.unbind();
            } else if (is_passed_on) {
                place.lane.cancel({verdict_->by, verdict_->at, verdict_->why});
            } else {
                place.lane.cancel({verdict_->role, verdict_->state, verdict_->reason()});
            }
        }
        // Who took this program for the one in its role takes the other.
        if (is_refused_) say(own_topic_, packet(Kind::gone));
        return *verdict_;
    }

    [[nodiscard]] Notice notice(const Place& place) const {
        const Lane& lane = place.lane;
        if (lane.cancelled() != nullptr) return *lane.cancelled();
        if (lane.is_over()) return {lane.peer(), {}, lane.why_over()};
        if (is_dead()) return {{}, {}, why_dead_};
        if (line_ != Line::up) return {{}, {}, why_away()};
        if (lane.is_absent()) return {{}, {}, lane.peer() + "'s program has lost the broker."};
        return {};
    }

    // The end.
    [[nodiscard]] bool is_settled() const {
        return is_dead() || std::all_of(places.begin(), places.end(),
                                        [](const Place& place) { return place.lane.is_settled(); });
    }
    void ask_answers() {
        for (Place& place : places) {
            if (!place.lane.is_settled()) place.lane.ask_answer();
        }
    }
    // How many of them the broker is going to confirm.
    [[nodiscard]] int say_bye() {
        int count = 0;
        for (Place& place : places) {
            if (!place.lane.is_bound() || place.lane.is_over()) continue;
            Packet bye = packet(Kind::bye);
            place.lane.address(bye);
            say(place.to_it, bye, true);
            ++count;
        }
        return count;
    }

    // What came on a topic that was subscribed to.
    void hear(std::string_view topic, std::span<const std::byte> bytes, Clock::time_point now) {
        Reader in(bytes);
        std::optional<Packet> heard = read_head(in);
        if (!heard || heard->from == me_) return;
        const bool is_to_all = heard->kind == Kind::hello || heard->kind == Kind::gone;
        if (heard->to != (is_to_all ? 0 : me_)) return;
        if (heard->kind == Kind::refused) return hear_refused(in, *heard);
        if (topic == own_topic_) return hear_rival(*heard);
        for (Place& place : places) {
            if (topic == (is_to_all ? place.from_it : place.to_me))
                return hear_peer(place, in, *heard, bytes.size(), now);
        }
    }

    // Time: what is due, and when the next is.
    void tick(Clock::time_point now) {
        if (line_ != Line::up) return;
        for (Place& place : places) {
            if (place.lane.tick(now)) place.has_news = true;
        }
        if (has_joined_ || verdict_ || now < hello_at_ || missing().empty()) return;
        say(own_topic_, packet(Kind::hello));
        hello_at_ = now + hello_pause;
    }
    [[nodiscard]] Clock::time_point due() const {
        if (is_dead()) return never;
        if (line_ == Line::trying) return give_up_at_;
        if (line_ == Line::down) return std::min(retry_at_, lost_at_ + options_.patience);
        Clock::time_point first = has_joined_ || verdict_ ? never : hello_at_;
        for (const Place& place : places) first = std::min(first, place.lane.due());
        return first;
    }
    [[nodiscard]] bool wants_to_speak() const {
        return line_ == Line::up &&
               (!control_.empty() ||
                std::any_of(places.begin(), places.end(),
                            [](const Place& place) { return place.lane.wants_to_speak(); }));
    }
    [[nodiscard]] bool next(Outgoing& out, Clock::time_point now) {
        if (line_ != Line::up) return false;
        if (!control_.empty()) {
            out = std::move(control_.front());
            control_.pop_front();
            return true;
        }
        for (Place& place : places) {
            Packet packet = this->packet(Kind::ack);
            if (!place.lane.next(packet, now)) continue;
            out = {place.to_it, write(packet), false};
            return true;
        }
        return false;
    }

  private:
    static constexpr Clock::duration absence_max = std::chrono::seconds(5);
    static constexpr Clock::duration hello_pause = std::chrono::milliseconds(100);
    static constexpr Clock::duration attempt_max = std::chrono::seconds(10);
    static constexpr Clock::duration first_retry = std::chrono::milliseconds(50);
    static constexpr Clock::duration retry_max = std::chrono::seconds(1);
    static constexpr std::size_t control_max = 64;

    [[nodiscard]] std::string topic(const std::string& from) const {
        return options_.prefix + "/" + options_.session + "/" + from;
    }
    [[nodiscard]] std::string topic(const std::string& from, const std::string& to) const {
        return topic(from) + "/" + to;
    }
    // A stranger who asks for more answers than fit gets fewer.
    void say(std::string topic, const Packet& packet, bool is_confirmed = false) {
        if (control_.size() < control_max || is_confirmed)
            control_.push_back({std::move(topic), write(packet), is_confirmed});
    }
    [[nodiscard]] Failure failed(Trouble what, std::string peer) const {
        Failure failure;
        failure.what = what;
        failure.role = part_.role;
        failure.state = "Start";
        failure.peer = std::move(peer);
        return failure;
    }
    [[nodiscard]] Failure nobody_came() const {
        Failure failure = failed(Trouble::deadline, missing());
        failure.expected = "a hello";
        failure.why = "Nobody came in that role to the session " + options_.session + " at " +
                      options_.broker + " within " + words_of(options_.patience) + ".";
        return failure;
    }
    [[nodiscard]] Failure no_broker() const {
        Failure failure = failed(Trouble::disconnected, "the broker");
        failure.why = is_dead() ? why_dead_ : why_away();
        return failure;
    }
    void fail_meeting(Failure failure) {
        if (!has_joined_ && !verdict_) verdict_ = std::move(failure);
    }
    void die(const std::string& more) {
        why_dead_ = why_away() + (more.empty() ? "" : " " + more);
        line_ = Line::down;
        for (Place& place : places) place.has_news = true;
    }

    void refuse(const std::string& topic, std::uint64_t nonce, const std::string& role) {
        Packet no = packet(Kind::refused);
        no.to = nonce;
        no.notice.why = "The role " + role + " of the session " + options_.session +
                        " is taken by another program.";
        say(topic, no);
    }
    void hear_refused(Reader& in, Packet& heard) {
        read_body(in, heard);
        if (heard.is_torn || has_joined_) return;
        is_refused_ = true;
        Failure failure = failed(Trouble::not_possible, {});
        failure.why = shown(heard.notice.why);
        fail_meeting(std::move(failure));
    }
    // Another program says hello in this role.
    void hear_rival(const Packet& heard) {
        if (heard.kind != Kind::hello || is_refused_) return;
        const bool is_known =
            has_joined_ || std::any_of(places.begin(), places.end(),
                                       [](const Place& place) { return place.lane.is_met(); });
        if (is_known || me_ < heard.from) refuse(rival_topic(), heard.from, part_.role);
    }

    void hear_peer(Place& place, Reader& in, Packet& heard, std::size_t bytes,
                   Clock::time_point now) {
        const bool is_greeting = heard.kind == Kind::hello || heard.kind == Kind::ready;
        if (heard.version != wire_version) {
            if (is_greeting) differs(place, "version", wire_version, heard.version);
            return;
        }
        if (heard.from != place.lane.nonce()) {
            if (!is_greeting) return;  // a stranger's, or an earlier program's
            read_body(in, heard);
            if (heard.is_torn || !welcome(place, heard)) return;
        } else if (heard.kind == Kind::gone) {
            return hear_gone(place, now);
        } else if (bytes > options_.message_bytes_max + message_head_bytes_max) {
            place.lane.end(place.lane.peer() + " sent a packet of " + std::to_string(bytes) +
                           " bytes where messages have at most " +
                           std::to_string(options_.message_bytes_max) + ".");
            place.has_news = true;
            return;
        } else {
            read_body(in, heard);
            if (heard.is_torn) {
                place.lane.end(place.lane.peer() + " sent bytes that are no whole packet.");
                place.has_news = true;
                return;
            }
        }
        if (heard.kind == Kind::hello) place.lane.ask_ready();
        if (place.lane.accept(heard, now)) place.has_news = true;
        if (heard.kind == Kind::cancel) hear_cancel(place);
    }
    // A program that is not known in the peer's role. Whether it is from now on.
    bool welcome(Place& place, const Packet& heard) {
        if (verdict_ || place.lane.is_over()) return false;  // over: it is for the next session
        if (has_joined_ || place.lane.is_bound()) {
            refuse(place.to_it, heard.from, place.lane.peer());
            return false;
        }
        place.lane.bind(heard);  // it is answered, and so finds the same fault, if there is one
        if (heard.protocol == part_.protocol || heard.protocol == 0 || part_.protocol == 0)
            return true;
        differs(place, "protocol", part_.protocol, heard.protocol);
        return false;
    }
    void hear_gone(Place& place, Clock::time_point now) {
        if (!has_joined_ && !place.lane.has_talked()) {
            place.lane.unbind();
        } else {
            place.lane.note_absence(now);
        }
    }
    void hear_cancel(const Place& place) {
        Failure failure = failed(Trouble::cancelled, place.lane.peer());
        failure.by = shown(place.lane.cancelled()->by);
        failure.at = shown(place.lane.cancelled()->at);
        failure.why = shown(place.lane.cancelled()->why);
        fail_meeting(std::move(failure));
    }
    void differs(const Place& place, const std::string& what, std::uint64_t ours,
                 std::uint64_t theirs) {
        const auto hexadecimal = [](std::uint64_t number) {
            std::string text;
            for (int shift = 60; shift >= 0; shift -= 4)
                text += "0123456789abcdef"[(number >> shift) & 15U];
            return text;
        };
        Failure failure = failed(Trouble::wrong_message, place.lane.peer());
        failure.expected = "a hello of " + what + " " + hexadecimal(ours);
        failure.received = "a hello of " + what + " " + hexadecimal(theirs);
        failure.why = "Both programs are to be built from the same protocol and library.";
        fail_meeting(std::move(failure));
    }

    const Options& options_;
    Part part_;
    std::uint64_t me_;
    std::string own_topic_;

    Line line_ = Line::down;
    Clock::time_point lost_at_{}, retry_at_{}, give_up_at_ = never, hello_at_ = never;
    Clock::duration retry_pause_ = first_retry;
    std::string why_down_, why_dead_;

    bool has_joined_ = false, is_refused_ = false;
    std::optional<Failure> verdict_;
    std::deque<Outgoing> control_;
};

}  // namespace mpst::mqtt::detail
