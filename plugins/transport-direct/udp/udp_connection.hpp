// SPDX-License-Identifier: AGPL-3.0-or-later
// A connection over the wire: ENet's datagrams go out plain until both ends have keys, then sealed;
// the peer's address is followed when it changes.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "../end.hpp"
#include "enet_link.hpp"
#include "path.hpp"
#include "seal.hpp"
#include "wire.hpp"

namespace direct::udp {

class Caller;

// All [io-thread].
class UdpConnection final : public End, private EnetLink::Owner {
  public:
    // What a listener wants to know of those that it let in.
    struct Hooks {
        std::function<void()> up;        // it is a connection from now on
        std::function<bool()> may_stay;  // asked once, when it gets its keys
        std::function<void()> gone;
    };

    UdpConnection(boost::asio::io_context& io, std::shared_ptr<Line> line,
                  std::shared_ptr<BulkShare> share);
    ~UdpConnection() override;

    // Before begin(): who let it in; or how it gets in.
    void is_let_in(std::shared_ptr<Wire> wire, std::uint64_t number, const Endpoint& peer,
                   Hooks hooks);
    void calls(std::shared_ptr<Caller> caller, std::chrono::milliseconds patience);

    void begin() override;
    void flush() override;
    void protect(const Key& send, const Key& receive) override;
    void close(const std::string& reason) override;
    void drop() override;

    [[nodiscard]] bool was_up() const { return was_up_; }
    // It was closed here, and only the goodbye is left; leave() leaves that out.
    [[nodiscard]] bool is_parting() const { return is_closing_ && !has_ended(); }
    void leave() { link_down(false); }
    [[nodiscard]] bool is_protected() const { return opener_.has_value(); }
    [[nodiscard]] const Endpoint& peer() const { return peer_; }
    [[nodiscard]] std::uint64_t number() const { return number_; }

  private:
    void be_patient();
    void start_link(bool calls);
    void receive(const Datagram& datagram, const Endpoint& from);
    void receive_content(Bytes content, const Endpoint& from);
    void take(Bytes datagram);
    void send_content(Kind kind, Bytes content, const Endpoint& to);
    [[nodiscard]] bool fill();
    void run();
    void tick();
    void tick_in(std::chrono::milliseconds time);
    void look_for_silence();
    void note_figures();
    [[nodiscard]] bool say_goodbye();

    void carry(Bytes datagram) override;
    void link_up() override;
    void link_message(std::uint32_t channel, std::string_view message) override;
    bool link_has_room() override;
    void link_down(bool is_goodbye) override;
    void link_abused() override;

    boost::asio::io_context& io_;
    boost::asio::steady_timer timer_, patience_;
    std::shared_ptr<BulkShare> share_;
    std::shared_ptr<Wire> wire_;
    std::shared_ptr<Caller> caller_;
    std::chrono::milliseconds patience_time_{10'000};  // until the link is up
    Hooks hooks_;
    std::uint64_t number_ = 0;
    Endpoint peer_;
    PathCheck path_;
    std::unique_ptr<EnetLink> link_;
    std::optional<std::chrono::steady_clock::time_point> due_;  // of the next tick
    std::optional<Sealer> sealer_;
    std::optional<Opener> opener_;
    bool called_ = false;        // we have connected to the peer
    bool seals_ = false;         // what we send is sealed
    bool wants_sealed_ = false;  // the peer has begun to seal
    bool has_arrivals_ = false;  // that the link was not asked for yet
    bool was_up_ = false, is_silent_ = false, is_closing_ = false, has_said_goodbye_ = false;
    std::string reason_, peers_reason_;
};

}  // namespace direct::udp
