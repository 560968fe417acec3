// SPDX-License-Identifier: AGPL-3.0-or-later
// The head of a file: what stands before its first protocol.
#pragma once

#include <string_view>
#include <vector>

#include "token_reader.hpp"

namespace mpst::core {

class DeclarationReader : protected TokenReader {
  protected:
    constexpr DeclarationReader(std::string_view text, const Limits& limits,
                                std::vector<Finding>& findings)
        : TokenReader(text, limits, findings) {}

    constexpr void module_and_declarations() {
        if (is_word("module") && !module_name()) skip_past(';');
        while (is_declaration() && !is_full()) {
            if (!declaration()) skip_past(';');
        }
    }
    [[nodiscard]] constexpr bool is_declaration() const {
        return is_word("import") || is_word("from") || is_word("type") || is_word("data") ||
               is_word("payload") || is_word("sig");
    }

  private:
    constexpr bool module_name() {
        advance();
        Use name;
        return take_qualified(name, "the module's name") && take(';', ";");
    }
    constexpr bool declaration() {
        Use name;
        if (is_word("sig")) return refuse(peek().at, "a declared message signature (sig)");
        if (is_word("from"))
            return refuse(peek().at, "an import of single members (from … import)");
        if (is_word("import")) {
            advance();
            if (!take_qualified(name, "a module's name")) return false;
            if (is_word("as")) {
                advance();
                if (!take_name(name, "a name")) return false;
            }
            return take(';', ";");
        }
        advance();
        TypeDeclaration made;
        if (!take('<', "<") || !language(made.language) || !take('>', ">") ||
            !take_text(made.text, made.text_at) || !take_word("from") ||
            !take_text(made.from, made.from_at) || !take_word("as") ||
            !take_name(made.name, "the type's name"))
            return false;
        file_.types.push_back(made);
        return take(';', ";");
    }
    // "c++" is a name and two symbols.
    constexpr bool language(std::string_view& found) {
        Use name;
        if (!take_name(name, "a language")) return false;
        Place at = name.at;
        for (; peek().kind == '+' || peek().kind == '#'; advance()) at.end = peek().at.end;
        found = text_.substr(at.begin, at.end - at.begin);
        return true;
    }
    constexpr void skip_past(char symbol) {
        while (peek().kind != symbol && peek().kind != Token::end) advance();
        if (peek().kind == symbol) advance();
    }
};

}  // namespace mpst::core
