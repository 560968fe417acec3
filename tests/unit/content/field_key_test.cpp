// SPDX-License-Identifier: AGPL-3.0-or-later
// What was sound once is not asked about again; everything else is, each time.
#include "kernel/content/field_key.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz;
using namespace sz::test;

namespace {

std::string key_of(const char* json) {
    std::string key;
    REQUIRE(add_to_key(Json::parse(json), key));
    return key;
}

struct Asked {
    Checked checked;
    std::size_t normalized;
};

// The fields of one entry, as {"f0": …, "f1": …}.
Asked check_fields(const std::vector<std::string>& fields) {
    std::string members;
    for (std::size_t i = 0; i < fields.size(); ++i)
        members += (i == 0 ? "\"f" : ",\"f") + std::to_string(i) + "\": " + fields[i];
    const PackFiles files = {
        {"objects/datasets/a.json",
         small_dataset("a",
                       R"({"x": {"id": "x", "name": "X", "topLevelFields": {)" + members + "}}}")},
        {"szpack.json", small_manifest}};
    const FakeFields types;
    Asked asked;
    asked.checked.pack = check_pack(files, types, {}, {}, asked.checked.findings);
    asked.normalized = types.normalized;
    return asked;
}

}  // namespace

TEST_CASE("fields that differ in anything have different keys") {
    const std::vector<const char*> all = {"1",
                                          "1.0",
                                          "-1",
                                          "\"1\"",
                                          "true",
                                          "false",
                                          "null",
                                          "\"\"",
                                          "[]",
                                          "{}",
                                          R"(["a","b"])",
                                          R"(["ab"])",
                                          R"(["a,b"])",
                                          R"({"a":"b"})",
                                          R"([["a"],"b"])",
                                          R"([["a","b"]])",
                                          R"({"a":["b"]})",
                                          "[[],[]]",
                                          "[[[]]]",
                                          "\"null\"",
                                          R"({"a":null})",
                                          R"({"b":null})"};
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            INFO(all[i] << " and " << all[k]);
            CHECK(key_of(all[i]) != key_of(all[k]));
        }
    }
    CHECK(key_of(R"({"a": 1, "b": 2})") == key_of(R"({"b": 2, "a": 1})"));
}

TEST_CASE("a field is kept as a key up to a length") {
    const auto fits = [](std::size_t letters) {
        std::string key;
        return add_to_key(Json(std::string(letters, 'x')), key);
    };
    CHECK(fits(507));  // with the kind, "507" and a colon: 512
    CHECK_FALSE(fits(508));
    CHECK_FALSE(fits(100'000));
    Json deep;
    for (int i = 0; i < 1000; ++i) deep = Json::array({std::move(deep)});
    std::string key;
    CHECK_FALSE(add_to_key(deep, key));
}

TEST_CASE("a field with a name and options is asked about once") {
    const std::string level = R"({"type": "Number", "name": "Level", "min": 1, "value": 3})";
    const std::string items = R"({"type": "List", "name": "Bag", "min": 0, "value": []})";
    const auto asked = check_fields({level, items, level, items, level});
    CHECK(asked.checked.codes() == std::vector<std::string>{});
    CHECK(asked.normalized == 2);
}

TEST_CASE("the same value under another definition is asked about") {
    const auto asked = check_fields({R"({"type": "Number", "min": 1, "value": 3})",
                                     R"({"type": "Number", "min": 4, "value": 3})"});
    CHECK(asked.checked.codes() == std::vector<std::string>{"SZ-PACK-031"});
    CHECK(asked.normalized == 2);
}

TEST_CASE("a fault is told of every field that has it") {
    const std::string wrong = R"({"type": "Number", "value": "three"})";
    CHECK(check_fields({wrong, wrong}).checked.codes() ==
          std::vector<std::string>{"SZ-PACK-031", "SZ-PACK-031"});
    const std::string no_image = R"({"type": "Image", "value": "face.png"})";
    CHECK(check_fields({no_image, no_image}).checked.codes() ==
          std::vector<std::string>{"SZ-PACK-050", "SZ-PACK-050"});
    const std::string unknown_option = R"({"type": "Number", "least": 1, "value": 3})";
    CHECK(check_fields({unknown_option, unknown_option}).checked.codes() ==
          std::vector<std::string>{"SZ-PACK-016", "SZ-PACK-016"});
}

TEST_CASE("every value that is not canonical is made so") {
    const std::string plain = R"({"type": "List", "value": ["rope"]})";
    const auto asked = check_fields({plain, plain});
    REQUIRE(asked.checked.pack);
    const Json& fields = asked.checked.pack->objects.at(0).json["entries"]["x"]["topLevelFields"];
    CHECK(fields["f0"]["value"] != Json::array({"rope"}));
    CHECK(fields["f1"]["value"] == fields["f0"]["value"]);
    CHECK(asked.normalized == 1);
}

TEST_CASE("a pack of too many different fields is checked all the same") {
    std::vector<std::string> fields;
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 0; i <= field_keys_max; ++i)
            fields.push_back(R"({"type": "Number", "value": )" + std::to_string(i) + "}");
    }
    const auto asked = check_fields(fields);
    CHECK(asked.checked.codes() == std::vector<std::string>{});
    CHECK(asked.normalized == field_keys_max + 2);  // the last is not remembered
}
