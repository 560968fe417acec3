// SPDX-License-Identifier: AGPL-3.0-or-later
// ENet alone: one thread an end, which waits in ENet and sends from there.
#include <enet/enet.h>
#include <enet/time.h>

#include <atomic>
#include <cstring>
#include <thread>

#include "tests/bench/net/side.hpp"
#include "tests/bench/net/stop.hpp"

namespace sz::netbench {

namespace {

constexpr std::size_t channels = 2;
constexpr std::size_t on_way_max = 256 * 1024;  // as a channel of the transport holds
constexpr enet_uint32 wait_ms = 100;

struct Destroy {
    void operator()(ENetHost* host) const noexcept { enet_host_destroy(host); }
};
using Host = std::unique_ptr<ENetHost, Destroy>;
using Packet = std::unique_ptr<ENetPacket, void (*)(ENetPacket*)>;

ENetAddress loopback(std::uint16_t port) { return {ENET_HOST_TO_NET_32(0x7f000001), port}; }

// `on_way`: counts what nobody has confirmed.
void send(ENetPeer* peer, std::uint32_t channel, std::string_view message, std::size_t* on_way) {
    ENetPacket* packet =
        enet_packet_create(message.data(), message.size(), ENET_PACKET_FLAG_RELIABLE);
    if (on_way != nullptr) {
        *on_way += message.size();
        packet->userData = on_way;
        packet->freeCallback = [](ENetPacket* gone) {
            *static_cast<std::size_t*>(gone->userData) -= gone->dataLength;
        };
    }
    if (enet_peer_send(peer, static_cast<enet_uint8>(channel), packet) != 0)
        stop_with("ENet sends nothing.");
}

class EnetAnswerer final : public Answerer {
  public:
    EnetAnswerer() {
        ENetAddress here = loopback(0);
        host_.reset(enet_host_create(&here, 8, channels, 0, 0));
        if (host_ == nullptr || enet_socket_get_address(host_->socket, &here) != 0)
            stop_with("ENet has no socket.");
        port_ = here.port;
        thread_ = std::thread([this] {
            while (!is_over_) serve();
        });
    }
    ~EnetAnswerer() override {
        is_over_ = true;
        thread_.join();
    }
    std::uint16_t port() const override { return port_; }

  private:
    void serve() {
        ENetEvent event;
        if (enet_host_service(host_.get(), &event, wait_ms) <= 0 ||
            event.type != ENET_EVENT_TYPE_RECEIVE)
            return;
        const Packet packet(event.packet, enet_packet_destroy);
        const std::string_view message(reinterpret_cast<const char*>(packet->data),
                                       packet->dataLength);
        if (message[0] == more_word) return;
        if (message[0] == echo_word) send(event.peer, event.channelID, message, nullptr);
        if (message[0] == span_word) send(event.peer, 0, {&taken_word, 1}, nullptr);
        enet_host_flush(host_.get());
    }
    Host host_;
    std::uint16_t port_ = 0;
    std::atomic<bool> is_over_{false};
    std::thread thread_;
};

class EnetSide final : public Side {
  public:
    explicit EnetSide(std::uint16_t port) {
        const ENetAddress there = loopback(port);
        host_.reset(enet_host_create(nullptr, 1, channels, 0, 0));
        if (host_ != nullptr) peer_ = enet_host_connect(host_.get(), &there, channels, 0);
        if (peer_ == nullptr) stop_with("ENet does not connect.");
        ENetEvent event;
        if (enet_host_service(host_.get(), &event, 5000) <= 0) stop_with("ENet found nobody.");
    }
    std::vector<double> echo(std::size_t bytes, std::size_t count) override {
        const std::string message(bytes, echo_word);
        std::vector<double> times;
        times.reserve(count);
        while (times.size() < count) {
            const auto begun = Clock::now();
            send(peer_, 0, message, &on_way_);
            enet_host_flush(host_.get());
            if (await() != message) stop_with("ENet brought something else.");
            times.push_back(
                std::chrono::duration<double, std::micro>(Clock::now() - begun).count());
        }
        return times;
    }
    double stream(const Stream& what) override {
        std::string message(what.bytes, more_word);
        const auto begun = Clock::now();
        std::size_t sent = 0;
        for (std::size_t taken = 0; taken < what.spans();) {
            while (sent < what.count && on_way_ + what.bytes <= on_way_max &&
                   sent / what.messages_in_span() < taken + spans_on_way) {
                message[0] = what.word(sent++);
                send(peer_, what.channel, message, &on_way_);
            }
            ENetEvent event;
            if (enet_host_service(host_.get(), &event, 1) > 0) taken += take(event).size();
        }
        return std::chrono::duration<double>(Clock::now() - begun).count();
    }

  private:
    static std::string take(const ENetEvent& event) {
        if (event.type != ENET_EVENT_TYPE_RECEIVE) stop_with("ENet lost the connection.");
        const Packet packet(event.packet, enet_packet_destroy);
        return {reinterpret_cast<const char*>(packet->data), packet->dataLength};
    }
    std::string await() {
        ENetEvent event;
        while (enet_host_service(host_.get(), &event, wait_ms) <= 0) {
        }
        return take(event);
    }
    std::size_t on_way_ = 0;
    Host host_;  // its packets count above
    ENetPeer* peer_ = nullptr;
};

}  // namespace

std::unique_ptr<Answerer> enet_answerer() { return std::make_unique<EnetAnswerer>(); }
std::unique_ptr<Side> enet_side(std::uint16_t port) { return std::make_unique<EnetSide>(port); }

}  // namespace sz::netbench
