// SPDX-License-Identifier: AGPL-3.0-or-later
#include "faults.hpp"

#include <algorithm>
#include <charconv>

namespace open5e {
namespace {

// Walks over valid JSON text. What it is not sure of it leaves at the place reached so far.
class Walk {
  public:
    explicit Walk(std::string_view text) : text_(text) {}

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
    std::size_t at_ = 0;
};

}  // namespace

Place place_of_byte(std::string_view text, std::size_t offset) {
    offset = std::min(offset, text.size());
    const std::string_view before = text.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t line_begin =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return {static_cast<std::uint32_t>(lines + 1),
            static_cast<std::uint32_t>(offset - line_begin + 1)};
}

Place place_of_pointer(std::string_view text, std::string_view pointer) {
    Walk walk(text);
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
    return place_of_byte(text, walk.offset());
}

}  // namespace open5e
