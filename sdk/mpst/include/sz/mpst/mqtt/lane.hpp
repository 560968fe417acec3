// SPDX-License-Identifier: AGPL-3.0-or-later
// Both directions between this program and a peer's: sequence numbers, windows, acknowledgements.
// It makes packets and takes them in; it knows no threads and no broker.
//
// A sender keeps a message until the receiver has it, and sends everything it keeps again when the
// receiver asks for that, after a gap or a lost connection: go-back-N. Who hears nothing for a
// while asks what the other has. The question travels behind the messages, so that it costs nothing
// where the way is slow, and its answer tells what is missing and how much room there is. The
// receiver takes what is next in sequence and nothing else. How many may wait at the receiver is
// the receiver's to say; how many may wait for that, the sender's.
#pragma once

#include <deque>

#include "packet.hpp"

namespace mpst::mqtt::detail {

inline constexpr auto never = Clock::time_point::max();

struct Limits {
    std::uint32_t message_bytes_max = 0;
    std::uint32_t waiting_max = 0;
    Clock::duration absence_max{};
};

class Lane {
  public:
    Lane(std::string peer, const Limits& limits) : peer_(std::move(peer)), limits_(limits) {}

    [[nodiscard]] const std::string& peer() const { return peer_; }

    // Meeting: which program the peer is, and whether it knows this one.
    [[nodiscard]] std::uint64_t nonce() const { return nonce_; }
    [[nodiscard]] bool is_bound() const { return nonce_ != 0; }
    [[nodiscard]] bool is_met() const { return is_met_; }
    [[nodiscard]] bool has_talked() const { return received_ > 0; }
    void bind(const Packet& hello) {
        nonce_ = hello.from;
        bytes_max_ = std::min(limits_.message_bytes_max, hello.message_bytes_max);
        told_room_ = limits_.waiting_max;
        // An acknowledgement comes before the smaller of both windows is used up.
        ack_after_ = std::max(1U, std::min(limits_.waiting_max, hello.waiting_max) / 2);
        wants_ready_ = true;
    }
    void unbind() { *this = Lane(peer_, limits_); }
    void ask_ready() { wants_ready_ = true; }
    // To hear at once what the peer has.
    void ask_answer() { wants_ack_ = wants_answer_ = true; }

    // Sending.
    [[nodiscard]] bool has_room() const { return kept_.size() < limits_.waiting_max; }
    [[nodiscard]] bool fits(const Frame& frame) const {
        return frame.label.size() <= label_bytes_max && frame.payload.size() <= bytes_max_;
    }
    void push(const Frame& frame) { kept_.push_back(frame); }
    // The peer has, or will never ask for, what was sent.
    [[nodiscard]] bool is_settled() const {
        if (!is_bound() || is_over()) return true;
        if (cancel_ && cancel_->is_mine) return has_cancel_;
        return cancel_ || kept_.empty();
    }

    // Receiving.
    [[nodiscard]] bool take(Frame& frame) {
        if (arrived_.empty()) return false;
        frame = std::move(arrived_.front());
        arrived_.pop_front();
        ++taken_;
        // The peer sees the end of its room: it hears of more.
        if (told_room_ <= received_ + limits_.waiting_max / 2) wants_ack_ = true;
        return true;
    }

    // Ends.
    void cancel(const Notice& notice) {
        if (cancel_) return;
        const std::uint64_t sequence = last() + 1;
        cancel_ = Cancelled{notice, true, sequence};
        kept_.clear();
        sent_ = sequence - 1;
    }
    [[nodiscard]] const Notice* cancelled() const { return cancel_ ? &cancel_->notice : nullptr; }
    // The way is gone, for a reason, and nothing is left to be taken.
    [[nodiscard]] bool is_over() const { return !over_.empty(); }
    [[nodiscard]] const std::string& why_over() const { return over_; }
    void end(std::string why) {
        if (over_.empty()) over_ = std::move(why);
    }
    [[nodiscard]] bool is_absent() const { return absent_until_ != never; }
    void note_absence(Clock::time_point now) {
        if (!is_absent() && !is_over()) absent_until_ = now + limits_.absence_max;
    }

    // A packet of the peer's program to this one. Whether somebody who waits wants to know.
    [[nodiscard]] bool accept(Packet& packet, Clock::time_point now) {
        const std::size_t kept = kept_.size();
        const bool had_cancel = has_cancel_, was_over = is_over() || cancel_;
        absent_until_ = never;
        if (packet.to != 0) is_met_ = true;
        hear_received(packet, now);
        room_ = std::max(room_, packet.room);
        bool has_message = false;
        switch (packet.kind) {
            case Kind::ready: send_again(); break;
            case Kind::message: has_message = accept_message(packet, now); break;
            case Kind::ack:
                if (packet.wants == Packet::again) send_again();
                if (packet.wants == Packet::answer) wants_ack_ = wants_again_ = true;
                break;
            case Kind::cancel:
                received_ = std::max(received_, packet.sequence);
                if (!cancel_) cancel_ = Cancelled{packet.notice, false, 0};
                wants_ack_ = true;
                break;
            case Kind::bye:
                has_left_ = true;
                end(peer_ + " has come to its end and left.");
                break;
            default: break;
        }
        return has_message || kept_.size() < kept || has_cancel_ != had_cancel ||
               (is_over() || cancel_) != was_over;
    }

    // The connection is new: nothing is known of what was under way.
    void resume(Clock::time_point now) {
        wants_ready_ = is_bound();
        send_again();
        pause_ = first_pause;
        if (is_absent()) absent_until_ = now + limits_.absence_max;
    }

    [[nodiscard]] bool wants_to_speak() const {
        if (!is_bound() || has_left_) return false;
        return wants_ready_ || wants_ack_ || wants_to_cancel() || wants_to_send();
    }
    // The next packet to be sent, but for what the link knows: from, and protocol.
    [[nodiscard]] bool next(Packet& out, Clock::time_point now) {
        if (!is_bound() || has_left_) return false;
        if (wants_ready_) {
            out.kind = Kind::ready;
            wants_ready_ = false;
        } else if (wants_to_cancel()) {
            out.kind = Kind::cancel;
            out.notice = cancel_->notice;
            out.sequence = sent_ = cancel_->sequence;
            expect_answer(now);
        } else if (wants_to_send()) {
            out.kind = Kind::message;
            out.frame = kept_[sent_ - acked_];
            out.sequence = ++sent_;
            expect_answer(now);
        } else if (wants_ack_) {
            out.kind = Kind::ack;
            out.wants = wants_again_    ? Packet::again
                        : wants_answer_ ? Packet::answer
                                        : Packet::nothing;
            if (wants_answer_) expect_answer(now);
            wants_again_ = wants_answer_ = false;
        } else {
            if (!kept_.empty() && !is_over() && !cancel_) expect_answer(now);
            return false;
        }
        address(out);
        return true;
    }
    // To the peer, with everything it wants to know of this side.
    void address(Packet& out) {
        out.to = nonce_;
        out.message_bytes_max = limits_.message_bytes_max;
        out.waiting_max = limits_.waiting_max;
        out.received = told_received_ = received_;
        out.room = told_room_ = taken_ + limits_.waiting_max;
        if (out.kind != Kind::ready) {
            wants_ack_ = false;
            ack_at_ = never;
        }
    }

    // When tick() has something to do.
    [[nodiscard]] Clock::time_point due() const {
        return std::min({ack_at_, again_at_, absent_until_});
    }
    // Whether somebody who waits wants to know.
    [[nodiscard]] bool tick(Clock::time_point now) {
        if (ack_at_ <= now) {
            wants_ack_ = true;
            ack_at_ = never;
        }
        if (again_at_ <= now) {
            again_at_ = never;
            ask_answer();
            pause_ = std::min(pause_ * 2, pause_max);
        }
        if (absent_until_ > now) return false;
        absent_until_ = never;
        end(peer_ + "'s program ended, or lost the broker, without a word.");
        return true;
    }

  private:
    struct Cancelled {
        Notice notice;
        bool is_mine = false;
        std::uint64_t sequence = 0;
    };
    static constexpr Clock::duration first_pause = std::chrono::milliseconds(500);
    static constexpr Clock::duration pause_max = std::chrono::seconds(8);
    // A message is the better acknowledgement. A packet besides, while Nagle's algorithm holds one
    // back for 40 ms, would hold back the next, and so on for ever.
    static constexpr Clock::duration ack_delay = std::chrono::milliseconds(200);

    [[nodiscard]] std::uint64_t last() const { return acked_ + kept_.size(); }
    [[nodiscard]] bool wants_to_cancel() const {
        return cancel_ && cancel_->is_mine && !has_cancel_ && sent_ < cancel_->sequence;
    }
    [[nodiscard]] bool wants_to_send() const {
        return !cancel_ && !is_over() && sent_ < std::min(last(), room_);
    }
    void send_again() {
        sent_ = cancel_ && cancel_->is_mine ? cancel_->sequence - 1 : acked_;
        again_at_ = never;
    }
    void expect_answer(Clock::time_point now) {
        if (again_at_ == never) again_at_ = now + pause_;
    }
    void hear_received(const Packet& packet, Clock::time_point now) {
        if (cancel_ && cancel_->is_mine) {
            has_cancel_ = has_cancel_ || packet.received >= cancel_->sequence;
            if (has_cancel_) again_at_ = never;
            return;
        }
        // More than was sent is no acknowledgement.
        if (packet.received <= acked_ || packet.received > last()) return;
        for (; acked_ < packet.received; ++acked_) kept_.pop_front();
        sent_ = std::max(sent_, acked_);
        pause_ = first_pause;
        again_at_ = kept_.empty() ? never : now + pause_;
    }
    bool accept_message(Packet& packet, Clock::time_point now) {
        if (packet.frame.payload.size() > limits_.message_bytes_max) {
            end(peer_ + " sent a message of " + std::to_string(packet.frame.payload.size()) +
                " bytes where " + std::to_string(limits_.message_bytes_max) + " are allowed.");
            return false;
        }
        if (packet.sequence != received_ + 1) {
            // Before: it came twice. After: something was lost, which is said once.
            if (packet.sequence > received_ && !std::exchange(said_gap_, true)) wants_again_ = true;
            wants_ack_ = wants_ack_ || packet.sequence <= received_ || wants_again_;
            return false;
        }
        if (arrived_.size() >= limits_.waiting_max || cancel_) return false;
        ++received_;
        said_gap_ = false;
        arrived_.push_back(std::move(packet.frame));
        if (received_ - told_received_ >= ack_after_) wants_ack_ = true;
        if (ack_at_ == never) ack_at_ = now + ack_delay;
        return true;
    }

    std::string peer_;
    Limits limits_;
    std::uint64_t nonce_ = 0;
    std::size_t bytes_max_ = 0;
    std::uint32_t ack_after_ = 1;
    bool is_met_ = false, wants_ready_ = false;

    std::deque<Frame> kept_;             // sent or to be sent, and not acknowledged
    std::uint64_t acked_ = 0;            // of the sequence numbers, kept_ begins behind it
    std::uint64_t sent_ = 0, room_ = 0;  // up to and with
    Clock::time_point again_at_ = never;
    Clock::duration pause_ = first_pause;

    std::deque<Frame> arrived_;
    std::uint64_t received_ = 0, taken_ = 0;
    std::uint64_t told_received_ = 0, told_room_ = 0;
    bool wants_ack_ = false, wants_again_ = false, wants_answer_ = false, said_gap_ = false;
    Clock::time_point ack_at_ = never;

    std::optional<Cancelled> cancel_;
    bool has_cancel_ = false;  // the peer has ours
    bool has_left_ = false;
    std::string over_;
    Clock::time_point absent_until_ = never;
};

}  // namespace mpst::mqtt::detail
