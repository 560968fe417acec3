// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tokens.hpp"

#include <algorithm>

namespace csv {

Tokens::Tokens(std::string_view text, char separator, std::size_t rows)
    : text_(text), separator_(separator) {
    for (const char stop : {separator, '\n', '\r', '"'})
        stops_[static_cast<unsigned char>(stop)] = true;
    for (std::size_t at = 0; at < text.size() && size() < rows;) {
        for (;;) {
            const std::size_t begin = std::min(text.find_first_not_of(' ', at), text.size());
            const bool has_quote = begin < text.size() && text[begin] == '"' && separator != '"';
            if (has_quote ? !quoted(begin, at) : !plain(at)) return;
            if (at >= text.size() || text[at] != separator) break;
            ++at;
            if (at == text.size()) {  // a separator at the very end begins one more cell
                if (!add({}, at)) return;
                break;
            }
        }
        if (!end_row(at)) return;
    }
}

bool Tokens::fail(Wrong wrong, std::size_t at) {
    wrong_ = wrong;
    wrong_at_ = at;
    return false;
}

bool Tokens::plain(std::size_t& at) {
    const std::size_t begin = at;
    bool has_quote = false;
    for (;;) {
        while (at < text_.size() && !stops_[static_cast<unsigned char>(text_[at])]) ++at;
        if (at_end(at)) break;
        if (!has_quote) inner_quotes_.push_back(static_cast<std::uint32_t>(at));
        has_quote = true;
        ++at;
    }
    return add(text_.substr(begin, at - begin), begin);
}

bool Tokens::quoted(std::size_t begin, std::size_t& at) {
    std::string joined;
    bool has_doubled = false;
    std::size_t from = begin + 1;
    std::size_t end = text_.find('"', from);
    while (end != std::string_view::npos && end + 1 < text_.size() && text_[end + 1] == '"') {
        has_doubled = true;
        joined.append(text_, from, end + 1 - from);
        from = end + 2;
        end = text_.find('"', from);
    }
    if (end == std::string_view::npos) return fail(Wrong::open_quote, begin);
    at = end + 1;
    while (at < text_.size() && !at_end(at) && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    if (!at_end(at)) return fail(Wrong::after_quote, at);
    if (!has_doubled) return add(text_.substr(from, end - from), begin);
    joined.append(text_, from, end - from);
    return add(unquoted_.emplace_back(std::move(joined)), begin);
}

bool Tokens::add(std::string_view text, std::size_t at) {
    if (text.size() > limits::cell_bytes_max) return fail(Wrong::cell_bytes, at);
    if (cells_.size() >= limits::cells_max) return fail(Wrong::cells, at);
    const std::size_t width = cells_.size() - (ends_.empty() ? 0 : ends_.back());
    if (width >= limits::columns_max) return fail(Wrong::columns, at);
    cells_.push_back({text, static_cast<std::uint32_t>(at)});
    return true;
}

bool Tokens::end_row(std::size_t& at) {
    if (ends_.size() >= limits::rows_max) return fail(Wrong::rows, cells_[ends_.back()].at);
    ends_.push_back(cells_.size());
    if (at < text_.size())
        at += text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n' ? 2 : 1;
    return true;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_blank(std::span<const Cell> row) {
    return std::all_of(row.begin(), row.end(),
                       [](const Cell& cell) { return is_blank(cell.text); });
}

}  // namespace csv
