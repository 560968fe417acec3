// SPDX-License-Identifier: AGPL-3.0-or-later
// Automata put together: small ones, worked out by hand.
#include <sz/mpst/core/check.hpp>
#include <sz/mpst/core/compatible.hpp>

#include "tests/mpst/automata_law.hpp"
#include "tests/support/catch.hpp"

using namespace mpst;
using namespace mpst::test;
using core::Verdict;

namespace {

// "compatible 1", "unknown 8", or the code of what goes wrong.
std::string answer(const System& system, bool is_fair = false, std::uint32_t bound = 8) {
    const auto found = together(system.locals, is_fair, bound);
    switch (found.verdict) {
        case Verdict::compatible: return "compatible " + std::to_string(found.bound);
        case Verdict::undecided: return "unknown " + std::to_string(found.bound);
        case Verdict::limit: return "limit";
        default: break;
    }
    CHECK(Stage(system.locals).shows(found) == "");
    return std::to_string(static_cast<int>(found.what));
}

// Who, in which state, because of whom: "B 1 A".
std::string whose(const System& system) {
    const auto found = together(system.locals);
    return system.roles[found.role] + " " + std::to_string(found.state) + " " +
           system.roles[found.peer];
}

// The projections of a protocol, put together while compiling.
constexpr core::Compatibility while_compiling(std::string_view text, bool is_fair) {
    core::Options options;
    options.is_fair = true;
    core::Check check(text, options);
    check.run();
    core::CompatibilityOptions how;
    how.is_fair = is_fair;
    return core::compatible(check.protocols().front().locals, how);
}
constexpr std::string_view starving = R"(
global protocol P(role A, role B, role C) {
  rec X {
    choice at A { more() from A to B; continue X; } or { stop() from A to B; }
  }
  stop() from B to C;
})";
static_assert(while_compiling(starving, true).verdict == Verdict::compatible);
static_assert(while_compiling(starving, false).what == core::Fault::waits_for_others);
static_assert(while_compiling(starving, false).round == 2);

// A sends `sent` for ever, B takes 7 for ever.
constexpr core::Compatibility by_hand_while_compiling(core::Name sent) {
    std::vector<core::Local> locals(2);
    for (core::Role role = 0; role < 2; ++role) {
        locals[role].graph.add_state();
        core::Edge edge;
        edge.sender = 0;
        edge.receiver = 1;
        edge.label = role == 0 ? sent : 7;
        edge.payload = 0;
        edge.to = 0;
        locals[role].graph.add(0, edge);
    }
    return core::compatible(locals, {});
}
static_assert(by_hand_while_compiling(7).verdict == Verdict::compatible);
static_assert(by_hand_while_compiling(8).what == core::Fault::wrong_message);
static_assert(by_hand_while_compiling(8).run.size() == 1);

// Who sends first what the other sends first, too, and so on: no global protocol has it.
const System both_send_first({{"A", "0 B!x 1 1 B?y 0"}, {"B", "0 A!y 1 1 A?x 0"}});

}  // namespace

TEST_CASE("both may send before they receive", "[compatible]") {
    CHECK(answer(both_send_first) == "compatible 1");
    CHECK(answer(both_send_first, true) == "compatible 1");
}

TEST_CASE("a ring in which everybody sends before receiving is compatible", "[compatible]") {
    CHECK(answer(System(
              {{"A", "0 B!x 1 1 C?x 0"}, {"B", "0 C!x 1 1 A?x 0"}, {"C", "0 A!x 1 1 B?x 0"}})) ==
          "compatible 1");
}

TEST_CASE("the kernel of a double buffer may be ready twice before the first value",
          "[compatible]") {
    // Castro-Perez and Yoshida's example of asynchronous optimisation.
    CHECK(answer(System({{"K", "0 S!ready 1 1 S!ready 2 2 S?value 3 3 T?ready 4 4 T!value 1"},
                         {"S", "0 K?ready 1 1 K!value 0"},
                         {"T", "0 K!ready 1 1 K?value 0"}})) == "compatible 1");
}

TEST_CASE("the least bound is found that lets all messages be sent", "[compatible]") {
    // B takes the messages of A when it has heard from C, who waits for A to have sent them.
    const System two({{"A", "0 B!x 1 1 B!x 2 2 C!s 3"},
                      {"B", "0 C?go 1 1 A?x 2 2 A?x 3"},
                      {"C", "0 A?s 1 1 B!go 2"}});
    CHECK(answer(two) == "compatible 2");
    CHECK(answer(two, false, 1) == "unknown 1");
    const System three({{"A", "0 B!x 1 1 B!x 2 2 B!x 3 3 B?y 4 4 B?y 5 5 B?y 6"},
                        {"B", "0 A!y 1 1 A!y 2 2 A!y 3 3 A?x 4 4 A?x 5 5 A?x 6"}});
    CHECK(answer(three) == "compatible 3");
    CHECK(answer(three, false, 2) == "unknown 2");
}

TEST_CASE("who gets ever further ahead is not decided about", "[compatible]") {
    // Two x and one y a round: both queues grow.
    const System ahead({{"A", "0 B!x 1 1 B!x 2 2 B?y 0"}, {"B", "0 A?x 1 1 A!y 0"}});
    CHECK(answer(ahead) == "unknown 8");
    CHECK(answer(ahead, true, 20) == "unknown 20");
    // One that only sends is not held up by its bound: the other can always take.
    CHECK(answer(System({{"A", "0 B!x 0"}, {"B", "0 A?x 0"}})) == "compatible 1");
}

TEST_CASE("a sender that chooses between roles waits for room at all of them", "[compatible]") {
    // A queue that happens to be full must not make the choice: with that, k = 1 is enough.
    const System sender({{"A", "0 B!x 1 1 C!x 0 0 C!y 2 2 B!y 0"},
                         {"B", "0 A?x 0 0 A?y 0"},
                         {"C", "0 A?x 0 0 A?y 0"}});
    CHECK(answer(sender) == "compatible 1");
}

TEST_CASE("a message that a state does not know is found", "[compatible]") {
    const System wrong({{"A", "0 B!x 1 1 B!z 2"}, {"B", "0 A?x 1 1 A?y 2"}});
    CHECK(answer(wrong) == "50");
    CHECK(answer(wrong, true) == "50");
    CHECK(whose(wrong) == "B 1 A");
    CHECK(together(wrong.locals).run.size() == 3);  // x sent and taken, z sent
    auto other_payload = both_send_first;
    other_payload.locals[0].graph.edges[0].payload = 1;
    CHECK(answer(other_payload) == "50");
}

TEST_CASE("a message that nobody takes is found", "[compatible]") {
    const System left({{"A", "0 B!x 1 1 B!x 2"}, {"B", "0 A?x 1"}});
    CHECK(answer(left) == "51");
    CHECK(answer(left, true) == "51");
    CHECK(whose(left) == "B 1 A");
    CHECK(answer(System({{"A", "0 B!x 0"}, {"B", ""}})) == "51");
}

TEST_CASE("roles that wait for each other are found", "[compatible]") {
    const System stuck({{"A", "0 B?y 1 1 B!x 2"}, {"B", "0 A?x 1 1 A!y 2"}});
    CHECK(answer(stuck) == "52");
    CHECK(together(stuck.locals).run.empty());
    // With others that go on, of whom the run does not tell.
    const System circle({{"A", "0 B!m 1 1 C?y 2 2 C!x 3"},
                         {"B", "0 A?m 1 1 C!n 2"},
                         {"C", "0 B?n 1 1 A?x 2 2 A!y 3"},
                         {"D", "0 E!x 0"},
                         {"E", "0 D?x 0"}});
    CHECK(answer(circle) == "52");
    const auto found = together(circle.locals);
    CHECK(found.circle.size() == 2);
    CHECK(found.run.size() == 4);  // m and n, sent and taken
}

TEST_CASE("a wait for one who has gone is found", "[compatible]") {
    const System gone({{"A", "0 B!x 1"}, {"B", "0 A?x 1 1 A?x 2"}});
    CHECK(answer(gone) == "53");
    CHECK(answer(gone, true) == "53");
    CHECK(whose(gone) == "B 1 A");
    // Also beside two of whom nothing can be told, because one gets ever further ahead.
    CHECK(answer(System({{"A", "0 B!x 1 1 B!x 2 2 B?y 0"},
                         {"B", "0 A?x 1 1 A!y 0"},
                         {"C", "0 D?x 1"},
                         {"D", ""}})) == "53");
}

TEST_CASE("a role that others can go round without is found, unless choices are fair",
          "[compatible]") {
    const System starves({{"A", "0 B!more 0 0 B!stop 1"},
                          {"B", "0 A?more 0 0 A?stop 1 1 C!stop 2"},
                          {"C", "0 B?stop 1"}});
    CHECK(answer(starves) == "54");
    CHECK(whose(starves) == "C 0 B");
    CHECK(together(starves.locals).round == 2);  // more, sent and taken
    CHECK(answer(starves, true) == "compatible 1");
    const System left(
        {{"A", "0 B!more 0 0 B!stop 1"}, {"B", "0 A?more 0 0 A?stop 1 1 C?x 2"}, {"C", "0 B!x 1"}});
    CHECK(answer(left) == "55");
    CHECK(whose(left) == "B 0 C");
    CHECK(answer(left, true) == "compatible 1");
}

TEST_CASE("fair choices do not help where there is no way on", "[compatible]") {
    // A could send C its message if B ever said stop, which B does not do.
    const System never({{"A", "0 B!n 1 1 B?again 0 1 B?stop 2 2 C!m 3"},
                        {"B", "0 A?n 1 1 A!again 0"},
                        {"C", "0 A?m 1"}});
    CHECK(answer(never) == "54");
    const auto found = together(never.locals, true);
    CHECK(found.verdict == Verdict::faulty);
    CHECK(found.what == core::Fault::message_never_comes);
    CHECK(never.roles[found.role] == "C");
}

TEST_CASE("two that send to a third for ever do not keep it from either", "[compatible]") {
    CHECK(answer(System({{"A", "0 C!a 0"}, {"B", "0 C!b 0"}, {"C", "0 A?a 1 1 B?b 0"}})) ==
          "compatible 1");
    // Here what B sends is left, because C need not ever look at it.
    CHECK(answer(System(
              {{"A", "0 C!a 0 0 C!s 1"}, {"B", "0 C!b 1"}, {"C", "0 A?a 0 0 A?s 1 1 B?b 2"}})) ==
          "55");
}

TEST_CASE("states that are not decided about are told by their edges", "[compatible]") {
    const auto shapes = [](const System& system) {
        std::string all;
        for (const auto& one : core::misshapen(system.locals))
            all += std::to_string(static_cast<int>(one.what)) + " " + system.roles[one.role] +
                   std::to_string(one.state) + ";";
        return all;
    };
    CHECK(shapes(both_send_first) == "");
    CHECK(shapes(System({{"A", "0 B!x 1 0 B?y 1"}, {"B", "0 A?x 1"}})) == "67 A0;");
    CHECK(shapes(System({{"A", "0 B?x 1 0 C?x 1"}, {"B", "0 A!x 1"}, {"C", "0 A!x 1"}})) ==
          "57 A0;");
    CHECK(shapes(System({{"A", "0 B!x 1 0 B!x 0 0 B!y 1"}, {"B", "0 A?x 0 0 A?y 1"}})) == "68 A0;");
    CHECK(shapes(System({{"A", "0 B!x 1 0 C!x 0"}, {"B", "0 A?x 1"}, {"C", "0 A?x 0"}})) == "");
}

TEST_CASE("past a limit the verdict names it", "[compatible]") {
    // Five pairs whose rounds have lengths without a common factor: more than 2310 configurations.
    std::vector<std::pair<std::string, std::string>> automata;
    for (const int length : {2, 3, 5, 7, 11}) {
        const std::string a = "A" + std::to_string(length), b = "B" + std::to_string(length);
        std::string sends, takes;
        for (int i = 0; i < length; ++i) {
            const std::string from = std::to_string(i), to = std::to_string((i + 1) % length);
            sends += from + " " + b + "!m" + from + " " + to + " ";
            takes += from + " " + a + "?m" + from + " " + to + " ";
        }
        automata.emplace_back(a, sends);
        automata.emplace_back(b, takes);
    }
    const System clocks(automata);
    core::CompatibilityOptions options;
    CHECK(core::compatible(clocks.locals, options).verdict == Verdict::compatible);
    options.limits.states = 2300;
    const auto many = core::compatible(clocks.locals, options);
    CHECK(many.verdict == Verdict::limit);
    CHECK(many.which == "configurations");
    options.limits = {};
    options.limits.steps = 10'000;
    CHECK(core::compatible(clocks.locals, options).which == "steps of work");
}
