// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole of Ironsworn: Starforged, where a copy is at hand (tests/README.md); a CTest entry of
// its own, which shows as skipped where there is none. The numbers were counted in the file itself,
// without this program.
#include <algorithm>
#include <functional>
#include <set>

#include "collected.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/content.hpp"

using namespace datasworn::test;

namespace {

const std::string pack = "404e1c8d-0a2e-51f3-bc3b-0165a5a6bfd8";

std::filesystem::path starforged() { return sz::test::content_folder() / "starforged"; }

// Every link in `value` as "pack/dataset/entry".
void collect_links(const Json& value, std::set<std::string>& links) {
    if (value.is_object() && value.contains("entryId"))
        links.insert(value["datapackId"].get<std::string>() + "/" +
                     value["datasetId"].get<std::string>() + "/" +
                     value["entryId"].get<std::string>());
    if (value.is_structured()) {
        for (const Json& inner : value) collect_links(inner, links);
    }
}

void collect_tables(const Json& value, std::vector<Json>& tables) {
    if (value.is_object() && value.contains("type") && value["type"] == "RandomTable")
        tables.push_back(value["value"]);
    if (value.is_structured()) {
        for (const Json& inner : value) collect_tables(inner, tables);
    }
}

void collect_strings(const Json& value, std::set<std::string>& strings) {
    if (value.is_string()) strings.insert(value.get<std::string>());
    if (value.is_structured()) {
        for (const Json& inner : value) collect_strings(inner, strings);
    }
}

// Every string, as often as it is there.
std::vector<std::string> strings_of(const Collected& got) {
    std::vector<std::string> all;
    std::function<void(const Json&)> go = [&](const Json& value) {
        if (value.is_string()) all.push_back(value.get<std::string>());
        if (!value.is_structured()) return;
        for (const Json& inner : value) go(inner);
    };
    for (const auto& [path, content] : got.packs.at(0)) go(Json::parse(content));
    return all;
}

// "DATASET/ENTRY" of each "](entry:DATASET/ENTRY)".
std::vector<std::string> link_targets(const std::vector<std::string>& strings) {
    const std::string mark = "](entry:";
    std::vector<std::string> targets;
    for (const std::string& text : strings) {
        for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + 1))
            targets.push_back(text.substr(at + mark.size(), text.find(')', at) - at - mark.size()));
    }
    return targets;
}

// Texts of the source that have nothing in them that is written otherwise.
void collect_texts(const Json& value, std::set<std::string>& texts) {
    if (!value.is_structured()) return;
    for (const auto& [key, inner] : value.items()) {
        const bool is_text = key == "text" || key == "summary" || key == "description" ||
                             key == "quest_starter" || key == "name" || key == "requirement";
        if (value.is_object() && is_text && inner.is_string()) {
            const std::string text = inner.get<std::string>();
            const bool is_plain = text.find("](id:") == std::string::npos &&
                                  text.find("{{") == std::string::npos &&
                                  !value.contains("text2") && !value.contains("roll_options");
            if (is_plain) texts.insert(text);
        }
        if (key != "_source" && key != "_i18n" && key != "authors") collect_texts(inner, texts);
    }
}

}  // namespace

TEST_CASE("Starforged arrives whole", "[.starforged]") {
    if (!std::filesystem::exists(starforged())) SKIP("no Starforged at " << starforged());
    const Collected got = import(starforged());
    REQUIRE(got.status == SZ_OK);
    REQUIRE(got.packs.size() == 1);
    const Json manifest = got.manifest();
    CHECK(manifest["id"] == pack);
    CHECK(manifest["license"] == "CC-BY-4.0");
    CHECK(manifest["author"] == "Shawn Tomkin");

    const std::map<std::string, std::size_t> entries{
        {"collections", 89}, {"moves", 68},  {"assets", 87}, {"oracles", 262},
        {"npcs", 55},        {"truths", 14}, {"rules", 23}};
    CHECK(got.packs[0].size() == entries.size() + 1);
    std::set<std::string> ids, links, strings;
    std::vector<Json> tables;
    for (const auto& [id, count] : entries) {
        const Json dataset = got.dataset(id);
        CHECK(dataset["entries"].size() == count);
        for (const auto& [key, entry] : dataset["entries"].items())
            ids.insert(pack + "/" + id + "/" + key);
        collect_links(dataset, links);
        collect_tables(dataset, tables);
        collect_strings(dataset, strings);
    }
    CHECK(got.account["written"] == 598);
    CHECK(got.account["parts"] == 4439 + 261 + 42);  // rows, abilities, options of truths
    CHECK(got.account["read"] == 598 + 4742);
    CHECK(got.account["values"]["read"] == 25'648);
    CHECK(std::includes(ids.begin(), ids.end(), links.begin(), links.end()));
    CHECK(std::none_of(strings.begin(), strings.end(), [](const std::string& text) {
        return text.find("(id:") != std::string::npos || text.find("{{") != std::string::npos;
    }));
    // All of the file but 326 in rows, which no table shows as Markdown, and 9 to the entry itself.
    const std::vector<std::string> targets = link_targets(strings_of(got));
    CHECK(targets.size() == 998 + 17 - 326 - 9);
    CHECK(std::all_of(targets.begin(), targets.end(), [&](const std::string& target) {
        return ids.contains(pack + "/" + target);
    }));
    for (const Finding& finding : got.findings) CHECK(finding.severity == SZ_SEVERITY_NOTE);

    std::size_t rows = 0;
    for (const Json& table : tables) {
        std::int64_t reached = 0;
        for (const Json& row : table["rows"]) {
            CHECK(row["from"].get<std::int64_t>() > reached);
            reached = row["to"];
            CHECK(reached >= row["from"].get<std::int64_t>());
        }
        rows += table["rows"].size();
    }
    CHECK(tables.size() == 262 + 14 + 5);
    CHECK(rows == 4380 + 42);

    Json source;
    std::ifstream(starforged() / "starforged.json") >> source;
    std::set<std::string> texts, missing;
    collect_texts(source, texts);
    std::set_difference(texts.begin(), texts.end(), strings.begin(), strings.end(),
                        std::inserter(missing, missing.begin()));
    CHECK(texts.size() > 4000);
    CHECK(missing == std::set<std::string>{});
}

TEST_CASE("the tree of Starforged's collections is kept", "[.starforged]") {
    if (!std::filesystem::exists(starforged())) SKIP("no Starforged at " << starforged());
    const Collected got = import(starforged() / "starforged.json");
    const Json to = link_to("collections", "oracles-planets-desert-settlements", pack);
    CHECK(got.value("oracles", "planets-desert-settlements-terminus", "collection") == to);
    CHECK(got.value("collections", "oracles-planets-desert", "collections") == Json::array({to}));
    CHECK(got.value("collections", "moves-adventure", "members")[0] ==
          link_to("moves", "adventure-face_danger", pack));
}

TEST_CASE("the same package gives the same bytes", "[.starforged]") {
    if (!std::filesystem::exists(starforged())) SKIP("no Starforged at " << starforged());
    CHECK(import(starforged()).packs == import(starforged()).packs);
}
