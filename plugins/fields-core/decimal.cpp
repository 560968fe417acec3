// SPDX-License-Identifier: AGPL-3.0-or-later
#include "decimal.hpp"

#include <charconv>
#include <cmath>

namespace fields {

namespace {

constexpr std::int64_t coefficient_end =
    1'000'000'000'000'000;                // 10^15, one past the largest coefficient
constexpr int exponent_max = 10'000'000;  // more than any text that may come here has characters

std::optional<Decimal> refuse(DecimalFault* fault, DecimalFault why) {
    if (fault != nullptr) *fault = why;
    return std::nullopt;
}

// number * 10^power, or nothing on overflow.
std::optional<std::int64_t> scaled(std::int64_t number, int power) {
    constexpr std::int64_t safe = INT64_MAX / 10;
    for (; power > 0 && number != 0; --power) {
        if (number > safe || number < -safe) return std::nullopt;
        number *= 10;
    }
    return number;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The digits of a number while it is read: zeros are held back until a digit follows, so
// that 1.50000… has two digits.
struct Digits {
    std::int64_t coefficient = 0;
    int count = 0;  // significant digits in `coefficient`
    int zeros = 0;  // held back
    bool too_many = false;

    void take(char c) {
        if (c == '0') {
            if (coefficient != 0 && zeros < exponent_max) ++zeros;
            return;
        }
        count += zeros + 1;
        if (count > Decimal::digits_max) {
            too_many = true;
            count = Decimal::digits_max + 1;
            return;
        }
        for (; zeros > 0; --zeros) coefficient *= 10;
        coefficient = coefficient * 10 + (c - '0');
    }
};

// The exponent after "e", at most ±exponent_max, or nothing when it is malformed. Moves `at` to the
// end.
std::optional<int> read_exponent(std::string_view text, std::size_t& at) {
    bool is_negative = false;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) is_negative = text[at++] == '-';
    if (at >= text.size() || !is_digit(text[at])) return std::nullopt;
    int exponent = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) {
        if (exponent < exponent_max) exponent = exponent * 10 + (text[at] - '0');
    }
    return is_negative ? -exponent : exponent;
}

}  // namespace

std::optional<Decimal> Decimal::make(std::int64_t coefficient, int scale, DecimalFault* fault) {
    if (coefficient == 0) return Decimal();
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    if (scale < 0) {
        const auto whole = scaled(coefficient, -scale);
        if (!whole) return refuse(fault, DecimalFault::too_large);
        coefficient = *whole;
        scale = 0;
    }
    if (coefficient >= coefficient_end || coefficient <= -coefficient_end) {
        return refuse(fault, scale == 0 ? DecimalFault::too_large : DecimalFault::too_many_digits);
    }
    if (scale > digits_max) return refuse(fault, DecimalFault::too_fine);
    return Decimal(coefficient, scale);
}

std::optional<Decimal> Decimal::parse(std::string_view text, DecimalFault* fault) {
    std::size_t at = 0;
    const bool is_negative = !text.empty() && text[0] == '-';
    if (is_negative) ++at;
    if (at >= text.size() || !is_digit(text[at])) return refuse(fault, DecimalFault::not_a_number);
    if (text[at] == '0' && at + 1 < text.size() && is_digit(text[at + 1]))
        return refuse(fault, DecimalFault::not_a_number);
    Digits digits;
    int exponent = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) digits.take(text[at]);
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (at >= text.size() || !is_digit(text[at]))
            return refuse(fault, DecimalFault::not_a_number);
        for (; at < text.size() && is_digit(text[at]); ++at) {
            digits.take(text[at]);
            if (exponent > -exponent_max) --exponent;
        }
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        const auto written = read_exponent(text, ++at);
        if (!written) return refuse(fault, DecimalFault::not_a_number);
        exponent += *written;
    }
    if (at != text.size()) return refuse(fault, DecimalFault::not_a_number);
    if (digits.coefficient == 0) return Decimal();
    if (digits.too_many) return refuse(fault, DecimalFault::too_many_digits);
    exponent += digits.zeros;
    if (exponent > digits_max) return refuse(fault, DecimalFault::too_large);
    return make(is_negative ? -digits.coefficient : digits.coefficient, -exponent, fault);
}

std::optional<Decimal> Decimal::from_double(double number, DecimalFault* fault) {
    if (!std::isfinite(number)) return refuse(fault, DecimalFault::not_a_number);
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific);
    return parse({text, static_cast<std::size_t>(end.ptr - text)}, fault);
}

std::string Decimal::text() const {
    std::string digits = std::to_string(coefficient_ < 0 ? -coefficient_ : coefficient_);
    const auto scale = static_cast<std::size_t>(scale_);
    if (scale > 0) {
        if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
        digits.insert(digits.size() - scale, 1, '.');
    }
    if (coefficient_ < 0) digits.insert(0, 1, '-');
    return digits;
}

// The finer of two numbers ends in a digit that is not zero. So when the coarser one does not fit
// into 18 digits at that scale, the exact sum has more than 15 significant digits: 64 bits are
// enough to decide everything here.
std::optional<Decimal> Decimal::plus(const Decimal& other) const {
    const int scale = scale_ > other.scale_ ? scale_ : other.scale_;
    const auto mine = scaled(coefficient_, scale - scale_);
    const auto theirs = scaled(other.coefficient_, scale - other.scale_);
    if (!mine || !theirs) return std::nullopt;
    const bool is_safe = (*mine <= 0 || *theirs <= INT64_MAX - *mine) &&
                         (*mine >= 0 || *theirs >= INT64_MIN - *mine);
    if (!is_safe) return std::nullopt;
    return make(*mine + *theirs, scale, nullptr);
}

Decimal Decimal::negated() const { return {-coefficient_, scale_}; }

int Decimal::compare(const Decimal& other) const {
    const int scale = scale_ > other.scale_ ? scale_ : other.scale_;
    const auto mine = scaled(coefficient_, scale - scale_);
    const auto theirs = scaled(other.coefficient_, scale - other.scale_);
    if (!mine) return sign();  // past 18 digits: larger than anything at the finer scale
    if (!theirs) return -other.sign();
    return *mine < *theirs ? -1 : *mine > *theirs ? 1 : 0;
}

bool Decimal::is_on_step(const Decimal& origin, const Decimal& step) const {
    const int scale = scale_ > origin.scale_ ? scale_ : origin.scale_;
    const auto mine = scaled(coefficient_, scale - scale_);
    const auto start = scaled(origin.coefficient_, scale - origin.scale_);
    if (!mine || !start) return false;
    // Remainders are taken apart and brought to the step's scale digit by digit, so nothing here
    // can overflow.
    const auto remainder = [&step](std::int64_t number, int from) -> std::optional<std::int64_t> {
        for (; from > step.scale_; --from) {
            if (number % 10 != 0) return std::nullopt;
            number /= 10;
        }
        std::int64_t rest = number % step.coefficient_;
        for (; from < step.scale_; ++from) rest = rest * 10 % step.coefficient_;
        return rest;
    };
    const bool is_safe = (*start >= 0 || *mine <= INT64_MAX + *start) &&
                         (*start <= 0 || *mine >= INT64_MIN + *start);
    return is_safe && remainder(*mine - *start, scale) == 0;
}

}  // namespace fields
