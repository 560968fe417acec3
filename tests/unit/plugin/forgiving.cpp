// SPDX-License-Identifier: AGPL-3.0-or-later
// A plugin of the bundle is not quarantined for the first pack that ends the program.
#include "kernel/plugin/trust.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;
using sz::test::TempDir;

namespace {

const Bundle bundle{{"org.bundled", {}}};
const std::vector<LostCall> bundled_read{{"org.bundled", "pack.read"}};

// One start of the program after another, on one profile.
struct Starts {
    TempDir dir;
    Trust::Entry after(const std::vector<LostCall>& lost, const std::string& id) const {
        Trust trust = Trust::open(dir / "trust.json");
        if (trust.take_lost(lost, bundle)) REQUIRE(trust.save());
        return Trust::open(dir / "trust.json").entry(id);
    }
};

}  // namespace

TEST_CASE("a bundled plugin that was lost while it read is quarantined the second time in a row") {
    const Starts starts;
    CHECK(starts.after(bundled_read, "org.bundled").quarantined.empty());
    CHECK(starts.after({{"org.bundled", "field.normalize"}}, "org.bundled").quarantined ==
          "field.normalize");
}

TEST_CASE("a run that ends well in between is a new beginning") {
    const Starts starts;
    CHECK(starts.after(bundled_read, "org.bundled").lost == "pack.read");
    CHECK(starts.after({}, "org.bundled").lost.empty());
    CHECK(starts.after(bundled_read, "org.bundled").quarantined.empty());
}

TEST_CASE("a bundled plugin that was lost in a start which somebody ended is forgiven once") {
    const Starts starts;
    const std::vector<LostCall> in_init{{"org.bundled", "init"}};
    CHECK(starts.after(in_init, "org.bundled").quarantined.empty());
    CHECK(starts.after(in_init, "org.bundled").quarantined == "init");
}

TEST_CASE("a plugin from elsewhere is quarantined at once") {
    const Starts starts;
    CHECK(starts.after({{"org.stranger", "pack.read"}}, "org.stranger").quarantined == "pack.read");
    CHECK(starts.after({{"org.stranger", "init"}}, "org.stranger").quarantined == "init");
}
