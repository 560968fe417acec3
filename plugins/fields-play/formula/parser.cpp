// SPDX-License-Identifier: AGPL-3.0-or-later
#include "formula/parser.hpp"

#include <optional>
#include <utility>

#include "formula/lexer.hpp"

namespace play::formula {

namespace {

using Kind = Expression::Kind;

std::optional<Operator> comparison_of(const Token& token) {
    constexpr std::pair<std::string_view, Operator> all[] = {
        {"=", Operator::equal},    {"!=", Operator::unequal}, {"<", Operator::less},
        {"<=", Operator::at_most}, {">", Operator::more},     {">=", Operator::at_least}};
    for (const auto& [sign, meant] : all)
        if (token.is(sign)) return meant;
    return std::nullopt;
}
std::optional<Operator> sum_of(const Token& token) {
    if (token.is("+")) return Operator::plus;
    if (token.is("-")) return Operator::minus;
    return std::nullopt;
}
std::optional<Operator> product_of(const Token& token) {
    if (token.is("*")) return Operator::times;
    if (token.is("/")) return Operator::over;
    return std::nullopt;
}

std::string list_of_functions() {
    std::string list;
    for (const Function& one : functions)
        list += (list.empty() ? "" : ", ") + std::string(one.name);
    return list;
}

std::string wanted_arguments(const Function& function) {
    const std::string least = std::to_string(function.arguments_min);
    if (function.arguments_max == function.arguments_min)
        return least + (function.arguments_min == 1 ? " argument" : " arguments");
    if (function.arguments_max == parts_max) return "at least one argument";
    return least + " or " + std::to_string(function.arguments_max) + " arguments";
}

class Parser {
  public:
    explicit Parser(std::string_view formula) : formula_(formula), lexer_(formula) {}

    std::variant<Expression, FormulaFault> run() {
        if (formula_.size() > formula_bytes_max)
            return FormulaFault{"SZ-FIELD-281", formula_bytes_max, "It is longer than 4096 bytes.",
                                "Split it: let another field compute a part of it."};
        advance();
        if (token_.kind == Token::Kind::end && !has_failed())
            fail("There is nothing to compute.", "Write a formula such as 10 + wit.");
        Expression expression = any();
        if (token_.kind != Token::Kind::end) fail_behind();
        if (has_failed()) return lexer_.fault() ? *lexer_.fault() : *fault_;
        return expression;
    }

  private:
    // Counts what is open, for as long as it is.
    class Nest {
      public:
        explicit Nest(Parser& parser) : parser_(parser) {
            if (++parser_.depth_ > depth_max)
                parser_.fail_as("SZ-FIELD-281", parser_.token_.begin,
                                "Here it is nested more than 64 deep.",
                                "Split it: let another field compute a part of it.");
        }
        ~Nest() { --parser_.depth_; }
        Nest(const Nest&) = delete;
        Nest& operator=(const Nest&) = delete;

      private:
        Parser& parser_;
    };

    [[nodiscard]] bool has_failed() const { return fault_ || lexer_.fault(); }
    // The first fault stands; behind it the formula is over, so that every loop ends.
    void fail_as(const char* code, std::size_t at, std::string why, std::string hint) {
        if (!has_failed()) fault_ = {code, at, std::move(why), std::move(hint)};
        token_ = Token();
    }
    void fail(std::string why, std::string hint) {
        fail_as("SZ-FIELD-282", token_.begin, std::move(why), std::move(hint));
    }
    void advance() {
        before_end_ = token_.end;
        token_ = has_failed() ? Token() : lexer_.next();
    }
    bool take(std::string_view sign) {
        if (!token_.is(sign)) return false;
        advance();
        return true;
    }
    [[nodiscard]] std::string token_text() const {
        if (token_.kind == Token::Kind::end) return "the end";
        return "“" + std::string(formula_.substr(token_.begin, token_.end - token_.begin)) + "”";
    }

    Expression make(Kind kind, std::size_t begin) {
        if (++parts_ > parts_max)
            fail_as("SZ-FIELD-281", begin, "Here it has more than 1000 parts.",
                    "Split it: let another field compute a part of it.");
        Expression made;
        made.kind = kind;
        made.begin = begin;
        made.end = before_end_;
        return made;
    }

    // A chain of one rank; what stands alone is itself.
    template <class Next, class Operators>
    Expression chain(Kind kind, Next next, Operators operator_of) {
        Expression first = (this->*next)();
        if (!operator_of(token_)) return first;
        Expression made = make(kind, first.begin);
        made.parts.push_back(std::move(first));
        while (const auto found = operator_of(token_)) {
            made.operators.push_back(*found);
            advance();
            made.parts.push_back((this->*next)());
        }
        made.end = before_end_;
        return made;
    }
    template <class Next>
    Expression words(Kind kind, Next next, std::string_view word) {
        Expression made = chain(kind, next, [word](const Token& token) {
            return token.is_word(word) ? std::optional(Operator::equal) : std::nullopt;
        });
        if (made.kind == kind) made.operators.clear();
        return made;
    }

    Expression any() { return words(Kind::any, &Parser::all, "or"); }
    Expression all() { return words(Kind::all, &Parser::negation, "and"); }
    Expression negation() {
        if (!token_.is_word("not")) return comparison();
        return before_one(Kind::negation, &Parser::negation);
    }
    Expression comparison() {
        Expression made = chain(Kind::comparison, &Parser::sum, comparison_of);
        if (made.kind == Kind::comparison && made.operators.size() > 1)
            fail_as("SZ-FIELD-282", made.parts[2].begin, "This compares what was compared already.",
                    "Write 1 < level and level < 5.");
        return made;
    }
    Expression sum() { return chain(Kind::sum, &Parser::product, sum_of); }
    Expression product() { return chain(Kind::product, &Parser::minus, product_of); }
    Expression minus() {
        if (!token_.is("-")) return value();
        return before_one(Kind::minus, &Parser::minus);
    }
    template <class Next>
    Expression before_one(Kind kind, Next next) {
        const Nest nest(*this);
        Expression made = make(kind, token_.begin);
        advance();
        made.parts.push_back((this->*next)());
        made.end = before_end_;
        return made;
    }

    Expression value() {
        const std::size_t begin = token_.begin;
        if (token_.kind == Token::Kind::number) {
            Expression made = make(Kind::number, begin);
            made.number = token_.number;
            return whole(std::move(made));
        }
        if (token_.kind == Token::Kind::text) {
            Expression made = make(Kind::text, begin);
            made.text = std::move(token_.text);
            return whole(std::move(made));
        }
        if (token_.is_word("true") || token_.is_word("false")) {
            Expression made = make(Kind::truth, begin);
            made.truth = token_.text == "true";
            return whole(std::move(made));
        }
        if (token_.is("(")) return group();
        if (token_.kind == Token::Kind::id) return path(std::exchange(token_.text, {}), begin);
        if (token_.kind == Token::Kind::name && !token_.is_keyword()) return name();
        fail("Here a number, a text, a name or “(” is wanted, not " + token_text() + ".",
             token_.is(".")          ? "Write 0.5, with a digit before the point."
             : token_.is_word("not") ? "Put parentheses around it: a = (not b)."
                                     : "Write 10 + wit, or max(0, gear.rating).");
        return {};
    }
    // One token, which ends it.
    Expression whole(Expression made) {
        advance();
        made.end = before_end_;
        return made;
    }
    Expression group() {
        const Nest nest(*this);
        const std::size_t begin = token_.begin;
        advance();
        Expression inside = any();
        close("(");
        inside.begin = begin;
        inside.end = before_end_;
        return inside;
    }
    void close(std::string_view opened) {
        if (take(")")) return;
        fail("Here an operator or “)” is wanted, not " + token_text() + ".",
             "Each “" + std::string(opened) + "” has its “)”: (a + b) * 2.");
    }
    Expression name() {
        const std::size_t begin = token_.begin;
        std::string first = std::exchange(token_.text, {});
        advance();
        if (token_.is("(")) return call(first, begin);
        return path_from(std::move(first), begin);
    }
    Expression call(const std::string& name, std::size_t begin) {
        const Nest nest(*this);
        const Function* function = find_function(name);
        if (function == nullptr) {
            const Function* meant = nearest_function(name);
            fail_as("SZ-FIELD-285", begin, "There is no function “" + name + "”.",
                    meant != nullptr ? "Did you mean “" + std::string(meant->name) + "”, as in " +
                                           std::string(meant->example) + "?"
                                     : "The functions are " + list_of_functions() + ".");
            return {};
        }
        Expression made = make(Kind::call, begin);
        made.function = function;
        advance();
        if (!token_.is(")")) {
            do made.parts.push_back(any());
            while (take(","));
        }
        if (!token_.is(")")) {
            fail("Here an operator, “,” or “)” is wanted, not " + token_text() + ".",
                 "Write " + std::string(function->example) + ".");
            return made;
        }
        if (made.parts.size() < function->arguments_min ||
            made.parts.size() > function->arguments_max)
            fail_as("SZ-FIELD-286", begin,
                    "“" + name + "” wants " + wanted_arguments(*function) + ", not " +
                        std::to_string(made.parts.size()) + ".",
                    "Write " + std::string(function->example) + ".");
        return whole(std::move(made));
    }
    Expression path(std::string first, std::size_t begin) {
        advance();
        return path_from(std::move(first), begin);
    }
    Expression path_from(std::string first, std::size_t begin) {
        Expression made = make(Kind::path, begin);
        made.path.push_back(std::move(first));
        while (take(".")) {
            if (token_.kind != Token::Kind::name && token_.kind != Token::Kind::id) {
                fail("Behind the point of a path a name is wanted, not " + token_text() + ".",
                     "Write gear.rating; other ids stand between backquotes: gear.`2nd`.");
                return made;
            }
            if (made.path.size() == path_steps_max)
                fail_as("SZ-FIELD-287", token_.begin, "This path has more than 16 steps.",
                        "Let a field on the way compute a part of it.");
            made.path.push_back(std::exchange(token_.text, {}));
            advance();
        }
        made.end = before_end_;
        return made;
    }
    void fail_behind() {
        fail("Here an operator such as “+” or the end is wanted, not " + token_text() + ".",
             token_.is(",")   ? "Numbers have a point: 1.5. Functions have commas: max(0, wit)."
             : token_.is(")") ? "Each “)” has its “(”: (a + b) * 2."
             : token_.is(".") ? "Only names have parts behind a point: gear.rating."
             : token_.is("(")
                 ? "Write 2 * (a + b); functions have their name before it: max(0, wit)."
                 : "Write wit + 2; a name with blanks or dashes in it is an id between "
                   "backquotes: `hit-points`.current.");
    }

    std::string_view formula_;
    Lexer lexer_;
    Token token_;
    std::size_t before_end_ = 0;  // where the token before this one ended
    std::size_t depth_ = 0, parts_ = 0;
    std::optional<FormulaFault> fault_;
};

}  // namespace

std::variant<Expression, FormulaFault> parse(std::string_view formula) {
    return Parser(formula).run();
}

}  // namespace play::formula
