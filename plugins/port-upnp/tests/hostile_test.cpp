// SPDX-License-Identifier: AGPL-3.0-or-later
// Whatever answers in a network may say that it is the router.
#include <sz/cpp/testing.hpp>

#include <atomic>
#include <chrono>

#include "../limits.hpp"
#include "home_router.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace upnp::test;
using sz::plugin::str;
using sz::plugin::TextSink;
using sz::plugin::testing::FindingList;
using sz::plugin::testing::LoadedPlugin;

namespace {

// What the mapper says of a router that answers like that.
sz::plugin::Fault fault_of(const FakeRouter::Answer& answer, int patience_ms = 4000) {
    const FakeRouter router(answer);
    auto request = request_to(router);
    request["patience_ms"] = patience_ms;
    return Mapper().fault(request);
}

// As a home router, but for one action.
sz::plugin::Fault fault_when(const std::string& what, const FakeRouter::Answer& answer,
                             int patience_ms = 4000) {
    HomeRouter home;
    return fault_of(
        [&](const Asked& asked, tcp::socket& socket) {
            if (asked.what == what) return answer(asked, socket);
            write(socket, home.answer(asked));
        },
        patience_ms);
}

struct Stop {
    int left;
    sz_progress table{sizeof(sz_progress), 0, this,
                      [](void* self, std::uint64_t, std::uint64_t, sz_str) -> sz_status {
                          return --static_cast<Stop*>(self)->left < 0 ? SZ_ERR_CANCELLED : SZ_OK;
                      }};
};

}  // namespace

TEST_CASE("nonsense for a description is said to be nonsense") {
    const auto say = [](std::string text) {
        return fault_of([text](const Asked&, tcp::socket& socket) { write(socket, text); });
    };
    std::string everything;
    for (int byte = 0; byte < 256; ++byte) everything += static_cast<char>(byte);
    for (const std::string& text :
         {http("200 OK", ""), http("200 OK", "hello"), http("200 OK", "<root><device></root>"),
          http("200 OK", everything), http("404 Not Found", description()),
          http("200 OK", std::string(100'000, '<')),
          http("302 Found", "").insert(17, "Location: http://127.0.0.1:1/x\r\n"), everything,
          std::string("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
          std::string("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")}) {
        const auto fault = say(text);
        INFO(text.substr(0, 60));
        CHECK(fault.code == "SZ-PORT-005");
        CHECK(fault.message.find("makes no sense") != std::string::npos);
    }
    CHECK(say("").message.find("stopped answering") != std::string::npos);
}

TEST_CASE("an answer has a limit, at which it is still read") {
    const auto of_size = [](std::size_t bytes) {
        HomeRouter home;
        const FakeRouter router([&](const Asked& asked, tcp::socket& socket) {
            std::string page = description();
            page.resize(bytes, ' ');
            write(socket,
                  asked.what == "GET /desc.xml" ? http("200 OK", page) : home.answer(asked));
        });
        return Mapper().fault(request_to(router));
    };
    CHECK(of_size(upnp::limits::answer_bytes_max).code.empty());
    const auto fault = of_size(upnp::limits::answer_bytes_max + 1);
    INFO(fault.message);
    CHECK(fault.code == "SZ-PORT-005");
}

TEST_CASE("an answer without an end is given up at the limit") {
    std::size_t taken = 0;
    const auto fault = fault_of([&](const Asked&, tcp::socket& socket) {
        write(socket, "HTTP/1.1 200 OK\r\n\r\n");
        const std::string block(64 * 1024, 'x');
        boost::system::error_code error;
        while (!error) taken += asio::write(socket, asio::buffer(block), error);
    });
    CHECK(fault.code == "SZ-PORT-005");
    CHECK(taken < 64U * 1024 * 1024);  // what sockets take besides
}

TEST_CASE("silence and dripping end with the caller's patience") {
    const auto began = std::chrono::steady_clock::now();
    SECTION("silence from the beginning") {
        const auto fault =
            fault_of([](const Asked&, tcp::socket& socket) { wait_until_gone(socket); }, 300);
        CHECK(fault.code == "SZ-PORT-005");
        CHECK(fault.message.find("stopped answering") != std::string::npos);
    }
    SECTION("a byte now and then") {
        const auto fault = fault_of(
            [](const Asked&, tcp::socket& socket) {
                write(socket, "HTTP/1.1 200 OK\r\n\r\n");
                boost::system::error_code error;
                while (!error) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(10));
                    asio::write(socket, asio::buffer("x", 1), error);
                }
            },
            300);
        CHECK(fault.code == "SZ-PORT-005");
    }
    SECTION("silence half-way") {
        const auto fault = fault_when(
            "AddPortMapping", [](const Asked&, tcp::socket& socket) { wait_until_gone(socket); },
            500);
        CHECK(fault.code == "SZ-PORT-005");
        CHECK(fault.message == "The router “Test & Co router (T1)” stopped answering.");
    }
    // miniupnpc itself would wait for five seconds, and after every byte anew
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(4));
}

TEST_CASE("a page that is no answer is not taken for a yes") {
    for (const char* action : {"GetStatusInfo", "GetExternalIPAddress", "AddPortMapping"}) {
        for (const std::string& text :
             {http("200 OK", ""), http("200 OK", "<html>Please log in</html>"),
              http("401 Unauthorized", ""), std::string("\r\n\r\n"), soap("SomethingElse")}) {
            const auto fault =
                fault_when(action, [&](const Asked&, tcp::socket& socket) { write(socket, text); });
            INFO(action << " " << text);
            CHECK(fault.code == "SZ-PORT-005");
        }
    }
}

TEST_CASE("an address that is none is nonsense") {
    HomeRouter router;
    router.address = "a friend of a friend";
    CHECK(Mapper().fault(request_to(router.server)).code == "SZ-PORT-005");
}

TEST_CASE("a router that says yes and does nothing is found out") {
    HomeRouter router;
    SECTION("nothing is in its list") {
        router.instead = [](const Asked& asked) {
            return asked.what == "AddPortMapping" ? soap("AddPortMapping") : std::string();
        };
    }
    SECTION("it forwards to somebody else") {
        router.instead = [&](const Asked& asked) {
            if (asked.what == "AddPortMapping") {
                router.list[41'977] = {"192.168.1.66", 41'977, 0};
                return soap("AddPortMapping");
            }
            return std::string();
        };
    }
    const auto fault = Mapper().fault(request_to(router.server));
    CHECK(fault.code == "SZ-PORT-005");
    CHECK(fault.message.find("and does not") != std::string::npos);
}

TEST_CASE("a description that points to another machine sends nobody there") {
    HomeRouter victim_home;
    const FakeRouter victim(
        [&](const Asked& asked, tcp::socket& socket) { write(socket, victim_home.answer(asked)); },
        "127.0.0.2");
    const auto fault = fault_of([&](const Asked&, tcp::socket& socket) {
        write(socket, http("200 OK", description(victim.url("/control"))));
    });
    CHECK(fault.code == "SZ-PORT-005");
    CHECK(fault.message.find("another machine") != std::string::npos);
    // nor by a redirection
    (void)fault_of([&](const Asked&, tcp::socket& socket) {
        write(socket,
              "HTTP/1.1 302 Found\r\nLocation: " + victim.url() + "\r\nContent-Length: 0\r\n\r\n");
    });
    CHECK(victim.asked().empty());
}

TEST_CASE("a call that is cancelled ends, and leaves nothing behind") {
    // At each step there is, until one has enough of them.
    for (int steps = 0; steps < 100; ++steps) {
        HomeRouter router;
        Stop stop{steps};
        const auto answer = Mapper().map(request_to(router.server), Progress(&stop.table));
        if (answer) {
            CHECK(steps > 4);
            CHECK(router.list.size() == 1);
            return;
        }
        INFO(steps);
        CHECK(answer.error().status == SZ_ERR_CANCELLED);
        CHECK(router.list.empty());
    }
    FAIL("it never came to its end");
}

TEST_CASE("what a router was doing when the call was cancelled is taken back") {
    HomeRouter home;
    std::atomic<bool> is_busy = false;
    {
        const FakeRouter router([&](const Asked& asked, tcp::socket& socket) {
            const std::string answer = home.answer(asked);
            if (asked.what != "AddPortMapping") return write(socket, answer);
            is_busy = true;
            wait_until_gone(socket);
        });
        const sz_progress until_busy{
            sizeof(sz_progress), 0, &is_busy,
            [](void* self, std::uint64_t, std::uint64_t, sz_str) -> sz_status {
                return *static_cast<std::atomic<bool>*>(self) ? SZ_ERR_CANCELLED : SZ_OK;
            }};
        const auto answer = Mapper().map(request_to(router), Progress(&until_busy));
        REQUIRE_FALSE(answer);
        CHECK(answer.error().status == SZ_ERR_CANCELLED);
    }
    CHECK(home.list.empty());
}

TEST_CASE("the library says what is wrong with a request") {
    const sz::test::TempDir folder;
    const LoadedPlugin plugin(SZ_BUILD "/plugins/org.sessionzero.port-upnp/port_upnp.so",
                              folder.path().string());
    const auto& mapper = plugin.extension<sz_port_mapper>(SZ_PORT_MAPPER_ID);
    CHECK(std::string(mapper.name) == "upnp");
    FindingList findings;
    TextSink out;
    CHECK(mapper.map(mapper.self, str("{}"), out.table(), nullptr, findings.table()) ==
          SZ_ERR_INVALID);
    CHECK(mapper.unmap(mapper.self, str("[]"), 1000, findings.table()) == SZ_ERR_INVALID);
    REQUIRE(findings.items.size() == 2);
    CHECK(findings.items[0].code == "SZ-PORT-006");
    CHECK(findings.items[0].pointer == "/protocol");
    CHECK(findings.items[1].code == "SZ-PORT-006");
    CHECK(out.text.empty());
}
