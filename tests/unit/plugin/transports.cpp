// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/transports.hpp"

#include <deque>
#include <nlohmann/json.hpp>
#include <thread>

#include "kernel/base/limits.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

// A transport whose events the test makes happen, each on a thread that is none of the kernel's.
struct FakeTransport {
    std::vector<std::string> calls;
    const sz_transport_events* events = nullptr;
    sz_status next_status = SZ_OK;
    sz_transport_handle last = 0;
    sz_transport table{};
    const sz_transport* items[1]{&table};
    sz_transports list{sizeof(sz_transports), 1, items};

    static FakeTransport& of(const void* self) {
        return *static_cast<FakeTransport*>(const_cast<void*>(self));
    }
    sz_status open(const char* what, sz_str url, const sz_transport_events* to,
                   sz_transport_handle* out) {
        calls.push_back(what + (" " + std::string(url.data, url.size)));
        events = to;
        if (next_status == SZ_OK) *out = ++last;
        return next_status;
    }
    FakeTransport() {
        table.size = sizeof table;
        table.name = "fake";
        table.title = "A transport of the test";
        table.schemes = "fake pipe";
        table.self = this;
        table.listen = [](const void* self, sz_str url, sz_str, const sz_transport_events* to,
                          sz_transport_handle* out,
                          const sz_findings*) { return of(self).open("listen", url, to, out); };
        table.connect = [](const void* self, sz_str url, sz_str, const sz_transport_events* to,
                           sz_transport_handle* out,
                           const sz_findings*) { return of(self).open("connect", url, to, out); };
        table.send = [](const void* self, sz_transport_handle handle, std::uint32_t channel,
                        sz_bytes message) {
            of(self).calls.push_back("send " + std::to_string(handle) + ' ' +
                                     std::to_string(channel) + ' ' + std::to_string(message.size));
            return of(self).next_status;
        };
        table.protect = [](const void* self, sz_transport_handle, sz_bytes send, sz_bytes receive) {
            of(self).calls.push_back("protect " + std::to_string(send.data[0]) + ' ' +
                                     std::to_string(receive.data[0]));
            return of(self).next_status;
        };
        table.statistics = [](const void*, sz_transport_handle, sz_sink out) {
            return out.write(out.self, R"({"round_trip_ms":7})", 19);
        };
        table.close = [](const void* self, sz_transport_handle handle, sz_str reason) {
            of(self).calls.push_back("close " + std::to_string(handle) + ' ' +
                                     std::string(reason.data, reason.size));
            return SZ_OK;
        };
    }
};

sz_str text(std::string_view said) { return {said.data(), said.size()}; }

// The kernel's thread and what happened on it.
struct Place {
    FakeTransport fake;
    KernelThread kernel;
    PluginTransports transports{kernel};
    std::unique_ptr<TransportListener> listener;
    std::vector<std::unique_ptr<TransportConnection>> connections;
    std::vector<std::string> heard;

    Place() {
        run([&] { CHECK(transports.add("org.example.fake", &fake.list)); });
    }
    ~Place() {
        run([&] {
            connections.clear();
            listener.reset();
            transports.remove("org.example.fake");
        });
    }
    void run(const std::function<void()>& work) { kernel.run_and_wait(work); }
    // As the transport's own thread would, then lets the kernel look at it.
    void happens(const std::function<void(const sz_transport_events&)>& event) {
        std::thread([&] { event(*fake.events); }).join();
        run([] {});
    }
    TransportConnection::Events ears(const std::string& name) {
        return {[this, name](const std::string& peer) { note(name + " connected " + peer); },
                [this, name](std::uint32_t channel, std::string message) {
                    note(name + " message " + std::to_string(channel) + ' ' + message);
                },
                [this, name](std::uint32_t channel) {
                    note(name + " writable " + std::to_string(channel));
                },
                [this, name](PathState state, const std::string& peer) {
                    note(name + " path " + std::to_string(static_cast<int>(state)) + peer);
                },
                [this, name](const TransportStep& step) {
                    note(name + " step " + step.name + ' ' + step.state + ' ' + step.message);
                },
                [this, name](const TransportEnd& end) {
                    note(name + " ended " + std::to_string(static_cast<int>(end.cause)) + ' ' +
                         end.error.code + ' ' + end.reason);
                }};
    }
    void note(std::string what) {
        CHECK(kernel.is_current());
        heard.push_back(std::move(what));
    }
    void listen() {
        run([&] {
            TransportListener::Events events;
            events.listening = [this](const TransportListener::Address& address) {
                note("listening " + address.urls.at(0) + ' ' + std::to_string(address.port) + ' ' +
                     address.protocol);
            };
            events.candidate = [this](const TransportListener::Candidate& candidate) {
                note("candidate " + candidate.url + ' ' + candidate.family + ' ' + candidate.scope);
            };
            events.accepted = [this](std::unique_ptr<TransportConnection> one,
                                     const std::string& peer) {
                note("accepted " + peer);
                one->on(ears("guest"));
                connections.push_back(std::move(one));
            };
            events.ended = [this](const TransportEnd& end) { note("door " + end.error.code); };
            auto opened = transports.listen("fake://here", Json::object(), std::move(events));
            REQUIRE(opened);
            listener = *std::move(opened);
        });
    }
    void connect() {
        run([&] {
            auto opened = transports.connect("FAKE://there", Json::object(), ears("caller"));
            REQUIRE(opened);
            connections.push_back(*std::move(opened));
        });
    }
};

}  // namespace

TEST_CASE("what happens on a connection comes on the kernel's thread, in order") {
    Place place;
    place.connect();
    place.happens([](const sz_transport_events& to) {
        to.step(to.self, 1, text(R"({"step":"resolve","state":"done","message":"Found."})"));
        to.connected(to.self, 1, text(R"({"peer":"fake://there"})"));
        to.message(to.self, 1, SZ_CHANNEL_BULK, {reinterpret_cast<const uint8_t*>("abc"), 3});
        to.writable(to.self, 1, SZ_CHANNEL_PLAY);
        to.path(to.self, 1, SZ_PATH_CHANGED, text(R"({"peer":"!"})"));
        to.closed(to.self, 1, SZ_CLOSED_PEER, text(R"({"code":"X-1","reason":"bored"})"));
        to.message(to.self, 1, SZ_CHANNEL_PLAY, {reinterpret_cast<const uint8_t*>("late"), 4});
    });
    CHECK(place.heard == std::vector<std::string>{"caller step resolve done Found.",
                                                  "caller connected fake://there",
                                                  "caller message 1 abc", "caller writable 0",
                                                  "caller path 2!", "caller ended 1 X-1 bored"});
}

TEST_CASE("what a listener lets in is a connection of its own, and stays when it closes") {
    Place place;
    place.listen();
    place.happens([](const sz_transport_events& to) {
        to.listening(to.self, 1, text(R"({"urls":["fake://here:7"],"port":7,"protocol":"udp"})"));
        to.candidate(to.self, 1, text(R"({"url":"fake://a","family":"ipv4","scope":"home"})"));
        to.accepted(to.self, 1, 2, text(R"({"peer":"fake://guest"})"));
    });
    place.run([&] { place.listener.reset(); });
    place.happens([](const sz_transport_events& to) {
        to.closed(to.self, 1, SZ_CLOSED_HERE, text("{}"));
        to.message(to.self, 2, SZ_CHANNEL_PLAY, {reinterpret_cast<const uint8_t*>("hi"), 2});
        to.accepted(to.self, 1, 3, text("{}"));
    });
    CHECK(place.heard == std::vector<std::string>{"listening fake://here:7 7 udp",
                                                  "candidate fake://a ipv4 home",
                                                  "accepted fake://guest", "guest message 0 hi"});
    // Who comes when nobody listens any more is turned away.
    CHECK(place.fake.calls == std::vector<std::string>{"listen fake://here", "close 1 ",
                                                       "close 3 Nobody is at the table any more."});
}

TEST_CASE("sending, protecting and figures reach the transport") {
    Place place;
    place.connect();
    place.run([&] {
        auto& connection = *place.connections.at(0);
        CHECK(connection.send(SZ_CHANNEL_PLAY, "four").value());
        place.fake.next_status = SZ_ERR_LIMIT;
        CHECK_FALSE(connection.send(SZ_CHANNEL_PLAY, "four").value());
        place.fake.next_status = SZ_ERR_NOT_FOUND;
        CHECK(connection.send(SZ_CHANNEL_PLAY, "four").error().code == "SZ-NET-102");
        place.fake.next_status = SZ_ERR_UNSUPPORTED;
        CHECK(connection.protect({1}, {2}).error().code == "SZ-NET-103");
        place.fake.next_status = 77;
        CHECK(connection.send(SZ_CHANNEL_PLAY, "four").error().code == "SZ-PLUGIN-061");
        CHECK(connection.statistics() == Json{{"round_trip_ms", 7}});
        connection.close(std::string(2000, 'x'));
    });
    CHECK(place.fake.calls.at(1) == "send 1 0 4");
    CHECK(place.fake.calls.at(4) == "protect 1 2");
    CHECK(place.fake.calls.back() == "close 1 " + std::string(1000, 'x'));
}

TEST_CASE("a peer that floods us is let go at the limit, not before") {
    Place place;
    place.connect();
    const std::string whole(16'384, 'f');
    const std::size_t room = limits::transport_queue_bytes_max / (whole.size() + 256);
    // The kernel is busy meanwhile, and looks at nothing.
    place.run([&] {
        std::thread([&] {
            const auto& to = *place.fake.events;
            for (std::size_t i = 0; i < room + 3; ++i)
                to.message(to.self, 1, SZ_CHANNEL_PLAY,
                           {reinterpret_cast<const uint8_t*>(whole.data()), whole.size()});
        }).join();
    });
    place.run([] {});
    REQUIRE(place.heard.size() == room + 1);
    CHECK(place.heard.back() == "caller ended 4 SZ-NET-104 ");
    CHECK(place.fake.calls.back() == "close 1 You sent more than could be taken in.");
}

TEST_CASE("a table that is broken, and a scheme that is taken, are refused") {
    Place place;
    FakeTransport other;
    const auto add = [&](const std::string& code) {
        place.run([&] {
            const auto added = place.transports.add("org.example.other", &other.list);
            REQUIRE_FALSE(added);
            CHECK(added.error().code == code);
        });
    };
    other.table.name = "other";
    add("SZ-PLUGIN-036");  // fake:// is somebody else's
    other.table.schemes = "udp udp";
    add("SZ-PLUGIN-036");
    other.table.schemes = "1udp";
    add("SZ-PLUGIN-036");
    other.table.schemes = "udp";
    other.table.send = nullptr;
    add("SZ-PLUGIN-036");
    other.table.send = place.fake.table.send;
    other.table.size -= 1;
    add("SZ-PLUGIN-036");
    other.table.size += 1;
    place.run([&] { CHECK(place.transports.add("org.example.other", &other.list)); });
}

TEST_CASE("an address that no transport takes is answered with those that there are") {
    Place place;
    place.run([&] {
        const auto opened = place.transports.connect("gopher://x", Json::object(), {});
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == "SZ-NET-101");
        CHECK(opened.error().hint == "An address begins with one of fake://, pipe://.");
        CHECK(place.transports.connect("nonsense", Json::object(), {}).error().code ==
              "SZ-NET-101");
        place.fake.next_status = SZ_ERR_INVALID;
        CHECK(place.transports.connect("fake://x", Json::object(), {}).error().code ==
              "SZ-NET-105");
    });
}

TEST_CASE("what a transport says while its plugin ends is heard by nobody, and does no harm") {
    Place place;
    place.connect();
    place.run([&] { place.transports.remove("org.example.fake"); });
    place.happens([](const sz_transport_events& to) {
        to.message(to.self, 1, SZ_CHANNEL_PLAY, {reinterpret_cast<const uint8_t*>("hi"), 2});
        to.closed(to.self, 1, SZ_CLOSED_HERE, text("{}"));
    });
    CHECK(place.heard.empty());
    place.run([&] {
        CHECK(place.connections.at(0)->send(0, "x").error().code == "SZ-NET-102");
        CHECK(place.transports.list().empty());
    });
}

TEST_CASE("events that are no JSON, or lie about themselves, do no harm") {
    Place place;
    place.connect();
    place.happens([](const sz_transport_events& to) {
        to.connected(to.self, 1, text("no JSON"));
        to.connected(to.self, 99, text("{}"));
        to.message(to.self, 1, 12, {reinterpret_cast<const uint8_t*>("hi"), 2});
        to.path(to.self, 1, 55, text("[]"));
        to.step(to.self, 1, text(R"({"step":7,"message":"a\nb"})"));
        to.closed(to.self, 1, 66, text(R"({"message":12})"));
    });
    CHECK(place.heard == std::vector<std::string>{"caller connected ", "caller path 2",
                                                  "caller step   a b",
                                                  "caller ended 2 SZ-NET-102 "});
}
