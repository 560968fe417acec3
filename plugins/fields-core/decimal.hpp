// SPDX-License-Identifier: AGPL-3.0-or-later
// Exact decimal numbers, as people write them: 0.1 + 0.2 is 0.3, and the same on every machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fields {

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
    [[nodiscard]] Decimal negated() const;
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

    std::int64_t coefficient_ = 0;
    int scale_ = 0;
};

}  // namespace fields
