// SPDX-License-Identifier: AGPL-3.0-or-later
// Cuts a formula into numbers, texts, names and signs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <sz/cpp/decimal.hpp>

#include "formula/fault.hpp"

namespace play::formula {

struct Token {
    enum class Kind : std::uint8_t { end, number, text, name, id, sign };
    Kind kind = Kind::end;
    std::size_t begin = 0, end = 0;  // bytes of the formula
    // A name; a text without its quotation marks and escapes; an id without its backquotes; a sign
    // in its first spelling ("==" is "=").
    std::string text;
    sz::plugin::Decimal number;

    [[nodiscard]] bool is(std::string_view sign) const {
        return kind == Kind::sign && text == sign;
    }
    // “and”, “or”, “not”, “true”, “false”: no first step of a path without backquotes.
    [[nodiscard]] bool is_word(std::string_view word) const {
        return kind == Kind::name && text == word;
    }
    [[nodiscard]] bool is_keyword() const;
};

class Lexer {
  public:
    explicit Lexer(std::string_view formula) : formula_(formula) {}

    // The next one; `end` at the end, and forever after a fault.
    [[nodiscard]] Token next();
    [[nodiscard]] const std::optional<FormulaFault>& fault() const { return fault_; }

  private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < formula_.size() ? formula_[at_ + ahead] : '\0';
    }
    void fail(const char* code, std::size_t at, std::string why, std::string hint);
    void number(Token& token);
    void text(Token& token);
    void name(Token& token);
    void id(Token& token);
    void sign(Token& token);
    void unknown_sign();

    std::string_view formula_;
    std::size_t at_ = 0;
    std::optional<FormulaFault> fault_;
};

}  // namespace play::formula
