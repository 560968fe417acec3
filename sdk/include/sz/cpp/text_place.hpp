// SPDX-License-Identifier: AGPL-3.0-or-later
// Where something stands in a text: by its offset, or by the JSON pointer that leads to it.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace sz::plugin::importing {

// A place in a text: line and column count from 1, the column in bytes. Zero: no place.
struct Place {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

// Where the lines of a text begin. A line ends in LF, CR LF or CR.
class Lines {
  public:
    Lines() = default;
    explicit Lines(std::string_view text) : begins_{0} {
        // Looking for one character is several times as fast as looking for two.
        const bool has_return = text.find('\r') != std::string_view::npos;
        const auto next = [&](std::size_t from) {
            return has_return ? text.find_first_of("\r\n", from) : text.find('\n', from);
        };
        for (auto at = next(0); at != std::string_view::npos; at = next(at + 1)) {
            if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
            begins_.push_back(at + 1);
        }
    }
    [[nodiscard]] Place place(std::size_t offset) const {
        const auto next = std::upper_bound(begins_.begin(), begins_.end(), offset);
        if (next == begins_.begin()) return {1, static_cast<std::uint32_t>(offset + 1)};
        return {static_cast<std::uint32_t>(next - begins_.begin()),
                static_cast<std::uint32_t>(offset - *std::prev(next) + 1)};
    }

  private:
    std::vector<std::size_t> begins_;
};

// Walks over valid JSON text. What it is not sure of it leaves at the place reached so far.
class JsonWalk {
  public:
    JsonWalk(std::string_view text, std::size_t from) : text_(text), at_(from) {}

    // Moves to the value that `step` names in the container at the current place. False: no such
    // value.
    bool enter(std::string_view step) {
        space();
        if (at_ >= text_.size()) return false;
        if (text_[at_] == '{') return enter_member(step);
        if (text_[at_] == '[') return enter_item(step);
        return false;
    }
    [[nodiscard]] std::size_t offset() {
        space();
        return at_;
    }

  private:
    void space() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' ||
                                      text_[at_] == '\r' || text_[at_] == '\t'))
            ++at_;
    }
    // Past a string; returns what stands between its quotes, escapes as they are.
    std::string_view string() {
        const std::size_t begin = ++at_;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        const std::size_t end = std::min(at_, text_.size());
        if (at_ < text_.size()) ++at_;
        return text_.substr(begin, end - begin);
    }
    void value() {
        std::size_t depth = 0;
        do {
            space();
            if (at_ >= text_.size()) return;
            const char c = text_[at_];
            if (c == '"') {
                string();
                continue;
            }
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') {
                if (depth == 0) return;
                --depth;
            }
            ++at_;
            if (depth == 0 && (c == '}' || c == ']')) return;
            if (depth == 0) {
                while (at_ < text_.size() &&
                       std::string_view(",]} \n\r\t").find(text_[at_]) == std::string_view::npos)
                    ++at_;
            }
        } while (depth > 0);
    }
    bool enter_member(std::string_view name) {
        const std::size_t container = at_++;
        for (;;) {
            space();
            if (at_ >= text_.size() || text_[at_] != '"') break;
            const bool wanted = string() == name;
            space();
            if (at_ < text_.size() && text_[at_] == ':') ++at_;
            if (wanted) return true;
            value();
            space();
            if (at_ >= text_.size() || text_[at_] != ',') break;
            ++at_;
        }
        at_ = container;
        return false;
    }
    bool enter_item(std::string_view step) {
        std::size_t index = 0;
        const std::size_t container = at_++;
        const auto parsed = std::from_chars(step.data(), step.data() + step.size(), index);
        if (parsed.ec != std::errc{}) return false;
        for (std::size_t i = 0; i < index; ++i) {
            value();
            space();
            if (at_ >= text_.size() || text_[at_] != ',') {
                at_ = container;
                return false;
            }
            ++at_;
        }
        return true;
    }

    std::string_view text_;
    std::size_t at_;
};

// The place of the byte at `offset`; for one place in a text, else use Lines.
[[nodiscard]] inline Place place_of_byte(std::string_view text, std::size_t offset) {
    return Lines(text).place(std::min(offset, text.size()));
}

// The offset of the value that an RFC 6901 pointer names in the JSON value at `from` of a valid
// text (commas and white space before it are passed over); of the nearest container if there is
// none such.
[[nodiscard]] inline std::size_t offset_of_pointer(std::string_view text, std::size_t from,
                                                   std::string_view pointer) {
    from = std::min(text.find_first_not_of(", \n\r\t", from), text.size());
    JsonWalk walk(text, from);
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        std::string step;
        for (std::size_t i = 0; i < end; ++i) {
            const bool escape = pointer[i] == '~' && i + 1 < end;
            step += !escape ? pointer[i] : pointer[++i] == '1' ? '/' : '~';
        }
        if (!walk.enter(step)) break;
        pointer.remove_prefix(end);
    }
    return std::min(walk.offset(), text.size());
}

// The place of offset_of_pointer from the text's start.
[[nodiscard]] inline Place place_of_pointer(std::string_view text, std::string_view pointer) {
    return place_of_byte(text, offset_of_pointer(text, 0, pointer));
}

}  // namespace sz::plugin::importing
