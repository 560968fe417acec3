// SPDX-License-Identifier: AGPL-3.0-or-later
#include <rapidcheck.h>

#include "../dice_expression.hpp"
#include "tests/support/catch.hpp"

using namespace play;

namespace {

std::string canonical(std::string_view text) {
    const auto parsed = parse_dice(text);
    if (const auto* good = std::get_if<DiceExpression>(&parsed)) return good->text();
    return std::get<DiceFault>(parsed).why;
}
std::size_t place(std::string_view text) { return std::get<DiceFault>(parse_dice(text)).at; }
std::string range(std::string_view text) {
    std::int64_t least = 0, most = 0;
    return std::get<DiceExpression>(parse_dice(text)).is_bounded(least, most)
               ? std::to_string(least) + ".." + std::to_string(most)
               : "without end";
}

}  // namespace

TEST_CASE("dice are written in one way") {
    CHECK(canonical("2d6+3") == "2d6+3");
    CHECK(canonical(" D20 - 1 ") == "1d20-1");
    CHECK(canonical("d%") == "1d100");
    CHECK(canonical("4dF") == "4dF");
    CHECK(canonical("4D6DL1 + 2d6kh1!") == "4d6dl1+2d6kh1!");
    CHECK(canonical("-d4+10") == "-1d4+10");
    CHECK(canonical("+7") == "7");
    CHECK(canonical("5d10>=8") == "5d10>=8");
    CHECK(canonical("1d20r1") == "1d20r1");
}

TEST_CASE("what cannot be rolled is refused at its place") {
    CHECK(place("") == 0);
    CHECK(place("2d") == 2);
    CHECK(place("2d6+") == 4);
    CHECK(place("2d6 3") == 4);
    CHECK(place("2x6") == 1);
    CHECK(canonical("0d6") == "There are 1 to 1000 dice in a term.");
    CHECK(canonical("1001d6") == "There are 1 to 1000 dice in a term.");
    CHECK(canonical("1000d10000") == "1000d10000");
    CHECK(canonical("1d10001") == "This number is more than 10000.");
    CHECK(canonical("99999999999999999999") == "This number is more than 1000000.");
    CHECK(canonical("2d6kh3") == "There are not so many dice.");
    CHECK(canonical("2d6kh1kh1") == "This stands there twice.");
    CHECK(canonical("1d1!") == "These dice would never stop.");
    CHECK(canonical("1d6r6") == "Every throw would be made again.");
    CHECK(canonical("1d6kh") == "Behind “kh” a number is wanted.");
    CHECK(canonical(std::string(200, '1') + "1") == "This is longer than 200 bytes.");
}

TEST_CASE("the least and the most of a roll are known") {
    CHECK(range("2d6+3") == "5..15");
    CHECK(range("4d6dl1") == "3..18");
    CHECK(range("2d20kh1") == "1..20");
    CHECK(range("4dF") == "-4..4");
    CHECK(range("10-1d4") == "6..9");
    CHECK(range("5d10>=8") == "0..5");
    CHECK(range("1d6!") == "without end");
}

TEST_CASE("any text is dice or none, and dice are read again as they are written") {
    CHECK(rc::check("parse, text, parse", [] {
        const auto letters = *rc::gen::container<std::string>(
            rc::gen::element('d', 'k', 'h', 'l', 'r', '!', '>', '=', '+', '-', '1', '2', '6', '0',
                             'F', '%', ' ', '\xff'));
        const auto parsed = parse_dice(letters);
        if (const auto* good = std::get_if<DiceExpression>(&parsed)) {
            RC_ASSERT(canonical(good->text()) == good->text());
        } else {
            RC_ASSERT(std::get<DiceFault>(parsed).at <= letters.size());
        }
    }));
}
