// SPDX-License-Identifier: AGPL-3.0-or-later
// The same core while compiling: that this file compiles is the test.
#include <sz/mpst/core/check.hpp>

#include "tests/support/catch.hpp"

using namespace mpst::core;

namespace {

constexpr bool is_good(std::string_view text) {
    Check check(text, {});
    check.run();
    return check.findings().empty() && check.protocols().size() == 1;
}

constexpr int first_fault(std::string_view text) {
    Check check(text, {});
    check.run();
    return check.findings().empty() ? 0 : static_cast<int>(check.findings().front().what);
}

constexpr std::string_view adder = R"(
global protocol Adder(role C, role S) {
  rec Loop {
    choice at C {
      add(int, int) from C to S;
      sum(int) from S to C;
      continue Loop;
    } or {
      bye() from C to S;
    }
  }
})";

constexpr std::uint32_t states_of(std::string_view text, Role role) {
    Check check(text, {});
    check.run();
    return check.protocols().front().locals[role].graph.size();
}

static_assert(is_good(adder));
static_assert(states_of(adder, 0) == 4);  // choose, await the sum, choose again, end
static_assert(first_fault("global protocol P(role A, role B) { m() from A to C; }") == 13);
static_assert(first_fault("global protocol P(role A, role B) { rec X { continue X; } }") == 21);
static_assert(first_fault("global protocol P(role A, role B, role C) { choice at A { a() from A "
                          "to B; x() from B to C; } or { b() from A to B; } }") == 43);

}  // namespace

TEST_CASE("while compiling and while running the verdicts are the same", "[constant]") {
    CHECK(is_good(adder));
    CHECK(states_of(adder, 0) == 4);
}
