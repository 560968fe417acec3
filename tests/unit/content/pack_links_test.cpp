// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz;
using namespace sz::test;
using Strings = std::vector<std::string>;

namespace {

std::string link_text(const std::string& pack, const std::string& dataset, const std::string& entry,
                      const std::string& version) {
    return R"({"datapackId": ")" + pack + R"(", "datasetId": ")" + dataset + R"(", "entryId": ")" +
           entry + R"(", "version": ")" + version + "\"}";
}

// A pack whose one field links somewhere, and the codes of what is found.
Checked with_link(const std::string& link, const OtherPacks& others = {},
                  const std::string& dependencies = "[]") {
    const auto entries =
        R"({"pelt": {"id": "pelt", "name": "Pelt"}, "wolf": {"id": "wolf", "name": "Wolf", "topLevelFields":
{"drops": {"type": "DatasetLink", "value": )" +
        link + "}}}}";
    return check(
        {{"objects/character-templates/hero.json", small_template("hero", "")},
         {"objects/datasets/things.json", small_dataset("things", entries)},
         {"szpack.json",
          R"({"id": "org.example.pack", "name": "Example", "version": "1.1.0", "dependencies": )" +
              dependencies + "}"}},
        others);
}

// One pack "core" in 1.2.0 and 1.3.0; only the later one has items/axe.
OtherPacks core() {
    return {[](const std::string& pack) {
                return pack == "core" ? Strings{"1.3.0", "1.2.0"} : Strings{};
            },
            [](const std::string& pack, const std::string& version, const std::string& object,
               const std::string& entry) {
                return pack == "core" && object == "items" &&
                       (entry.empty() || (version == "1.3.0" && entry == "axe"));
            },
            {}};
}

}  // namespace

TEST_CASE("a link inside the pack needs no dependency and must lead somewhere") {
    CHECK(with_link(link_text("org.example.pack", "things", "pelt", "1.1.0")).codes() == Strings{});
    CHECK(with_link(link_text("org.example.pack", "things", "pelt", "^1.0.0")).codes() ==
          Strings{});
    CHECK(with_link("null").codes() == Strings{});
    const auto lost = with_link(link_text("org.example.pack", "things", "plet", "*"));
    CHECK(lost.places() == Strings{"SZ-PACK-040 objects/datasets/things.json:3:44"});
    CHECK(lost.findings[0].hint == "Did you mean “pelt”?");
    CHECK_FALSE(lost.pack);
    CHECK(with_link(link_text("org.example.pack", "thing", "pelt", "*")).codes() ==
          Strings{"SZ-PACK-040"});
    CHECK(with_link(link_text("org.example.pack", "hero", "pelt", "*")).codes() ==
          Strings{"SZ-PACK-040"});
}

TEST_CASE("a link that asks for another version of its own pack is warned about") {
    const auto result = with_link(link_text("org.example.pack", "things", "pelt", "^2.0.0"));
    CHECK(result.codes() == Strings{"SZ-PACK-044"});
    CHECK(result.pack);
    // The dataset's own version counts as well: the source document does not say which one is
    // meant.
    CHECK(with_link(link_text("org.example.pack", "things", "pelt", "1.0.0")).codes() == Strings{});
    CHECK(with_link(link_text("org.example.pack", "things", "pelt", "newest")).codes() ==
          Strings{"SZ-PACK-048"});
}

TEST_CASE("a link out of the pack needs a dependency") {
    const auto result = with_link(link_text("core", "items", "axe", "1.3.0"), core());
    CHECK(result.codes() == Strings{"SZ-PACK-041"});
    CHECK_FALSE(result.pack);
}

TEST_CASE("a link into an installed dependency leads to what is there") {
    const std::string needs = R"([{"id": "core", "name": "Core", "version": "^1.2.0"}])";
    CHECK(with_link(link_text("core", "items", "axe", "^1.0.0"), core(), needs).codes() ==
          Strings{});
    CHECK(with_link(link_text("core", "items", "axe", "1.2.0"), core(), needs).codes() ==
          Strings{"SZ-PACK-043"});
    const auto lost = with_link(link_text("core", "items", "spear", "^1.0.0"), core(), needs);
    CHECK(lost.codes() == Strings{"SZ-PACK-043"});
    CHECK(lost.findings[0].message ==
          "The link leads to “spear” in “items”, which “Core” 1.3.0 does not have.");
    CHECK_FALSE(lost.pack);
    CHECK(with_link(link_text("core", "items", "axe", "2.0.0"), core(), needs).codes() ==
          Strings{"SZ-PACK-044"});
}

TEST_CASE("a dependency that is not installed is one warning, not one for each link") {
    const auto result = with_link(link_text("core", "items", "nothing", "1.0.0"), core(),
                                  R"([{"id": "core", "name": "Core", "version": "^2.0.0"}])");
    CHECK(result.places() == Strings{"SZ-PACK-042 szpack.json:1:84"});
    CHECK(result.findings[0].hint == "Installed: 1.3.0, 1.2.0.");
    CHECK(result.pack);
    // Who knows nothing about other packs warns about none.
    CHECK(with_link(link_text("core", "items", "x", "1.0.0"), {},
                    R"([{"id": "core", "version": "^2.0.0"}])")
              .codes() == Strings{});
}

TEST_CASE("dependencies are listed once, with versions that exist in the notation") {
    CHECK(with_link("null", {},
                    R"([{"id": "core", "version": "1.2.0"}, {"id": "core", "version": "1.3.0"}])")
              .codes() == Strings{"SZ-PACK-047"});
    CHECK(with_link("null", {}, R"([{"id": "core", "version": "1.2"}])").codes() ==
          Strings{"SZ-PACK-048"});
    CHECK(with_link("null", {}, R"([{"id": "core", "version": ""}])").codes() ==
          Strings{"SZ-PACK-015"});
}

TEST_CASE("a circle of dependencies is found through what is installed") {
    CHECK(with_link("null", {}, R"([{"id": "org.example.pack", "version": "1.0.0"}])").codes() ==
          Strings{"SZ-PACK-045"});
    const OtherPacks others{
        [](const std::string& pack) { return pack == "d" ? Strings{} : Strings{"1.0.0"}; },
        {},
        [](const std::string& pack, const std::string&) {
            if (pack == "b") return std::vector<PackDependency>{{"x", "*"}, {"c", "^1.0.0"}};
            if (pack == "c")
                return std::vector<PackDependency>{{"b", "*"}, {"org.example.pack", "*"}};
            return std::vector<PackDependency>{};
        }};
    const auto result = with_link(
        "null", others, R"([{"id": "x", "version": "*"}, {"id": "b", "version": "1.0.0"}])");
    CHECK(result.places() == Strings{"SZ-PACK-045 szpack.json:1:113"});
    CHECK(result.findings[0].message == "The pack needs itself through b → c → org.example.pack.");
}

TEST_CASE("links of templates and definitions are followed too") {
    const auto session = [](const std::string& more) {
        return check(
                   {{"objects/character-templates/hero.json", small_template("hero", "")},
                    {"objects/datasets/things.json", small_dataset("things")},
                    {"objects/session-templates/campaign.json",
                     R"({"id": "campaign", "name": "C", "szType": "session-template", "schemaVersion": "1.0.0", )"
                     R"("sections": [],)" +
                         more + "}"},
                    {"szpack.json", small_manifest}})
            .places();
    };
    CHECK(
        session(
            R"("characterTemplateLink": {"datapackId": "org.example.pack", "templateId": "hero", "version": "1.1.0"},
"requiredDatasets": [{"datapackId": "org.example.pack", "datasetId": "things", "version": "1.1.0"}])") ==
        Strings{});
    CHECK(
        session(
            R"("characterTemplateLink": {"datapackId": "org.example.pack", "templateId": "things", "version": "1.1.0"},
"requiredDatasets": [{"datapackId": "org.example.pack", "datasetId": "hero", "version": "1.1.0"}])") ==
        Strings{"SZ-PACK-040 objects/session-templates/campaign.json:1:129",
                "SZ-PACK-040 objects/session-templates/campaign.json:2:22"});
    const auto field = R"({"id": "bag", "name": "Bag", "type": "List",
"datasetLink": {"datapackId": "org.example.pack", "datasetId": "thigns", "version": "*"}})";
    CHECK(check({{"objects/character-templates/hero.json", small_template("hero", field)},
                 {"objects/datasets/things.json", small_dataset("things")},
                 {"szpack.json", small_manifest}})
              .places() == Strings{"SZ-PACK-040 objects/character-templates/hero.json:3:16"});
}

TEST_CASE("a file that cannot be read makes no link wrong") {
    const auto entries =
        R"({"wolf": {"id": "wolf", "name": "Wolf", "topLevelFields": {"drops": {"type": "DatasetLink", "value": )" +
        link_text("org.example.pack", "items", "pelt", "*") + "}}}}";
    CHECK(check({{"objects/datasets/items.json", "{"},
                 {"objects/datasets/things.json", small_dataset("things", entries)},
                 {"szpack.json", small_manifest}})
              .codes() == Strings{"SZ-PACK-011"});
}

TEST_CASE("images are where they are said to be") {
    const auto with_icon = [](const std::string& icon) {
        return check({{"media/images/a/Sword.png", "\x89PNG\r\n\x1a\n"},
                      {"objects/datasets/things.json",
                       small_dataset("things", R"({"x": {"id": "x", "name": "X", "icon": ")" +
                                                   icon + "\"}}")},
                      {"szpack.json", small_manifest}});
    };
    CHECK(with_icon("a/Sword.png").codes() == Strings{});
    CHECK(with_icon("b.png").codes() == Strings{"SZ-PACK-050"});
    CHECK(with_icon("b.png").pack);
    CHECK(with_icon("a/sword.png").findings[0].hint ==
          "There is “a/Sword.png”: upper and lower case matter.");
    CHECK(with_icon("media/images/a/Sword.png").findings[0].hint ==
          "Leave out “media/images/”: paths begin below it.");
    for (const char* bad : {"/etc/passwd", "../../secret.png", "a\\\\b.png",
                            "http://example.org/x.png", "a//b.png"}) {
        INFO(bad);
        CHECK(with_icon(bad).codes() == Strings{"SZ-PACK-051"});
    }
    const auto field = check(
        {{"objects/datasets/things.json",
          small_dataset("things", R"({"x": {"id": "x", "name": "X", "topLevelFields":
{"face": {"type": "Image", "value": "face.png"}}}})")},
         {"szpack.json", R"({"id": "p", "name": "P", "version": "1.0.0", "icon": "p.png"})"}});
    CHECK(field.places() ==
          Strings{"SZ-PACK-050 objects/datasets/things.json:3:37", "SZ-PACK-050 szpack.json:1:54"});
}

TEST_CASE("a type is asked for references only when its values may hold some") {
    const auto questions = [](const std::string& field) {
        const FakeFields fields;
        Findings findings;
        const auto entries =
            R"({"a": {"id": "a", "name": "A", "topLevelFields": {"f": )" + field + "}}}";
        const PackFiles files{{"objects/datasets/things.json", small_dataset("things", entries)},
                              {"szpack.json", small_manifest}};
        (void)check_pack(files, fields, {}, {}, findings);
        CHECK(sz::test::Checked{{}, findings}.codes() == Strings{});
        return fields.referred;
    };
    const std::string items = R"({"type": "List", "value": [], "itemType": )";
    const std::string members =
        R"({"type": "Group", "value": {}, "fields": [{"id": "a", "name": "A",
        "type": "Text"}, {"id": "b", "name": "B", "type": "List", "itemType": {"type": "List",
        "itemType": )";
    CHECK(questions(R"({"type": "Number", "value": 3})") == 0);
    CHECK(questions(R"({"type": "DatasetLink", "value": null})") == 1);
    CHECK(questions(R"({"type": "Boolean", "value": true})") == 1);  // it does not say
    CHECK(questions(R"({"type": "List", "value": []})") == 0);
    CHECK(questions(R"({"type": "MultiText", "value": "entry:things/a"})") == 1);
    CHECK(questions(R"({"type": "MultiText", "value": "nothing"})") == 0);
    const std::string texts = R"({"type": "List", "itemType": {"type": "MultiText"}, "value": )";
    CHECK(questions(texts + R"([{"id": "1", "value": "entries"}]})") == 0);
    CHECK(questions(texts + R"([{"id": "1", "value": "entry:things/a"}]})") == 1);
    CHECK(questions(items + R"({"type": "Text"}})") == 0);
    CHECK(questions(items + R"({"type": "Image"}})") == 1);
    CHECK(questions(R"({"type": "List", "value": [], "datasetLink":
        {"datapackId": "org.example.pack", "datasetId": "things", "version": "*"}})") == 1);
    CHECK(questions(members + R"({"type": "Number"}}}]})") == 0);
    CHECK(questions(members + R"({"type": "Image"}}}]})") == 1);
}
