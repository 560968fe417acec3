// SPDX-License-Identifier: AGPL-3.0-or-later
// A connection whose WebSocket is open: messages both ways, signs of life, and the goodbye.
#pragma once

#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "../ends.hpp"
#include "../seat.hpp"
#include "socket.hpp"
#include "times.hpp"

namespace direct::web {

// The first byte of a WebSocket message. The two channels are SZ_CHANNEL_….
enum Kind : std::uint8_t {
    kind_play = SZ_CHANNEL_PLAY,
    kind_bulk = SZ_CHANNEL_BULK,
    kind_goodbye = 2,  // then the reason, and nothing after it
    kind_ping = 3,     // then eight bytes, which come back as they are
    kind_pong = 4,
};

// All [io-thread].
class Link : public End {
  public:
    Link(Ends& all, std::shared_ptr<Line> line, const Times& times);

    // Before begin(): the socket of somebody who was let in.
    void is_let_in(std::unique_ptr<Socket> socket, Seat seat);

    void begin() override;
    void flush() override { write_next(); }
    void close(const std::string& reason) override;
    void drop() override;

    // It was closed, here or there, and only the goodbye is left; leave() leaves that out.
    [[nodiscard]] bool is_parting() const {
        return !has_ended() && (is_closing_ || peer_said_goodbye_);
    }
    void leave() { over(); }

  protected:
    // Messages go both ways from now on.
    void start(std::shared_ptr<Socket> socket);
    [[nodiscard]] Ends& all() const { return all_; }
    template <class Kind>
    [[nodiscard]] std::shared_ptr<Kind> self() {
        return std::static_pointer_cast<Kind>(shared_from_this());
    }

  private:
    using Clock = std::chrono::steady_clock;

    void read_next();
    void take(std::string_view message);
    void take_pong(std::string_view content);
    void write_next();
    [[nodiscard]] std::optional<Kind> next_message();
    void written();
    void watch();
    void look_for_silence(Clock::time_point now);
    void refuse(const char* what);
    void over();  // the socket has ended, in whatever way

    Ends& all_;
    Times times_;
    std::shared_ptr<Socket> socket_;
    Seat seat_;
    boost::asio::steady_timer timer_;
    Clock::time_point heard_, ping_at_;
    std::string out_;  // is being written
    Kind out_kind_ = kind_play;
    std::string asked_;  // the ping that is out
    Clock::time_point asked_at_;
    std::optional<std::string> to_answer_;  // the peer's last ping
    bool wants_ping_ = false, is_writing_ = false, is_silent_ = false;
    bool is_closing_ = false, said_goodbye_ = false, peer_said_goodbye_ = false;
    std::string reason_, peers_reason_;
};

}  // namespace direct::web
