// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bulk_gate.hpp"

#include <algorithm>

#include "enet_link.hpp"

namespace direct::udp {

namespace {

// Measured over a line of 20 Mbit/s and over 80 ms with 5 % loss: less is slow, more is felt.
constexpr Milliseconds queueing_wanted{40}, queueing_bad{80};
constexpr double shrink = 0.85, shrink_much = 0.6;
constexpr double step_bytes = 2 * 4096;  // grown in a round trip, once the room was found
constexpr std::chrono::seconds span{30};

}  // namespace

void Window::follow(Milliseconds queueing, Moment now, Milliseconds round_trip) {
    if (followed_at_ && now - *followed_at_ < round_trip) return;
    const bool grows = queueing < queueing_wanted;
    if (grows && arrived_ < bytes_) return;
    followed_at_ = now;
    arrived_ = 0;
    if (grows) {
        bytes_ = is_searching_ ? bytes_ * 2 : bytes_ + step_bytes;
    } else {
        is_searching_ = false;
        bytes_ *= queueing > queueing_bad ? shrink_much : shrink;
    }
    bytes_ = std::clamp(bytes_, bytes_min, bytes_max_);
}

void LeastRoundTrip::add(Milliseconds round_trip, Moment now) {
    if (!now_ || now - span_began_ >= span) {
        before_ = now_;
        now_ = round_trip;
        span_began_ = now;
    }
    now_ = std::min(*now_, round_trip);
}

Milliseconds LeastRoundTrip::least() const {
    const Milliseconds none{0};
    return before_ ? std::min(*before_, now_.value_or(none)) : now_.value_or(none);
}

double BulkShare::part() const {
    return std::max(Window::bytes_min,
                    window_.bytes() / static_cast<double>(std::max<std::size_t>(1, busy_.size())));
}

// The delay that all have in common is that of the line which they share.
Milliseconds BulkShare::common() const {
    Milliseconds least = (*busy_.begin())->queueing();
    for (const BulkGate* gate : busy_) least = std::min(least, gate->queueing());
    return least;
}

BulkGate::BulkGate(BulkShare& share) : share_(share), window_(0.75 * enet_window_bytes) {}
BulkGate::~BulkGate() { share_.busy_.erase(this); }

bool BulkGate::has_room() const {
    const auto outstanding = static_cast<double>(outstanding_);
    return outstanding < std::min(window_.bytes(), share_.part());
}

void BulkGate::arrived(std::size_t bytes) {
    outstanding_ -= bytes;
    window_.arrived(static_cast<double>(bytes));
    share_.window_.arrived(static_cast<double>(bytes));
}

void BulkGate::set_busy(bool is_busy) {
    if (is_busy) {
        share_.busy_.insert(this);
    } else {
        share_.busy_.erase(this);
    }
}

void BulkGate::measured(Milliseconds round_trip, Moment now) {
    least_.add(round_trip, now);
    queueing_ = round_trip - least_.least();
    if (!share_.busy_.contains(this)) return;
    // What is beyond it is that of the peer's own line, which slows down nobody else. If all
    // followed all of it, who came a little later would get less for long.
    const Milliseconds common = share_.common();
    window_.follow(queueing_ - common, now, round_trip);
    share_.window_.follow(common, now, round_trip);
}

}  // namespace direct::udp
