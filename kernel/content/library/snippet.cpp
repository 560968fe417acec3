// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/snippet.hpp"

#include <algorithm>
#include <array>

namespace sz::library {

namespace {

constexpr std::size_t bytes_before = 40;
constexpr std::size_t bytes_of_line = 160;

unsigned char byte_of(char c) { return static_cast<unsigned char>(c); }
bool is_tail(char c) { return (byte_of(c) & 0xC0U) == 0x80U; }

// Of ASCII only letters and digits stand in words; of the rest Words knows.
constexpr auto may_stand_in_words = [] {
    std::array<bool, 256> may{};
    for (std::size_t c = 0; c < may.size(); ++c) {
        may[c] =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
    }
    return may;
}();

// One line of about bytes_of_line around `at`, cut between words where there are any.
std::string line_around(std::string_view body, std::size_t at) {
    std::size_t begin = at > bytes_before ? at - bytes_before : 0;
    std::size_t end = std::min(body.size(), begin + bytes_of_line);
    if (begin > 0) begin = std::min(body.find_first_of(" \n", begin), at);
    if (end < body.size()) {
        const std::size_t space = body.find_last_of(" \n", end);
        if (space != std::string_view::npos && space > at) end = space;
    }
    while (begin > 0 && begin < body.size() && is_tail(body[begin])) --begin;
    while (end > begin && end < body.size() && is_tail(body[end])) --end;
    constexpr std::string_view cut = "…";
    std::string line;
    line.reserve(end - begin + 2 * cut.size());
    if (begin > 0) line = cut;
    bool is_gap = true;
    for (const char c : body.substr(begin, end - begin)) {
        const bool is_space = byte_of(c) <= ' ';
        if (!is_space) line += c;
        if (is_space && !is_gap) line += ' ';
        is_gap = is_space;
    }
    while (line.ends_with(' ')) line.pop_back();
    if (end < body.size()) line += cut;
    return line;
}

}  // namespace

Snippets::Snippets(const Words& words, const SearchText& text) : words_(words) {
    for (const SearchText::Term& term : text.terms) {
        std::string first = term.words.substr(0, term.words.find(' '));
        const bool may_go_on = term.is_beginning && first.size() == term.words.size();
        wanted_.push_back({std::move(first), may_go_on});
    }
}

bool Snippets::is_wanted(std::string_view folded) const {
    return std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& wanted) {
        return wanted.is_beginning ? folded.starts_with(wanted.word) : folded == wanted.word;
    });
}

bool Snippets::is_wanted_ascii(std::string_view word) const {
    return std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& wanted) {
        const std::string_view other = wanted.word;
        if (word.size() < other.size() || (word.size() > other.size() && !wanted.is_beginning))
            return false;
        constexpr int lower = 0x20;  // a digit has this bit, too
        return std::equal(other.begin(), other.end(), word.begin(),
                          [](char folded, char c) { return folded == (c | lower); });
    });
}

// Most words are ASCII and are compared where they stand; Words is asked for the others, which
// costs ten times as much.
std::size_t Snippets::place_in(std::string_view body) const {
    body = body.substr(0, bytes_looked_at_max);
    std::size_t limit = letters_looked_at;
    for (std::size_t at = 0; at < std::min(limit, body.size()); ++at) {
        const std::size_t begin = at;
        unsigned char bits = 0;
        for (; at < body.size() && may_stand_in_words[byte_of(body[at])]; ++at)
            bits |= byte_of(body[at]);
        const std::string_view run = body.substr(begin, at - begin);
        if (bits < 0x80) {
            if (!run.empty() && is_wanted_ascii(run)) return begin;
            continue;
        }
        limit += static_cast<std::size_t>(std::count_if(run.begin(), run.end(), is_tail));
        std::size_t place = body.size();
        words_.each(run, [&](std::string_view folded, std::size_t word, std::size_t) {
            if (is_wanted(folded)) place = begin + word;
            return place == body.size();
        });
        if (place < body.size()) return place;
    }
    return 0;
}

std::string Snippets::line_of(std::string_view body) const {
    body.remove_prefix(std::min(body.find('\n'), body.size()));
    return line_around(body, place_in(body));
}

}  // namespace sz::library
