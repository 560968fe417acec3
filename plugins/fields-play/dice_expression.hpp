// SPDX-License-Identifier: AGPL-3.0-or-later
// What to roll, as people write it:
//
//   expression = ["+" | "-"] term {("+" | "-") term}
//   term       = number | dice
//   dice       = [count] "d" sides {modifier}          sides: a number, "%" for 100, "F" for fate
//   dice modifier   = "kh" n | "kl" n | "dh" n | "dl" n     keep or drop the highest or lowest n
//              | "!"                                   roll the greatest again and add it
//              | "r" n                                 roll n or less again, once
//              | ">=" n                                count the dice that show n or more
//
// Letters may be large or small, and blanks may stand between terms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace play {

inline constexpr std::size_t expression_bytes_max = 200;
inline constexpr std::int64_t dice_max = 1000, sides_max = 10'000, number_max = 1'000'000;

struct DiceModifier {
    enum Kind : std::uint8_t { keep_high, keep_low, drop_high, drop_low, explode, reroll, count };
    Kind kind{};
    std::int64_t number = 0;
};
struct DiceTerm {
    bool is_negative = false;
    std::int64_t count = 0;  // of dice, or the number itself where there are no sides
    std::int64_t sides = 0;  // 0: a number; fate_sides: fate dice, which show -1, 0 or 1
    std::vector<DiceModifier> modifiers;

    static constexpr std::int64_t fate_sides = -1;
};
struct DiceExpression {
    std::vector<DiceTerm> terms;
    // In one way: "2d6kh1+3".
    [[nodiscard]] std::string text() const;
    // Every number that a roll may give. False where there is no end, as dice explode.
    [[nodiscard]] bool is_bounded(std::int64_t& least, std::int64_t& most) const;
};
struct DiceFault {
    std::size_t at = 0;  // byte
    std::string why;     // a sentence
};

[[nodiscard]] std::variant<DiceExpression, DiceFault> parse_dice(std::string_view text);

}  // namespace play
