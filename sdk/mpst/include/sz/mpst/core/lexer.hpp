// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "finding.hpp"

namespace mpst::core {

struct Token {
    Place at;
    char kind = 0;  // one of the below, or the symbol itself
    static constexpr char name = 'n', text = 't', end = 'e';
};

// The tokens of a text, the last one `end`. Comments are `// …`, `/* … */` and `(* … *)`.
class Lexer {
  public:
    constexpr Lexer(std::string_view text, std::vector<Finding>& findings)
        : text_(text), findings_(findings) {}

    constexpr std::vector<Token> run() {
        if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;  // some editors begin with it
        std::vector<Token> tokens;
        while (skip_blank()) tokens.push_back(next());
        const auto end = static_cast<std::uint32_t>(text_.size());
        tokens.push_back({{end, end}, Token::end});
        return tokens;
    }

    static constexpr bool is_letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '\'';
    }

  private:
    [[nodiscard]] constexpr char peek(std::size_t on = 0) const {
        return at_ + on < text_.size() ? text_[at_ + on] : '\0';
    }
    [[nodiscard]] constexpr Place from(std::size_t begin) const {
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    }
    constexpr void fault(Fault what, Place at) {
        Finding finding;
        finding.what = what;
        finding.at = at;
        finding.words[0] = text_.substr(at.begin, at.end - at.begin);
        findings_.push_back(std::move(finding));
    }
    static constexpr bool is_symbol(char c) {
        return std::string_view(";,(){}<>:.@[]=|&!+-*/%?~^$#").find(c) != std::string_view::npos;
    }

    // False at the text's end.
    constexpr bool skip_blank() {
        for (;;) {
            const char c = peek();
            if (at_ == text_.size()) return false;
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f') {
                ++at_;
            } else if (c == '/' && peek(1) == '/') {
                while (at_ < text_.size() && text_[at_] != '\n') ++at_;
            } else if (c == '/' && peek(1) == '*') {
                skip_comment("/*", "*/", slashes_nest_);
            } else if (c == '(' && peek(1) == '*') {
                bool nests = true;
                skip_comment("(*", "*)", nests);
            } else if (!is_letter(c) && c != '"' && !is_symbol(c)) {
                skip_strange();
            } else {
                return true;
            }
        }
    }

    constexpr void skip_strange() {
        const std::size_t begin = at_++;
        // One finding for a run of them, such as a character of several bytes.
        while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) >= 0x80) ++at_;
        fault(Fault::strange_byte, from(begin));
    }

    // Of the two habits one lets `/* … */` nest, the other does not: where the nesting does not
    // come out even, the first end is the end.
    constexpr void skip_comment(std::string_view open, std::string_view close, bool& nests) {
        const std::size_t begin = at_;
        if (nests) {
            std::size_t depth = 0;
            do {
                const std::string_view two = text_.substr(at_, 2);
                depth += two == open ? 1 : 0;
                depth -= two == close ? 1 : 0;
                at_ += two == open || two == close ? 2 : 1;
            } while (depth > 0 && at_ < text_.size());
            if (depth == 0) return;
            nests = false;
        }
        const std::size_t end =
            open == "/*" ? text_.find(close, begin + 2) : std::string_view::npos;
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
        if (end == std::string_view::npos)
            fault(Fault::open_comment,
                  {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + 2)});
    }

    constexpr Token next() {
        const std::size_t begin = at_;
        if (is_letter(peek())) {
            while (is_letter(peek())) ++at_;
            return {from(begin), Token::name};
        }
        if (peek() == '"') {
            ++at_;
            while (at_ < text_.size() && peek() != '"' && peek() != '\n') ++at_;
            if (peek() == '"') {
                ++at_;
            } else {
                fault(Fault::open_string, from(begin));
            }
            return {from(begin), Token::text};
        }
        const char symbol = text_[at_++];
        return {from(begin), symbol};
    }

    std::string_view text_;
    std::vector<Finding>& findings_;
    std::size_t at_ = 0;
    bool slashes_nest_ = true;
};

}  // namespace mpst::core
