// SPDX-License-Identifier: AGPL-3.0-or-later
// One token after the other, and what is said when it is not the expected one.
#pragma once

#include <string_view>
#include <vector>

#include "lexer.hpp"
#include "syntax.hpp"

namespace mpst::core {

class TokenReader {
  protected:
    constexpr TokenReader(std::string_view text, const Limits& limits,
                          std::vector<Finding>& findings)
        : text_(text), limits_(limits), findings_(findings), tokens_(Lexer(text, findings).run()) {}

    [[nodiscard]] constexpr const Token& peek(std::size_t on = 0) const {
        return tokens_[at_ + on < tokens_.size() ? at_ + on : tokens_.size() - 1];
    }
    [[nodiscard]] constexpr std::string_view text(const Token& token) const {
        return text_.substr(token.at.begin, token.at.end - token.at.begin);
    }
    constexpr void advance() {
        if (at_ + 1 < tokens_.size()) ++at_;
    }
    [[nodiscard]] constexpr bool is_word(std::string_view word, std::size_t on = 0) const {
        return peek(on).kind == Token::name && text(peek(on)) == word;
    }
    [[nodiscard]] constexpr bool is_full() const { return findings_.size() >= limits_.findings; }

    constexpr void fault(Fault what, Place at, std::string_view first,
                         std::string_view second = {}) {
        Finding finding;
        finding.what = what;
        finding.at = at;
        finding.words = {first, second, {}, {}};
        findings_.push_back(std::move(finding));
    }
    // Always false, for `return`.
    constexpr bool expected(std::string_view what) {
        const Token& found = peek();
        fault(Fault::syntax, found.at, what,
              found.kind == Token::end ? std::string_view("the end of the file") : text(found));
        return false;
    }
    constexpr bool refuse(Place at, std::string_view what) {
        fault(Fault::not_supported, at, what);
        return false;
    }
    constexpr bool take(char symbol, std::string_view shown) {
        if (peek().kind != symbol) return expected(shown);
        advance();
        return true;
    }
    constexpr bool take_word(std::string_view word) {
        if (!is_word(word)) return expected(word);
        advance();
        return true;
    }
    constexpr bool take_name(Use& use, std::string_view what) {
        if (peek().kind != Token::name) return expected(what);
        use = {file_.names(text(peek())), peek().at};
        advance();
        return true;
    }
    // What stands between the quotation marks.
    constexpr bool take_text(std::string_view& inside, Place& at) {
        if (peek().kind != Token::text) return expected("a text in quotation marks");
        at = peek().at;
        inside = text(peek()).substr(1);
        if (!inside.empty()) inside.remove_suffix(1);
        advance();
        return true;
    }
    // "a.b.c" as one name.
    constexpr bool take_qualified(Use& use, std::string_view what) {
        if (!take_name(use, what)) return false;
        while (peek().kind == '.') {
            advance();
            Use part;
            if (!take_name(part, "a name")) return false;
            use.at.end = part.at.end;
        }
        use.name = file_.names(text_.substr(use.at.begin, use.at.end - use.at.begin));
        return true;
    }

    std::string_view text_;
    const Limits& limits_;
    std::vector<Finding>& findings_;
    File file_;  // what is read; its names are given here

  private:
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

}  // namespace mpst::core
