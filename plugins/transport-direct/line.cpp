// SPDX-License-Identifier: AGPL-3.0-or-later
#include "line.hpp"

#include <utility>

namespace direct {

sz_status Line::push(std::uint32_t channel, std::string_view message, bool& is_first) {
    const std::lock_guard lock(mutex_);
    if (!is_open_) return SZ_ERR_NOT_FOUND;
    Queue& queue = queues_[channel];
    if (queue.bytes + message.size() > outbox_bytes_max[channel]) {
        queue.is_refusing = true;
        return SZ_ERR_LIMIT;
    }
    is_first = queue.messages.empty();
    queue.messages.emplace_back(message);
    queue.bytes += message.size();
    return SZ_OK;
}

std::optional<std::string> Line::pop(std::uint32_t channel) {
    std::optional<std::string> message;
    bool has_room = false;
    {
        const std::lock_guard lock(mutex_);
        Queue& queue = queues_[channel];
        if (queue.messages.empty()) return std::nullopt;
        message = std::move(queue.messages.front());
        queue.messages.pop_front();
        queue.bytes -= message->size();
        has_room = queue.is_refusing && is_open_ && queue.bytes * 2 <= outbox_bytes_max[channel];
        if (has_room) queue.is_refusing = false;
    }
    if (has_room) events.writable(handle, channel);
    return message;
}

bool Line::has(std::uint32_t channel) const {
    const std::lock_guard lock(mutex_);
    return !queues_[channel].messages.empty();
}

std::size_t Line::queued_bytes() const {
    const std::lock_guard lock(mutex_);
    std::size_t all = 0;
    for (const Queue& queue : queues_) all += queue.bytes;
    return all;
}

void Line::open() {
    const std::lock_guard lock(mutex_);
    is_open_ = !is_closing_;
}

void Line::shut() {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
}

bool Line::begin_close() {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
    return !std::exchange(is_closing_, true);
}

sz_status Line::begin_protect() {
    if (!has_datagrams) return SZ_ERR_UNSUPPORTED;
    const std::lock_guard lock(mutex_);
    if (!is_open_) return SZ_ERR_NOT_FOUND;
    return std::exchange(is_protected_, true) ? SZ_ERR_CONFLICT : SZ_OK;
}

}  // namespace direct
