// SPDX-License-Identifier: AGPL-3.0-or-later
// Reliable channels over datagrams that get lost: an ENet host with a single peer, which it sees at
// a socket of ours on the loopback device. Beyond that socket we carry its datagrams ourselves.
//
// ENet's own troubles that are dealt with here were measured: its window shrinks to one packet for
// good under loss (the throttle is taken away), its time-out doubles without end (bounded), its
// limits on memory are for trusted peers (lowered).
#pragma once

#include <enet/enet.h>
#include <enet/time.h>
#include <sz/ext/transport.h>

#include <array>
#include <boost/asio/ip/udp.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <sz/cpp/result.hpp>
#include <vector>

#include "ahead.hpp"
#include "bulk_gate.hpp"
#include "datagram.hpp"

namespace direct::udp {

inline constexpr std::size_t enet_window_bytes = 256 * 1024;  // on their way in one direction

class EnetLink {
  public:
    // Who carries its datagrams and gets what comes. Calls come from inside pump(), and must not
    // destroy the link: see let_go().
    class Owner {
      public:
        virtual ~Owner() = default;
        virtual void carry(Bytes datagram) = 0;
        virtual void link_up() = 0;
        virtual void link_message(std::uint32_t channel, std::string_view message) = 0;
        // It may take more: see can_take(). Whether anything was sent.
        [[nodiscard]] virtual bool link_has_room() = 0;
        virtual void link_down(bool is_goodbye) = 0;  // the peer said so, or time is up
        virtual void link_abused() = 0;               // the peer makes ENet keep what nobody sends
    };
    static constexpr std::uint32_t goodbye_channel = 2;  // above SZ_CHANNEL_…: why the peer closes

    // `calls`: begins to connect; the other end waits for that. SZ-TRANSPORT-011: the system gives
    // no more sockets.
    [[nodiscard]] static sz::plugin::Result<std::unique_ptr<EnetLink>> create(
        boost::asio::io_context& io, Owner& owner, BulkShare& share, bool calls);
    EnetLink(const EnetLink&) = delete;
    EnetLink& operator=(const EnetLink&) = delete;

    // What the peer's carry() was given. ENet has it when pump() is called next: several at a time
    // cost little more than one.
    void receive(Bytes datagram);
    [[nodiscard]] bool can_take(std::uint32_t channel) const;
    void send(std::uint32_t channel, std::string_view message);
    void set_bulk_waiting(bool is_waiting) { gate_.set_busy(is_waiting); }
    // Says goodbye when all that was sent has arrived: link_down comes.
    void disconnect();

    // Does what is due. Returns when it is due again, at the latest.
    std::chrono::milliseconds pump();
    // The owner is not called any more.
    void let_go() { owner_ = nullptr; }

    [[nodiscard]] bool is_up() const { return is_up_; }
    [[nodiscard]] bool is_idle() const;  // nothing is on its way out
    [[nodiscard]] std::chrono::milliseconds since_heard() const;
    [[nodiscard]] std::chrono::milliseconds round_trip() const;
    [[nodiscard]] double loss() const;  // 0 … 1

  private:
    EnetLink(Owner& owner, BulkShare& share, boost::asio::ip::udp::socket outside);
    [[nodiscard]] sz::plugin::Status start(bool calls);
    void tame();
    void serve();
    void take_in(Bytes datagram);
    [[nodiscard]] int turn(ENetEvent& event);
    void carry_out();
    void handle(const ENetEvent& event);

    struct Destroy {
        void operator()(ENetHost* host) const noexcept { enet_host_destroy(host); }
    };
    Owner* owner_;
    boost::asio::ip::udp::socket outside_;  // what the host takes for its peer
    std::array<std::size_t, 3> on_way_{};   // bytes by channel
    // What overtook the last word of connecting, which ENet cannot read before that.
    std::vector<std::vector<std::uint8_t>> early_;
    std::array<Ahead, 3> ahead_;
    std::size_t in_turn_ = 0;   // bytes that ENet was given since its last turn
    std::size_t to_carry_ = 0;  // datagrams that ENet has sent and we have not seen yet
    BulkGate gate_;
    ENetPeer* peer_ = nullptr;
    bool is_up_ = false, is_pumping_ = false, has_gone_ = false, has_more_ = false;
    std::unique_ptr<ENetHost, Destroy> host_;  // last: its packets tell the members above
};

}  // namespace direct::udp
