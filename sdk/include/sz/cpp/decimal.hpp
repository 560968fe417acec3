// SPDX-License-Identifier: AGPL-3.0-or-later
// Exact decimal numbers, as people write them: 0.1 + 0.2 is 0.3, and the same on every machine.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sz::plugin {

enum class DecimalFault : std::uint8_t {
    none,
    not_a_number,     // not a number of JSON
    too_many_digits,  // more than 15 significant digits: a reader that uses binary numbers would
                      // round it
    too_large,        // more than 15 digits before the point
    too_fine,         // more than 15 digits behind the point
};

// coefficient / 10^scale. Invariants: |coefficient| < 10^15, scale <= 15, no trailing zero behind
// the point, no minus zero. One value has one representation, so == is equality of numbers.
class Decimal {
  public:
    static constexpr int digits_max = 15;

    constexpr Decimal() = default;

    // A number of JSON: "-1.50e2" is -150.
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text,
                                                      DecimalFault* fault = nullptr);
    // The shortest decimal that a binary number stands for: 0.1 is 0.1.
    [[nodiscard]] static std::optional<Decimal> from_double(double number,
                                                            DecimalFault* fault = nullptr);

    // Plain notation, a number of JSON: "-150", "0.001".
    [[nodiscard]] std::string text() const;

    // Nothing when the exact sum has more than 15 significant digits.
    [[nodiscard]] std::optional<Decimal> plus(const Decimal& other) const;
    // Rounded to 15 significant digits and 15 behind the point, a half to the even neighbour;
    // nothing past 15 digits before the point, and for a division by zero.
    [[nodiscard]] std::optional<Decimal> plus_rounded(const Decimal& other) const;
    [[nodiscard]] std::optional<Decimal> times(const Decimal& other) const;
    [[nodiscard]] std::optional<Decimal> divided_by(const Decimal& other) const;
    [[nodiscard]] Decimal negated() const;
    // The next whole number below, above, and the nearest, a half away from zero.
    [[nodiscard]] Decimal floor() const;
    [[nodiscard]] Decimal ceil() const;
    [[nodiscard]] Decimal round() const;
    // The nearest with at most `places` digits behind the point (0 to 15), a half away from zero.
    [[nodiscard]] Decimal round_to(int places) const;
    // What is left of a division, exactly: it has the sign of this number and is smaller than
    // `other`. Nothing for a division by zero.
    [[nodiscard]] std::optional<Decimal> remainder(const Decimal& other) const;
    [[nodiscard]] bool is_whole() const { return scale_ == 0; }
    // Of a whole number; else of its part before the point.
    [[nodiscard]] std::int64_t whole() const;
    // -1, 0 or 1.
    [[nodiscard]] int compare(const Decimal& other) const;
    [[nodiscard]] int sign() const { return coefficient_ < 0 ? -1 : coefficient_ > 0 ? 1 : 0; }

    // Is it `origin` plus a whole number of steps? `step` must be greater than zero.
    [[nodiscard]] bool is_on_step(const Decimal& origin, const Decimal& step) const;

    friend bool operator==(const Decimal&, const Decimal&) = default;

  private:
    constexpr Decimal(std::int64_t coefficient, int scale)
        : coefficient_(coefficient), scale_(scale) {}
    static std::optional<Decimal> make(std::int64_t coefficient, int scale, DecimalFault* fault);
    // digits / 10^scale; `has_more`: there are digits behind them that are not all zero.
    static std::optional<Decimal> rounded(bool is_negative, std::string_view digits, int scale,
                                          bool has_more);

    std::int64_t coefficient_ = 0;
    int scale_ = 0;
};

namespace decimal_detail {

inline constexpr std::int64_t coefficient_end =
    1'000'000'000'000'000;  // 10^15, one past the largest coefficient
inline constexpr int exponent_max =
    10'000'000;  // more than any text that may come here has characters

inline std::optional<Decimal> refuse(DecimalFault* fault, DecimalFault why) {
    if (fault != nullptr) *fault = why;
    return std::nullopt;
}

// number * 10^power, or nothing on overflow.
inline std::optional<std::int64_t> scaled(std::int64_t number, int power) {
    constexpr std::int64_t safe = INT64_MAX / 10;
    for (; power > 0 && number != 0; --power) {
        if (number > safe || number < -safe) return std::nullopt;
        number *= 10;
    }
    return number;
}

// In at least `width` digits.
inline std::string padded(std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

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
inline std::optional<int> read_exponent(std::string_view text, std::size_t& at) {
    bool is_negative = false;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) is_negative = text[at++] == '-';
    if (at >= text.size() || !is_digit(text[at])) return std::nullopt;
    int exponent = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) {
        if (exponent < exponent_max) exponent = exponent * 10 + (text[at] - '0');
    }
    return is_negative ? -exponent : exponent;
}

}  // namespace decimal_detail

inline std::optional<Decimal> Decimal::make(std::int64_t coefficient, int scale,
                                            DecimalFault* fault) {
    if (coefficient == 0) return Decimal();
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    if (scale < 0) {
        const auto whole = decimal_detail::scaled(coefficient, -scale);
        if (!whole) return decimal_detail::refuse(fault, DecimalFault::too_large);
        coefficient = *whole;
        scale = 0;
    }
    if (coefficient >= decimal_detail::coefficient_end ||
        coefficient <= -decimal_detail::coefficient_end) {
        return decimal_detail::refuse(
            fault, scale == 0 ? DecimalFault::too_large : DecimalFault::too_many_digits);
    }
    if (scale > digits_max) return decimal_detail::refuse(fault, DecimalFault::too_fine);
    return Decimal(coefficient, scale);
}

inline std::optional<Decimal> Decimal::parse(std::string_view text, DecimalFault* fault) {
    std::size_t at = 0;
    const bool is_negative = !text.empty() && text[0] == '-';
    if (is_negative) ++at;
    if (at >= text.size() || !decimal_detail::is_digit(text[at]))
        return decimal_detail::refuse(fault, DecimalFault::not_a_number);
    if (text[at] == '0' && at + 1 < text.size() && decimal_detail::is_digit(text[at + 1]))
        return decimal_detail::refuse(fault, DecimalFault::not_a_number);
    decimal_detail::Digits digits;
    int exponent = 0;
    for (; at < text.size() && decimal_detail::is_digit(text[at]); ++at) digits.take(text[at]);
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (at >= text.size() || !decimal_detail::is_digit(text[at]))
            return decimal_detail::refuse(fault, DecimalFault::not_a_number);
        for (; at < text.size() && decimal_detail::is_digit(text[at]); ++at) {
            digits.take(text[at]);
            if (exponent > -decimal_detail::exponent_max) --exponent;
        }
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        const auto written = decimal_detail::read_exponent(text, ++at);
        if (!written) return decimal_detail::refuse(fault, DecimalFault::not_a_number);
        exponent += *written;
    }
    if (at != text.size()) return decimal_detail::refuse(fault, DecimalFault::not_a_number);
    if (digits.coefficient == 0) return Decimal();
    if (digits.too_many) return decimal_detail::refuse(fault, DecimalFault::too_many_digits);
    exponent += digits.zeros;
    if (exponent > digits_max) return decimal_detail::refuse(fault, DecimalFault::too_large);
    return make(is_negative ? -digits.coefficient : digits.coefficient, -exponent, fault);
}

inline std::optional<Decimal> Decimal::from_double(double number, DecimalFault* fault) {
    if (!std::isfinite(number)) return decimal_detail::refuse(fault, DecimalFault::not_a_number);
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific);
    return parse({text, static_cast<std::size_t>(end.ptr - text)}, fault);
}

inline std::string Decimal::text() const {
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
inline std::optional<Decimal> Decimal::plus(const Decimal& other) const {
    const int scale = scale_ > other.scale_ ? scale_ : other.scale_;
    const auto mine = decimal_detail::scaled(coefficient_, scale - scale_);
    const auto theirs = decimal_detail::scaled(other.coefficient_, scale - other.scale_);
    if (!mine || !theirs) return std::nullopt;
    const bool is_safe = (*mine <= 0 || *theirs <= INT64_MAX - *mine) &&
                         (*mine >= 0 || *theirs >= INT64_MIN - *mine);
    if (!is_safe) return std::nullopt;
    return make(*mine + *theirs, scale, nullptr);
}

// At most 15 significant digits and 15 behind the point are kept.
inline std::optional<Decimal> Decimal::rounded(bool is_negative, std::string_view digits, int scale,
                                               bool has_more) {
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    const int count = static_cast<int>(digits.size());
    const int cut = std::max({count - digits_max, scale - digits_max, 0});
    if (cut > count) return Decimal();
    std::int64_t coefficient = 0;
    for (const char c : digits.substr(0, static_cast<std::size_t>(count - cut)))
        coefficient = coefficient * 10 + (c - '0');
    if (cut > 0) {
        const std::string_view behind = digits.substr(static_cast<std::size_t>(count - cut));
        const bool is_more_than_half =
            behind[0] > '5' ||
            (behind[0] == '5' && (has_more || behind.find_first_not_of('0', 1) != behind.npos));
        const bool is_half = behind[0] == '5' && !is_more_than_half;
        if (is_more_than_half || (is_half && coefficient % 2 != 0)) ++coefficient;
    }
    return make(is_negative ? -coefficient : coefficient, scale - cut, nullptr);
}

inline std::optional<Decimal> Decimal::plus_rounded(const Decimal& other) const {
    if (const auto exact = plus(other)) return exact;
    // Whole numbers and 10^-15ths apart.
    constexpr std::int64_t unit = decimal_detail::coefficient_end;
    const auto parts = [](const Decimal& number) {
        const std::int64_t one = *decimal_detail::scaled(1, number.scale_);
        return std::pair(
            number.coefficient_ / one,
            number.coefficient_ % one * *decimal_detail::scaled(1, digits_max - number.scale_));
    };
    const auto [mine, my_part] = parts(*this);
    const auto [theirs, their_part] = parts(other);
    std::int64_t whole = mine + theirs, part = my_part + their_part;
    const bool is_negative = whole < 0 || (whole == 0 && part < 0);
    if (is_negative) whole = -whole, part = -part;
    if (part < 0) --whole, part += unit;
    if (part >= unit) ++whole, part -= unit;
    return rounded(is_negative, decimal_detail::padded(whole, 1) + decimal_detail::padded(part, 15),
                   digits_max, false);
}

inline std::optional<Decimal> Decimal::times(const Decimal& other) const {
    constexpr std::int64_t half = 100'000'000, twice = half * half;
    const std::int64_t a = coefficient_ < 0 ? -coefficient_ : coefficient_;
    const std::int64_t b = other.coefficient_ < 0 ? -other.coefficient_ : other.coefficient_;
    const std::int64_t cross = a / half * (b % half) + a % half * (b / half);
    const std::int64_t low = a % half * (b % half) + cross % half * half;
    const std::int64_t high = a / half * (b / half) + cross / half + low / twice;
    return rounded((coefficient_ < 0) != (other.coefficient_ < 0),
                   decimal_detail::padded(high, 1) + decimal_detail::padded(low % twice, 16),
                   scale_ + other.scale_, false);
}

inline std::optional<Decimal> Decimal::divided_by(const Decimal& other) const {
    if (other.coefficient_ == 0) return std::nullopt;
    const std::int64_t a = coefficient_ < 0 ? -coefficient_ : coefficient_;
    const std::int64_t b = other.coefficient_ < 0 ? -other.coefficient_ : other.coefficient_;
    std::string digits = std::to_string(a / b);
    std::int64_t rest = a % b;
    int scale = scale_ - other.scale_;
    // Two digits more than are kept, behind any zeros that come first.
    constexpr int enough = 3 * digits_max + 2;
    for (int i = 0; i < enough && rest != 0; ++i, ++scale) {
        digits += static_cast<char>('0' + rest * 10 / b);
        rest = rest * 10 % b;
    }
    return rounded((coefficient_ < 0) != (other.coefficient_ < 0), digits, scale, rest != 0);
}

inline std::int64_t Decimal::whole() const {
    return coefficient_ / *decimal_detail::scaled(1, scale_);
}

inline Decimal Decimal::floor() const {
    const std::int64_t one = *decimal_detail::scaled(1, scale_);
    const std::int64_t towards_zero = coefficient_ / one;
    return {towards_zero - (coefficient_ % one < 0 ? 1 : 0), 0};
}

inline Decimal Decimal::ceil() const { return negated().floor().negated(); }

inline Decimal Decimal::round() const { return round_to(0); }

// A digit was cut off, so what is kept has room for the one that is added.
inline Decimal Decimal::round_to(int places) const {
    if (scale_ <= places) return *this;
    const std::int64_t one = *decimal_detail::scaled(1, scale_ - places);
    const std::int64_t rest = coefficient_ % one;
    const std::int64_t away = 2 * (rest < 0 ? -rest : rest) >= one ? 1 : 0;
    const std::int64_t kept = coefficient_ / one + (coefficient_ < 0 ? -away : away);
    return make(kept, places, nullptr).value_or(Decimal());
}

// The remainder is brought to the other's scale digit by digit, so nothing here can overflow.
inline std::optional<Decimal> Decimal::remainder(const Decimal& other) const {
    if (other.coefficient_ == 0) return std::nullopt;
    const auto divisor = decimal_detail::scaled(other.coefficient_, scale_ - other.scale_);
    if (!divisor) return *this;  // past 18 digits: larger than this number
    std::int64_t rest = coefficient_ % *divisor;
    for (int scale = scale_; scale < other.scale_; ++scale) rest = rest * 10 % *divisor;
    return make(rest, std::max(scale_, other.scale_), nullptr);
}

inline Decimal Decimal::negated() const { return {-coefficient_, scale_}; }

inline int Decimal::compare(const Decimal& other) const {
    const int scale = scale_ > other.scale_ ? scale_ : other.scale_;
    const auto mine = decimal_detail::scaled(coefficient_, scale - scale_);
    const auto theirs = decimal_detail::scaled(other.coefficient_, scale - other.scale_);
    if (!mine) return sign();  // past 18 digits: larger than anything at the finer scale
    if (!theirs) return -other.sign();
    return *mine < *theirs ? -1 : *mine > *theirs ? 1 : 0;
}

inline bool Decimal::is_on_step(const Decimal& origin, const Decimal& step) const {
    const int scale = scale_ > origin.scale_ ? scale_ : origin.scale_;
    const auto mine = decimal_detail::scaled(coefficient_, scale - scale_);
    const auto start = decimal_detail::scaled(origin.coefficient_, scale - origin.scale_);
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

}  // namespace sz::plugin
