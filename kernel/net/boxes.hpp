// SPDX-License-Identifier: AGPL-3.0-or-later
// The two ends of one channel of a session: what was said and may have to be said again, and what
// has come of what is being said. Every piece has a number: 0, 1, 2 … for as long as the session
// lives.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"

namespace sz::net {

class Outbox {
  public:
    struct Piece {
        std::uint64_t number = 0;
        bool is_last = false;      // of its message
        std::string_view content;  // valid until the next change
    };

    Outbox(std::size_t piece_max, std::size_t bytes_max)
        : piece_max_(piece_max), bytes_max_(bytes_max) {}

    // What a message takes beside its own bytes: empty ones are not for nothing.
    static constexpr std::size_t message_more_bytes = 64;

    // Whether a message of so many bytes finds room beside what nobody has confirmed.
    [[nodiscard]] bool has_room(std::size_t bytes) const {
        return bytes_ + bytes + message_more_bytes <= bytes_max_;
    }
    [[nodiscard]] bool is_half_empty() const { return bytes_ <= bytes_max_ / 2; }
    void push(std::string message);

    [[nodiscard]] bool has_more() const { return next_ < end_; }
    // The next piece to say, if there is one.
    [[nodiscard]] std::optional<Piece> take();
    // Where saying goes on over a new connection: the other side expects `number`.
    void go_on_from(std::uint64_t number);

    // What is before `number` has come. False: that cannot be, since it was never said, or was
    // confirmed long ago.
    [[nodiscard]] bool could_expect(std::uint64_t number) const {
        return number >= confirmed_ && number <= said_;
    }
    void confirm(std::uint64_t number);

    [[nodiscard]] std::uint64_t unsaid() const { return end_ - next_; }  // pieces
    [[nodiscard]] std::uint64_t end() const { return end_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    struct Entry {
        std::uint64_t first = 0, pieces = 0;
        std::string message;
    };
    [[nodiscard]] std::size_t entry_of(std::uint64_t number) const;
    void go_on_at(std::uint64_t number);

    std::size_t piece_max_, bytes_max_;
    std::deque<Entry> entries_;
    std::size_t next_entry_ = 0;   // whose piece next_ is; past the end when nothing is left
    std::size_t bytes_ = 0;        // of messages that are kept
    std::uint64_t confirmed_ = 0;  // all before it have come
    std::uint64_t next_ = 0;       // to be said over this connection
    std::uint64_t said_ = 0;       // one past the highest that ever was
    std::uint64_t end_ = 0;        // of the next message
};

class Inbox {
  public:
    // Gives a message that is whole now. SZ-NET-045: not the next piece, 024 too much.
    [[nodiscard]] Result<std::optional<std::string>> take(std::uint64_t number, bool is_last,
                                                          std::string_view content);
    void set_bytes_max(std::size_t bytes_max) { bytes_max_ = bytes_max; }
    [[nodiscard]] std::uint64_t expected() const { return expected_; }
    [[nodiscard]] std::size_t held() const { return partial_.size(); }

  private:
    std::uint64_t expected_ = 0;
    std::string partial_;
    std::size_t bytes_max_ = 0;
};

}  // namespace sz::net
