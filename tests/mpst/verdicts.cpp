// SPDX-License-Identifier: AGPL-3.0-or-later
// Each rule from both sides.
#include "sdk/mpst/compiler/sentences.hpp"
#include "tests/mpst/corpus.hpp"
#include "tests/mpst/law.hpp"
#include "tests/support/catch.hpp"

using namespace mpst;
using namespace mpst::test;

namespace {

std::string found_in(const core::Check& check) {
    std::string all;
    for (const core::Finding& finding : check.findings())
        all += compiler::code_of(finding.what) + ": " + compiler::sentence_of(finding).what + "\n";
    return all;
}

}  // namespace

TEST_CASE("what is well formed is accepted", "[verdicts]") {
    const auto samples = corpus("accept");
    CHECK(samples.size() >= 100);
    for (const Sample& sample : samples) {
        INFO(sample.name);
        core::Check check(sample.text, {});
        check.run();
        CHECK(found_in(check) == "");
        CHECK_FALSE(check.protocols().empty());
    }
}

TEST_CASE("what is not is refused, for the reason that stands in it", "[verdicts]") {
    const auto samples = corpus("reject");
    CHECK(samples.size() >= 100);
    for (const Sample& sample : samples) {
        INFO(sample.name);
        const auto at = sample.reason.find("SZ-MPST-");
        REQUIRE(at != std::string::npos);
        core::Check check(sample.text, {});
        check.run();
        CHECK_THAT(found_in(check), ContainsSubstring(sample.reason.substr(at, 11)));
    }
}

TEST_CASE("what waits for ever is accepted where choices are fair, and nothing else is",
          "[verdicts]") {
    core::Options fair;
    fair.is_fair = true;
    for (const Sample& sample : corpus("reject")) {
        INFO(sample.name);
        core::Check check(sample.text, fair);
        check.run();
        const bool waits = sample.reason.find("SZ-MPST-044") != std::string::npos;
        CHECK(check.findings().empty() == waits);
    }
}
