// SPDX-License-Identifier: AGPL-3.0-or-later
// sz-plugin-check says which rule a plugin breaks, and outlives the plugin.
#include "tests/plugins_bad/check_report.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;

TEST_CASE("the checker finds nothing wrong with the example plugin of the SDK") {
    const auto report =
        check(std::filesystem::path(SZ_BUILD) / "tests/faulty_plugins/org.example.hello-field");
    INFO(report.json.dump(1));
    CHECK(report.exit_code == 0);
    CHECK(report.json.at("ok") == true);
    CHECK(report.about("field.inverse").empty());
    CHECK(report.about("field.typed").empty());
    CHECK(report.about("field.computed").empty());
}

TEST_CASE("the checker finds nothing wrong with our own field types") {
    for (const char* id : {"org.sessionzero.fields-core", "org.sessionzero.fields-play"}) {
        const auto report = check(std::filesystem::path(SZ_BUILD) / "plugins" / id);
        INFO(report.json.dump(1));
        CHECK(report.exit_code == 0);
        CHECK(report.about("field.explained").empty());
    }
}

TEST_CASE("the checker names the rule that a plugin breaks") {
    CHECK_THAT(check(faulty("garbage")).about("field.describes"),
               ContainsSubstring("no JSON object"));
    CHECK_THAT(check(faulty("forgets-typed")).about("field.typed"),
               ContainsSubstring("null is shown as \"null\" and typed so becomes 1"));
    CHECK_THAT(check(faulty("wrong-major")).about("entry.fits"), ContainsSubstring("ABI 2.0"));
    CHECK_THAT(check(faulty("no-symbol")).about("entry.fits"),
               ContainsSubstring("sz_plugin_entry"));
    CHECK_THAT(check(faulty("init-fails")).about("init.quick"), ContainsSubstring("the moon"));
    CHECK_THAT(check(faulty("hostile-format")).about("format.missing"),
               ContainsSubstring("does not exist"));
    CHECK_THAT(check(faulty("promises")).about("field.computed"),
               ContainsSubstring("there is no evaluate"));
    CHECK_THAT(check(faulty("miscounts")).about("field.explained"),
               ContainsSubstring("do not lead to 3"));
}

TEST_CASE("a plugin that ends the program is a line of the checker's report") {
    const auto report = check(faulty("init-crashes"));
    CHECK(report.exit_code == 1);
    CHECK(report.about("init.quick") == "It ended the program.");
    CHECK(report.about("extensions.there") == "-");
}

TEST_CASE("a folder without a manifest is the environment's fault") {
    CHECK(check("/nonexistent").exit_code == 3);
}
