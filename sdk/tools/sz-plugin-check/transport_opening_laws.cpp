// SPDX-License-Identifier: AGPL-3.0-or-later
#include <set>
#include <string>
#include <tuple>

#include "transport_laws.hpp"

namespace check {

namespace {

void opens(Bench& bench) {
    const Bench::Pair pair = bench.join();
    expect(pair.client != pair.server && pair.client != pair.listener &&
               pair.server != pair.listener && pair.server != 0,
           "Two of the listener and the two ends have one handle.");
    for (const Handle end : {pair.client, pair.server})
        expect(bench.seen.seen(end).opened.value("peer", Json()).is_string(),
               "`accepted` or `connected` does not name the \"peer\".");
    expect(bench.send(pair.client, SZ_CHANNEL_PLAY, "hello") == SZ_OK,
           "An end that is open takes no message.");
    bench.wait_messages(pair.server, 1);
}

void tells_of_candidates(Bench& bench) {
    std::string url;
    const Handle listener = bench.listen(url);
    const Json said = bench.seen.seen(listener).opened;
    const bool has_port = said.contains("port"), has_protocol = said.contains("protocol");
    expect(has_port == has_protocol, "`listening` has one of \"port\" and \"protocol\" alone.");
    if (!has_port) return;
    expect(said["port"].is_number_unsigned() && said["port"] >= 1 && said["port"] <= 65535,
           "\"port\" is no port: " + said["port"].dump());
    expect(said["protocol"] == "udp" || said["protocol"] == "tcp",
           "\"protocol\" is neither udp nor tcp: " + said["protocol"].dump());
}

// Refused at once, with a finding that a person can read.
template <class Try>
void refuses(const std::string& what, Try attempt) {
    Handle handle = 0;
    const FindingList findings;
    const sz_status status = attempt(handle, const_cast<FindingList&>(findings));
    expect(status == SZ_ERR_INVALID,
           what + " gives status " + std::to_string(status) + ", not SZ_ERR_INVALID.");
    expect(!findings.items.empty() && !findings.items.front().code.empty() &&
               !findings.items.front().message.empty(),
           what + " is refused without a finding that has a code and a message.");
}

void refuses_nonsense(Bench& bench) {
    std::string url;
    (void)bench.listen(url);
    const std::string scheme = bench.place().url.substr(0, bench.place().url.find("://"));
    for (const std::string& nonsense :
         {std::string(), std::string("here"), std::string("nosuchscheme://there"),
          scheme + "://a b", scheme + "://a\x01", scheme + "://" + std::string(100'000, 'a')}) {
        const std::string shown = "the URL \"" + nonsense.substr(0, 40) + "\"";
        refuses("listen to " + shown, [&](Handle& handle, FindingList& findings) {
            return bench.try_listen(nonsense, bench.place().options, handle, findings);
        });
        refuses("connect to " + shown, [&](Handle& handle, FindingList& findings) {
            return bench.try_connect(nonsense, bench.place().connect_options, handle, findings);
        });
    }
    for (const char* options : {"[]", "{", "7", "{\"connections_max\":0}",
                                "{\"connections_max\":\"many\"}", "{\"connections_max\":1.5}"})
        refuses(std::string("listen with the options ") + options,
                [&](Handle& handle, FindingList& findings) {
                    return bench.try_listen(bench.place().url, options, handle, findings);
                });
    for (const char* options : {"[]", "{", "{\"patience_ms\":-1}", "{\"patience_ms\":\"long\"}"})
        refuses(std::string("connect with the options ") + options,
                [&](Handle& handle, FindingList& findings) {
                    return bench.try_connect(url, options, handle, findings);
                });
}

// As a listener's URL says, after it has closed.
void nobody_answers(Bench& bench) {
    std::string url;
    const Handle listener = bench.listen(url);
    expect(bench.close(listener, "done") == SZ_OK, "A listener cannot be closed.");
    bench.wait_closed(listener, "A listener that was closed says no `closed`.");
    const Handle client = bench.connect(url, {{"patience_ms", 3000}});
    bench.wait_closed(client, "Connecting to nobody does not end with its patience of 3 s.");
    const Seen seen = bench.seen.seen(client);
    expect(seen.opened.is_null(), "Connecting to nobody says `connected`.");
    expect(seen.why == SZ_CLOSED_FAILED, "Connecting to nobody ends with SZ_CLOSED_ " +
                                             std::to_string(seen.why) + ", not FAILED.");
    for (const char* key : {"code", "message"})
        expect(!sz::plugin::member_or(seen.closing, key, std::string{}).empty(),
               std::string("`closed` of a failure has no \"") + key + "\".");
    expect(bench.send(client, SZ_CHANNEL_PLAY, "x") == SZ_ERR_NOT_FOUND,
           "A connection that failed takes messages.");
}

// May end before or after it was connected, but with words.
void expect_turned_away(Bench& bench, Handle client) {
    bench.wait_closed(client, "A connection past connections_max stays.");
    const Seen seen = bench.seen.seen(client);
    expect(!sz::plugin::member_or(seen.closing, "reason", std::string{}).empty() ||
               !sz::plugin::member_or(seen.closing, "message", std::string{}).empty(),
           "A connection past connections_max is closed without a reason.");
}

// Where datagrams are protected, only then is it sure that somebody keeps the place.
void secure(Bench& bench, const Bench::Pair& pair) {
    const std::string one(32, '1'), other(32, '2');
    for (const auto& [end, send, receive] :
         {std::tuple{pair.server, one, other}, std::tuple{pair.client, other, one}})
        (void)bench.transport().protect(bench.transport().self, end, sz::plugin::bytes(send),
                                        sz::plugin::bytes(receive));
    bench.send_surely(pair.client, SZ_CHANNEL_PLAY, "secured");
    bench.wait_messages(pair.server, 1);
}

void has_room_for_so_many(Bench& bench) {
    const Bench::Pair first = bench.join({{"connections_max", 1}});
    secure(bench, first);
    expect_turned_away(bench, bench.connect(first.url, {{"patience_ms", 4000}}));
    bench.send_surely(first.client, SZ_CHANNEL_PLAY, "still here");
    bench.wait_messages(first.server, 2);
    expect(bench.close(first.server, "go") == SZ_OK, "A connection cannot be closed.");
    bench.wait_closed(first.client, "The peer does not hear of a close.");
    bench.wait_closed(first.server, "`closed` does not come where close was called.");
    (void)bench.join_at(first.listener, first.url);
}

void knows_its_handles(Bench& bench) {
    const Bench::Pair pair = bench.join();
    const sz_transport& transport = bench.transport();
    const std::array<std::uint8_t, 32> key{};
    for (const Handle nobody : {Handle{0}, Handle{0xFFFF'FFFF'FFFF'FFFF}, pair.server + 1000}) {
        expect(bench.send(nobody, SZ_CHANNEL_PLAY, "x") == SZ_ERR_NOT_FOUND,
               "send to a handle that nobody has is not SZ_ERR_NOT_FOUND.");
        expect(bench.close(nobody, "x") == SZ_ERR_NOT_FOUND,
               "close of a handle that nobody has is not SZ_ERR_NOT_FOUND.");
        expect(bench.statistics(nobody).is_null(),
               "statistics of a handle that nobody has are given.");
        expect(transport.protect(transport.self, nobody, sz::plugin::bytes(key),
                                 sz::plugin::bytes(key)) != SZ_OK,
               "protect of a handle that nobody has is SZ_OK.");
    }
    expect(bench.send(pair.listener, SZ_CHANNEL_PLAY, "x") == SZ_ERR_NOT_FOUND,
           "A listener takes messages.");
}

void is_for_many(Bench& bench) {
    constexpr std::size_t many = 20;
    std::string url;
    const Handle listener = bench.listen(url);
    std::vector<Handle> clients;
    for (std::size_t i = 0; i < many; ++i) clients.push_back(bench.connect(url));
    for (const Handle client : clients) {
        bench.seen.wait(client, "One of 20 connections at once does not come to be.",
                        [](const Seen& s) { return !s.opened.is_null(); });
        bench.send_surely(client, SZ_CHANNEL_PLAY, std::to_string(client));
    }
    bench.seen.wait(listener, "20 connections were made and not 20 accepted.",
                    [](const Seen& s) { return s.accepted.size() == many; });
    std::set<std::string> came;
    for (const Handle server : bench.seen.seen(listener).accepted) {
        bench.wait_messages(server, 1);
        const std::string content = bench.seen.seen(server).messages.front().content;
        came.insert(content);
        bench.send_surely(server, SZ_CHANNEL_BULK, content);
    }
    expect(came.size() == many, "Messages of two connections came on one.");
    for (const Handle client : clients) {
        bench.wait_messages(client, 1);
        expect(bench.seen.seen(client).messages.front().content == std::to_string(client),
               "An answer came on another connection.");
    }
    expect(bench.statistics(listener).value("connections", 0U) == many,
           "The listener's statistics do not count 20 \"connections\".");
}

}  // namespace

std::vector<Law> opening_laws() {
    return {
        {"opens", "listening, accepted and connected come, with their words.", opens},
        {"listening", "A listener says which port would have to be forwarded, or nothing.",
         tells_of_candidates},
        {"nonsense", "URLs and options that make no sense are refused with a finding.",
         refuses_nonsense},
        {"nobody", "Connecting to nobody fails in time, with a code and a sentence.",
         nobody_answers},
        {"full", "connections_max holds, and those past it are told why.", has_room_for_so_many},
        {"handles", "What has no handle is not found.", knows_its_handles},
        {"many", "20 connections at once work and do not mix.", is_for_many}};
}

}  // namespace check
