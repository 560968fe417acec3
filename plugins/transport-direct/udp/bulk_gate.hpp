// SPDX-License-Identifier: AGPL-3.0-or-later
// How much bulk may be on its way to a peer: as much as the path carries without making others
// wait. The delay that the path's queues add is the sign, as in LEDBAT (RFC 6817).
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>

namespace direct::udp {

using Moment = std::chrono::steady_clock::time_point;
using Milliseconds = std::chrono::duration<double, std::milli>;

// A number of bytes that follows the delay of a path. Asked once a round trip, at most. It grows
// when as much has arrived: on a path of a millisecond many round trips pass before a queue is
// seen.
class Window {
  public:
    explicit Window(double bytes_max) : bytes_max_(bytes_max) {}
    void follow(Milliseconds queueing, Moment now, Milliseconds round_trip);
    void arrived(double bytes) { arrived_ += bytes; }
    [[nodiscard]] double bytes() const { return bytes_; }
    static constexpr double bytes_min = 4800;

  private:
    double bytes_max_;
    double bytes_ = 4 * bytes_min;
    double arrived_ = 0;        // since it changed
    bool is_searching_ = true;  // doubles until it was too much for the first time
    std::optional<Moment> followed_at_;
};

// The least round trip of the last minute: what the path takes when nothing waits in it.
class LeastRoundTrip {
  public:
    void add(Milliseconds round_trip, Moment now);
    [[nodiscard]] Milliseconds least() const;

  private:
    std::optional<Milliseconds> before_, now_;  // two spans of half a minute
    Moment span_began_{};
};

class BulkGate;

// What all peers together may have on their way: they share the line of this home. Each of those
// that have bulk to send gets the same part.
class BulkShare {
  public:
    [[nodiscard]] double part() const;

  private:
    friend class BulkGate;
    [[nodiscard]] Milliseconds common() const;  // while somebody is busy
    std::set<const BulkGate*> busy_;
    Window window_{8.0 * 1024 * 1024};
};

// One for each connection. All [io-thread].
class BulkGate {
  public:
    explicit BulkGate(BulkShare& share);
    ~BulkGate();
    BulkGate(const BulkGate&) = delete;
    BulkGate& operator=(const BulkGate&) = delete;

    [[nodiscard]] bool has_room() const;
    void sent(std::size_t bytes) { outstanding_ += bytes; }
    void arrived(std::size_t bytes);
    // There is more to send; or not.
    void set_busy(bool is_busy);
    // What the path is like, now.
    void measured(Milliseconds round_trip, Moment now);

    [[nodiscard]] std::size_t outstanding() const { return outstanding_; }
    [[nodiscard]] Milliseconds queueing() const { return queueing_; }
    [[nodiscard]] const Window& own() const { return window_; }

  private:
    BulkShare& share_;
    Window window_;
    LeastRoundTrip least_;
    Milliseconds queueing_{0};
    std::size_t outstanding_ = 0;
};

}  // namespace direct::udp
