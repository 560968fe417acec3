// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plugins/pack-datasworn/words.hpp"

#include "plugins/pack-datasworn/ids.hpp"
#include "plugins/pack-datasworn/markdown.hpp"
#include "tests/support/catch.hpp"

using namespace datasworn;

TEST_CASE("names change their spelling without the locale's help") {
    CHECK(slug("Face Danger!") == "face_danger_");
    CHECK(slug("Marta's") == "martas");
    CHECK(slug("") == "unnamed");
    CHECK(camel_case("quest_starter") == "questStarter");
    CHECK(camel_case("_") == "field");
    CHECK(sentence_case("quest_starter") == "Quest starter");
    CHECK(sentence_case("") == "Unnamed");
    CHECK(shortened("a\u00e9z", 2) == "a");
    CHECK(shortened("a\u00e9z", 3) == "a\u00e9");
    CHECK(clean("a\r\nb\rc\x01\x7f\td") == "a\nb\nc\td");
    CHECK(one_line(" a\nb ") == "a b");
}

TEST_CASE("an id that was taken gets the next number") {
    UniqueIds ids;
    CHECK(ids.take("a") == "a");
    CHECK(ids.take("a-2") == "a-2");
    CHECK(ids.take("a") == "a-3");
}

TEST_CASE("an id says by itself where its entry stands") {
    const auto at = [](std::string_view id) {
        const auto address = address_of(id);
        return address ? address->package + " " + address->dataset + " " + address->entry : "";
    };
    CHECK(at("vale/moves/travel/set_out") == "vale moves travel-set_out");
    CHECK(at("vale/collections/oracles/land/names") == "vale collections oracles-land-names");
    CHECK(at("vale/oracles/land/names/hill") == "vale oracles land-names-hill");
    CHECK(at("vale/truths/rain/2") == "vale truths rain");
    CHECK(at("vale/assets/path/ferry") == "vale assets path-ferry");
    CHECK(at("vale/assets/path/ferry/abilities/1") == "vale assets path-ferry");
    CHECK(at("vale/assets/path/ferry/abilities/1/moves/row") ==
          "vale moves assets-path-ferry-abilities-1-moves-row");
    CHECK(at("vale/site_domains/mire") == "vale site-domains mire");
    CHECK(at("vale/moves").empty());
    CHECK(at("vale//x").empty());
    const auto long_one = address_of("vale/moves/a/" + std::string(300, 'b'));
    REQUIRE(long_one);
    CHECK(long_one->entry.size() == 120);
    CHECK(long_one->entry != address_of("vale/moves/a/" + std::string(301, 'b'))->entry);
}

TEST_CASE("a pattern stands for one step, or any number of them") {
    const auto is_fit = [](std::string_view id, std::string_view pattern) {
        return fits(steps_of(id), steps_of(pattern));
    };
    CHECK(is_fit("v/moves/a/b", "*/moves/*/b"));
    CHECK_FALSE(is_fit("v/moves/a/b", "*/moves/b"));
    CHECK_FALSE(is_fit("v/moves/a/b", "v/moves/*/c"));
    CHECK(is_fit("v/oracles/a/b/c", "*/oracles/**/c"));
    CHECK(is_fit("v/oracles/c", "*/oracles/**/c"));
    CHECK_FALSE(is_fit("v/oracles", "*/oracles/**/oracles"));
}

TEST_CASE("links and tables in Markdown become words") {
    std::vector<std::string> asked;
    const NameOf names = [&](const std::string& id) {
        asked.push_back(id);
        return id == "v/oracles/a" ? std::string("Rain") : std::string();
    };
    CHECK(plain_markdown("When you [Set *Out*](id:v/moves/out), [x](https://a) or [y] [Z](id:v/z).",
                         names) == "When you Set *Out*, [x](https://a) or [y] Z.");
    CHECK(asked == std::vector<std::string>{"v/moves/out", "v/z"});
    CHECK(plain_markdown("[[1]](id:v/a) [open](id:v", names) == "[1] [open](id:v");
    CHECK(plain_markdown("a](id:v/b) c", names) == "a](id:v/b) c");
    CHECK(plain_markdown("{{table:v/oracles/a}} {{text:v/oracles/a}} {{table:v/o/sea_name}}",
                         names) == "*(table: Rain)* *Rain* *(table: Sea name)*");
    CHECK(plain_markdown("{{ {{x}} {{a:b}}", names) == "{{ {{x}} {{a:b}}");
}
