// SPDX-License-Identifier: AGPL-3.0-or-later
#include "markdown_links.hpp"

#include <md4c.h>

#include <algorithm>
#include <sz/cpp/entry_link.hpp>

namespace fields {

namespace {

using sz::plugin::entry_link_scheme;

constexpr std::size_t npos = std::string_view::npos;

std::size_t tangle_of(std::string_view text) {
    std::size_t sum = 0, lines = 1, brackets = 0;
    bool is_blank = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ']') ++brackets;
        // A line ends with LF, CR or both.
        const bool is_followed = i + 1 < text.size() && text[i + 1] == '\n';
        const bool is_end = c == '\n' || (c == '\r' && !is_followed);
        if (c == '\r' && !is_end) continue;
        if (!is_end) {
            is_blank = is_blank && (c == ' ' || c == '\t');
            continue;
        }
        ++lines;
        if (is_blank) {
            sum += lines * brackets;
            lines = 1;
            brackets = 0;
        }
        is_blank = true;
    }
    return sum + lines * brackets;
}

class Finder {
  public:
    explicit Finder(std::string_view text) : text_(text) {}

    TextLinks run() {
        MD_PARSER parser{};
        parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOHTML;
        parser.enter_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
        parser.leave_block = parser.enter_block;
        parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
            if (type == MD_SPAN_A)
                static_cast<Finder*>(self)->enter(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
            return 0;
        };
        parser.leave_span = [](MD_SPANTYPE type, void*, void* self) {
            if (type == MD_SPAN_A) static_cast<Finder*>(self)->open_ = nullptr;
            return 0;
        };
        parser.text = [](MD_TEXTTYPE type, const MD_CHAR* words, MD_SIZE size, void* self) {
            static_cast<Finder*>(self)->add(type, {words, size});
            return 0;
        };
        if (md_parse(text_.data(), static_cast<MD_SIZE>(text_.size()), &parser, this) != 0)
            return {};  // out of memory: as if nothing were linked
        return std::move(found_);
    }

  private:
    void enter(const MD_ATTRIBUTE& href) {
        if (href.text == nullptr) return;
        const std::string_view target(href.text, href.size);
        if (!target.starts_with(entry_link_scheme)) return;
        if (found_.links.size() >= text_links_max) {
            ++found_.left;
            return;
        }
        // A target without escapes is given as it stands in the text.
        const bool is_inside =
            href.text >= text_.data() && href.text + href.size <= text_.data() + text_.size();
        const std::size_t at =
            is_inside ? static_cast<std::size_t>(href.text - text_.data()) : npos;
        found_.links.push_back({{}, std::string(target), at});
        open_ = &found_.links.back();
    }

    void add(MD_TEXTTYPE type, std::string_view words) {
        if (open_ == nullptr) return;
        if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
            open_->words += ' ';
        else if (type != MD_TEXT_NULLCHAR)
            open_->words += words;
    }

    std::string_view text_;
    TextLinks found_;
    TextLink* open_ = nullptr;  // links do not stand in links
};

// Is the bracket at `at` written as a mere character?
bool is_escaped(std::string_view text, std::size_t from, std::size_t at) {
    std::size_t slashes = 0;
    while (at > from + slashes && text[at - slashes - 1] == '\\') ++slashes;
    return slashes % 2 == 1;
}

// Where '[' stands that the ']' at `end` closes, not before `from`.
std::size_t opening(std::string_view text, std::size_t from, std::size_t end) {
    std::size_t depth = 0;
    for (std::size_t i = end; i-- > from;) {
        if ((text[i] != ']' && text[i] != '[') || is_escaped(text, from, i)) continue;
        if (text[i] == ']') {
            ++depth;
        } else if (depth-- == 0) {
            return i;
        }
    }
    return npos;
}

// Behind the ')' of a link whose target ends at `at`; a title may stand before it.
std::size_t link_end(std::string_view text, std::size_t at) {
    constexpr std::string_view blanks = " \t\n";
    if (at < text.size() && text[at] == '>') ++at;
    at = text.find_first_not_of(blanks, at);
    if (at != npos && text[at] != ')') {
        const char close = text[at] == '(' ? ')' : text[at];
        do at = text.find(close, at + 1);
        while (at != npos && is_escaped(text, 0, at));
        if (at != npos) at = text.find_first_not_of(blanks, at + 1);
    }
    return at != npos && text[at] == ')' ? at + 1 : npos;
}

struct Span {
    std::size_t words, words_end, end;  // "[" stands before the words
};

// The link whose target is at `at` as it stands in the text, if it is written in one piece.
// Links do not stand in links, so nothing of it is before `from`, the end of the target before it.
bool span_of(std::string_view text, std::size_t from, const TextLink& link, Span& span) {
    if (link.at == npos || link.at < from) return false;
    std::size_t at = link.at;
    if (at > from && text[at - 1] == '<') --at;
    while (at > from && (text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n')) --at;
    if (at < from + 2 || text.substr(at - 2, 2) != "](") return false;
    span.words_end = at - 2;
    const std::size_t open = opening(text, from, span.words_end);
    span.end = link_end(text, link.at + link.target.size());
    if (open == npos || span.end == npos) return false;
    span.words = open + 1;
    return true;
}

}  // namespace

TextLinks links_in_markdown(std::string_view markdown) {
    if (markdown.find(entry_link_scheme) == npos) return {};
    if (tangle_of(markdown) > text_tangle_max) return {{}, 0, true};
    return Finder(markdown).run();
}

std::string without_entry_links(std::string_view markdown) {
    std::string out;
    std::size_t written = 0, seen = 0;
    Span span{};
    for (const TextLink& link : links_in_markdown(markdown).links) {
        const bool is_whole = span_of(markdown, seen, link, span);
        if (link.at != npos) seen = std::max(seen, link.at + link.target.size());
        if (!is_whole) continue;
        out += markdown.substr(written, span.words - 1 - written);
        out += markdown.substr(span.words, span.words_end - span.words);
        written = seen = span.end;
    }
    out += markdown.substr(written);
    return out;
}

}  // namespace fields
