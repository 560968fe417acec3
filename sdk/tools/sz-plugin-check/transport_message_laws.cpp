// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "transport_laws.hpp"

namespace check {

namespace {

constexpr std::size_t message_max = SZ_TRANSPORT_MESSAGE_BYTES_MAX;
// More than this with nobody reading is no back-pressure.
constexpr std::size_t taken_bytes_max = 32 * 1024 * 1024;
constexpr std::size_t bulk_bytes = 4096;

const char* name(std::uint32_t channel) { return channel == SZ_CHANNEL_PLAY ? "play" : "bulk"; }

// The nth message of its kind: every byte is told from its neighbours, and from other messages.
std::string content(std::size_t number, std::size_t size) {
    std::string made(size, '\0');
    std::uint32_t state = static_cast<std::uint32_t>(number) * 2654435761U + 1;
    for (char& byte : made) {
        state = state * 1664525U + 1013904223U;  // Numerical Recipes, a generator of 32 bits
        byte = static_cast<char>(state >> 24U);
    }
    return made;
}

std::vector<std::size_t> sizes() {
    return {1,
            2,
            3,
            63,
            64,
            125,
            126,
            127,
            128,
            1199,
            1200,
            1201,
            1399,
            1400,
            1401,
            1472,
            1500,
            4095,
            4096,
            4097,
            8192,
            16000,
            message_max - 1,
            message_max,
            1};
}

std::vector<std::string> on(const Seen& seen, std::uint32_t channel) {
    std::vector<std::string> found;
    for (const Seen::Message& message : seen.messages)
        if (message.channel == channel) found.push_back(message.content);
    return found;
}

void expect_same(const std::vector<std::string>& came, const std::vector<std::string>& sent,
                 const std::string& where) {
    for (std::size_t i = 0; i < std::min(came.size(), sent.size()); ++i) {
        if (came[i] == sent[i]) continue;
        const auto other = std::find(sent.begin(), sent.end(), came[i]);
        expect(other != sent.end(), "Message " + std::to_string(i + 1) + " " + where + ", of " +
                                        std::to_string(sent[i].size()) +
                                        " bytes, came with other bytes.");
        throw Broken("In place of message " + std::to_string(i + 1) + " " + where +
                     " came message " + std::to_string(other - sent.begin() + 1) +
                     ": one was lost, repeated, or overtaken.");
    }
    expect(came.size() == sent.size(), std::to_string(sent.size()) + " messages were sent " +
                                           where + " and " + std::to_string(came.size()) +
                                           " came.");
}

void carries_messages(Bench& bench) {
    const Bench::Pair pair = bench.join();
    std::vector<std::string> sent;
    for (int round = 0; round < 4; ++round)
        for (const std::size_t size : sizes()) sent.push_back(content(sent.size(), size));
    for (const std::string& message : sent) {
        for (const Handle end : {pair.client, pair.server})
            for (std::uint32_t channel = 0; channel < SZ_CHANNELS; ++channel)
                bench.send_surely(end, channel, message);
    }
    for (const Handle end : {pair.client, pair.server}) {
        bench.wait_messages(end, SZ_CHANNELS * sent.size());
        for (std::uint32_t channel = 0; channel < SZ_CHANNELS; ++channel)
            expect_same(on(bench.seen.seen(end), channel), sent,
                        std::string("on ") + name(channel) +
                            (end == pair.server ? " from the one who connected"
                                                : " from the one who listened"));
    }
}

void refuses_lengths(Bench& bench) {
    const Bench::Pair pair = bench.join();
    expect(bench.send(pair.client, SZ_CHANNEL_PLAY, "") == SZ_ERR_INVALID,
           "An empty message is not SZ_ERR_INVALID.");
    expect(bench.send(pair.client, SZ_CHANNEL_BULK, std::string(message_max + 1, 'x')) ==
               SZ_ERR_INVALID,
           "A message of one byte too many is not SZ_ERR_INVALID.");
    expect(bench.send(pair.client, SZ_CHANNELS, "x") == SZ_ERR_INVALID,
           "A channel that there is not is not SZ_ERR_INVALID.");
    bench.send_surely(pair.client, SZ_CHANNEL_PLAY, "x");
    bench.wait_messages(pair.server, 1);
}

// Sends until there is no room, with a reader who has stopped; what was taken.
std::vector<std::string> fill(Bench& bench, Handle from, std::uint32_t channel, std::size_t size) {
    std::vector<std::string> taken;
    for (std::size_t bytes = 0; bytes <= taken_bytes_max; bytes += size) {
        std::string next = content(taken.size(), size);
        const sz_status status = bench.send(from, channel, next);
        if (status == SZ_ERR_LIMIT) return taken;
        expect(status == SZ_OK,
               "send gives status " + std::to_string(status) + " on a connection that is open.");
        taken.push_back(std::move(next));
    }
    throw Broken(std::string("On ") + name(channel) + " it takes " +
                 std::to_string(taken_bytes_max >> 20U) +
                 " MB with nobody reading, and never says SZ_ERR_LIMIT.");
}

void presses_back(Bench& bench) {
    const Bench::Pair pair = bench.join();
    for (std::uint32_t channel = 0; channel < SZ_CHANNELS; ++channel) {
        const std::size_t before = bench.seen.seen(pair.server).messages.size();
        bench.seen.hold(true);
        std::vector<std::string> sent = fill(bench, pair.client, channel, message_max);
        const unsigned told = bench.seen.seen(pair.client).writable.at(channel);
        bench.seen.hold(false);
        bench.seen.wait(pair.client, "`writable` does not come after SZ_ERR_LIMIT.",
                        [&](const Seen& s) { return s.writable.at(channel) > told; });
        sent.push_back(content(sent.size(), message_max));
        bench.send_surely(pair.client, channel, sent.back());
        bench.wait_messages(pair.server, before + sent.size());
        expect_same(on(bench.seen.seen(pair.server), channel), sent,
                    std::string("on ") + name(channel) + " of a full queue");
    }
}

void lets_play_overtake(Bench& bench) {
    const Bench::Pair pair = bench.join();
    bench.seen.hold(true);
    const std::vector<std::string> sent = fill(bench, pair.client, SZ_CHANNEL_BULK, bulk_bytes);
    expect(bench.send(pair.client, SZ_CHANNEL_PLAY, "now") == SZ_OK,
           "A full bulk channel leaves no room on play.");
    bench.seen.hold(false);
    bench.wait_messages(pair.server, sent.size() + 1);
    const Seen seen = bench.seen.seen(pair.server);
    const auto now = std::find_if(seen.messages.begin(), seen.messages.end(),
                                  [](const auto& m) { return m.channel == SZ_CHANNEL_PLAY; });
    expect(now != seen.messages.end() && now->content == "now", "The message on play is lost.");
    const auto behind = static_cast<std::size_t>(seen.messages.end() - now) - 1;
    expect(behind * 10 >= sent.size(),
           "A message on play came behind " + std::to_string(sent.size() - behind) + " of " +
               std::to_string(sent.size()) + " bulk messages that were queued before it.");
    expect_same(on(seen, SZ_CHANNEL_BULK), sent, "on bulk");
}

void counts(Bench& bench) {
    const Bench::Pair pair = bench.join();
    for (int i = 0; i < 10; ++i)
        bench.send_surely(pair.client, SZ_CHANNEL_PLAY, std::string(100, 'x'));
    bench.wait_messages(pair.server, 10);
    bench.send_surely(pair.server, SZ_CHANNEL_PLAY, "back");
    bench.wait_messages(pair.client, 1);
    const Json from = bench.statistics(pair.client), to = bench.statistics(pair.server);
    for (const Json& all : {from, to}) {
        expect(all.is_object(), "The statistics of a connection are no JSON object.");
        for (const auto& [key, value] : all.items())
            expect(value.is_number() && value >= 0,
                   "In the statistics, \"" + key + "\" is no number from 0 on.");
    }
    // What has arrived may be counted a little later where it came from.
    const auto at_least = [&](Handle end, const char* key, int least) {
        const auto deadline = std::chrono::steady_clock::now() + wait_max;
        Json value = least;
        do value = bench.statistics(end).value(key, Json(least));
        while (value < least && std::chrono::steady_clock::now() < deadline);
        expect(value >= least, std::string("The statistics count \"") + key + "\": " +
                                   value.dump() + " after at least " + std::to_string(least) + ".");
    };
    at_least(pair.client, "sent_messages", 10);
    at_least(pair.client, "sent_bytes", 1000);
    at_least(pair.server, "received_messages", 10);
    at_least(pair.server, "received_bytes", 1000);
    expect(!from.contains("loss") || from["loss"] <= 1, "\"loss\" is more than 1.");
    const Json listener = bench.statistics(pair.listener);
    expect(listener.is_object() && listener.value("connections", 0) == 1,
           "The listener's statistics do not count 1 of \"connections\".");
}

// Keys that both have agreed on, crossed.
void protects(Bench& bench) {
    const Bench::Pair pair = bench.join();
    const std::string one = content(1, 32), other = content(2, 32);
    const auto protect = [&](Handle end, const std::string& send, const std::string& receive) {
        return bench.transport().protect(bench.transport().self, end, sz::plugin::bytes(send),
                                         sz::plugin::bytes(receive));
    };
    expect(protect(pair.client, "short", other) != SZ_OK, "A key of five bytes is taken.");
    bench.send_surely(pair.client, SZ_CHANNEL_PLAY, "before");
    bench.wait_messages(pair.server, 1);
    const sz_status first = protect(pair.server, other, one);
    const sz_status second = protect(pair.client, one, other);
    expect(first == second, "One end protects and the other does not.");
    expect(first == SZ_OK || first == SZ_ERR_UNSUPPORTED,
           "protect gives status " + std::to_string(first) + ".");
    expect(
        protect(pair.client, one, other) == (first == SZ_OK ? SZ_ERR_CONFLICT : SZ_ERR_UNSUPPORTED),
        "protect for the second time is not SZ_ERR_CONFLICT.");
    for (int i = 0; i < 100; ++i) {
        bench.send_surely(pair.client, SZ_CHANNEL_PLAY, content(static_cast<std::size_t>(i), 999));
        bench.send_surely(pair.server, SZ_CHANNEL_BULK, content(static_cast<std::size_t>(i), 999));
    }
    bench.wait_messages(pair.server, 101);
    bench.wait_messages(pair.client, 100);
}

}  // namespace

std::vector<Law> message_laws() {
    return {
        {"messages", "Messages of every size arrive whole, in order, once, both ways.",
         carries_messages},
        {"lengths", "Lengths and channels that there are not are refused.", refuses_lengths},
        {"pressure", "A full channel says so, loses nothing, and tells of room.", presses_back},
        {"play-first", "A message on play does not wait for a queue of bulk.", lets_play_overtake},
        {"statistics", "Statistics are numbers, and count.", counts},
        {"protect", "Both ends protect what they send, or neither can.", protects}};
}

}  // namespace check
