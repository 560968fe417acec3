// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole System Reference Document, where a copy is at hand (tests/README.md); a CTest entry of
// its own, which shows as skipped where there is none. The numbers were counted in the fixtures
// themselves, by model and by parent, without this program.
#include <algorithm>
#include <iterator>
#include <set>

#include "collected.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/content.hpp"

using namespace open5e::test;

namespace {

std::filesystem::path srd() { return sz::test::content_folder() / "open5e-srd-2024"; }

// Every entry link in `value` (short ones by the definition beside them), as "dataset/entry".
void collect_links(const Json& value, std::set<std::string>& links) {
    if (value.is_object() && value.contains("entryId")) {
        links.insert(value["datasetId"].get<std::string>() + "/" +
                     value["entryId"].get<std::string>());
    } else if (value.is_object() && value.contains("datasetLink") && value.contains("value")) {
        for (const Json& id : value["value"])
            links.insert(value["datasetLink"]["datasetId"].get<std::string>() + "/" +
                         id.get<std::string>());
    }
    if (value.is_structured()) {
        for (const Json& inner : value) collect_links(inner, links);
    }
}

}  // namespace

TEST_CASE("the System Reference Document arrives whole", "[.srd]") {
    if (!std::filesystem::exists(srd())) SKIP("no System Reference Document at " << srd());
    const Collected got = import(srd());
    REQUIRE(got.status == SZ_OK);
    CHECK(got.account["read"] == 6712);
    CHECK(got.account["written"] == 2279);
    CHECK(got.account["parts"] ==
          4410);  // 4,403 children, and 7 services that say something else in the second file
    CHECK(got.account["left_out"] == Json::parse(R"([{"what":"service in Services.json",
        "why":"the same records stand in Service.json","count":23}])"));

    const std::map<std::string, std::size_t> entries{
        {"abilities", 6},        {"alignments", 9},
        {"armor", 13},           {"backgrounds", 4},
        {"class-features", 352}, {"classes", 24},
        {"conditions", 15},      {"creature-types", 14},
        {"creatures", 331},      {"damage-types", 13},
        {"documents", 1},        {"feats", 17},
        {"items", 203},          {"item-categories", 2},
        {"magic-items", 757},    {"rules", 56},
        {"rulesets", 11},        {"services", 30},
        {"skills", 18},          {"species", 9},
        {"spells", 339},         {"weapon-properties", 17},
        {"weapons", 38}};
    std::size_t datasets = 0;
    for (const auto& [path, content] : got.files())
        datasets += path.starts_with("objects/datasets/") ? 1 : 0;
    CHECK(datasets == entries.size());
    std::set<std::string> ids;
    std::set<std::string> links;
    for (const auto& [id, count] : entries) {
        const Json dataset = got.dataset(id);
        CHECK(dataset["entries"].size() == count);
        for (const auto& [key, entry] : dataset["entries"].items()) ids.insert(id + "/" + key);
        collect_links(dataset, links);
    }
    std::vector<std::string> broken;
    std::set_difference(links.begin(), links.end(), ids.begin(), ids.end(),
                        std::back_inserter(broken));
    CHECK(broken.empty());
    CHECK(links.size() > 400);

    std::size_t actions = 0, attacks = 0, traits = 0;
    const Json creatures = got.dataset("creatures");
    for (const Json& creature : creatures["entries"]) {
        for (const Json& group : creature["groups"]) {
            const std::string id = group["id"];
            traits += id.starts_with("trait-") ? 1 : 0;
            actions += id.starts_with("action-") ? 1 : 0;
            if (group["fields"].contains("attacks"))
                attacks += group["fields"]["attacks"]["value"].size();
        }
    }
    CHECK(actions == 989);
    CHECK(attacks == 390);
    CHECK(traits == 326);
    std::size_t levels = 0;
    const Json features = got.dataset("class-features");
    for (const Json& feature : features["entries"]) {
        const Json& fields = feature["topLevelFields"];
        levels += fields.contains("levels") ? fields["levels"]["value"].size() : 0;
    }
    CHECK(levels == 1811);
}

TEST_CASE("the same fixtures give the same bytes", "[.srd]") {
    if (!std::filesystem::exists(srd())) SKIP("no System Reference Document at " << srd());
    CHECK(import(srd()).files() == import(srd()).files());
}
