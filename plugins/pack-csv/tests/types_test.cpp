// SPDX-License-Identifier: AGPL-3.0-or-later
// What a column is taken for, and what its cells become.
#include "plugins/pack-csv/types.hpp"

#include "plugins/pack-csv/words.hpp"
#include "tests/support/catch.hpp"

using namespace csv;

namespace {

Type guessed(const Cells& cells, char separator = ',') { return guess(cells, separator).type; }

std::string value(Type type, const Cells& cells, std::string_view cell, char separator = ',') {
    return value_of(asked(type, cells, separator), cell).value_or("nothing");
}

Cells repeated(const Cells& cells, int times) {
    Cells out;
    for (int i = 0; i < times; ++i) out.insert(out.end(), cells.begin(), cells.end());
    return out;
}

}  // namespace

TEST_CASE("numbers are guessed only where nothing of their spelling is lost") {
    CHECK(guessed({"1", "-2", "0.5", "", "12"}) == Type::number);
    CHECK(guessed({"2.50", "3.00"}) == Type::number);
    CHECK(guessed({"123456789012345"}) == Type::number);
    CHECK(guessed({"1234567890123456"}) == Type::text);  // a Number holds 15 digits
    CHECK(guessed({"007", "8"}) == Type::text);
    CHECK(guessed({"+2", "-1"}) == Type::text);
    CHECK(guessed({"1.1", "1.10"}) == Type::text);
    CHECK(guessed({"-0"}) == Type::text);
    CHECK(guessed({"1e5"}) == Type::text);
    CHECK(guessed({"1,234"}) == Type::text);
    CHECK(guessed({"1 234"}) == Type::text);
    CHECK(guessed({".5"}) == Type::text);
    CHECK(guessed({"5."}) == Type::text);
    CHECK(guessed({"NaN"}) == Type::text);
}

TEST_CASE("a decimal comma is taken for one where it can be nothing else") {
    const Reading reading = guess({"1,5", "2", "-0,25"}, ';');
    REQUIRE(reading.type == Type::number);
    CHECK(value_of(reading, "1,5") == "1.5");
    CHECK(value_of(reading, "-0,25") == "-0.25");
    CHECK(guessed({"1,5", "2.5"}, ';') == Type::text);
    CHECK(guessed({"1,234", "2,345"}, ';') == Type::text);  // thousands, or not
    CHECK(guessed({"1.234", "20"}, ';') == Type::text);     // the same with a point
    CHECK(guessed({"1.234", "20"}, ',') == Type::number);   // where a point is a point
    CHECK(guessed({"1,234", "2,5"}, ';') == Type::number);
    CHECK(guessed({"0,125", "0,250"}, ';') == Type::number);
}

TEST_CASE("yes and no are guessed when they are said in one way") {
    CHECK(guessed({"yes", "no", ""}) == Type::boolean);
    CHECK(guessed({"TRUE", "False"}) == Type::boolean);
    CHECK(guessed({"yes", "true"}) == Type::text);
    CHECK(guessed({"x", "x"}) == Type::text);
    const Reading crossed = guess({"x", "", "X"}, ',');
    REQUIRE(crossed.type == Type::boolean);
    CHECK(value_of(crossed, "X") == "true");
    CHECK(value_of(crossed, "") == "false");
    CHECK_FALSE(guess({"yes", ""}, ',').empty_is_false);
    CHECK(guessed({"ja", "nein"}) == Type::text);
}

TEST_CASE("few texts that stand there again and again are a Select, in their first order") {
    const Reading reading = guess(repeated({"rare", "Very Rare"}, 3), ',');
    REQUIRE(reading.type == Type::select);
    REQUIRE(reading.choices.size() == 2);
    CHECK(reading.choices[0].id == "rare");
    CHECK(reading.choices[1].id == "very-rare");
    CHECK(reading.choices[1].name == "Very Rare");
    CHECK(value_of(reading, " Very Rare ") == "\"very-rare\"");
    CHECK(guessed({"rare", "common", "rare", "common", "rare"}) == Type::text);  // five cells
    CHECK(guessed({"a", "b", "c", "a", "b", "a"}) == Type::text);                // twice each
    CHECK(guessed(repeated({"a"}, 9)) == Type::text);                            // no choice
    CHECK(guessed(repeated({"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}, 3)) ==
          Type::select);
    CHECK(guessed(repeated({"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"}, 3)) ==
          Type::text);
}

TEST_CASE("choices that differ in signs only have ids of their own") {
    const Reading reading = asked(Type::select, {"A+", "a-", "a"}, ',');
    REQUIRE(reading.choices.size() == 3);
    CHECK(reading.choices[0].id == "a");
    CHECK(reading.choices[1].id == "a-2");
    CHECK(reading.choices[2].id == "a-3");
}

TEST_CASE("long texts and texts of several lines are MultiText") {
    CHECK(guessed({"one\ntwo"}) == Type::multi_text);
    const std::string line(200, 'x'), longer(201, 'x');
    CHECK(guessed({line}) == Type::text);
    CHECK(guessed({longer}) == Type::multi_text);
    CHECK(value(Type::multi_text, {}, "one\r\ntwo\rthree") == R"("one\ntwo\nthree")");
}

TEST_CASE("tags are guessed when short words come back") {
    CHECK(guessed({"fire;melee", "melee;cold", "fire; cold"}) == Type::tags);
    CHECK(guessed({"fire|melee", "melee|cold", "fire|cold"}) == Type::tags);
    CHECK(guessed({"fire;melee", "melee;cold"}) == Type::text);
    CHECK(guessed({"a;b", "c;d", "e;f"}) == Type::text);
    CHECK(guessed({"it is dark; run", "it is dark; run", "it is dark; run"}) == Type::text);
    CHECK(value(Type::tags, {"fire; melee;fire"}, "fire; melee;fire") == R"(["fire","melee"])");
    CHECK(value(Type::tags, {"a|b"}, "a|b") == R"(["a","b"])");
    CHECK(value(Type::list, {"a, b"}, "a, b") == R"(["a","b"])");
    CHECK(value(Type::tags, {"a"}, "a") == R"(["a"])");
}

TEST_CASE("a type that is asked for takes what fits it and nothing else") {
    CHECK(value(Type::number, {"007"}, "007") == "7");
    CHECK(value(Type::number, {"+2"}, "+2") == "2");
    CHECK(value(Type::number, {"1,5"}, "1,5", ';') == "1.5");
    CHECK(value(Type::number, {"1,5"}, "1,5", ',') == "nothing");
    CHECK(value(Type::number, {"x"}, "x") == "nothing");
    CHECK(value(Type::number, {}, "1234567890123456") == "nothing");
    CHECK(value(Type::boolean, {"1"}, "1") == "true");
    CHECK(value(Type::boolean, {"maybe"}, "maybe") == "nothing");
    CHECK(value(Type::text, {"7"}, " 7\t\"\\") == R"(" 7\t\"\\")");
}

TEST_CASE("ids are plain, short and depend on the name only") {
    CHECK(slug("Flame Tongue +1") == "flame-tongue-1");
    CHECK(slug("Éowyn's Bögen") == "eowyns-bogen");
    CHECK(slug("Straße") == "strase");
    CHECK(slug(std::string(150, 'a')) == std::string(100, 'a'));
    const std::string id = slug("龍");
    CHECK(id.size() == 18);
    CHECK(id.starts_with("entry-"));
    CHECK(slug("龍") == id);
    CHECK(slug("虎") != id);
    CHECK(title_of("magic-items_2") == "Magic items 2");
    CHECK(title_of("---") == "Table");
}
