// SPDX-License-Identifier: AGPL-3.0-or-later
// Links to entries inside Markdown.
#include <rapidcheck.h>

#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

namespace {

const Json notes{{"type", "MultiText"}};

Json mention(const std::string& pack, const std::string& dataset, const std::string& entry,
             const std::string& words, const std::string& pointer = "") {
    return {{"kind", "mention"},
            {"datapackId", pack},
            {"datasetId", dataset},
            {"entryId", entry},
            {"words", words},
            {"target", "entry:" + (pack.empty() ? "" : pack + "/") + dataset + "/" + entry},
            {"pointer", pointer}};
}

std::string repeated(const std::string& part, std::size_t bytes) {
    std::string text;
    while (text.size() + part.size() <= bytes) text += part;
    return text;
}

Json mentions(const std::string& text) { return references(notes, text); }

}  // namespace

TEST_CASE("a text refers to the entries that its links name") {
    CHECK(mentions("Take a [*long* rope](entry:gear/rope-2) or [a map](entry:core.a/maps/x_1).") ==
          Json::array({mention("", "gear", "rope-2", "long rope"),
                       mention("core.a", "maps", "x_1", "a map")}));
    CHECK(mentions("# [A](entry:a/b)\n\n> - [two\nlines](<entry:a/c> \"title\")\n\n"
                   "| t |\n|---|\n| [cell](entry:a/d) |\n\n[ref][r]\n\n[r]: entry:a/e") ==
          Json::array({mention("", "a", "b", "A"), mention("", "a", "c", "two lines"),
                       mention("", "a", "d", "cell"), mention("", "a", "e", "ref")}));
}

TEST_CASE("what is no link to an entry is none") {
    for (const char* text :
         {"", "entry:a/b", "[a](https://example.org)", "`[a](entry:a/b)`", "\\[a](entry:a/b)",
          "    [a](entry:a/b)", "[a](Entry:a/b)", "![a](entry:a/b)", "[a](entry:a/b",
          "[a] (entry:a/b)", "[a](entry:a /b)"}) {
        CAPTURE(text);
        CHECK(mentions(text) == Json::array());
    }
}

TEST_CASE("a target that is written wrongly is said with its words") {
    for (const char* target :
         {"entry:", "entry:rope", "entry:/rope", "entry:gear/", "entry:p//rope", "entry:/gear/rope",
          "entry:a/b/c/d", "entry:gear/the%20rope", "entry:gear/r\u00f6pe", "entry:../rope",
          "entry:gear/rope?x", "entry:gear/rope&amp;"}) {
        CAPTURE(target);
        CHECK(mentions("the [rope](" + std::string(target) + ")") ==
              Json::array(
                  {{{"kind", "mention"}, {"words", "rope"}, {"target", target}, {"pointer", ""}}}));
    }
    const std::string longest(128, 'x');
    CHECK(mentions("[r](entry:g/" + longest + ")")[0].contains("entryId"));
    CHECK_FALSE(mentions("[r](entry:g/" + longest + "x)")[0].contains("entryId"));
}

TEST_CASE("a text is shown with the words of its links to entries, other marks as they are") {
    CHECK(formatted(notes, "See **[the *rope*](entry:gear/rope)** and [home](https://a.org/).") ==
          "See **the *rope*** and [home](https://a.org/).");
    CHECK(formatted(notes, "[a [b] c](entry:a/b)[d\\]](<entry:a/c> 'a ) \\' b')!") ==
          "a [b] cd\\]!");
    CHECK(formatted(notes,
                    "[one](entry:a/b \"t\") [two]( entry:a/b\n) [r] `[x](entry:a/b)`\n\n"
                    "[r]: entry:a/b") == "one two [r] `[x](entry:a/b)`\n\n[r]: entry:a/b");
    CHECK(formatted(notes, "[![pic](x.png)](entry:a/b), <entry:a/b>, [](entry:a/b).") ==
          "![pic](x.png), <entry:a/b>, .");
    CHECK(search_text(notes, "Take the [rope](entry:gear/rope), [all](entry:a/b") ==
          "Take the rope, all(entry:a/b");
}

TEST_CASE("texts inside lists and tables refer and are shown alike") {
    const Json list{{"type", "List"}, {"itemType", notes}};
    const Json value = normalize(list, {"x", "[y](entry:a/b)"}).json();
    CHECK(references(list, value) == Json::array({mention("", "a", "b", "y", "/1/value")}));
    CHECK(formatted(list, value) == "x, y");
    const Json table{{"type", "Table"},
                     {"columns", {{{"id", "c"}, {"name", "C"}, {"type", "MultiText"}}}}};
    const Json rows = normalize(table, {{{"c", "[y](entry:p/a/b)"}}}).json();
    CHECK(references(table, rows) == Json::array({mention("p", "a", "b", "y", "/0/cells/c")}));
}

TEST_CASE("a text has so many links, and further ones are counted") {
    const auto many = [](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += "[x](entry:a/b) ";
        return mentions(text);
    };
    CHECK(many(1'000).size() == 1'000);
    CHECK(many(1'000).back() == mention("", "a", "b", "x"));
    const Json more = many(1'002);
    CHECK(more.size() == 1'001);
    CHECK(more.back() == Json{{"kind", "mention"}, {"left", 2}, {"pointer", ""}});
}

TEST_CASE("a text in which lines and brackets abound is not looked through") {
    const Json none = Json::array({{{"kind", "mention"}, {"left", 0}, {"pointer", ""}}});
    const auto tangled = [](std::size_t lines) {
        return "[x](entry:a/b)" + repeated("]", 1'999) + repeated("\n.", (lines - 1) * 2);
    };
    CHECK(mentions(tangled(2'000)).size() == 1);
    CHECK(mentions(tangled(2'000)) == Json::array({mention("", "a", "b", "x")}));
    CHECK(mentions(tangled(2'001)) == none);
    // However the lines end.
    const auto ending = [](std::string text, const char* end) {
        std::string other;
        for (const char c : text) c == '\n' ? other += end : other += c;
        return other;
    };
    for (const char* end : {"\r", "\r\n"}) {
        CHECK(mentions(ending(tangled(2'000), end)).size() == 1);
        CHECK(mentions(ending(tangled(2'001), end)) == none);
        std::string paragraphs;
        for (int i = 0; i < 900; ++i) paragraphs += "[x](entry:a/b)" + std::string(end) + end;
        CHECK(mentions(paragraphs + repeated("]", 1'000)).size() == 900);
    }
    // Empty lines divide it.
    const std::string half = tangled(1'500);
    CHECK(mentions(half + "\n \n.").size() == 1);
    CHECK(mentions(half + "\n\n" + half) == none);
    CHECK(formatted(notes, tangled(2'001)) == tangled(2'001));
}

// A way that took more than a fixed number of steps a byte would not end within the time that a
// test has.
TEST_CASE("hostile brackets of a mebibyte are read in one go") {
    constexpr std::size_t mebibyte = std::size_t{1} << 20;
    for (const char* part : {"[", "](", "[[a](entry:a/b)", "[a](<entry:a/b ", "[a](entry:a/b \"",
                             "[`](entry:a/b)`]`", "[a]\n", "[a](entry:a/b)\n", "[a]: <\n", "[\\"}) {
        CAPTURE(part);
        const std::string text = "[q](entry:a/b) " + repeated(part, mebibyte - 40);
        CHECK(formatted(notes, text).size() <= text.size());
        CHECK(search_text(notes, text).size() <= text.size());
    }
}

TEST_CASE("whatever the brackets, showing takes nothing but targets away") {
    CHECK(rc::check("words stay", [] {
        const auto parts = *rc::gen::container<std::vector<std::string>>(
            rc::gen::element<std::string>("[", "]", "](entry:a/b)", "(", ")", "w", "`", "\\", "*",
                                          "<entry:a/b>", "\n", "![", " \"t\"", "[w](entry:a/b)"));
        std::string text;
        for (const std::string& part : parts) text += part;
        const std::string shown = formatted(notes, text);
        RC_ASSERT(std::count(shown.begin(), shown.end(), 'w') ==
                  std::count(text.begin(), text.end(), 'w'));
        RC_ASSERT(references(notes, text).size() >= references(notes, shown).size());
    }));
}
