// SPDX-License-Identifier: AGPL-3.0-or-later
// Two links, and a way between them that does what a test wants.
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "../udp/enet_link.hpp"
#include "tests/support/catch.hpp"

using namespace direct::udp;

namespace {

using Datagrams = std::vector<std::vector<std::uint8_t>>;

struct End final : EnetLink::Owner {
    boost::asio::io_context& io;
    BulkShare share;
    std::unique_ptr<EnetLink> link;
    Datagrams out;
    std::vector<std::string> got;  // messages
    bool is_down = false;

    End(boost::asio::io_context& context, bool calls) : io(context) {
        link = *EnetLink::create(io, *this, share, calls);
    }
    void carry(Bytes datagram) override { out.emplace_back(datagram.begin(), datagram.end()); }
    void link_up() override {}
    void link_message(std::uint32_t, std::string_view message) override {
        got.emplace_back(message);
    }
    bool link_has_room() override { return false; }
    void link_down(bool) override { is_down = true; }
    void link_abused() override { is_down = true; }
};

struct Two {
    boost::asio::io_context io;
    End caller{io, true}, called{io, false};
    std::function<bool(Bytes)> is_lost = [](Bytes) { return false; };

    // Everything that is on its way gets there, in one go.
    void exchange() {
        for (End* end : {&caller, &called}) {
            (void)end->link->pump();
            End& other = end == &caller ? called : caller;
            for (const auto& datagram : std::exchange(end->out, {})) {
                if (!is_lost(datagram)) other.link->receive(datagram);
            }
            (void)other.link->pump();
        }
    }
    template <class Holds>
    bool until(Holds holds) {
        const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!holds()) {
            if (caller.is_down || called.is_down || std::chrono::steady_clock::now() > late)
                return false;
            exchange();
        }
        return true;
    }
    void meet() {
        REQUIRE(until([&] { return caller.link->is_up() && called.link->is_up(); }));
    }
};

bool has(Bytes datagram, const std::string& mark) {
    const std::string_view text(reinterpret_cast<const char*>(datagram.data()), datagram.size());
    return text.find(mark) != std::string_view::npos;
}

}  // namespace

TEST_CASE("however many messages come together, all of them are taken") {
    Two two;
    two.meet();
    // Many times as many as a link looks at in one go.
    constexpr std::size_t count = 3000;
    for (std::size_t i = 0; i < count; ++i)
        two.caller.link->send(SZ_CHANNEL_PLAY, std::to_string(i));
    REQUIRE(two.until([&] { return two.called.got.size() >= count; }));
    for (std::size_t i = 0; i < count; ++i) CHECK(two.called.got[i] == std::to_string(i));
}

TEST_CASE("a message that is lost again and again does not stop a channel for good") {
    // As many as 256 KiB and 512 KiB of a thousand bytes, the last of which goes past them.
    const auto wanted =
        GENERATE(std::pair{SZ_CHANNEL_PLAY, 263U}, std::pair{SZ_CHANNEL_BULK, 525U});
    const std::uint32_t channel = wanted.first, most = wanted.second;
    Two two;
    two.meet();
    bool loses = true;
    two.is_lost = [&](Bytes datagram) { return loses && has(datagram, "FIRST"); };
    std::size_t sent = 0;
    const auto send_some = [&] {
        while (two.caller.link->can_take(channel)) {
            std::string message(1000, 'x');
            message.replace(0, 5, sent == 0 ? "FIRST" : "OTHER");
            two.caller.link->send(channel, message);
            ++sent;
        }
    };
    const auto send_more = [&] {
        send_some();
        return sent >= most;
    };
    REQUIRE(two.until(send_more));
    // More would be more than ENet takes at the other end, where all of it waits for the first.
    for (int i = 0; i < 20; ++i) {
        two.exchange();
        send_some();
    }
    CHECK(sent == most);
    CHECK(two.called.got.empty());
    loses = false;
    CHECK(two.until([&] { return two.called.got.size() == sent; }));
    send_some();
    CHECK(sent > most);
}
