// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_check.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

TEST_CASE("a version is three numbers, perhaps with a prerelease and a build") {
    for (const char* good :
         {"0.0.0", "1.2.3", "10.20.30", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-0.3.7", "1.0.0-x-y",
          "1.0.0+7", "1.0.0-beta+exp.sha.5114f85", "1.0.0+001"}) {
        INFO(good);
        CHECK(is_version(good));
    }
    for (const char* bad : {"", "1", "1.2", "1.2.3.4", "01.2.3", "1.02.3", "1.2.3-", "1.2.3-01",
                            "1.2.3-a..b", "1.2.3+", "v1.2.3", "1.2.x", "1.2.3 ", " 1.2.3", "-1.2.3",
                            "99999999999999999999.0.0", "1.2.3-é"}) {
        INFO(bad);
        CHECK_FALSE(is_version(bad));
    }
    CHECK(is_version("1.0.0-" + std::string(58, 'a')));
    CHECK_FALSE(is_version("1.0.0-" + std::string(59, 'a')));
}

TEST_CASE("versions are ordered as semver 2.0 says") {
    const std::vector<std::string> ordered = {
        "0.9.9",      "1.0.0-alpha",  "1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
        "1.0.0",      "1.0.1",        "1.1.0",         "2.0.0",
        "10.0.0"};
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        for (std::size_t j = 0; j < ordered.size(); ++j) {
            INFO(ordered[i] << " and " << ordered[j]);
            CHECK(version_less(ordered[i], ordered[j]) == (i < j));
        }
    }
    CHECK_FALSE(version_less("1.0.0+a", "1.0.0+b"));
    CHECK_FALSE(version_less("1.0.0+b", "1.0.0+a"));
    CHECK(version_less("not a version", "0.0.1"));
}

TEST_CASE("a range admits what it says") {
    struct Case {
        const char *version, *range;
        bool is_admitted;
    };
    const Case cases[] = {
        {"1.2.0", "1.2.0", true},
        {"1.2.1", "1.2.0", false},
        {"1.2.0", "=1.2.0", true},
        {"1.2.0", "^1.2.0", true},
        {"1.9.9", "^1.2.0", true},
        {"2.0.0", "^1.2.0", false},
        {"1.1.9", "^1.2.0", false},
        {"1.2.9", "~1.2.3", true},
        {"1.3.0", "~1.2.3", false},
        {"1.2.2", "~1.2.3", false},
        {"1.5.0", ">=1.0.0 <2.0.0", true},
        {"2.0.0", ">=1.0.0 <2.0.0", false},
        {"2.0.0", ">=1.0.0 <=2.0.0", true},
        {"1.0.0", ">1.0.0", false},
        {"1.0.1", ">1.0.0", true},
        {"7.0.0", "*", true},
        {"1.0.0", "", false},
        {"x", "*", false},
        {"1.0.0+build", "1.0.0", true},
        // A prerelease only where the range names one of the same version.
        {"1.3.0-beta", "^1.2.0", false},
        {"1.2.0-beta.2", "^1.2.0-beta.1", true},
        {"1.3.0-beta", "^1.2.0-beta.1", false},
        {"2.0.0-alpha", "^1.2.0", false},
        {"2.0.0-alpha", "^1.2.0-x", false},
        {"2.0.0-alpha", ">=1.0.0 <2.0.0", false},
        {"1.0.0-a", "*", false},
        {"1.0.0-a", "1.x", false},
        {"1.2.0-beta", "1.2.0-beta", true},
        {"1.2.0", "1.2.0-beta", false},
    };
    for (const auto& one : cases) {
        INFO(one.version << " in " << one.range);
        CHECK(version_satisfies(one.version, one.range) == one.is_admitted);
    }
}

TEST_CASE("a caret keeps the first number that is not zero") {
    struct Case {
        const char *range, *lowest, *highest, *below, *above;
    };
    const Case cases[] = {
        {"^1.2.3", "1.2.3", "1.99.99", "1.2.2", "2.0.0"},
        {"^0.2.3", "0.2.3", "0.2.99", "0.2.2", "0.3.0"},
        {"^0.0.3", "0.0.3", "0.0.3", "0.0.2", "0.0.4"},
        {"^0.0.0", "0.0.0", "0.0.0", "0.0.0-a", "0.0.1"},
        {"^1", "1.0.0", "1.99.99", "0.99.99", "2.0.0"},
        {"^1.2", "1.2.0", "1.99.99", "1.1.99", "2.0.0"},
        {"^1.x", "1.0.0", "1.99.99", "0.99.99", "2.0.0"},
        {"^0", "0.0.0", "0.99.99", "0.0.0-a", "1.0.0"},
        {"^0.0", "0.0.0", "0.0.99", "0.0.0-a", "0.1.0"},
        {"^0.2", "0.2.0", "0.2.99", "0.1.99", "0.3.0"},
        {"~1", "1.0.0", "1.99.99", "0.99.99", "2.0.0"},
        {"~1.2", "1.2.0", "1.2.99", "1.1.99", "1.3.0"},
        {"~0.2.3", "0.2.3", "0.2.99", "0.2.2", "0.3.0"},
        {"1.x", "1.0.0", "1.99.99", "0.99.99", "2.0.0"},
        {"1.*", "1.0.0", "1.99.99", "0.99.99", "2.0.0"},
        {"1.X.x", "1.0.0", "1.99.99", "0.99.99", "2.0.0"},
        {"1.2.x", "1.2.0", "1.2.99", "1.1.99", "1.3.0"},
        {">1.2 <2", "1.3.0", "1.99.99", "1.2.99", "2.0.0"},
        {">=1.2 <=2.1", "1.2.0", "2.1.99", "1.1.99", "2.2.0"},
        {"^1.0.0 || ^3.0.0", "1.0.0", "3.99.99", "2.0.0", "4.0.0"},
        {"1.0.0||2.0.0", "1.0.0", "2.0.0", "1.0.1", "2.0.1"},
    };
    for (const auto& one : cases) {
        INFO(one.range);
        CHECK(is_version_range(one.range));
        CHECK(version_satisfies(one.lowest, one.range));
        CHECK(version_satisfies(one.highest, one.range));
        CHECK_FALSE(version_satisfies(one.below, one.range));
        CHECK_FALSE(version_satisfies(one.above, one.range));
    }
}

TEST_CASE("what is no range is refused, and what reads differently elsewhere") {
    CHECK(is_version_range(">=1.0.0  <2.0.0"));
    for (const char* bad : {"",        " ",           "^",         ">=",          "1.0",
                            "1",       ">= 1.0.0",    "1.0.0 ||",  "|| 1.0.0",    "1.0.0 | 2.0.0",
                            "latest",  "1.x.3",       "1..x",      "x.1",         "^*",
                            ">*",      "1.2.3.x",     "^1.2.",     "^01.2.0",     "~",
                            "==1.0.0", "1.0.0,2.0.0", "^1.x-beta", "1.0.0\t2.0.0"}) {
        INFO(bad);
        CHECK_FALSE(is_version_range(bad));
    }
    const std::string at_the_limit = "1.0.0" + std::string(123, ' ');
    CHECK(is_version_range(at_the_limit));
    CHECK_FALSE(is_version_range(at_the_limit + " "));
}

TEST_CASE("the greatest number there is has no number after it") {
    const std::string most = "18446744073709551615";
    CHECK(version_satisfies(most + ".1.0", "^" + most + ".0.0"));
    CHECK_FALSE(version_satisfies("0.0.0", "^" + most + ".0.0"));
    CHECK_FALSE(version_satisfies("1.0.0", "^0." + most + ".0"));
    CHECK(version_satisfies("0." + most + ".7", "^0." + most + ".0"));
    CHECK_FALSE(is_version_range(">" + most));
}

TEST_CASE("the lowest version that several ranges share") {
    const auto shared = [](const std::vector<std::string>& ranges) {
        return version_in_all(ranges).value_or("none");
    };
    CHECK(shared({"^1.2.0", ">=1.5.0"}) == "1.5.0");
    CHECK(shared({"^1.2.0", "^2.0.0"}) == "none");
    CHECK(shared({"^1.2.0", ">1.2.0 <1.3.0"}) == "1.2.1");
    CHECK(shared({"*"}) == "0.0.0");
    CHECK(shared({"1.0.0 || ^2.1.0", ">=1.0.1"}) == "2.1.0");
    CHECK(shared({"^1.0.0-beta", "*"}) == "1.0.0");
    CHECK(shared({"1.4.0", "nonsense"}) == "none");
}
