// SPDX-License-Identifier: AGPL-3.0-or-later
// campaign.upgrade as whoever calls the bus sees it.
#include <set>

#include "tests/unit/campaign/kernel.hpp"

using namespace sz;
using namespace sz::test;

TEST_CASE("an upgrade that is too much for one event is several, and no sheet is left out") {
    Kernel kernel;
    const std::string campaign =
        kernel.must("campaign.new", {{"template", "Test/evening"}, {"name", "Nightfall"}})["id"];
    std::vector<std::string> sheets;
    for (const char* name : {"Ash", "Birch", "Cedar", "Dogwood", "Elm"}) {
        sheets.push_back(
            kernel.must("character.new",
                        {{"campaign", campaign}, {"template", "Test/hero"}, {"name", name}})["id"]);
    }
    // A definition says its default and a field its value: each sheet gets 3,600,000 bytes, and an
    // event holds 8 MiB: two sheets.
    Json sections = FakeTemplates::second_hero();
    for (const char* id : {"saga", "song"}) {
        Json text = plain_field(id, id, "Text");
        text["defaultValue"] = std::string(900'000, 's');
        sections[0]["groups"][0]["fields"].push_back(text);
    }
    kernel.thread.run_and_wait([&] { kernel.templates.add_version("2.0.0", sections); });
    const Json wanted{{"id", campaign}, {"pack", "test-pack@2.0.0"}};
    const Json done = kernel.must("campaign.upgrade", wanted);
    CHECK(done["events"].size() == 3);
    CHECK(done["sheets"].size() == 6);  // the campaign's own stays as it is
    for (const std::string& id : sheets) {
        const Json shown = kernel.must("character.show", {{"id", id}});
        CHECK(shown["template"]["version"] == "2.0.0");
        CHECK(shown["fields"].contains("core.things.song"));
    }
    CHECK(kernel.must("campaign.upgrade", wanted)["events"].empty());
    const std::string moment = done["snapshot"];
    kernel.must("campaign.restore-snapshot", {{"id", campaign}, {"to", moment}});
    for (const std::string& id : sheets)
        CHECK(kernel.must("character.show", {{"id", id}})["template"]["version"] == "1.2.0");
}
