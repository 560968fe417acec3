// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sys/stat.h>

#include <utility>
// Boost.Asio 1.74 uses std::exchange without including <utility> under C++20.
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <vector>

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/bus/socket_client.hpp"
#include "kernel/bus/socket_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/bus/bus_fixture.hpp"

using namespace sz;
using namespace sz::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

struct SocketFixture : BusFixture {
    TempDir dir;
    fs::path path = dir.path() / "run" / "bus.sock";
    std::unique_ptr<SocketServer> server;

    SocketFixture() { serve(); }
    ~SocketFixture() { server.reset(); }
    SocketFixture(const SocketFixture&) = delete;
    SocketFixture& operator=(const SocketFixture&) = delete;

    void serve() {
        thread.run_and_wait([this] {
            auto made = SocketServer::listen(path, "0.1.0", bus, thread);
            if (made) server = std::move(*made);
        });
        if (!server) throw std::runtime_error("no server");
    }
    std::unique_ptr<SocketClient> client() {
        return std::move(SocketClient::connect(path).value());
    }
    std::size_t connections() {
        std::size_t count = 0;
        thread.run_and_wait([&] { count = server->connections(); });
        return count;
    }
};

// A program that need not keep to the rules.
struct RawClient {
    asio::io_context io;
    asio::local::stream_protocol::socket socket{io};
    std::string inbox;

    explicit RawClient(const fs::path& path) {
        socket.connect(asio::local::stream_protocol::endpoint(path.string()));
    }

    bool send(const std::string& text) {
        boost::system::error_code error;
        asio::write(socket, asio::buffer(text), error);
        return !error;
    }
    // The next message, or null when the connection has ended.
    Json next() {
        boost::system::error_code error;
        const auto bytes = asio::read_until(socket, asio::dynamic_buffer(inbox), '\n', error);
        if (error) return nullptr;
        auto message = Json::parse(inbox.substr(0, bytes));
        inbox.erase(0, bytes);
        return message;
    }
};

}  // namespace

TEST_CASE("a client calls over the socket and gets results and errors", "[socket]") {
    SocketFixture f;
    f.add("test.add", [](const Call& call) { call.answer(call.params()["a"].get<int>() + 1); });
    const auto client = f.client();
    CHECK(client->call("test.add", {{"a", 2}}).value() == 3);
    CHECK(client->call("test.add", {{"a", 3}}).value() == 4);
    const auto unknown = client->call("no.such", Json::object());
    CHECK(code_of(unknown) == "SZ-BUS-001");
    CHECK(unknown.error().kind == ErrorKind::usage);
}

TEST_CASE("the socket is its user's alone", "[socket]") {
    SocketFixture f;
    struct stat status {};
    REQUIRE(::stat(f.path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600);
    REQUIRE(::stat(f.path.parent_path().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0700);
}

TEST_CASE("a profile with a very long path has a socket like any other", "[socket]") {
    SocketFixture f;
    f.server.reset();
    f.path = f.dir.path() / std::string(150, 'd') / "run" / "bus.sock";
    f.serve();
    CHECK(f.client()->call("bus.methods", Json::object()));
    f.server.reset();
    CHECK(!fs::exists(f.path));
}

TEST_CASE("topics come over the socket to those who asked, in order", "[socket]") {
    SocketFixture f;
    const auto client = f.client();
    std::vector<std::string> heard;
    REQUIRE(client->subscribe("a.*", [&](const std::string& topic, const Json& message) {
        heard.push_back(topic + message.dump());
    }));
    f.bus.publish("a.x", 1);
    f.bus.publish("b.x", 2);
    f.bus.publish("a.y", 3);
    REQUIRE(client->poll(10s, [&] { return heard.size() >= 2; }));
    CHECK(heard == std::vector<std::string>{"a.x1", "a.y3"});
}

TEST_CASE("a client hears topics while it waits for an answer", "[socket]") {
    SocketFixture f;
    f.add("test.tell", [&](const Call& call) {
        f.bus.publish("a.x", 1);
        f.thread.post([call] { call.answer(2); });
    });
    const auto client = f.client();
    int heard = 0;
    REQUIRE(client->subscribe("a.x", [&](const std::string&, const Json&) { ++heard; }));
    CHECK(client->call("test.tell", Json::object()).value() == 2);
    CHECK(heard == 1);
}

TEST_CASE("a deadline holds over the socket", "[socket]") {
    SocketFixture f;
    std::vector<Call> kept;
    f.add("test.keep", [&](const Call& call) { kept.push_back(call); });
    CHECK(code_of(f.client()->call("test.keep", Json::object(), {20ms})) == "SZ-BUS-003");
    kept.clear();
}

TEST_CASE("calls of one connection do not wait for each other, and can be cancelled", "[socket]") {
    SocketFixture f;
    std::vector<Call> kept;
    f.add("test.keep", [&](const Call& call) { kept.push_back(call); });
    f.add("test.now", [](const Call& call) { call.answer(5); });
    RawClient raw(f.path);
    CHECK(raw.next()["hello"]["protocol"] == 1);
    raw.send("{\"id\":1,\"call\":\"test.keep\"}\n{\"id\":2,\"call\":\"test.now\"}\n");
    CHECK(raw.next() == Json{{"id", 2}, {"result", 5}});
    raw.send("{\"id\":1,\"cancel\":true}\n{\"id\":9,\"cancel\":true}\n");
    const auto cancelled = raw.next();
    CHECK(cancelled["id"] == 1);
    CHECK(cancelled["error"]["code"] == "SZ-BUS-004");
    f.thread.run_and_wait([&] { kept.clear(); });
}

TEST_CASE("after unsubscribing nothing more comes over the socket", "[socket]") {
    SocketFixture f;
    RawClient raw(f.path);
    raw.next();
    raw.send("{\"id\":1,\"subscribe\":\"a\"}\n{\"id\":2,\"subscribe\":\"a\"}\n");
    CHECK(raw.next()["id"] == 1);
    CHECK(raw.next()["id"] == 2);
    f.bus.publish("a", 1);
    CHECK(raw.next() == Json{{"topic", "a"}, {"message", 1}});
    raw.send("{\"id\":3,\"unsubscribe\":\"a\"}\n");
    CHECK(raw.next()["id"] == 3);
    f.bus.publish("a", 2);
    raw.send("{\"id\":4,\"unsubscribe\":\"a\"}\n");
    CHECK(raw.next()["id"] == 4);
}

TEST_CASE(
    "a frame that is no request is answered with the reason and ends its connection, no other",
    "[socket]") {
    SocketFixture f;
    const auto frame =
        GENERATE(as<std::string>{}, "hello\n", "{\"id\":1}\n", "\n",
                 "{\"id\":1,\"call\":\"a\",\"call\":\"b\"}\n", "{\"id\":1,\"call\":\"\xFF\"}\n",
                 "[[[[[[[[[[[[[[[[\n", "GET / HTTP/1.1\r\n\r\n");
    const auto other = f.client();
    RawClient raw(f.path);
    raw.next();
    raw.send(frame);
    CHECK(raw.next()["error"]["code"] == "SZ-BUS-020");
    CHECK(raw.next().is_null());
    CHECK(other->call("bus.methods", Json::object()));
    CHECK(f.connections() == 1);
}

TEST_CASE("two running calls of one connection cannot share an id", "[socket]") {
    SocketFixture f;
    std::vector<Call> kept;
    f.add("test.keep", [&](const Call& call) { kept.push_back(call); });
    RawClient raw(f.path);
    raw.next();
    raw.send("{\"id\":1,\"call\":\"test.keep\"}\n{\"id\":1,\"call\":\"test.keep\"}\n");
    CHECK(raw.next()["error"]["code"] == "SZ-BUS-020");
    CHECK(raw.next().is_null());
    f.settle();  // the end of the connection has cancelled its calls
    f.thread.run_and_wait([&] {
        CHECK(kept.front().is_over());
        kept.clear();
    });
}

TEST_CASE("nesting past the limit is refused, not followed", "[socket]") {
    SocketFixture f;
    RawClient raw(f.path);
    raw.next();
    raw.send("{\"id\":1,\"call\":\"a\",\"params\":" + std::string(100'000, '[') + "\n");
    CHECK(raw.next()["error"]["code"] == "SZ-BUS-020");
}

TEST_CASE("a frame larger than the limit is refused before it ends", "[socket][large]") {
    SocketFixture f;
    RawClient raw(f.path);
    raw.next();
    const std::string piece(limits::mib, 'x');
    for (std::size_t sent = 0; sent <= limits::bus_message_bytes_max && raw.send(piece);
         sent += piece.size()) {
    }
    CHECK(raw.next()["error"]["code"] == "SZ-BUS-020");
}

TEST_CASE("a client that goes takes its calls with it", "[socket]") {
    SocketFixture f;
    std::promise<void> over;
    std::vector<Call> kept;
    f.add("test.keep", [&](const Call& call) {
        kept.push_back(call);
        call.on_over([&] { over.set_value(); });
    });
    {
        RawClient raw(f.path);
        raw.send("{\"id\":1,\"call\":\"test.keep\"}\n");
        raw.next();
        f.client()->call("bus.methods", Json::object()).value();
    }
    over.get_future().wait();
    f.thread.run_and_wait([&] { kept.clear(); });
    CHECK(f.connections() == 0);
}

TEST_CASE("one connection too many is told so", "[socket]") {
    SocketFixture f;
    std::vector<std::unique_ptr<SocketClient>> clients;
    for (std::size_t i = 0; i < limits::bus_connections_max; ++i) clients.push_back(f.client());
    const auto refused = SocketClient::connect(f.path);
    REQUIRE(!refused);
    CHECK(refused.error().code == "SZ-BUS-022");
    CHECK(clients.back()->call("bus.methods", Json::object()));
}

TEST_CASE("a program that calls without reading is read no further, and others go on", "[socket]") {
    SocketFixture f;
    std::atomic<int> calls = 0;
    f.add("test.big", [&](const Call& call) {
        ++calls;
        call.answer(std::string(32 * limits::kib, 'x'));
    });
    RawClient raw(f.path);
    std::string requests;
    for (int i = 0; i < 400; ++i)
        requests += "{\"id\":" + std::to_string(i) + ",\"call\":\"test.big\"}\n";
    raw.send(requests);
    const auto other = f.client();
    for (int i = 0; i < 50; ++i) CHECK(other->call("bus.methods", Json::object()));
    CHECK(calls <
          200);  // 4 MiB unsent are enough to stop, and what the system holds is less than 2 MiB
    raw.next();  // hello
    for (int i = 0; i < 400; ++i) CHECK(raw.next()["id"] == i);
}

TEST_CASE("the socket that a dead kernel left is replaced", "[socket]") {
    SocketFixture f;
    f.server.reset();
    {
        asio::io_context io;
        asio::local::stream_protocol::acceptor dead(
            io, asio::local::stream_protocol::endpoint(f.path.string()));
    }
    REQUIRE(fs::exists(f.path));
    CHECK(SocketClient::connect(f.path).error().code == "SZ-BUS-025");
    f.serve();
    CHECK(f.client()->call("bus.methods", Json::object()));
}

TEST_CASE("what is not a socket is not replaced", "[socket]") {
    SocketFixture f;
    f.server.reset();
    REQUIRE(write_file(f.path, "precious"));
    f.thread.run_and_wait([&] {
        CHECK(SocketServer::listen(f.path, "0.1.0", f.bus, f.thread).error().code == "SZ-BUS-021");
    });
    CHECK(read_file(f.path, 100).value() == "precious");
}

TEST_CASE("a client notices that the kernel has ended", "[socket]") {
    SocketFixture f;
    const auto client = f.client();
    f.server.reset();
    const auto result = client->call("bus.methods", Json::object());
    CHECK(code_of(result) == "SZ-BUS-023");
    CHECK(result.error().kind == ErrorKind::environment);
    CHECK(code_of(client->call("bus.methods", Json::object())) == "SZ-BUS-023");
    CHECK(!fs::exists(f.path));
}

TEST_CASE("nobody listens where no socket is", "[socket]") {
    const TempDir dir;
    CHECK(SocketClient::connect(dir / "none.sock").error().code == "SZ-BUS-025");
}
