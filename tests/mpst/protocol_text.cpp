// SPDX-License-Identifier: AGPL-3.0-or-later
// A protocol in the program, as types, against the automata that szmpst makes of the same text.
#include <sz/mpst/protocol.hpp>

#include <chrono>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "failure_of.hpp"
#include "sdk/mpst/compiler/automaton.hpp"
#include "tests/support/catch.hpp"

using namespace std::chrono_literals;
using mpst::Trouble;
using mpst::detail::List;
using mpst::detail::projected;

namespace {

template <mpst::text Source>
struct Given {};

// What one message of one state says, in the words of the text.
struct Said {
    bool is_send = false;
    std::string peer, label;
    std::vector<std::string> payload;  // names of C++ types
    friend auto operator<=>(const Said&, const Said&) = default;
};
using Ways = std::map<Said, unsigned>;  // to which state

// Written out, so that it does not depend on the library's table.
std::string type_of(const std::string& payload) {
    static const std::map<std::string, std::string_view> all{
        {"int", mpst::type_name<std::int64_t>()},
        {"nat", mpst::type_name<std::uint64_t>()},
        {"bool", mpst::type_name<bool>()},
        {"string", mpst::type_name<std::string>()}};
    return std::string(all.at(payload));
}

template <mpst::text Label, class... Payload>
std::vector<std::string> payload_of(std::type_identity<mpst::text_message<Label, Payload...>>) {
    return {std::string(mpst::type_name<Payload>())...};
}
template <class... Way>
void add_payloads(std::vector<std::vector<std::string>>& to, List<Way...>) {
    (to.push_back(payload_of(std::type_identity<typename Way::message>{})), ...);
}
// By the number of the step.
template <class... S>
std::vector<std::vector<std::string>> payloads_of(mpst::states<S...>) {
    std::vector<std::vector<std::string>> all;
    (add_payloads(all, typename S::ways{}), ...);
    return all;
}
template <class... Peer>
std::set<std::string> names_of(mpst::roles<Peer...>) {
    return {std::string(mpst::role_name<Peer>())...};
}

// By state, and the end behind them.
template <class Role>
std::vector<Ways> ways_of_types() {
    const auto payloads = payloads_of(typename Role::states{});
    std::vector<Ways> all(mpst::detail::StateNumbers<Role>::count + 1);
    for (std::size_t i = 0; i < mpst::steps_of<Role>.size(); ++i) {
        const mpst::Step& step = mpst::steps_of<Role>[i];
        const Said said{step.is_send, std::string(step.peer_name), std::string(step.label),
                        payloads[i]};
        REQUIRE(all[step.from].emplace(said, step.to).second);
    }
    return all;
}
std::vector<Ways> ways_of_tool(const mpst::compiler::Automaton& automaton) {
    std::vector<Ways> all;
    for (const auto& state : automaton.states) {
        Ways& ways = all.emplace_back();
        for (const auto& transition : state.transitions) {
            Said said{transition.is_send, transition.peer, transition.label, {}};
            for (const std::string& type : transition.payload)
                said.payload.push_back(type_of(type));
            REQUIRE(ways.emplace(said, transition.to).second);
        }
    }
    return all;
}

std::set<Said> saids_of(const Ways& ways) {
    std::set<Said> all;
    for (const auto& [said, to] : ways) all.insert(said);
    return all;
}

// Walks through both in step; the names of states need not be the same.
void must_be_alike(const std::vector<Ways>& types, unsigned start, const std::vector<Ways>& tool) {
    std::map<unsigned, unsigned> partner{{start, 0U}};
    std::set<unsigned> taken{0U};
    for (std::deque<unsigned> pending{start}; !pending.empty(); pending.pop_front()) {
        const Ways& here = types.at(pending.front());
        const Ways& there = tool.at(partner.at(pending.front()));
        REQUIRE(saids_of(here) == saids_of(there));
        for (const auto& [said, to] : here) {
            const unsigned other = there.at(said);
            const auto [known, is_new] = partner.emplace(to, other);
            REQUIRE(known->second == other);
            if (!is_new) continue;
            REQUIRE(taken.insert(other).second);
            pending.push_back(to);
        }
    }
    CHECK(partner.size() == tool.size());
    // A role that never ends has no state for it.
    const auto end = static_cast<unsigned>(types.size() - 1);
    CHECK(types.size() - (partner.contains(end) ? 0 : 1) == tool.size());
}

template <class Role>
void role_agrees(const mpst::core::Check& check, unsigned number) {
    const auto automaton =
        mpst::compiler::automaton_of(check.file(), check.protocols().front(), number);
    INFO(automaton.protocol << ", " << automaton.role);
    CHECK(mpst::role_name<Role>() == automaton.role);
    std::set<std::string> peers;
    for (const auto& state : automaton.states) {
        for (const auto& transition : state.transitions) peers.insert(transition.peer);
    }
    CHECK(names_of(typename Role::peers{}) == peers);
    must_be_alike(ways_of_types<Role>(), mpst::start_of<Role>(), ways_of_tool(automaton));
}

template <mpst::text Source>
void all_roles_agree(Given<Source>) {
    mpst::core::Check check(Source.view(), {});
    check.run();
    REQUIRE(check.findings().empty());
    REQUIRE(check.protocols().size() == 1);
    constexpr auto count = static_cast<unsigned>(projected<Source>.names.size() - 1);
    REQUIRE(check.protocols().front().locals.size() == count);
    [&]<unsigned... I>(std::integer_sequence<unsigned, I...>) {
        (role_agrees<mpst::protocol_role<Source, I>>(check, I), ...);
    }
    (std::make_integer_sequence<unsigned, count>{});
}

// The states of each role, its end not among them.
template <mpst::text Source>
std::vector<unsigned> states_of(Given<Source>) {
    return []<unsigned... I>(std::integer_sequence<unsigned, I...>) {
        using mpst::detail::StateNumbers;
        return std::vector<unsigned>{StateNumbers<mpst::protocol_role<Source, I>>::count...};
    }
    (std::make_integer_sequence<unsigned,
                                static_cast<unsigned>(projected<Source>.names.size() - 1)>{});
}

constexpr Given<R"(
global protocol Calculator(role C, role S) {
  rec Again {
    choice at C {
      add(int, nat) from C to S;
      sum(int) from S to C;
      continue Again;
    } or {
      ask(string) from C to S;
      choice at S { yes() from S to C; continue Again; }
      or { no(bool) from S to C; bye() from C to S; }
    } or {
      bye() from C to S;
    }
  }
})">
    calculator;

constexpr Given<R"(
global protocol Relay(role Alice as A, role B, role C) {
  choice at A {
    go(int) from A to B;
    told(int) from B to C;
  } or {
    stop() from A to B;
    over() from B to C;
  }
  thanks() from C to A;
})">
    relay;

constexpr Given<R"(
aux global protocol Greet(role X, role Y) {
  hello(string) from X to Y;
}
global protocol Visit(role A, role B, role C) {
  do Greet(A, B);
  do Greet(B, C);
  rec Talk {
    choice at C {
      word(string) from C to A;
      word(nat) from C to B;
      continue Talk;
    } or {
      leave() from C to A;
      leave() from C to B;
    }
  }
  do Greet(B, A);
})">
    visit;

constexpr Given<R"(
global protocol Unnamed(role A, role B) {
  (int) from A to B;
  () from B to A;
  (int, string) from A to B;
})">
    unnamed;

constexpr Given<"global protocol Swapped(role A, role B) { m() from A to B; do Swapped(B, A); }">
    swapped;

constexpr Given<R"(
global protocol Spread(role A, role B, role C) {
  choice at A {
    (int) from A to B;
    m() from A to C;
  } or {
    (int) from A to C;
    n() from A to B;
  }
})">
    spread;

constexpr Given<R"(
global protocol Repeated(role A, role B) {
  value(int) from A to B;
  value(string) from A to B;
  value(int) from B to A;
})">
    repeated;

constexpr Given<R"(
global protocol Folded(role A, role B) {
  rec X {
    choice at A { more() from A to B; more() from A to B; continue X; }
    or { stop() from A to B; }
  }
})">
    folded;

constexpr Given<R"(
global protocol Ring(role A, role B, role C) {
  rec X { token(nat) from A to B; token(nat) from B to C; token(nat) from C to A; continue X; }
})">
    ring;

template <mpst::text Source>
mpst::protocol<Source> protocol_of(Given<Source>);
using Visit = decltype(protocol_of(visit));
using Relay = decltype(protocol_of(relay));
using Repeated = decltype(protocol_of(repeated));

// A role is found by the name that its own block uses.
static_assert(mpst::role_name<Relay::role<"A">>() == "A");
static_assert(mpst::role_name<Relay::role<"C">>() == "C");
static_assert(mpst::state_name<Relay::role<"A">::Start>() == "A, state 0");
static_assert(mpst::state_name<mpst::end<Relay::role<"A">>>() != "A, state 0");
static_assert(mpst::NameOf<mpst::protocol_state<"global protocol P(role Ann, role B) { m() from B "
                                                "to Ann; }",
                                                0, 4093>>::state == "Ann, state 4093");

// Of a label that comes again with another payload, `message` is the first; the other has its
// types written out.
static_assert(
    std::is_same_v<Repeated::message<"value">, mpst::text_message<"value", std::int64_t>>);
static_assert(std::is_same_v<Visit::message<"word">, mpst::text_message<"word", std::string>>);
static_assert(mpst::tag_of<mpst::text_message<"value", std::int64_t>> !=
              mpst::tag_of<mpst::text_message<"value", std::string>>);
static_assert(mpst::tag_of<mpst::text_message<"a_long_label_that_ends_in_x">> !=
              mpst::tag_of<mpst::text_message<"a_long_label_that_ends_in_y">>);

}  // namespace

TEST_CASE("a protocol in the program is the one that szmpst reads", "[protocol_text]") {
    all_roles_agree(calculator);
    all_roles_agree(relay);
    all_roles_agree(visit);
    all_roles_agree(unnamed);
    all_roles_agree(swapped);
    all_roles_agree(spread);
    all_roles_agree(repeated);
    all_roles_agree(folded);
    all_roles_agree(ring);
}

TEST_CASE("a role has as few states as its part has", "[protocol_text]") {
    CHECK(states_of(calculator) == std::vector<unsigned>{4, 4});
    CHECK(states_of(relay) == std::vector<unsigned>{2, 3, 2});
    CHECK(states_of(visit) == std::vector<unsigned>{3, 4, 4});
    CHECK(states_of(unnamed) == std::vector<unsigned>{3, 3});
    CHECK(states_of(swapped) == std::vector<unsigned>{2, 2});
    CHECK(states_of(spread) == std::vector<unsigned>{3, 1, 1});
    CHECK(states_of(repeated) == std::vector<unsigned>{3, 3});
    CHECK(states_of(folded) == std::vector<unsigned>{2, 2});
    CHECK(states_of(ring) == std::vector<unsigned>{2, 2, 2});
}

TEST_CASE("three roles of a text come to their ends with what they were to say",
          "[protocol_text]") {
    using Hello = Visit::message<"hello">;
    using Text = Visit::message<"word">;
    using Number = mpst::text_message<"word", std::uint64_t>;
    using Leave = Visit::message<"leave">;
    auto [a, b, c] = mpst::connect<Visit::role<"A">, Visit::role<"B">, Visit::role<"C">>();

    auto a_in_loop = std::move(a).send(Hello{"from A"});
    auto [first, b_greets] = std::move(b).receive();
    CHECK(first.value == "from A");
    auto b_in_loop = std::move(b_greets).send(Hello{"from B"});
    auto [second, c_in_loop] = std::move(c).receive();
    CHECK(second.value == "from B");
    for (const std::uint64_t number : {5U, 8U}) {
        auto c_next = std::move(c_in_loop).send(Text{std::to_string(number)});
        c_in_loop = std::move(c_next).send(Number{number});
        auto [text, a_next] = std::move(a_in_loop).receive().take<Text>();
        CHECK(text.value == std::to_string(number));
        a_in_loop = std::move(a_next);
        auto [same, b_next] = std::move(b_in_loop).receive().take<Number>();
        CHECK(same.value == number);
        b_in_loop = std::move(b_next);
    }
    const Visit::role<"C">::End c_end = std::move(c_in_loop).send(Leave{}).send(Leave{});
    const Visit::role<"B">::End b_end =
        std::move(b_in_loop).receive().take<Leave>().next.send(Hello{"back"});
    auto [last, a_end] = std::move(a_in_loop).receive().take<Leave>().next.receive();
    static_assert(std::is_same_v<decltype(a_end), Visit::role<"A">::End>);
    CHECK(last.value == "back");
}

TEST_CASE("a failure calls a role of a text by its name and a state by its number",
          "[protocol_text]") {
    auto [a, b, c] = mpst::connect<Relay::role<"A">, Relay::role<"B">, Relay::role<"C">>(
        {.capacity = 1, .patience = 5ms});
    auto waiting = std::move(a).send(Relay::message<"go">{7});
    auto [go, passing] = std::move(b).receive().take<Relay::message<"go">>();
    const auto late = failure_of([&] { static_cast<void>(std::move(waiting).receive()); });
    CHECK(late.what == Trouble::deadline);
    CHECK(late.sentence() == "A in A, state 1: C did not answer in time; expected thanks.");
    auto third = std::move(c);
    const auto told = failure_of([&] { static_cast<void>(std::move(third).receive()); });
    CHECK(told.sentence() ==
          "C in C, state 0: the session was ended by A in A, state 1. "
          "C did not answer in time; expected thanks.");
}
