// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/json_places.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "kernel/base/limits.hpp"
#include "kernel/content/json_cursor.hpp"
#include "kernel/content/pointer.hpp"

namespace sz {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

// The wanted pointers as a tree of their parts.
struct Wanted {
    std::map<std::string, Wanted, std::less<>> children;
    std::size_t offset = nowhere;
};

void locate(JsonCursor& cursor, Wanted& wanted, std::size_t depth) {
    cursor.skip_white();
    wanted.offset = cursor.at();
    const char open = cursor.peek();
    if (wanted.children.empty() || depth == 0 || (open != '{' && open != '['))
        return cursor.skip_value();
    cursor.take(open);
    const char close = open == '{' ? '}' : ']';
    for (std::size_t index = 0; !cursor.take(close) && cursor.peek() != '\0'; ++index) {
        const auto before = cursor.at();
        std::string name = std::to_string(index);
        if (open == '{') {
            if (cursor.peek() != '"') return;
            name = unquoted_key(cursor.take_string());
            cursor.take(':');
        }
        const auto child = wanted.children.find(name);
        if (child == wanted.children.end()) {
            cursor.skip_value();
        } else {
            locate(cursor, child->second, depth - 1);
        }
        cursor.take(',');
        if (cursor.at() == before) return;
    }
}

// Turns offsets into lines and columns, each a little further on than the one before.
class LineCounter {
  public:
    explicit LineCounter(std::string_view text) : text_(text) {}

    JsonPlace place(std::size_t offset) {
        if (offset < at_) *this = LineCounter(text_);
        for (; at_ < offset && at_ < text_.size(); ++at_) {
            if (text_[at_] != '\n') continue;
            ++line_;
            line_begin_ = at_ + 1;
        }
        return {line_, static_cast<std::uint32_t>(at_ - line_begin_ + 1)};
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_begin_ = 0;
    std::uint32_t line_ = 1;
};

void find_duplicates(JsonCursor& cursor, Pointer& pointer, LineCounter& lines, std::size_t depth,
                     std::vector<DuplicateKey>& found) {
    cursor.skip_white();
    const char open = cursor.peek();
    if (depth == 0 || (open != '{' && open != '[')) return cursor.skip_value();
    cursor.take(open);
    const char close = open == '{' ? '}' : ']';
    std::set<std::string> seen;
    std::size_t comma = cursor.at();
    for (std::size_t index = 0; !cursor.take(close) && cursor.peek() != '\0'; ++index) {
        const auto before = cursor.at();
        std::string name = std::to_string(index);
        bool is_repeated = false;
        const auto number = found.size();
        if (open == '{') {
            if (cursor.peek() != '"') return;
            name = unquoted_key(cursor.take_string());
            is_repeated = !seen.insert(name).second && number < limits::findings_max;
            if (is_repeated)
                found.push_back({pointer.with(name), name, lines.place(before), comma, before});
            cursor.take(':');
        }
        {
            const Pointer::Part part(pointer, name);
            find_duplicates(cursor, pointer, lines, depth - 1, found);
        }
        if (is_repeated) found[number].end = cursor.at();
        comma = cursor.at();
        if (cursor.take(',')) comma = cursor.at() - 1;
        if (cursor.at() == before) return;
    }
}

}  // namespace

std::string unquoted_key(std::string_view quoted) {
    const auto inside =
        quoted.size() >= 2 ? quoted.substr(1, quoted.size() - 2) : std::string_view{};
    if (inside.find('\\') == std::string_view::npos) return std::string(inside);
    const auto parsed = nlohmann::json::parse(quoted, nullptr, false);
    return parsed.is_string() ? parsed.get<std::string>() : std::string(inside);
}

std::vector<std::string> pointer_parts(std::string_view pointer) {
    std::vector<std::string> parts;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const auto slash = std::min(pointer.find('/'), pointer.size());
        std::string part;
        for (std::size_t i = 0; i < slash; ++i) {
            const bool is_escape = pointer[i] == '~' && i + 1 < slash;
            part += !is_escape ? pointer[i] : pointer[++i] == '1' ? '/' : '~';
        }
        parts.push_back(std::move(part));
        pointer.remove_prefix(slash);
    }
    return parts;
}

std::vector<JsonPlace> json_places(std::string_view text,
                                   const std::vector<std::string>& pointers) {
    Wanted root;
    for (const auto& pointer : pointers) {
        Wanted* node = &root;
        for (auto& part : pointer_parts(pointer)) node = &node->children[std::move(part)];
    }
    JsonCursor cursor(text);
    locate(cursor, root, scan_depth_max);

    std::vector<std::pair<std::size_t, std::size_t>> offsets;  // offset, number of the pointer
    for (std::size_t i = 0; i < pointers.size(); ++i) {
        const Wanted* node = &root;
        std::size_t offset = root.offset;
        for (const auto& part : pointer_parts(pointers[i])) {
            node = &node->children.find(part)->second;
            if (node->offset == nowhere) break;
            offset = node->offset;
        }
        offsets.emplace_back(offset, i);
    }
    std::sort(offsets.begin(), offsets.end());
    std::vector<JsonPlace> places(pointers.size());
    LineCounter lines(text);
    for (const auto& [offset, i] : offsets) places[i] = lines.place(offset);
    return places;
}

std::vector<DuplicateKey> duplicate_keys(std::string_view text) {
    std::vector<DuplicateKey> found;
    JsonCursor cursor(text);
    Pointer pointer;
    LineCounter lines(text);
    find_duplicates(cursor, pointer, lines, scan_depth_max, found);
    return found;
}

std::string without_duplicates(std::string_view text, const std::vector<DuplicateKey>& duplicates) {
    std::string rest(text);
    for (const auto& duplicate : duplicates) {
        for (auto i = duplicate.begin; i < std::min(duplicate.end, rest.size()); ++i) {
            if (rest[i] != '\n') rest[i] = ' ';
        }
    }
    return rest;
}

}  // namespace sz
