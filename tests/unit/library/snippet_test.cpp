// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/snippet.hpp"

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::library;

namespace {

struct Lines {
    Words words = std::move(*Words::create());

    Snippets of(const std::string& typed) { return {words, SearchText::parse(typed, words)}; }
    std::string line(const std::string& typed, const std::string& body) {
        return of(typed).line_of(body);
    }
    // What Words alone says: the first word that begins with `typed`.
    std::size_t place_of_beginning(const std::string& body, const std::string& typed) {
        std::size_t place = 0;
        words.each(body, [&](std::string_view folded, std::size_t begin, std::size_t) {
            const bool is_it = folded.starts_with(typed);
            if (is_it) place = begin;
            return !is_it;
        });
        return place;
    }
};

std::string times(std::size_t count, const std::string& text) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("a snippet is a line around the word") {
    Lines lines;
    const std::string lore = times(30, "Nothing to see here. ");
    const std::string relic = "Relic\n" + lore + "Then the\n\nmoon rises over the hills. " + lore;
    CHECK(lines.line("moon", relic) ==
          "…here. Nothing to see here. Then the moon rises over the hills. Nothing to see here. "
          "Nothing to see here. "
          "Nothing to see "
          "here. Nothing to see here. Nothing…");
    CHECK(lines.line("touch", "Stone\nCold to the touch.") == "Cold to the touch.");
    CHECK(lines.line("stone", "Stone\nCold to the touch.") == "Cold to the touch.");
    CHECK(lines.line("relic", relic).starts_with("Nothing to see here. Nothing"));
    CHECK(lines.line("stone", "Stone").empty());
}

TEST_CASE(
    "a snippet's place is where the first of the words stands, whatever its case and accents") {
    Lines lines;
    const std::string body = "\nAn axe, AXES; axe-heads: a Wyvern’s épée—and Épées";
    CHECK(lines.of("axe ").place_in(body) == 4);
    CHECK(lines.of("axes").place_in(body) == 9);
    CHECK(lines.of("ax").place_in(body) == 4);
    CHECK(lines.of("ax ").place_in(body) == 0);
    CHECK(lines.of("heads").place_in(body) == 19);
    CHECK(lines.of("wyv heads ").place_in(body) == 19);  // only the last may be a beginning
    CHECK(lines.of("epee").place_in(body) == body.find("épée"));
    CHECK(lines.of("épées").place_in(body) == body.find("Épées"));
    CHECK(lines.of("and").place_in(body) == body.find("and"));
    CHECK(lines.of("\"wyvern s\"").place_in(body) == body.find("Wyvern"));
    CHECK(lines.of("lance").place_in(body) == 0);
}

TEST_CASE("a snippet's word is looked for among the first letters of a long text") {
    Lines lines;
    // Words are not cut: the last one that is looked at begins with the last letter.
    for (const std::string letter : {"x", "é"}) {
        const std::size_t most = Snippets::letters_looked_at - 2;
        const std::string near = times(most, letter) + " moon";
        const std::string far = times(most + 1, letter) + " moon";
        CHECK(lines.of("moon").place_in(near) == near.size() - 4);
        CHECK(lines.of("moon").place_in(far) == 0);
    }
    const std::string dots = times(5460, "。");  // three bytes each, and no ASCII between them
    REQUIRE(dots.size() + 4 == Snippets::bytes_looked_at_max);
    CHECK(lines.of("moon").place_in(dots + "moon") == dots.size());
    CHECK(lines.of("moon").place_in("。" + dots + "moon") == 0);
}

TEST_CASE("law: a snippet's word stands where the index's own words say") {
    Lines lines;
    CHECK(rc::check([&] {
        const auto pieces = *rc::gen::container<std::vector<std::string>>(
            rc::gen::element<std::string>("a", "b", "A", "B", "1", " ", ".", "\n", "é", "É", "—",
                                          "’", "β", "\xcc\x81", "\xff", "龍"));
        std::string body;
        for (const std::string& piece : pieces) body += piece;
        const auto typed =
            *rc::gen::element<std::string>("a", "b", "ab", "ba", "e", "ae", "1a", "β");
        RC_ASSERT(lines.of(typed).place_in(body) == lines.place_of_beginning(body, typed));
    }));
}
