// SPDX-License-Identifier: AGPL-3.0-or-later
// How far a channel has gone ahead of its oldest message that has not arrived. All that is ahead
// may have to wait at the other end, where ENet takes nothing any more once it holds too much, not
// even the one that all the others wait for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

namespace direct::udp {

class Ahead {
  public:
    // Gives the message's place.
    std::uint64_t sent(std::size_t bytes) {
        all_.push_back({bytes, false});
        bytes_ += bytes;
        return first_ + all_.size() - 1;
    }
    void arrived(std::uint64_t place) {
        all_[place - first_].has_arrived = true;
        for (; !all_.empty() && all_.front().has_arrived; ++first_) {
            bytes_ -= all_.front().bytes;
            all_.pop_front();
        }
    }
    // Of the oldest and of all behind it.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t count() const { return all_.size(); }

  private:
    struct One {
        std::size_t bytes;
        bool has_arrived;
    };
    std::deque<One> all_;
    std::uint64_t first_ = 0;  // the place of the oldest
    std::size_t bytes_ = 0;
};

}  // namespace direct::udp
