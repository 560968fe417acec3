// SPDX-License-Identifier: AGPL-3.0-or-later
// From a connection of a transport to two that know each other: the handshake, and at the called
// side the first word of who has called. No longer than its deadlines; a stranger costs little.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/net/greeting.hpp"
#include "kernel/net/handshake.hpp"
#include "kernel/net/meeting/place.hpp"

namespace sz::net {

struct Introduced {
    std::unique_ptr<TransportConnection> path;  // its events are to be taken at once
    std::optional<SecureChannel> channel;       // of who has called
    std::optional<Greeting> greeting;           // of who was called
};

// [kernel-thread]
class Introduction : public std::enable_shared_from_this<Introduction> {
  public:
    using Done = std::function<void(Result<Introduced>)>;  // once; not after stop()
    using Step = std::function<void(const TransportStep&)>;

    // Calls `url`. `options` are the transport's. What is wrong with the address at once is
    // returned: SZ-NET-101, or the transport's.
    [[nodiscard]] static Result<std::shared_ptr<Introduction>> call(
        Place& place, const std::string& url, const Json& options,
        std::vector<ExpectedPeer> expected, Step step, Done done);
    // Somebody has called.
    [[nodiscard]] static std::shared_ptr<Introduction> answer(
        Place& place, std::unique_ptr<TransportConnection> path, Done done);

    Introduction(Place& place, Step step, Done done)
        : place_(place), step_(std::move(step)), done_(std::move(done)), alarm_(place.thread) {}
    // Nothing is said any more; the connection ends.
    void stop();

  private:
    [[nodiscard]] Status prepare(noise::Role role);
    [[nodiscard]] TransportConnection::Events ears();
    void connected();
    void received(std::uint32_t channel, const std::string& message);
    void received_greeting(std::uint32_t channel, const std::string& message);
    void shake(Result<std::optional<Packet>> answer);
    void finish_handshake();
    void protect();
    void watch();
    void fail_with(const Error& error);
    void finish(Result<Introduced> result);
    void tell_step(const char* state, const std::string& message, const std::string& hint = {});

    Place& place_;
    Step step_;
    Done done_;
    Alarm alarm_;
    std::vector<ExpectedPeer> expected_;
    std::unique_ptr<TransportConnection> path_;
    std::optional<Handshake> handshake_;
    std::optional<WireKeys> keys_;
    std::optional<Greeting> greeting_;
};

}  // namespace sz::net
