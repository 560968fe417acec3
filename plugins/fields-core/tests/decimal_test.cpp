// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/decimal.hpp>

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using sz::plugin::Decimal;
using sz::plugin::DecimalFault;

namespace {

std::string read(std::string_view text) {
    const auto number = Decimal::parse(text);
    return number ? number->text() : "refused";
}

DecimalFault fault_of(std::string_view text) {
    DecimalFault fault = DecimalFault::none;
    (void)Decimal::parse(text, &fault);
    return fault;
}

std::string sum(std::string_view a, std::string_view b) {
    const auto total = Decimal::parse(a)->plus(*Decimal::parse(b));
    return total ? total->text() : "too long";
}

bool is_on_step(std::string_view number, std::string_view origin, std::string_view step) {
    return Decimal::parse(number)->is_on_step(*Decimal::parse(origin), *Decimal::parse(step));
}

// A decimal with few digits, so that sums stay exact.
rc::Gen<Decimal> decimals() {
    return rc::gen::map(
        rc::gen::pair(rc::gen::inRange(-999'999, 1'000'000), rc::gen::inRange(0, 7)),
        [](const auto& parts) {
            return *Decimal::parse(std::to_string(parts.first) + "e-" +
                                   std::to_string(parts.second));
        });
}

}  // namespace

TEST_CASE("a decimal is read from any number of JSON and written in one way") {
    CHECK(read("0") == "0");
    CHECK(read("-0") == "0");
    CHECK(read("-0.0e5") == "0");
    CHECK(read("10") == "10");
    CHECK(read("2.50") == "2.5");
    CHECK(read("-1.50e2") == "-150");
    CHECK(read("1e-3") == "0.001");
    CHECK(read("1E+2") == "100");
    CHECK(read("0.000000000000001") == "0.000000000000001");
    CHECK(read("999999999999999") == "999999999999999");
    CHECK(read("1000000000000000e-3") == "1000000000000");
    CHECK(read("1." + std::string(1000, '0')) == "1");
    CHECK(read("0." + std::string(1000, '0') + "1e1001") == "1");
}

TEST_CASE("what is not a number of JSON is refused") {
    for (const char* text : {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "1 ", " 1",
                             "1,5", "NaN", "Infinity", "1e1.5", "--1"}) {
        CAPTURE(text);
        CHECK(fault_of(text) == DecimalFault::not_a_number);
    }
}

TEST_CASE("fifteen digits are taken and a sixteenth is not") {
    CHECK(read("123456789.012345") == "123456789.012345");
    CHECK(fault_of("1234567890.012345") == DecimalFault::too_many_digits);
    CHECK(fault_of("0.30000000000000004") == DecimalFault::too_many_digits);
    CHECK(fault_of("1000000000000000") == DecimalFault::too_large);
    CHECK(fault_of("1e400") == DecimalFault::too_large);
    CHECK(fault_of("1e99999999999999999999") == DecimalFault::too_large);
    CHECK(fault_of("1e-16") == DecimalFault::too_fine);
    CHECK(fault_of("1e-99999999999999999999") == DecimalFault::too_fine);
    // The digits before and the exponent behind cancel out only in part.
    CHECK(fault_of("0." + std::string(150'000, '0') + "1e100005") == DecimalFault::too_fine);
}

TEST_CASE("sums are exact") {
    CHECK(sum("0.1", "0.2") == "0.3");
    CHECK(sum("10", "-3") == "7");
    CHECK(sum("1.5", "-1.5") == "0");
    CHECK(sum("99.99", "0.01") == "100");
    CHECK(sum("99999999999999.9", "0.1") == "100000000000000");
    CHECK(sum("999999999999999", "1") == "too long");
    CHECK(sum("999999999999999", "0.1") == "too long");
    CHECK(sum("100000000000000", "0.000000000000001") == "too long");
}

TEST_CASE("a binary number stands for its shortest decimal") {
    CHECK(Decimal::from_double(0.1)->text() == "0.1");
    CHECK(Decimal::from_double(-2.0)->text() == "-2");
    CHECK(Decimal::from_double(1e14)->text() == "100000000000000");
    CHECK_FALSE(Decimal::from_double(0.1 + 0.2));
    CHECK_FALSE(Decimal::from_double(1e300));
}

TEST_CASE("numbers are compared exactly, however far apart they are") {
    const auto compare = [](std::string_view a, std::string_view b) {
        return Decimal::parse(a)->compare(*Decimal::parse(b));
    };
    CHECK(compare("0.1", "0.10") == 0);
    CHECK(compare("-1", "0.000000000000001") == -1);
    CHECK(compare("999999999999999", "0.000000000000001") == 1);
    CHECK(compare("0.000000000000001", "-999999999999999") == 1);
    CHECK(compare("-999999999999999", "-0.000000000000001") == -1);
}

TEST_CASE("steps are counted from their origin") {
    CHECK(is_on_step("7.5", "0", "2.5"));
    CHECK_FALSE(is_on_step("7", "0", "2.5"));
    CHECK(is_on_step("7", "2", "2.5"));
    CHECK(is_on_step("-1", "0", "0.5"));
    CHECK(is_on_step("0.3", "0", "0.1"));
    CHECK_FALSE(is_on_step("0.25", "0", "0.1"));
    CHECK(is_on_step("300", "0", "0.000000000000001"));
    CHECK(is_on_step("100", "-100", "200"));
}

TEST_CASE("laws of decimals") {
    CHECK(rc::check("what is written is read again", [] {
        const Decimal number = *decimals();
        RC_ASSERT(Decimal::parse(number.text()) == number);
    }));
    CHECK(rc::check("a sum does not depend on the order", [] {
        const Decimal a = *decimals(), b = *decimals();
        RC_ASSERT(a.plus(b) == b.plus(a));
    }));
    CHECK(rc::check("taking away undoes adding", [] {
        const Decimal a = *decimals(), b = *decimals();
        const auto total = a.plus(b);
        RC_ASSERT(total.has_value());
        RC_ASSERT(total->plus(b.negated()) == a);
    }));
    CHECK(rc::check("adding more than nothing makes more", [] {
        const Decimal a = *decimals(), b = *decimals();
        RC_ASSERT(a.plus(b)->compare(a) == b.sign());
    }));
    CHECK(rc::check("whole steps lead to a step", [] {
        const Decimal origin = *decimals();
        const Decimal step =
            *rc::gen::suchThat(decimals(), [](const Decimal& d) { return d.sign() > 0; });
        auto number = origin.plus(step);
        RC_ASSERT(number && number->is_on_step(origin, step));
        number = number->plus(step);
        RC_ASSERT(number && number->is_on_step(origin, step));
    }));
}

TEST_CASE("products, quotients and long sums are rounded to fifteen digits") {
    const auto number = [](std::string_view text) { return *Decimal::parse(text); };
    const auto shown = [](const std::optional<Decimal>& result) {
        return result ? result->text() : "none";
    };
    const auto product = [&](auto a, auto b) { return shown(number(a).times(number(b))); };
    CHECK(product("0.1", "0.1") == "0.01");
    CHECK(product("-12", "12") == "-144");
    CHECK(product("123456789", "987654321") == "none");
    CHECK(product("99999999", "9999999") == "999999890000001");
    CHECK(product("999999999999999", "2") == "none");
    CHECK(product("1e-8", "1e-8") == "0");
    CHECK(product("5e-8", "1e-8") == "0");
    CHECK(product("3e-8", "5e-8") == "0.000000000000002");

    const auto quotient = [&](auto a, auto b) { return shown(number(a).divided_by(number(b))); };
    CHECK(quotient("10", "4") == "2.5");
    CHECK(quotient("1", "3") == "0.333333333333333");
    CHECK(quotient("-2", "3") == "-0.666666666666667");
    CHECK(quotient("2000", "3") == "666.666666666667");
    CHECK(quotient("1", "0.001") == "1000");
    CHECK(quotient("1", "999999999999999") == "0.000000000000001");
    CHECK(quotient("999999999999999", "0.1") == "none");
    CHECK(quotient("1", "0") == "none");

    const auto total = [&](auto a, auto b) { return shown(number(a).plus_rounded(number(b))); };
    CHECK(total("1000", "0.333333333333333") == "1000.33333333333");
    CHECK(total("-1000", "0.333333333333333") == "-999.666666666667");
    CHECK(total("1000", "0.999999999999999") == "1001");
    CHECK(total("0.000000000000001", "-100000") == "-100000");
    CHECK(total("999999999999999", "0.5") == "none");
    CHECK(total("999999999999999", "0.4") == "999999999999999");
}

TEST_CASE("numbers are made whole downwards, upwards and to the nearest") {
    const auto all = [](std::string_view text) {
        const Decimal number = *Decimal::parse(text);
        return number.floor().text() + " " + number.ceil().text() + " " + number.round().text();
    };
    CHECK(all("2.5") == "2 3 3");
    CHECK(all("-2.5") == "-3 -2 -3");
    CHECK(all("2.4") == "2 3 2");
    CHECK(all("-0.4") == "-1 0 0");
    CHECK(all("7") == "7 7 7");
    CHECK(all("999999999999999") == "999999999999999 999999999999999 999999999999999");
    CHECK(Decimal::parse("-2.9")->whole() == -2);
    CHECK(Decimal::parse("-2.9")->is_whole() == false);
}

TEST_CASE("rounded arithmetic agrees with exact arithmetic where that is possible") {
    CHECK(rc::check("a + b both ways", [] {
        const Decimal a = *decimals(), b = *decimals();
        RC_ASSERT(a.plus_rounded(b) == a.plus(b));
    }));
    CHECK(rc::check("a * b / b is a", [] {
        const Decimal a = *decimals(), b = *decimals();
        RC_PRE(b.sign() != 0);
        const auto product = a.times(b);
        RC_PRE(product && product->compare(Decimal()) != 0 && product->text().size() < 15);
        RC_ASSERT(product->divided_by(b) == a);
    }));
}

TEST_CASE("numbers are rounded to a number of digits, a half away from zero") {
    const auto rounded = [](std::string_view text, int places) {
        return Decimal::parse(text)->round_to(places).text();
    };
    CHECK(rounded("2.345", 2) == "2.35");
    CHECK(rounded("-2.345", 2) == "-2.35");
    CHECK(rounded("2.344", 2) == "2.34");
    CHECK(rounded("2.995", 2) == "3");
    CHECK(rounded("2.5", 0) == "3");
    CHECK(rounded("2.3", 15) == "2.3");
    CHECK(rounded("0.4", 0) == "0");
    CHECK(rounded("0.000000000000005", 14) == "0.00000000000001");
    CHECK(rounded("99999999999999.9", 0) == "100000000000000");
    CHECK(rounded("0.999999999999999", 0) == "1");
    CHECK(rounded("999999999999999", 0) == "999999999999999");
}

TEST_CASE("what is left of a division is exact, however far apart the numbers are") {
    const auto rest = [](std::string_view a, std::string_view b) {
        const auto left = Decimal::parse(a)->remainder(*Decimal::parse(b));
        return left ? left->text() : "none";
    };
    CHECK(rest("7", "3") == "1");
    CHECK(rest("-7", "3") == "-1");
    CHECK(rest("7", "-3") == "1");
    CHECK(rest("5.5", "0.3") == "0.1");
    CHECK(rest("0.3", "5.5") == "0.3");
    CHECK(rest("6", "1.5") == "0");
    CHECK(rest("0.000000000000001", "999999999999999") == "0.000000000000001");
    // (10^15 - 1) * 10^15 modulo 7 is 5 * 6 modulo 7.
    CHECK(rest("999999999999999", "0.000000000000007") == "0.000000000000002");
    CHECK(rest("1", "0") == "none");
    CHECK(rc::check("what is left, and whole parts of the other, make the number", [] {
        const Decimal a = *decimals(), b = *decimals();
        RC_PRE(b.sign() != 0);
        const Decimal left = *a.remainder(b);
        const Decimal size = b.sign() < 0 ? b.negated() : b;
        RC_ASSERT(left.sign() * a.sign() >= 0);
        RC_ASSERT(left.compare(size) < 0 && left.compare(size.negated()) > 0);
        RC_ASSERT(a.is_on_step(left, size));
    }));
}
