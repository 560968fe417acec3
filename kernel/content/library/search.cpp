// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/search.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "kernel/base/limits.hpp"

namespace sz::library {

namespace {

// Far apart, so that a better place is never made up for by BM25, which stays below 100.
constexpr double exact_name = 1000;
constexpr double name_begins = 800;
constexpr double name_has_words = 600;
constexpr double rank_max = 100;

constexpr std::size_t visited_max = 4 * Search::looked_at_max;  // rows outside the scope count too

std::size_t letters_of(std::string_view word) {
    return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

// A folded word has letters and digits only, so it needs no escape inside the quotes.
std::string quoted(const SearchText::Term& term, bool is_beginning) {
    return '"' + term.words + (is_beginning ? "\" *" : "\"");
}

bool is_inside(const std::vector<RowRange>& scope, std::int64_t row) {
    const auto next = std::upper_bound(
        scope.begin(), scope.end(), row,
        [](std::int64_t value, const RowRange& range) { return value < range.begin; });
    return next != scope.begin() && row < std::prev(next)->end;
}

// Shorter names first among those that are alike otherwise.
double brevity(std::size_t letters) { return rank_max / (1.0 + static_cast<double>(letters)); }

}  // namespace

SearchText SearchText::parse(std::string_view text, const Words& words) {
    SearchText parsed;
    std::size_t count = 0;
    const auto add = [&](std::string_view piece, bool is_beginning) {
        Term term;
        words.each(piece, [&](std::string_view folded, std::size_t, std::size_t) {
            if (count == Search::words_max) return false;
            ++count;
            if (!term.words.empty()) term.words += ' ';
            term.words += folded;
            term.last_letters = letters_of(folded);
            return true;
        });
        if (term.words.empty()) return;
        parsed.key += (parsed.key.empty() ? "" : " ") + term.words;
        term.is_beginning = is_beginning;
        parsed.terms.push_back(std::move(term));
    };
    for (std::size_t at = 0; at < text.size();) {
        const bool is_quote = text[at] == '"';
        if (is_quote) ++at;
        const std::size_t end = std::min(
            is_quote ? text.find('"', at) : text.find_first_of(" \t\n\"", at), text.size());
        add(text.substr(at, end - at), end == text.size());
        at = is_quote || (end < text.size() && text[end] != '"') ? end + 1 : end;
    }
    return parsed;
}

std::string SearchText::match_names() const {
    std::string match;
    for (const Term& term : terms)
        match += (match.empty() ? "" : " AND ") + quoted(term, term.is_beginning);
    return match;
}

// One letter begins too many words of a text to say anything: there it is a word.
std::string SearchText::match_texts() const {
    std::string match;
    for (const Term& term : terms) {
        match += (match.empty() ? "" : " AND ") +
                 quoted(term, term.is_beginning && term.last_letters > 1);
    }
    return match;
}

namespace {

// Gathers the hits of one search; the first way of finding a row counts.
class Gatherer {
  public:
    Gatherer(Database& database, const SearchText& text, const std::vector<RowRange>& scope)
        : database_(database), text_(text), scope_(scope) {}

    // Names that are, or begin with, what was typed: an index over the folded names in order.
    Status begins() {
        const std::string end = text_.key + "\xF4\x8F\xBF\xBF";  // the last character there is
        const auto& last = text_.terms.back();
        Bound bound;
        SZ_TRY(database_.query(
            "SELECT row, key FROM entries WHERE key >= ?1 AND key < ?2 ORDER BY key",
            {text_.key, end}, [&](const Row& row) {
                const std::string_view key = row.text(1);
                const bool is_exact = key == text_.key;
                const bool is_word = is_exact || key[text_.key.size()] == ' ';
                if (!last.is_beginning && !is_word) return bound.allows_one();
                const double score =
                    is_exact ? exact_name : name_begins + brevity(key.size() - text_.key.size());
                return take(row.integer(0), score, bound);
            }));
        has_more_ = has_more_ || bound.is_reached;
        return {};
    }

    // `table` is a full-text index. Rows that were found already are passed over: they
    // need no rank.
    Status matches(const char* table, const std::string& match, double base) {
        const std::string name = table;
        const std::string sql = "SELECT rowid, bounded_rank(" + name + ", ?4, '" + name +
                                "') FROM " + name + " WHERE " + name +
                                " MATCH ?1 AND rowid >= ?2 AND rowid < ?3 "
                                "AND rowid NOT IN (SELECT value FROM json_each(?5))";
        const std::int64_t ends_in_beginning = text_.terms.back().is_beginning ? 1 : 0;
        Bound bound;
        SZ_TRY(database_.query(
            sql,
            {match, scope_.front().begin, scope_.back().end, ends_in_beginning, found_so_far()},
            [&](const Row& row) {
                return take(row.integer(0), base + std::min(row.real(1), rank_max), bound);
            }));
        has_more_ = has_more_ || bound.is_reached;
        return {};
    }

    [[nodiscard]] std::size_t count() const { return hits_.size(); }
    void say_more() { has_more_ = true; }

    Hits finish() {
        std::sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) {
            return a.score != b.score ? a.score > b.score : a.row < b.row;
        });
        return {std::move(hits_), has_more_};
    }

  private:
    // How far one way of finding may go.
    struct Bound {
        std::size_t visited = 0, taken = 0;
        bool is_reached = false;
        bool allows_one() {
            is_reached = visited++ == visited_max || taken == Search::looked_at_max;
            return !is_reached;
        }
    };

    bool take(std::int64_t row, double score, Bound& bound) {
        if (!bound.allows_one()) return false;
        if (!is_inside(scope_, row)) return true;
        ++bound.taken;
        hits_.push_back({row, score});
        return true;
    }

    [[nodiscard]] std::string found_so_far() const {
        std::string rows;
        for (const Hit& hit : hits_) rows += (rows.empty() ? "" : ",") + std::to_string(hit.row);
        return "[" + rows + "]";
    }

    Database& database_;
    const SearchText& text_;
    const std::vector<RowRange>& scope_;
    std::vector<Hit> hits_;
    bool has_more_ = false;
};

// Watches a connection for as long as it lives.
class Watched {
  public:
    Watched(Database& database, Search::GoesOn goes_on) : database_(database) {
        database_.watch(std::move(goes_on));
    }
    ~Watched() { database_.watch({}); }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

  private:
    Database& database_;
};

// Each way finds what is worth less than what the one before it found.
Status gather(Gatherer& gatherer, const SearchText& text, std::size_t wanted) {
    const auto is_enough = [&] {
        return gatherer.count() >= std::max(wanted, Search::looked_at_max);
    };
    SZ_TRY(gatherer.begins());
    if (!is_enough()) SZ_TRY(gatherer.matches("names", text.match_names(), name_has_words));
    if (!is_enough()) return gatherer.matches("texts", text.match_texts(), 0);
    gatherer.say_more();
    return {};
}

}  // namespace

Search::GoesOn Search::until_deadline() {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::milliseconds(limits::search_ms_max);
    return [end] { return Clock::now() < end; };
}

Result<Hits> Search::find(std::string_view typed, const std::vector<RowRange>& scope,
                          std::size_t wanted) {
    const SearchText text = SearchText::parse(typed, words_);
    if (text.terms.empty() || scope.empty()) return Hits{};
    Gatherer gatherer(database_, text, scope);
    const Watched watched(database_, watch_());
    if (const auto done = gather(gatherer, text, wanted); !done) {
        if (done.error().kind != ErrorKind::cancelled) return fail(done.error());
        gatherer.say_more();
    }
    return gatherer.finish();
}

}  // namespace sz::library
