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

namespace {

Destination to_rain(const std::string& id) {
    return id == "v/oracles/a" ? Destination{"Rain [*]", "entry:oracles/a"} : Destination{};
}

Destination to_words(const std::string& id) { return {to_rain(id).name, {}}; }

}  // namespace

TEST_CASE("links and tables in Markdown become links to entries") {
    CHECK(pack_markdown("Go [*Out*](id:v/oracles/a), [x](https://a) or [y] [Z](id:v/z).",
                        to_rain) == "Go [*Out*](entry:oracles/a), [x](https://a) or [y] Z.");
    CHECK(pack_markdown("[](id:v/oracles/a) [[1]](id:v/oracles/a) [open](id:v", to_rain) ==
          "[Rain \\[\\*\\]](entry:oracles/a) [[1]](entry:oracles/a) [open](id:v");
    CHECK(pack_markdown("{{table:v/oracles/a}} {{text>v/oracles/a}} {{table:v/o/sea_name}}",
                        to_rain) ==
          "*(table: [Rain \\[\\*\\]](entry:oracles/a))* *[Rain \\[\\*\\]](entry:oracles/a)* "
          "*(table: Sea name)*");
    CHECK(has_entry_links("a [b](entry:c/d)"));
    CHECK_FALSE(has_entry_links("entry: (entry:c/d)"));
}

TEST_CASE("where a text takes no links they become words, and each is asked for once") {
    std::vector<std::string> asked;
    const DestinationOf words = [&](const std::string& id) {
        asked.push_back(id);
        return to_words(id);
    };
    CHECK(pack_markdown("When you [Set *Out*](id:v/moves/out), [x](https://a) or [y] [Z](id:v/z).",
                        words) == "When you Set *Out*, [x](https://a) or [y] Z.");
    CHECK(asked == std::vector<std::string>{"v/moves/out", "v/z"});
    CHECK(pack_markdown("[[1]](id:v/a) [open](id:v", words) == "[1] [open](id:v");
    CHECK(pack_markdown("a](id:v/b) c", words) == "a](id:v/b) c");
    CHECK(pack_markdown("{{table:v/oracles/a}} {{text:v/oracles/a}} {{table:v/o/sea_name}}",
                        words) == "*(table: Rain [*])* *Rain [*]* *(table: Sea name)*");
    CHECK(pack_markdown("{{ {{x}} {{a:b}}", words) == "{{ {{x}} {{a:b}}");
}

TEST_CASE("hostile brackets come out as long as they went in") {
    for (const char* part : {"[", "](id:", "[a](id:", "[a](id:v/b", "{{", "{{a:b/", "[{{"}) {
        CAPTURE(part);
        std::string text;
        while (text.size() < (std::size_t{1} << 18)) text += part;
        CHECK(pack_markdown(text, to_rain) == text);
    }
}
