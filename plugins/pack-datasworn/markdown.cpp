// SPDX-License-Identifier: AGPL-3.0-or-later
#include "markdown.hpp"

#include <algorithm>
#include <cstdint>
#include <sz/cpp/entry_link.hpp>

#include "words.hpp"

namespace datasworn {
namespace {

constexpr std::string_view link_mark = "](id:";

// Where the words of a link begin whose "](" stands at `end`: behind the '[' that belongs to it.
std::size_t words_begin(std::string_view text, std::size_t from, std::size_t end) {
    std::size_t depth = 0;
    for (std::size_t i = end; i > from; --i) {
        const char c = text[i - 1];
        if (c == ']') ++depth;
        if (c != '[') continue;
        if (depth == 0) return i;
        --depth;
    }
    return std::string_view::npos;
}

// A name as words of Markdown: what would be marks in it are characters.
std::string escaped(std::string_view name) {
    constexpr std::string_view marks = "\\[]*_`<&";
    std::string out;
    for (const char c : name) {
        if (marks.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

// "[words](target)", or the words where there is no target.
std::string linked(std::string words, const std::string& target) {
    return target.empty() ? words : '[' + std::move(words) + "](" + target + ')';
}

bool is_blank(std::string_view words) {
    return words.find_first_not_of(" \t\n") == std::string_view::npos;
}

// Every link is behind the one before, so that no text is looked at twice.
std::string with_links(std::string_view text, const DestinationOf& destination) {
    std::string out;
    std::size_t from = 0;
    for (;;) {
        const std::size_t mark = text.find(link_mark, from);
        const std::size_t end =
            mark == std::string_view::npos ? mark : text.find(')', mark + link_mark.size());
        if (end == std::string_view::npos) break;
        const std::size_t begin = words_begin(text, from, mark);
        if (begin == std::string_view::npos) {  // no link after all
            out.append(text, from, end + 1 - from);
        } else {
            out.append(text, from, begin - 1 - from);
            const std::size_t id = mark + link_mark.size();
            const Destination to = destination(one_line(text.substr(id, end - id)));
            std::string words(text.substr(begin, mark - begin));
            if (is_blank(words) && !to.target.empty()) words = escaped(to.name);
            out += linked(std::move(words), to.target);
        }
        from = end + 1;
    }
    out.append(text, from);
    return out;
}

// "{{table:ID}}": what stands at `from`, which begins with "{{", is `size` bytes long.
struct Insert {
    std::string_view what;  // "table"
    std::string_view id;
    std::size_t size = 0;  // 0: there is none
};

Insert insert_at(std::string_view text, std::size_t from) {
    constexpr std::size_t bytes_max = 400;
    const std::string_view near = text.substr(from + 2, bytes_max);
    const std::size_t end = near.find("}}");
    if (end == std::string_view::npos) return {};
    const std::string_view inside = near.substr(0, end);
    const std::size_t colon = inside.find_first_of(":>");
    if (colon == std::string_view::npos || inside.find('/') == std::string_view::npos) return {};
    return {inside.substr(0, colon), inside.substr(colon + 1), end + 4};
}

std::string with_inserts(const std::string& text, const DestinationOf& destination) {
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", from)) {
        const Insert insert = insert_at(text, at);
        const std::size_t keep = insert.size == 0 ? at + 2 : at;
        out.append(text, from, keep - from);
        from = keep;
        if (insert.size == 0) continue;
        from += insert.size;
        const std::string id = one_line(insert.id);
        const Destination to = destination(id);
        const std::string name =
            to.name.empty() ? sentence_case(id.substr(id.rfind('/') + 1)) : to.name;
        const std::string words = to.target.empty() ? name : linked(escaped(name), to.target);
        const bool is_text = insert.what == "text" || insert.what == "result";
        out += is_text ? '*' + words + '*' : "*(" + spaced(insert.what) + ": " + words + ")*";
    }
    out.append(text, from);
    return out;
}

}  // namespace

std::string pack_markdown(std::string_view text, const DestinationOf& destination) {
    return with_inserts(with_links(clean(text), destination), destination);
}

bool has_entry_links(std::string_view markdown) {
    const std::string mark = "](" + std::string(sz::plugin::entry_link_scheme);
    return markdown.find(mark) != std::string_view::npos;
}

}  // namespace datasworn
