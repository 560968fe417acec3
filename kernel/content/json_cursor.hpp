// SPDX-License-Identifier: AGPL-3.0-or-later
// Goes over a JSON text without building anything: for those who want to know where things stand.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/limits.hpp"

namespace sz {

// Of recursion while a text is gone over; parse_json has refused deeper ones.
inline constexpr std::size_t scan_depth_max = 2 * limits::json_depth_max;

// Never leaves the text, whatever it holds.
class JsonCursor {
  public:
    explicit JsonCursor(std::string_view text) : text_(text) {}

    [[nodiscard]] std::size_t at() const noexcept { return at_; }
    [[nodiscard]] char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_white() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' ||
                                      text_[at_] == '\r' || text_[at_] == '\t'))
            ++at_;
    }

    // White space, then `c` if it is there.
    bool take(char c) {
        skip_white();
        if (peek() != c) return false;
        ++at_;
        return true;
    }

    // The string that begins here, with its quotes.
    std::string_view take_string() {
        const auto begin = at_++;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        at_ = std::min(at_ + 1, text_.size());
        return text_.substr(begin, at_ - begin);
    }

    // Ends behind the value, or behind the white space after it.
    void skip_value() {
        skip_white();
        std::size_t open = 0;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                take_string();
            } else {
                if (c == '{' || c == '[') ++open;
                if ((c == ',' || c == '}' || c == ']') && open == 0) return;
                if (c == '}' || c == ']') --open;
                ++at_;
            }
            if (open == 0 && (c == '"' || c == '}' || c == ']')) return;
        }
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

// The text of a key from its form in JSON.
[[nodiscard]] std::string unquoted_key(std::string_view quoted);

// The parts of a JSON pointer, unescaped.
[[nodiscard]] std::vector<std::string> pointer_parts(std::string_view pointer);

}  // namespace sz
