// SPDX-License-Identifier: AGPL-3.0-or-later
// Whatever bytes come, there is an answer: good, or a finding.
#include <rapidcheck.h>

#include "sdk/mpst/compiler/sentences.hpp"
#include "tests/mpst/corpus.hpp"
#include "tests/mpst/law.hpp"
#include "tests/support/catch.hpp"

using namespace mpst;
using namespace mpst::test;

namespace {

const std::string two_roles = "global protocol P(role A, role B) {";

std::string times(std::size_t n, const std::string& text) {
    std::string all;
    all.reserve(n * text.size());
    for (; n > 0; --n) all += text;
    return all;
}

// "good", or the code of the first finding.
std::string verdict(const std::string& text, const core::Limits& limits = {}) {
    core::Options options;
    options.limits = limits;
    core::Check check(text, options);
    check.run();
    return check.findings().empty() ? "good" : compiler::code_of(check.findings().front().what);
}

}  // namespace

TEST_CASE("blocks may be nested ten thousand deep", "[large]") {
    constexpr std::size_t deep = 10'000;
    CHECK(verdict(two_roles + times(deep, "choice at A { a() from A to B; ") +
                  times(deep, "} or { b() from A to B; }") + "}") == "good");
    CHECK(verdict(two_roles + times(deep, "rec X { m() from A to B; ") + "continue X;" +
                  times(deep, "}") + "}") == "good");
    CHECK(verdict(two_roles + times(deep, "rec X {") + "m() from A to B; continue X;" +
                  times(deep, "}") + "}") == "good");
    CHECK(verdict(two_roles + times(deep, "rec X {")) == "SZ-MPST-004");
    CHECK(verdict(times(deep, "(*")) == "SZ-MPST-002");
    CHECK(verdict(times(deep, "/* ")) == "SZ-MPST-002");
}

TEST_CASE("a file of a megabyte is read in one piece", "[large]") {
    CHECK(verdict(two_roles + times(60'000, "1() from A to B;\n") + "}") == "good");
    CHECK(verdict(times(1'000'000, "{")) == "SZ-MPST-004");
    CHECK(verdict(times(1'000'000, "\xFF")) == "SZ-MPST-001");
}

TEST_CASE("sixty-four roles, and two hundred protocols that do each other", "[large]") {
    std::string roles, ring, web;
    for (int i = 0; i < 64; ++i) {
        roles += (i > 0 ? ", role R" : "role R") + std::to_string(i);
        ring += "m() from R" + std::to_string(i) + " to R" + std::to_string((i + 1) % 64) + ";";
    }
    CHECK(verdict("global protocol P(" + roles + ") {" + ring + "}") == "good");
    for (int i = 0; i < 200; ++i) {
        const auto to = [](int n) { return "do P" + std::to_string(n % 200) + "(B, A);"; };
        web += "global protocol P" + std::to_string(i) +
               "(role A, role B) { choice at A { a() from A to B;" + to(i + 1) +
               "} or { b() from A to B;" + to(7 * i + 3) + "} or { c() from A to B; } }\n";
    }
    CHECK(verdict(web) == "good");
}

TEST_CASE("past a limit a finding names it", "[large]") {
    std::string doubling;
    for (int i = 0; i < 40; ++i)
        doubling += "aux global protocol P" + std::to_string(i) + "(role A, role B) { do P" +
                    std::to_string(i + 1) + "(A, B); do P" + std::to_string(i + 1) + "(A, B); }";
    doubling +=
        "aux global protocol P40(role A, role B) { m() from A to B; }"
        "global protocol M(role A, role B) { do P0(A, B); }";
    core::Limits small;
    small.states = 1000;
    CHECK(verdict(doubling, small) == "SZ-MPST-006");
    const std::string chain = two_roles + times(100, "m() from A to B;") + "}";
    small.states = 101;
    CHECK(verdict(chain, small) == "good");
    small.states = 100;
    CHECK(verdict(chain, small) == "SZ-MPST-006");
    small = {};
    small.text_bytes = static_cast<std::uint32_t>(chain.size());
    CHECK(verdict(chain, small) == "good");
    CHECK(verdict(chain + " ", small) == "SZ-MPST-006");
    small = {};
    small.steps = 100;
    CHECK(verdict(chain, small) == "SZ-MPST-006");
}

TEST_CASE("a protocol that was cut or had bytes changed is answered", "[large]") {
    auto samples = corpus("accept");
    const auto refused = corpus("reject");
    samples.insert(samples.end(), refused.begin(), refused.end());
    rc::check("any bytes", [&](const std::vector<std::pair<std::uint16_t, char>>& changes,
                               std::uint16_t which, std::uint16_t cut) {
        std::string text = samples[which % samples.size()].text;
        for (const auto& [at, byte] : changes) text[at % text.size()] = byte;
        text.resize(text.size() - cut % text.size());
        core::Check check(text, {});
        check.run();
        for (const core::Finding& finding : check.findings()) {
            RC_ASSERT(finding.at.begin <= finding.at.end && finding.at.end <= text.size());
            RC_ASSERT(finding.other.end <= text.size());
            RC_ASSERT(!compiler::sentence_of(finding).what.empty());
        }
    });
}
