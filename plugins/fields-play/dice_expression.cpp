// SPDX-License-Identifier: AGPL-3.0-or-later
#include "dice_expression.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace play {

namespace {

struct Word {
    std::string_view text;
    DiceModifier::Kind kind;
};
constexpr std::array<Word, 7> words{{{"kh", DiceModifier::keep_high},
                                     {"kl", DiceModifier::keep_low},
                                     {"dh", DiceModifier::drop_high},
                                     {"dl", DiceModifier::drop_low},
                                     {"!", DiceModifier::explode},
                                     {"r", DiceModifier::reroll},
                                     {">=", DiceModifier::count}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class DiceParser {
  public:
    explicit DiceParser(std::string_view text) : text_(text) {}

    std::variant<DiceExpression, DiceFault> run() {
        if (text_.size() > expression_bytes_max) {
            fail("This is longer than 200 bytes.");
            return fault_;
        }
        DiceExpression expression;
        skip_blanks();
        bool is_negative = take("-");
        if (!is_negative) static_cast<void>(take("+"));
        do {
            skip_blanks();
            expression.terms.push_back(term(is_negative));
            skip_blanks();
            is_negative = peek() == '-';
        } while (fault_.why.empty() && (take("+") || take("-")));
        if (at_ < text_.size()) fail("Here a “+”, a “-” or the end is wanted.");
        if (!fault_.why.empty()) return fault_;
        return expression;
    }

  private:
    void fail(std::string why) {
        if (fault_.why.empty()) fault_ = {at_, std::move(why)};
    }
    [[nodiscard]] char peek() const {
        const char c = at_ < text_.size() ? text_[at_] : '\0';
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    bool take(std::string_view word) {
        const std::size_t begin = at_;
        for (const char c : word) {
            if (peek() != c) {
                at_ = begin;
                return false;
            }
            ++at_;
        }
        return true;
    }
    void skip_blanks() {
        while (peek() == ' ' || peek() == '\t') ++at_;
    }
    std::optional<std::int64_t> number(std::int64_t most) {
        if (!is_digit(peek())) return std::nullopt;
        const std::size_t begin = at_;
        std::int64_t value = 0;
        for (; is_digit(peek()); ++at_) value = std::min(value * 10 + (peek() - '0'), most + 1);
        if (value > most) {
            at_ = begin;
            fail("This number is more than " + std::to_string(most) + ".");
        }
        return value;
    }
    DiceTerm term(bool is_negative) {
        DiceTerm term;
        term.is_negative = is_negative;
        const auto count = number(number_max);
        if (!take("d")) {
            if (!count) fail("Here a number or dice such as “2d6” are wanted.");
            term.count = count.value_or(0);
            return term;
        }
        term.count = count.value_or(1);
        if (term.count < 1 || term.count > dice_max) fail("There are 1 to 1000 dice in a term.");
        if (take("%")) {
            term.sides = 100;
        } else if (take("f")) {
            term.sides = DiceTerm::fate_sides;
        } else if (const auto sides = number(sides_max); sides && *sides > 0) {
            term.sides = *sides;
        } else {
            fail("Here the number of sides is wanted, “%” or “F”.");
        }
        while (fault_.why.empty() && modifier(term)) continue;
        return term;
    }
    bool modifier(DiceTerm& term) {
        for (const Word& word : words) {
            if (!take(word.text)) continue;
            DiceModifier made{word.kind, 0};
            const bool has_number = word.kind != DiceModifier::explode;
            const auto value = has_number ? number(sides_max) : std::nullopt;
            if (has_number && !value)
                fail("Behind “" + std::string(word.text) + "” a number is wanted.");
            made.number = value.value_or(0);
            check(term, made);
            term.modifiers.push_back(made);
            return true;
        }
        return false;
    }
    void check(const DiceTerm& term, const DiceModifier& made) {
        const bool is_twice =
            std::any_of(term.modifiers.begin(), term.modifiers.end(),
                        [&made](const DiceModifier& other) { return other.kind == made.kind; });
        if (is_twice) fail("This stands there twice.");
        const bool picks = made.kind <= DiceModifier::drop_low;
        if (picks && made.number > term.count) fail("There are not so many dice.");
        if (made.kind == DiceModifier::explode && (term.sides == 1 || term.sides < 0))
            fail("These dice would never stop.");
        if (made.kind == DiceModifier::reroll && term.sides > 0 && made.number >= term.sides)
            fail("Every throw would be made again.");
    }

    std::string_view text_;
    std::size_t at_ = 0;
    DiceFault fault_;
};

std::string text_of(const DiceTerm& term) {
    if (term.sides == 0) return std::to_string(term.count);
    std::string text = std::to_string(term.count) + "d";
    text += term.sides == DiceTerm::fate_sides ? "F" : std::to_string(term.sides);
    for (const DiceModifier& modifier : term.modifiers) {
        text += words[modifier.kind].text;
        if (modifier.kind != DiceModifier::explode) text += std::to_string(modifier.number);
    }
    return text;
}

}  // namespace

std::string DiceExpression::text() const {
    std::string text;
    for (const DiceTerm& term : terms) {
        if (term.is_negative) text += "-";
        if (!term.is_negative && !text.empty()) text += "+";
        text += text_of(term);
    }
    return text;
}

bool DiceExpression::is_bounded(std::int64_t& least, std::int64_t& most) const {
    least = most = 0;
    for (const DiceTerm& term : terms) {
        std::int64_t low = 1, high = 1, dice = term.count;
        bool counts = false;
        for (const DiceModifier& modifier : term.modifiers) {
            if (modifier.kind == DiceModifier::explode) return false;
            if (modifier.kind <= DiceModifier::keep_low) dice = std::min(dice, modifier.number);
            if (modifier.kind == DiceModifier::drop_high || modifier.kind == DiceModifier::drop_low)
                dice = std::max<std::int64_t>(dice - modifier.number, 0);
            counts = counts || modifier.kind == DiceModifier::count;
        }
        if (term.sides > 0) high = term.sides;
        if (term.sides == DiceTerm::fate_sides) low = -1;
        if (counts) low = 0, high = 1;
        least += term.is_negative ? -dice * high : dice * low;
        most += term.is_negative ? -dice * low : dice * high;
    }
    return true;
}

std::variant<DiceExpression, DiceFault> parse_dice(std::string_view text) {
    return DiceParser(text).run();
}

}  // namespace play
