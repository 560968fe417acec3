// SPDX-License-Identifier: AGPL-3.0-or-later
// The door of a listener. Who greets gets a cookie, and no memory is spent on them; who brings it
// back is let in. There is a limit on those that have not proven who they are yet, in all and from
// one home: past it one of them has to go, the oldest of the home that has most, so that nobody can
// lock others out.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>

#include "../ends.hpp"
#include "../options.hpp"
#include "cookie.hpp"
#include "udp_connection.hpp"
#include "wire.hpp"

namespace direct::udp {

inline constexpr std::size_t unproven_max = 256;
inline constexpr std::size_t unproven_from_one_max = 64;  // an IPv4 address, a /48 of IPv6

// All [io-thread].
class UdpListener final : public End {
  public:
    UdpListener(Ends& all, std::shared_ptr<Line> line, Address where, const Options& options,
                std::shared_ptr<BulkShare> share);
    ~UdpListener() override;

    void begin() override;
    void close(const std::string& reason) override;
    void drop() override;

  private:
    struct Guest {
        std::uint64_t number;
        std::string from;  // what counts as one home
        std::weak_ptr<UdpConnection> connection;
        bool is_proven = false;
    };
    using Guests = std::list<Guest>;  // the oldest first

    void open(const Endpoint& here);
    void knock(const Datagram& datagram, const Endpoint& from);
    void knock(const Hello& hello, const Endpoint& from);
    void knock(const Open& open, const Endpoint& from);
    void let_in(const Nonce& nonce, const Endpoint& from);
    void make_room_for(const std::string& from);
    [[nodiscard]] bool drop_a_parting();
    void refuse(const Nonce& nonce, Refusal why, const Endpoint& from);
    [[nodiscard]] bool proves(std::uint64_t number);
    void left(std::uint64_t number);
    [[nodiscard]] Guests::iterator find(std::uint64_t number);

    Ends& all_;
    Address where_;
    Options options_;
    std::shared_ptr<BulkShare> share_;
    boost::asio::ip::udp::resolver resolver_;
    std::shared_ptr<Wire> wire_;
    CookieJar cookies_;
    Guests guests_;
    std::size_t proven_ = 0;
    // Whom a repeated “open” is of: an answer may be lost.
    std::map<std::pair<Endpoint, Nonce>, std::uint64_t> let_in_;
};

}  // namespace direct::udp
