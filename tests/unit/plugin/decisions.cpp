// SPDX-License-Identifier: AGPL-3.0-or-later
// What is decided without touching a library: who is granted, and who starts before whom.
#include "kernel/plugin/dependencies.hpp"
#include "kernel/plugin/trust.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;

namespace {

const std::string mira = "szid1mira", noor = "szid1noor";

Manifest plugin(std::string id, std::vector<Dependency> needs = {}, std::string version = "1.2.0") {
    Manifest manifest;
    manifest.id = std::move(id);
    manifest.version = std::move(version);
    manifest.dependencies = std::move(needs);
    return manifest;
}

std::string order_of(const std::vector<Manifest>& all) {
    std::vector<const Manifest*> granted;
    for (const Manifest& manifest : all) granted.push_back(&manifest);
    std::string ids;
    for (const Manifest* manifest : start_order(granted).order) ids += manifest->id;
    return ids;
}

std::string missing_of(const std::vector<Manifest>& all, std::size_t index) {
    std::vector<const Manifest*> granted;
    for (const Manifest& manifest : all) granted.push_back(&manifest);
    const auto order = start_order(granted);
    const auto found = order.missing.find(&all[index]);
    return found == order.missing.end() ? "" : found->second.why;
}

}  // namespace

TEST_CASE("plugins start after what they need, else in their order") {
    CHECK(order_of({plugin("c", {{"a", "^1.0.0"}}), plugin("b"), plugin("a", {{"b", "1.2.0"}})}) ==
          "bac");
}

TEST_CASE("a missing plugin holds up those that need it, with a reason each") {
    const std::vector<Manifest> all{plugin("a", {{"b", "^1.0.0"}}),
                                    plugin("b", {{"gone", "^2.0.0"}}), plugin("c")};
    CHECK(order_of(all) == "c");
    CHECK_THAT(missing_of(all, 0), ContainsSubstring("b, which cannot start either"));
    CHECK_THAT(missing_of(all, 1), ContainsSubstring("gone ^2.0.0, which is not here"));
    CHECK(missing_of(all, 2).empty());
}

TEST_CASE("plugins that need each other do not start") {
    const std::vector<Manifest> all{plugin("a", {{"b", "^1.0.0"}}), plugin("b", {{"a", "^1.0.0"}})};
    CHECK(order_of(all).empty());
    CHECK(missing_of(all, 0) == "It waits for itself: a → b → a.");
    CHECK(missing_of(all, 1) == "It waits for itself: b → a → b.");
    const std::vector<Manifest> alone{plugin("a", {{"a", "^1.0.0"}}), plugin("b")};
    CHECK(order_of(alone) == "b");
    CHECK(missing_of(alone, 0) == "It waits for itself: a → a.");
}

TEST_CASE("a plugin that needs one of a circle is told of that one") {
    const std::vector<Manifest> all{plugin("c", {{"a", "^1.0.0"}}), plugin("a", {{"b", "^1.0.0"}}),
                                    plugin("b", {{"a", "^1.0.0"}})};
    CHECK(missing_of(all, 0) == "It needs the plugin a, which cannot start either.");
    CHECK(missing_of(all, 1) == "It waits for itself: a → b → a.");
}

TEST_CASE(
    "a plugin of the wrong version counts as missing, and the version that is here is named") {
    const std::vector<Manifest> all{plugin("a", {{"b", "^2.0.0"}}), plugin("b")};
    CHECK_THAT(missing_of(all, 0), ContainsSubstring("version 1.2.0 is here"));
}

TEST_CASE("which version fits which wish") {
    CHECK(plugin_version_fits("1.2.0", "1.2.0"));
    CHECK_FALSE(plugin_version_fits("1.2.1", "1.2.0"));
    CHECK(plugin_version_fits("1.2.1", "^1.2.0"));
    CHECK(plugin_version_fits("1.10.0", "^1.2.0"));
    CHECK_FALSE(plugin_version_fits("1.1.9", "^1.2.0"));
    CHECK_FALSE(plugin_version_fits("2.0.0", "^1.2.0"));
    CHECK(plugin_version_fits("0.3.4", "^0.3.1"));
    CHECK_FALSE(plugin_version_fits("0.4.0", "^0.3.1"));
    CHECK_FALSE(plugin_version_fits("1.2", "^1.0.0"));
    CHECK_FALSE(plugin_version_fits("", "^1.0.0"));
}

TEST_CASE("the bundle grants its own plugins in its own folder and nobody else under their ids") {
    const test::TempDir dir;
    Trust trust = Trust::open(dir / "trust.json");
    const Bundle bundle{{"a", {"1.0.0", "hash-a"}}};
    CHECK(trust.decide({"a", "hash-a", {}, true}, bundle) == Grant::bundled);
    CHECK(trust.decide({"a", "hash-x", {}, true}, bundle) == Grant::refused);
    CHECK(trust.decide({"a", "hash-a", {}, false}, bundle) == Grant::refused);
    CHECK(trust.decide({"b", "hash-b", {}, true}, bundle) == Grant::none);
    const auto granted = trust.grant({"a", "hash-a", mira, false}, bundle);
    REQUIRE_FALSE(granted);
    CHECK(granted.error().code == "SZ-PLUGIN-011");
    CHECK(granted.error().kind == ErrorKind::conflict);
}

TEST_CASE("an id belongs to the signer who first had it, through every version") {
    const test::TempDir dir;
    Trust trust = Trust::open(dir / "trust.json");
    REQUIRE(trust.grant({"a", "hash-1", mira, false}, {}));
    CHECK(trust.decide({"a", "hash-2", mira, false}, {}) == Grant::trusted);
    CHECK(trust.decide({"a", "hash-1", noor, false}, {}) == Grant::refused);
    CHECK(trust.decide({"a", "hash-1", {}, false}, {}) == Grant::refused);
    CHECK_FALSE(trust.grant({"a", "hash-3", noor, false}, {}));
    CHECK_THAT(trust.why_not({"a", "hash-3", noor, false}, {}).message, ContainsSubstring(mira));
}

TEST_CASE("an unsigned plugin is trusted in one version; the next one is asked about again") {
    const test::TempDir dir;
    Trust trust = Trust::open(dir / "trust.json");
    REQUIRE(trust.grant({"a", "hash-1", {}, false}, {}));
    CHECK(trust.decide({"a", "hash-1", {}, false}, {}) == Grant::trusted);
    CHECK(trust.decide({"a", "hash-2", {}, false}, {}) == Grant::none);
    REQUIRE(trust.grant({"a", "hash-2", {}, false}, {}));
    CHECK(trust.decide({"a", "hash-1", {}, false}, {}) == Grant::none);
}

TEST_CASE("decisions survive the program") {
    const test::TempDir dir;
    {
        Trust trust = Trust::open(dir / "trust.json");
        REQUIRE(trust.grant({"signed", "hash-1", mira, false}, {}));
        REQUIRE(trust.grant({"unsigned", "hash-2", {}, false}, {}));
        trust.change("off").is_disabled = true;
        trust.change("crashed").quarantined = "init";
        REQUIRE(trust.save());
    }
    const Trust trust = Trust::open(dir / "trust.json");
    CHECK(trust.decide({"signed", "hash-9", mira, false}, {}) == Grant::trusted);
    CHECK(trust.decide({"unsigned", "hash-2", {}, false}, {}) == Grant::trusted);
    CHECK(trust.entry("off").is_disabled);
    CHECK(trust.entry("crashed").quarantined == "init");
    CHECK_FALSE(trust.entry("signed").is_disabled);
}
