// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/tidy/cmake_text.hpp"

#include <cctype>

namespace sz::tidy {

namespace {

class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    std::vector<Command> commands() {
        std::vector<Command> found;
        std::string word;
        while (!rest_.empty()) {
            const char c = rest_[0];
            if (c == '#') {
                skip_comment();
            } else if (c == '(') {
                rest_.remove_prefix(1);
                found.push_back({word, arguments()});
                word.clear();
            } else {
                const bool is_part = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
                if (is_part)
                    word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
                else if (c == '\n')
                    word.clear();
                rest_.remove_prefix(1);
            }
        }
        return found;
    }

  private:
    // Up to the parenthesis that ends the command; inner ones group words of an if().
    std::vector<std::string> arguments() {
        std::vector<std::string> found;
        for (int depth = 1; depth > 0 && !rest_.empty();) {
            const char c = rest_[0];
            if (c == '#') {
                skip_comment();
            } else if (c == '"') {
                found.push_back(quoted());
            } else if (c == '[' && !bracket_end().empty()) {
                found.push_back(bracketed());
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
                rest_.remove_prefix(1);
            } else if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == ';') {
                rest_.remove_prefix(1);
            } else {
                found.push_back(unquoted());
            }
        }
        return found;
    }

    std::string unquoted() {
        const auto end = std::min(rest_.find_first_of(" \t\r\n;()#\""), rest_.size());
        return take(end);
    }

    std::string quoted() {
        std::size_t end = 1;
        while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2U : 1U;
        const std::string text = take(std::min(end + 1, rest_.size()));
        return text.substr(1, text.size() < 2 ? 0 : text.size() - 2);
    }

    // "]]" or "]=]" for a text that begins with "[[" or "[=["; empty when it does not.
    [[nodiscard]] std::string bracket_end() const {
        std::size_t at = 1;
        while (at < rest_.size() && rest_[at] == '=') ++at;
        if (at >= rest_.size() || rest_[at] != '[') return {};
        return "]" + std::string(at - 1, '=') + "]";
    }

    std::string bracketed() {
        const std::string end = bracket_end();
        const auto at = rest_.find(end);
        const std::string text = take(at == std::string_view::npos ? rest_.size() : at);
        take(std::min(end.size(), rest_.size()));
        return text.substr(std::min(end.size(), text.size()));
    }

    void skip_comment() {
        rest_.remove_prefix(1);
        if (!rest_.empty() && rest_[0] == '[' && !bracket_end().empty())
            bracketed();
        else
            take(std::min(rest_.find('\n'), rest_.size()));
    }

    std::string take(std::size_t count) {
        std::string text(rest_.substr(0, count));
        rest_.remove_prefix(count);
        return text;
    }

    std::string_view rest_;
};

}  // namespace

std::vector<Command> commands_of(std::string_view text) { return Reader(text).commands(); }

}  // namespace sz::tidy
