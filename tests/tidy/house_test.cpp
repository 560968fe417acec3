// SPDX-License-Identifier: AGPL-3.0-or-later
// This very repository, held against the map of the house.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/tidy/house.hpp"
#include "tests/tidy/includes.hpp"
#include "tests/tidy/links.hpp"

using namespace sz::tidy;

TEST_CASE("every #include goes where the map of the house allows it") {
    const IncludeCheck check(repository());
    std::vector<std::string> found;
    for (const Source& source : repository()) {
        const auto more = check.breaches(source);
        found.insert(found.end(), more.begin(), more.end());
    }
    INFO(joined(found));
    CHECK(found.empty());
}

TEST_CASE("link lines keep the same directions") {
    const LinkCheck check(repository());
    std::vector<std::string> found;
    for (const Source& source : repository()) {
        const auto more = check.breaches(source);
        found.insert(found.end(), more.begin(), more.end());
    }
    INFO(joined(found));
    CHECK(found.empty());
}
