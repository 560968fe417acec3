// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/boxes.hpp"

#include <algorithm>
#include <utility>

namespace sz::net {

void Outbox::push(std::string message) {
    const std::uint64_t pieces =
        std::max<std::uint64_t>(1, (message.size() + piece_max_ - 1) / piece_max_);
    bytes_ += message.size() + message_more_bytes;
    entries_.push_back({end_, pieces, std::move(message)});
    end_ += pieces;
}

std::size_t Outbox::entry_of(std::uint64_t number) const {
    const auto after = std::upper_bound(
        entries_.begin(), entries_.end(), number,
        [](std::uint64_t wanted, const Entry& entry) { return wanted < entry.first; });
    return static_cast<std::size_t>(after - entries_.begin()) - 1;
}

std::optional<Outbox::Piece> Outbox::take() {
    if (!has_more()) return std::nullopt;
    const Entry& entry = entries_[next_entry_];
    const std::uint64_t in_entry = next_ - entry.first;
    const auto at = static_cast<std::size_t>(in_entry) * piece_max_;
    const Piece piece{next_, in_entry + 1 == entry.pieces,
                      std::string_view(entry.message).substr(at, piece_max_)};
    if (piece.is_last) ++next_entry_;
    said_ = std::max(said_, ++next_);
    return piece;
}

void Outbox::go_on_from(std::uint64_t number) {
    confirm(number);
    go_on_at(number);
}

void Outbox::go_on_at(std::uint64_t number) {
    next_ = number;
    next_entry_ = has_more() ? entry_of(number) : entries_.size();
}

void Outbox::confirm(std::uint64_t number) {
    confirmed_ = std::max(confirmed_, number);
    while (!entries_.empty() && entries_.front().first + entries_.front().pieces <= confirmed_) {
        bytes_ -= entries_.front().message.size() + message_more_bytes;
        entries_.pop_front();
        if (next_entry_ > 0) --next_entry_;
    }
    if (next_ < confirmed_) go_on_at(confirmed_);  // what has come need not be said again
}

Result<std::optional<std::string>> Inbox::take(std::uint64_t number, bool is_last,
                                               std::string_view content) {
    if (number != expected_) {
        return fail(ErrorKind::denied, "SZ-NET-045",
                    "Piece " + std::to_string(number) + " of what is said came where " +
                        std::to_string(expected_) + " was due.",
                    "Connect again.");
    }
    if (partial_.size() + content.size() > bytes_max_) {
        return fail(ErrorKind::denied, "SZ-NET-024",
                    "The other side sends a longer message than it may, which is " +
                        std::to_string(bytes_max_) + " bytes.",
                    "Connect again.");
    }
    if (!is_last && content.empty()) {  // it could go on for ever
        return fail(ErrorKind::denied, "SZ-NET-043", "The other side sends a piece of nothing.",
                    "Connect again.");
    }
    ++expected_;
    partial_ += content;
    if (!is_last) return std::nullopt;
    return std::exchange(partial_, {});
}

}  // namespace sz::net
