// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/licences.hpp"

#include "tests/support/catch.hpp"

using namespace sz::tools;

TEST_CASE("which licences go together") {
    struct Case {
        const char *ours, *theirs;
        Combined verdict;
    };
    const auto yes = Combined::yes;
    const auto no = Combined::no;
    const auto unclear = Combined::unclear;
    const Case cases[] = {
        {"CC-BY-4.0", "CC0-1.0", yes},
        {"CC0-1.0", "CC0-1.0", yes},
        {"CC0-1.0", "CC-BY-4.0", no},
        {"CC-BY-SA-4.0", "CC-BY-4.0", yes},
        {"CC-BY-4.0", "CC-BY-SA-4.0", no},
        {"CC-BY-SA-4.0", "CC-BY-SA-4.0", yes},
        {"CC-BY-SA-4.0", "CC-BY-SA-3.0", yes},
        {"CC-BY-SA-3.0", "CC-BY-SA-4.0", no},
        {"GPL-3.0-only", "CC-BY-SA-4.0", yes},
        {"CC-BY-SA-4.0", "GPL-3.0-only", no},
        {"CC-BY-4.0", "CC-BY-NC-4.0", no},
        {"CC-BY-NC-4.0", "CC-BY-NC-4.0", yes},
        {"CC-BY-NC-SA-4.0", "CC-BY-NC-4.0", yes},
        {"CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", no},
        {"CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", no},
        {"CC-BY-ND-4.0", "CC-BY-ND-4.0", no},
        {"CC-BY-ND-4.0", "CC-BY-4.0", yes},
        {"ORC", "ORC", yes},
        {"LicenseRef-ORC", "ORC", yes},
        {"CC-BY-SA-4.0", "ORC", no},
        {"OGL-1.0a", "ORC", no},
        {"CC-BY-4.0", "OGL-1.0a", no},
        {"ORC", "CC-BY-4.0", yes},
        {"AGPL-3.0-or-later", "GPL-3.0-or-later", yes},
        {"GPL-3.0-or-later", "AGPL-3.0-or-later", no},
        {"AGPL-3.0-only", "AGPL-3.0-or-later", yes},
        {"AGPL-3.0-or-later", "AGPL-3.0-only", no},
        {"cc-by-4.0", "Cc-By-4.0", yes},
        {"CC-BY-4.0", "All rights reserved", unclear},
        {"My Own", "CC0-1.0", unclear},
        // They let one choose; what we offer must work whichever is chosen of ours.
        {"CC-BY-4.0", "CC-BY-SA-4.0 OR CC-BY-4.0", yes},
        {"CC-BY-4.0", "Mystery OR CC-BY-4.0", yes},
        {"CC-BY-4.0", "Mystery OR CC-BY-SA-4.0", unclear},
        {"CC-BY-SA-4.0 OR CC-BY-4.0", "CC-BY-SA-4.0", no},
        {"CC-BY-4.0 AND MIT", "CC-BY-4.0", unclear},
    };
    for (const auto& one : cases) {
        INFO(one.ours << " on " << one.theirs);
        const auto combined = combine_licences(one.ours, one.theirs);
        CHECK(combined.verdict == one.verdict);
        CHECK(combined.why.empty() == (one.verdict == yes));
    }
}

TEST_CASE("a known licence is one of the table, or a choice of such") {
    CHECK(is_known_licence("CC-BY-SA-4.0"));
    CHECK(is_known_licence("MIT OR cc0-1.0"));
    CHECK_FALSE(is_known_licence("MIT OR Mine"));
    CHECK_FALSE(is_known_licence(""));
}
