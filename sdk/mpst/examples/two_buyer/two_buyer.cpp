// SPDX-License-Identifier: AGPL-3.0-or-later
// Alice and Bob buy a book together, if Bob has enough for his share.
//   two_buyer [WHAT-BOB-HAS]
#include <sz/mpst/session.hpp>

#include <TwoBuyer/Alice.hpp>
#include <TwoBuyer/Bob.hpp>
#include <TwoBuyer/Seller.hpp>
#include <charconv>
#include <cstring>
#include <iostream>
#include <string>
#include <thread>

using namespace TwoBuyer;

namespace {

Alice::End alice(Alice::Start start) {
    auto [quote, tell_share] = std::move(start).send<title>("The Hobbit").receive();
    const auto mine = quote.value / 2;
    return std::move(tell_share)
        .send<share>(quote.value - mine)
        .receive(
            [&](agreed, Alice::End end) {
                std::cout << "Alice: it is ours, I pay " << mine << ".\n";
                return end;
            },
            [](refuse, Alice::End end) {
                std::cout << "Alice: a pity.\n";
                return end;
            });
}

Bob::End bob(Bob::Start start, std::int64_t has) {
    auto [quote, wait] = std::move(start).receive();
    auto [asked, choose] = std::move(wait).receive();
    std::cout << "Bob: " << asked.value << " of " << quote.value << ", and I have " << has << ".\n";
    if (asked.value > has) return std::move(choose).send<refuse>().send<refuse>();
    auto [when, tell] = std::move(choose).send<accept>("Under Hill 1").receive();
    std::cout << "Bob: it comes on " << when.value << ".\n";
    return std::move(tell).send<agreed>();
}

Seller::End seller(Seller::Start start) {
    auto [wanted, answer] = std::move(start).receive();
    std::cout << "Seller: " << wanted.value << " costs 30.\n";
    return std::move(answer).send<quote>(30).send<quote>(30).receive(
        [](const accept&, auto next) {
            return std::move(next).template send<date>("22 September");
        },
        [](refuse, Seller::End end) { return end; });
}

}  // namespace

int main(int argc, char** argv) {
    std::int64_t has = 20;
    if (argc > 1) {
        const char* end = argv[1] + std::strlen(argv[1]);
        if (argc > 2 || std::from_chars(argv[1], end, has).ptr != end || *argv[1] == '\0') {
            std::cerr << "Usage: two_buyer [WHAT-BOB-HAS]\n";
            return 2;
        }
    }
    auto [a, b, s] = mpst::connect<Alice, Bob, Seller>();
    mpst::Outcome outcomes[3];
    {
        const std::jthread first([&, start = std::move(a)]() mutable {
            outcomes[0] = mpst::perform(std::move(start), alice);
        });
        const std::jthread second([&, start = std::move(s)]() mutable {
            outcomes[1] = mpst::perform(std::move(start), seller);
        });
        outcomes[2] = mpst::perform(std::move(b),
                                    [has](Bob::Start start) { return bob(std::move(start), has); });
    }
    for (const mpst::Outcome& outcome : outcomes) {
        if (!outcome) continue;
        std::cerr << outcome->sentence() << '\n';
        return 1;
    }
}
