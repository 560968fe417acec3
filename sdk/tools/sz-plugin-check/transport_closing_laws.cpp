// SPDX-License-Identifier: AGPL-3.0-or-later
#include <utility>

#include "transport_laws.hpp"

namespace check {

namespace {

std::string reason(const Seen& seen) {
    return sz::plugin::member_or(seen.closing, "reason", std::string{});
}

// `from` sends, closes, and `to` gets all of it and the reason.
void expect_goodbye(Bench& bench, Handle from, Handle to, const std::string& words) {
    // Nobody reads until it is closed, so that much of it is still on its way then.
    bench.seen.hold(true);
    std::size_t sent = 0;
    for (char letter = 'a'; letter <= 't'; ++letter) {
        for (const auto& [channel, size] : {std::pair{SZ_CHANNEL_BULK, std::size_t{4096}},
                                            std::pair{SZ_CHANNEL_PLAY, std::size_t{10}}})
            sent += bench.send(from, channel, std::string(size, letter)) == SZ_OK ? 1U : 0U;
    }
    expect(sent > 0, "An end that is open takes no message.");
    expect(bench.close(from, words) == SZ_OK, "A connection cannot be closed.");
    expect(bench.close(from, words) == SZ_ERR_NOT_FOUND,
           "close for the second time is not SZ_ERR_NOT_FOUND.");
    expect(bench.send(from, SZ_CHANNEL_PLAY, "late") == SZ_ERR_NOT_FOUND,
           "send after close is not SZ_ERR_NOT_FOUND.");
    bench.seen.hold(false);
    bench.wait_closed(to, "The peer does not hear of a close.");
    bench.wait_closed(from, "`closed` does not come where close was called.");
    const Seen there = bench.seen.seen(to);
    expect(there.messages.size() == sent, "Of " + std::to_string(sent) +
                                              " messages sent before the close " +
                                              std::to_string(there.messages.size()) + " arrived.");
    expect(there.why == SZ_CLOSED_PEER,
           "The peer hears of SZ_CLOSED_ " + std::to_string(there.why) + ", not PEER.");
    expect(reason(there) == words.substr(0, SZ_TRANSPORT_REASON_BYTES_MAX),
           "The reason came as \"" + reason(there).substr(0, 60) + "\" with " +
               std::to_string(reason(there).size()) + " bytes, of \"" + words.substr(0, 60) +
               "\" with " + std::to_string(words.size()) + ".");
    expect(bench.seen.seen(from).why == SZ_CLOSED_HERE,
           "Who closed hears of SZ_CLOSED_ " + std::to_string(bench.seen.seen(from).why) +
               ", not HERE.");
    for (const Handle gone : {from, to}) {
        expect(bench.send(gone, SZ_CHANNEL_PLAY, "late") == SZ_ERR_NOT_FOUND,
               "send after `closed` is not SZ_ERR_NOT_FOUND.");
        expect(bench.close(gone, "late") == SZ_ERR_NOT_FOUND,
               "close after `closed` is not SZ_ERR_NOT_FOUND.");
        expect(bench.statistics(gone).is_null(), "statistics after `closed` are given.");
    }
}

void says_goodbye(Bench& bench) {
    const Bench::Pair pair = bench.join();
    expect_goodbye(bench, pair.client, pair.server, "The session ends: \xC3\xA4\xE2\x80\xA6 \"x\"");
    const Bench::Pair next = bench.join_at(pair.listener, pair.url);
    expect_goodbye(bench, next.server, next.client, "");
    const Bench::Pair last = bench.join_at(pair.listener, pair.url);
    expect_goodbye(bench, last.server, last.client,
                   std::string(SZ_TRANSPORT_REASON_BYTES_MAX + 1, 'r'));
}

void closes_once(Bench& bench) {
    const Bench::Pair pair = bench.join();
    expect(bench.close(pair.client, "we") == SZ_OK, "A connection cannot be closed.");
    (void)bench.close(pair.server, "you");  // the news of the first may be there already
    bench.wait_closed(pair.client, "`closed` does not come when both ends close.");
    bench.wait_closed(pair.server, "`closed` does not come when both ends close.");
    const Handle dropped = bench.connect(pair.url);
    const sz_status status = bench.close(dropped, "never mind");
    expect(status == SZ_OK, "A connection that is about to be cannot be closed.");
    bench.wait_closed(dropped, "`closed` does not come for a connection that was about to be.");
    // More would have to come now: a round trip later there is nothing.
    const Bench::Pair later = bench.join_at(pair.listener, pair.url);
    bench.send_surely(later.client, SZ_CHANNEL_PLAY, "ping");
    bench.wait_messages(later.server, 1);
}

void outlives_its_listener(Bench& bench) {
    const Bench::Pair pair = bench.join();
    expect(bench.close(pair.listener, "no more") == SZ_OK, "A listener cannot be closed.");
    bench.wait_closed(pair.listener, "A listener that was closed says no `closed`.");
    expect(bench.seen.seen(pair.listener).why == SZ_CLOSED_HERE,
           "A listener that was closed here does not say SZ_CLOSED_HERE.");
    for (int i = 0; i < 10; ++i) {
        bench.send_surely(pair.client, SZ_CHANNEL_PLAY, "there");
        bench.send_surely(pair.server, SZ_CHANNEL_PLAY, "back");
    }
    bench.wait_messages(pair.server, 10);
    bench.wait_messages(pair.client, 10);
}

// The bench itself sees what comes, and what does not, until deinit has returned.
void ends_with_the_plugin(Bench& bench) {
    const Bench::Pair pair = bench.join();
    (void)bench.join_at(pair.listener, pair.url);
    (void)bench.connect(pair.url);
    bench.send_surely(pair.client, SZ_CHANNEL_BULK, std::string(10'000, 'x'));
}

}  // namespace

std::vector<Law> closing_laws() {
    return {{"goodbye", "What was sent before a close arrives, then the reason.", says_goodbye},
            {"closed-once", "`closed` comes once and last, whoever closes.", closes_once},
            {"listener-gone", "Closing a listener leaves its connections.", outlives_its_listener},
            {"deinit", "deinit closes everything, with `closed`.", ends_with_the_plugin}};
}

}  // namespace check
