// SPDX-License-Identifier: AGPL-3.0-or-later
// The way to a role behind a broker; models mpst::channel. The last of a link's channels to go
// waits until the peers have what was sent.
#pragma once

#include "link.hpp"

namespace mpst::mqtt {

class Channel {
  public:
    // `peer`: its number in the link's part.
    Channel(std::shared_ptr<detail::Link> link, std::size_t peer)
        : link_(std::move(link)), peer_(peer) {}

    [[nodiscard]] Passage send(const Frame& frame, Clock::time_point until) {
        return link_->send(peer_, frame, until);
    }
    [[nodiscard]] Passage receive(Frame& frame, Clock::time_point until) {
        return link_->receive(peer_, frame, until);
    }
    void cancel(const Notice& notice) noexcept { link_->cancel(peer_, notice); }
    [[nodiscard]] Notice notice() { return link_->notice(peer_); }
    void when_ready(std::function<void()> call) { link_->when_ready(peer_, std::move(call)); }

  private:
    std::shared_ptr<detail::Link> link_;
    std::size_t peer_;
};

static_assert(channel<Channel>);

}  // namespace mpst::mqtt
