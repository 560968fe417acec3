// SPDX-License-Identifier: AGPL-3.0-or-later
#include "formula/lexer.hpp"

#include <algorithm>
#include <array>
#include <sz/cpp/fields.hpp>

namespace play::formula {

namespace {

using sz::plugin::Decimal;
using sz::plugin::DecimalFault;
using sz::plugin::in_quotes;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

struct Spelling {
    std::string_view written, meant;
};
// Longer ones first.
constexpr std::array<Spelling, 15> signs{{{"==", "="},
                                          {"!=", "!="},
                                          {"<=", "<="},
                                          {">=", ">="},
                                          {"=", "="},
                                          {"<", "<"},
                                          {">", ">"},
                                          {"+", "+"},
                                          {"-", "-"},
                                          {"*", "*"},
                                          {"/", "/"},
                                          {"(", "("},
                                          {")", ")"},
                                          {",", ","},
                                          {".", "."}}};
// What other languages, and keyboards that know better, write for something that there is.
constexpr std::array<Spelling, 22> foreign{{{"<>", "Write a != b."},
                                            {"=<", "Write a <= b."},
                                            {"=>", "Write a >= b."},
                                            {"&&", "Write a and b."},
                                            {"||", "Write a or b."},
                                            {"**", "Write a * a."},
                                            {"&", "Write a and b."},
                                            {"|", "Write a or b."},
                                            {"!", "Write not a, or a != b."},
                                            {"^", "Write a * a."},
                                            {"%", "Write mod(a, b), or a / 100."},
                                            {"?", "Write if(a > 0, b, c)."},
                                            {";", "Put a comma between two: min(a, b)."},
                                            {"'", "Put texts between quotation marks: \"fire\"."},
                                            {"“", "Put texts between quotation marks: \"fire\"."},
                                            {"„", "Put texts between quotation marks: \"fire\"."},
                                            {"×", "Write a * b."},
                                            {"÷", "Write a / b."},
                                            {"−", "Write a - b."},
                                            {"≠", "Write a != b."},
                                            {"≤", "Write a <= b."},
                                            {"≥", "Write a >= b."}}};

// The first character, however it is written; a broken one is one byte.
std::string_view first_character(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    return text.substr(0, bytes);
}

}  // namespace

bool Token::is_keyword() const {
    return is_word("and") || is_word("or") || is_word("not") || is_word("true") || is_word("false");
}

void Lexer::fail(const char* code, std::size_t at, std::string why, std::string hint) {
    if (!fault_) fault_ = {code, at, std::move(why), std::move(hint)};
    at_ = formula_.size();
}

Token Lexer::next() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
    Token token;
    token.begin = at_;
    const char c = peek();
    if (at_ >= formula_.size()) {
        token.end = at_;
        return token;
    }
    if (is_digit(c))
        number(token);
    else if (c == '"')
        text(token);
    else if (c == '`')
        id(token);
    else if (is_letter(c))
        name(token);
    else
        sign(token);
    token.end = at_;
    if (fault_) token.kind = Token::Kind::end;
    return token;
}

void Lexer::number(Token& token) {
    while (is_digit(peek())) ++at_;
    if (peek() == '.') {
        ++at_;
        if (!is_digit(peek()))
            return fail("SZ-FIELD-283", at_, "Behind the point of a number digits are wanted.",
                        "Write 2.5, or 2.");
        while (is_digit(peek())) ++at_;
    }
    if (is_letter(peek()))
        return fail("SZ-FIELD-283", at_, "A number does not go on with a letter.",
                    "Write 2 * level; a name that begins with a digit stands between backquotes: "
                    "`2nd`.");
    const std::string_view written = formula_.substr(token.begin, at_ - token.begin);
    DecimalFault why = DecimalFault::none;
    const auto number = Decimal::parse(written, &why);
    if (!number && why == DecimalFault::not_a_number)
        return fail("SZ-FIELD-283", token.begin, "A number does not begin with 0 and a digit.",
                    "Write 7, not 07.");
    if (!number)
        return fail("SZ-FIELD-283", token.begin, "This number has more than 15 digits.",
                    "Round it: 3.14159265358979.");
    token.kind = Token::Kind::number;
    token.number = *number;
}

void Lexer::text(Token& token) {
    for (++at_; peek() != '"'; ++at_) {
        if (at_ >= formula_.size())
            return fail("SZ-FIELD-284", token.begin, "This text has no end.",
                        "Put quotation marks on both sides: \"fire\".");
        if (is_control(peek()))
            return fail("SZ-FIELD-284", at_,
                        "A text stands on one line, without control characters.",
                        "Put quotation marks on both sides: \"fire\".");
        if (peek() == '\\') {
            ++at_;
            if (peek() != '"' && peek() != '\\')
                return fail("SZ-FIELD-284", at_ - 1,
                            "Behind a backslash a quotation mark or a backslash is wanted.",
                            "Write \\\" for a quotation mark and \\\\ for a backslash.");
        }
        token.text += peek();
    }
    ++at_;
    token.kind = Token::Kind::text;
}

void Lexer::name(Token& token) {
    while (is_letter(peek()) || is_digit(peek())) token.text += formula_[at_++];
    token.kind = Token::Kind::name;
    if (token.text.size() > sz::plugin::id_bytes_max)
        fail("SZ-FIELD-287", token.begin, "This name is longer than 128 bytes.",
             "Use the id of a field.");
}

void Lexer::id(Token& token) {
    const std::size_t end = formula_.find('`', at_ + 1);
    if (end == std::string_view::npos)
        return fail("SZ-FIELD-287", token.begin, "This name has no end.",
                    "Put backquotes on both sides: `hit-points`.current.");
    token.text = formula_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    token.kind = Token::Kind::id;
    if (!sz::plugin::is_id(token.text))
        fail("SZ-FIELD-287", token.begin, in_quotes(token.text) + " is no id.",
             "Between backquotes stands an id of 1 to 128 letters, digits, “-”, “_” and “.”: "
             "`hit-points`.current.");
}

void Lexer::sign(Token& token) {
    const std::string_view rest = formula_.substr(at_);
    const auto begins = [rest](const Spelling& one) { return rest.starts_with(one.written); };
    const auto known = std::find_if(signs.begin(), signs.end(), begins);
    const auto other = std::find_if(foreign.begin(), foreign.end(), begins);
    const bool is_longer = known != signs.end() && other != foreign.end() &&
                           other->written.size() > known->written.size();
    if (known == signs.end() || is_longer) return unknown_sign();
    at_ += known->written.size();
    token.text = known->meant;
    token.kind = Token::Kind::sign;
}

void Lexer::unknown_sign() {
    const std::string_view rest = formula_.substr(at_);
    const auto other = std::find_if(foreign.begin(), foreign.end(), [rest](const Spelling& one) {
        return rest.starts_with(one.written);
    });
    if (other != foreign.end())
        return fail("SZ-FIELD-282", at_,
                    "“" + std::string(other->written) + "” is no sign of a formula.",
                    std::string(other->meant));
    const bool is_shown = !is_control(rest[0]);
    fail("SZ-FIELD-282", at_,
         (is_shown ? "“" + std::string(first_character(rest)) + "”" : "A control character") +
             " is no sign of a formula.",
         "A name with such signs stands between backquotes: `hit-points`.current.");
}

}  // namespace play::formula
