// SPDX-License-Identifier: AGPL-3.0-or-later
// A listener or a connection of whatever kind, on the transport's own thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <sz/cpp/json.hpp>

#include "address.hpp"
#include "line.hpp"

namespace direct {

using sz::plugin::Json;
using Key = sz::plugin::Transport::Key;

// Why something ended: sz_transport_events.closed.
struct Ending {
    std::uint32_t why = SZ_CLOSED_HERE;
    std::string code, message, hint, reason;
};

// All [io-thread]. Belongs to an Ends until it has said that it ended; begin() comes once, first.
class End : public std::enable_shared_from_this<End> {
  public:
    explicit End(std::shared_ptr<Line> line) : line_(std::move(line)) {}
    virtual ~End() = default;
    End(const End&) = delete;
    End& operator=(const End&) = delete;

    // Starts what the constructor was told. What goes wrong: end().
    virtual void begin() = 0;
    // The line has messages. Called again only after it was empty.
    virtual void flush() {}
    virtual void protect(const Key& /*send*/, const Key& /*receive*/) {}
    // Ends in good order, within two seconds.
    virtual void close(const std::string& reason) = 0;
    // Lets go of sockets and timers, at once; nothing is said. end() calls it, too.
    virtual void drop() = 0;

    [[nodiscard]] Line& line() const { return *line_; }
    [[nodiscard]] const std::shared_ptr<Line>& shared_line() const { return line_; }

    // Says `closed`, the first time, unless nobody knows of it. Nothing of this end is called after
    // it.
    void end(const Ending& ending);
    // Until `accepted` was said, nobody knows.
    void set_known(bool is_known) { is_known_ = is_known; }
    // Who takes it off the list.
    std::function<void(End&)> on_ended;
    [[nodiscard]] bool has_ended() const { return has_ended_; }

  protected:
    void step(const char* name, const char* state, const std::string& message,
              const std::string& hint = {}) const;
    void received(std::uint32_t channel, std::string_view message) const;

  private:
    std::shared_ptr<Line> line_;
    bool has_ended_ = false, is_known_ = true;
};

// What of `reason`, that a peer chose, is passed on: valid UTF-8, not too long.
[[nodiscard]] std::string tame_reason(std::string_view reason);

}  // namespace direct
