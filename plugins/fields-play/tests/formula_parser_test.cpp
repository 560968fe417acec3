// SPDX-License-Identifier: AGPL-3.0-or-later
#include "../formula/parser.hpp"

#include <rapidcheck.h>

#include "formula_text.hpp"
#include "tests/support/catch.hpp"

namespace {

namespace test = play::formula::test;
using play::formula::Expression;
using play::formula::FormulaFault;
using play::formula::parse;
using play::formula::Place;
using play::formula::place_of;

// The formula with all the parentheses that it means, and a few words where it is wrong.
std::string read(std::string_view text) {
    const auto parsed = parse(text);
    if (const auto* good = std::get_if<Expression>(&parsed)) return test::written(*good);
    return std::get<FormulaFault>(parsed).why;
}

// "282@5": the code's number and the column.
std::string fault(std::string_view text) {
    const auto parsed = parse(text);
    if (std::holds_alternative<Expression>(parsed)) return "good";
    const auto& wrong = std::get<FormulaFault>(parsed);
    const Place place = place_of(text, wrong.at);
    return std::string(wrong.code).substr(9) + "@" +
           (place.line == 1 ? "" : std::to_string(place.line) + ":") + std::to_string(place.column);
}
std::string hint(std::string_view text) {
    const auto parsed = parse(text);
    return std::get<FormulaFault>(parsed).hint;
}
std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("a formula is read as arithmetic is written") {
    CHECK(read("10 + wit + max(0, gear.rating)") == "10+wit+max(0,gear.rating)");
    CHECK(read("(a + b) * 2") == "(a+b)*2");
    CHECK(read("a + (b * 2)") == "a+b*2");
    CHECK(read("a - (b - c)") == "a-(b-c)");
    CHECK(read("(a - b) - c") == "(a-b)-c");
    CHECK(read("-a * b") == "-a*b");
    CHECK(read("-(a * b)") == "-(a*b)");
    CHECK(read("a - -2") == "a--2");
    CHECK(read("\n a\t<=\r\n b + 1") == "a<=b+1");
    CHECK(read("a == b") == "a=b");
    CHECK(read("not a = b and c or d") == "not a=b and c or d");
    CHECK(read("(not a) = (b and c)") == "(not a)=(b and c)");
    CHECK(read("not (not a)") == "not not a");
    CHECK(read("1.50") == "1.5");
    CHECK(read("if(a, \"x \\\"y\\\\\", false)") == "if(a,\"x \\\"y\\\\\",false)");
}

TEST_CASE("a path has names, and ids between backquotes") {
    CHECK(read("`hit-points`.current") == "`hit-points`.current");
    CHECK(read("`wit`.`1st`") == "wit.`1st`");
    CHECK(read("`a.b`.c") == "`a.b`.c");
    CHECK(read("`and`.or.true") == "`and`.or.true");
    CHECK(read("min.max + min(max)") == "min.max+min(max)");
    CHECK(read("gear . rating") == "gear.rating");
    CHECK(read("_x1") == "_x1");
}

TEST_CASE("what cannot be read is refused at its column") {
    CHECK(fault("") == "282@1");
    CHECK(fault("   ") == "282@4");
    CHECK(fault("10 +") == "282@5");
    CHECK(fault("10 + * 2") == "282@6");
    CHECK(fault("wit 2") == "282@5");
    CHECK(fault("(a + b") == "282@7");
    CHECK(fault("a + b)") == "282@6");
    CHECK(fault("max(0 wit)") == "282@7");
    CHECK(fault("max(0,)") == "282@7");
    CHECK(fault("1,5") == "282@2");
    CHECK(fault("2(a + b)") == "282@2");
    CHECK(fault("a < b < c") == "282@9");
    CHECK(fault("a = not b") == "282@5");
    CHECK(fault("gear.") == "282@6");
    CHECK(fault("gear.2nd") == "283@7");
    CHECK(fault(".5") == "282@1");
    CHECK(fault("\"a\".b") == "282@4");
    CHECK(fault("a ~ b") == "282@3");
    CHECK(fault("ä + b") == "282@1");
    CHECK(fault("\"ä\" ~") == "282@5");
    CHECK(fault("a +\n  b +\n ~") == "282@3:2");
    CHECK(fault("a\x01") == "282@2");
    CHECK(fault("1.") == "283@3");
    CHECK(fault("2x") == "283@2");
    CHECK(fault("1_000") == "283@2");
    CHECK(fault("a + 07") == "283@5");
    CHECK(fault("1234567890.123456") == "283@1");
    CHECK(fault("123456789.123456") == "good");
    CHECK(fault("a = \"b") == "284@5");
    CHECK(fault("\"a\nb\"") == "284@3");
    CHECK(fault("\"a\\n\"") == "284@3");
    CHECK(fault("sun(a)") == "285@1");
    CHECK(fault("1 + abs()") == "286@5");
    CHECK(fault("if(a, b)") == "286@1");
    CHECK(fault("round(a, 1, 2)") == "286@1");
    CHECK(fault("sum()") == "286@1");
    CHECK(fault("`a b`") == "287@1");
    CHECK(fault("1 + `a") == "287@5");
    CHECK(fault("``") == "287@1");
}

TEST_CASE("a fault says what was expected, and shows what works") {
    CHECK(read("10 +") == "Here a number, a text, a name or “(” is wanted, not the end.");
    CHECK(read("a = b = c") == "This compares what was compared already.");
    CHECK(read("if(a, b)") == "“if” wants 3 arguments, not 2.");
    CHECK(read("round(a, 1, 2)") == "“round” wants 1 or 2 arguments, not 3.");
    CHECK(read("min()") == "“min” wants at least one argument, not 0.");
    CHECK(hint("sun(a)") == "Did you mean “sum”, as in sum(inventory.weight)?");
    CHECK(hint("IF(a, b, c)") == "Did you mean “if”, as in if(hp < 1, 0, speed)?");
    CHECK(hint("ceiling(a)") == "Did you mean “ceil”, as in ceil(level / 2)?");
    CHECK(hint("median(a)") ==
          "The functions are if, min, max, sum, count, avg, floor, ceil, round, abs, mod.");
    CHECK(hint("1,5") == "Numbers have a point: 1.5. Functions have commas: max(0, wit).");
    CHECK(hint("a <> b") == "Write a != b.");
    CHECK(hint("a % 2") == "Write mod(a, b), or a / 100.");
    CHECK(hint("a && b") == "Write a and b.");
    CHECK(hint("a => b") == "Write a >= b.");
    CHECK(hint("a ≤ b") == "Write a <= b.");
    CHECK(hint("“fire”") == "Put texts between quotation marks: \"fire\".");
}

TEST_CASE("every limit holds at its number and not one past it") {
    const auto padded = [](std::size_t bytes) { return "1" + std::string(bytes - 1, ' '); };
    CHECK(read(padded(4096)) == "1");
    CHECK(fault(padded(4097)) == "281@4097");
    CHECK(read(repeated("(", 64) + "1" + repeated(")", 64)) == "1");
    CHECK(fault(repeated("(", 65) + "1" + repeated(")", 65)) == "281@65");
    CHECK(fault(repeated("-", 64) + "1") == "good");
    CHECK(fault(repeated("-", 65) + "1") == "281@65");
    CHECK(fault(repeated("not ", 64) + "a") == "good");
    CHECK(fault(repeated("not ", 65) + "a") == "281@257");
    CHECK(fault(repeated("abs(", 64) + "1" + repeated(")", 64)) == "good");
    CHECK(fault(repeated("abs(", 65) + "1" + repeated(")", 65)) == "281@260");
    // 999 numbers and their sum.
    CHECK(fault(repeated("1+", 998) + "1") == "good");
    CHECK(fault(repeated("1+", 999) + "1") == "281@1999");
    CHECK(fault(repeated("a.", 15) + "a") == "good");
    CHECK(fault(repeated("a.", 16) + "a") == "287@33");
    CHECK(fault(repeated("a", 128)) == "good");
    CHECK(fault(repeated("a", 129)) == "287@1");
    CHECK(fault("`" + repeated("1", 128) + "`") == "good");
    CHECK(fault("`" + repeated("1", 129) + "`") == "287@1");
}

TEST_CASE("any text is a formula or a fault in it, and a formula is read again as it is written") {
    const auto token = rc::gen::element<std::string>(
        "1", "2.5", "07", "\"x\"", "\"", "\\", "true", "and", "or", "not", "if", "min", "round",
        "wit", "gear", "`a-b`", "`", ".", ",", "(", ")", "+", "-", "*", "/", "=", "!=", "<",
        ">=", "==", " ", "\n", "~", "ä", "\xff", "<>");
    const auto check = [](const std::string& text) {
        const auto parsed = parse(text);
        if (const auto* good = std::get_if<Expression>(&parsed)) {
            const std::string again = test::written(*good);
            RC_ASSERT(read(again) == again);
        } else {
            const auto& wrong = std::get<FormulaFault>(parsed);
            RC_ASSERT(wrong.at <= text.size());
            RC_ASSERT(!wrong.why.empty());
            RC_ASSERT(!wrong.hint.empty());
        }
    };
    CHECK(rc::check("a soup of tokens", [&] {
        std::string text;
        for (const std::string& one : *rc::gen::container<std::vector<std::string>>(token))
            text += one + *rc::gen::element<std::string>("", " ");
        check(text);
    }));
    CHECK(rc::check("any bytes", [&] { check(*rc::gen::arbitrary<std::string>()); }));
}
