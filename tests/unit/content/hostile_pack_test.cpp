// SPDX-License-Identifier: AGPL-3.0-or-later
// Packs that are small to send and large to check.
#include <algorithm>

#include "kernel/base/limits.hpp"
#include "kernel/content/pack_links.hpp"
#include "kernel/content/pack_schemas.hpp"
#include "kernel/content/pulse.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz;
using namespace sz::test;
using Strings = std::vector<std::string>;

namespace {

// Entries "entry-1" …, each with a link to "entri-1" …, which is not there.
PackFiles with_broken_links(std::size_t count) {
    std::string entries;
    for (std::size_t i = 1; i <= count; ++i) {
        const auto number = std::to_string(i);
        entries += entries.empty() ? "{" : ",";
        entries += "\"entry-" + number + "\":{\"id\":\"entry-" + number +
                   "\",\"name\":\"E\",\"topLevelFields\":{\"to\":{\"type\":\"DatasetLink\","
                   "\"value\":{\"datapackId\":\"org.example.pack\",\"datasetId\":\"things\","
                   "\"entryId\":\"entri-" +
                   number + "\",\"version\":\"*\"}}}}";
    }
    return {{"objects/datasets/things.json", small_dataset("things", entries + "}")},
            {"szpack.json", small_manifest}};
}

std::string dataset_with(const std::string& id, const std::string& more) {
    return R"({"id": ")" + id +
           R"(", "name": "T", "szType": "dataset", "schemaVersion": "1.0.0", "version": "1.0.0",
"entries": {}, "$more": )" +
           more + "}";
}

std::string zeroes(std::size_t count) {
    std::string list = "[";
    for (std::size_t i = 0; i < count; ++i) list += i == 0 ? "0" : ",0";
    return list + "]";
}

std::size_t count_of(const Strings& codes, const std::string& code) {
    return static_cast<std::size_t>(std::count(codes.begin(), codes.end(), code));
}

}  // namespace

TEST_CASE("every broken link is reported, and the first hundred with a suggestion") {
    const auto result = check(with_broken_links(150));
    CHECK(count_of(result.codes(), "SZ-PACK-040") == 150);
    const auto suggestions = std::count_if(
        result.findings.begin(), result.findings.end(),
        [](const Finding& one) { return one.hint.starts_with("Did you mean “entry-"); });
    CHECK(suggestions == 100);
}

TEST_CASE("a check of one long dataset is asked whether to go on, and stops") {
    const FakeFields fields;
    Findings findings;
    std::size_t questions = 0;
    // Two for the files, one for the dataset; the fourth comes from among its entries.
    const auto progress = [&](auto, auto, auto) { return ++questions < 4; };
    CHECK_FALSE(check_pack(with_broken_links(2000), fields, {}, progress, findings));
    CHECK(questions == 4);
    CHECK(findings.empty());
    CHECK(fields.normalized == 0);  // it comes before the first field, each of which may be slow
}

TEST_CASE("an image whose name differs in case only is pointed out among many") {
    PackFiles files{
        {"objects/datasets/things.json", small_dataset("things", R"({"a": {"id": "a", "name": "A",
"icon": "Sword-77.GIF"}})")},
        {"szpack.json", small_manifest}};
    for (int i = 0; i < 100; ++i)
        files.push_back({"media/images/sword-" + std::to_string(i) + ".gif", "GIF89a"});
    const auto result = check(files);
    REQUIRE(result.codes() == Strings{"SZ-PACK-050"});
    CHECK(result.findings[0].hint == "There is “sword-77.gif”: upper and lower case matter.");
}

TEST_CASE("a JSON text may hold as many values as the limit and no more") {
    const JsonLimits four{100, 8, 8, 4};
    CHECK(parse_json("[1,{},3]", four));
    const auto refused = parse_json("[1,{},3,4]", four);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-JSON-008");
    CHECK(refused.error().kind == ErrorKind::limit);
}

TEST_CASE("a JSON file of a pack may be as large as its own limit and no larger") {
    auto text = small_dataset("things");
    text.resize(limits::pack_json_file_bytes_max, ' ');
    PackFiles files{{"objects/datasets/things.json", text}, {"szpack.json", small_manifest}};
    CHECK(check(files).codes() == Strings{});
    files[0].content += ' ';
    CHECK(check(files).codes() == Strings{"SZ-PACK-013"});
}

TEST_CASE("the JSON files of a pack are read up to a size of all together") {
    PackFiles files;
    for (char name = 'a'; name <= 'j'; ++name)  // ten; no more than eight fit
        files.push_back({std::string("objects/datasets/") + name + ".json",
                         std::string(limits::pack_json_file_bytes_max, 'x')});
    const auto codes = check(files).codes();
    CHECK(count_of(codes, "SZ-PACK-011") == 8);
    CHECK(count_of(codes, "SZ-PACK-062") == 1);
}

TEST_CASE("the JSON files of a pack are read up to a number of values of all together") {
    const auto list = zeroes(limits::json_values_max - 100);
    PackFiles files{{"szpack.json", small_manifest}};
    for (const char* id : {"a", "b", "c", "d"})
        files.push_back({std::string("objects/datasets/") + id + ".json", dataset_with(id, list)});
    const auto codes = check(files).codes();
    CHECK(count_of(codes, "SZ-PACK-062") == 1);
}

TEST_CASE("unknown keys are listed up to a number, not each in a file that is full of them") {
    Json json = Json::object();
    for (std::size_t i = 0; i < 2 * limits::findings_max + 500; ++i)
        json["key-" + std::to_string(i)] = 0;
    CHECK(pack_schema("dataset").unknown_keys(json).size() == 2 * limits::findings_max);
}
