// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/full_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sz {

namespace {

// A word in more rows than these weighs as if it stood in these: order among the common words is
// lost, a search's time is not.
constexpr int counted_rows_max = 250;
constexpr int counted_hits_max = 256;  // of a word in a row: more of them say no more
constexpr double k1 = 1.2;
constexpr double b = 0.75;
constexpr double weight_min =
    1e-6;  // a word in more than half of the rows would weigh less than nothing

// How many words a row has, for the rows that were ranked before: FTS5 asks with a statement of its
// own, which costs more than all else of a rank, and one key press after the other ranks the same.
class RowLengths {
  public:
    int of_row(const Fts5ExtensionApi* api, Fts5Context* context, int& words) {
        const sqlite3_int64 row = api->xRowid(context);
        const bool is_kept = row >= 0 && row < rows_max;
        const auto place = static_cast<std::size_t>(is_kept ? row : 0);
        if (is_kept && place < known_.size() && known_[place] != 0) {
            words = known_[place];
            return SQLITE_OK;
        }
        const int code = api->xColumnSize(context, -1, &words);
        if (code != SQLITE_OK || !is_kept || words > std::numeric_limits<Length>::max())
            return code;
        if (place >= known_.size()) known_.resize(place + 1);
        known_[place] = static_cast<Length>(words);
        return SQLITE_OK;
    }

    void forget_if_changed(unsigned version) {
        if (version != version_) known_.clear();
        version_ = version;
    }

  private:
    using Length = std::uint16_t;
    static constexpr sqlite3_int64 rows_max = 1 << 20;  // further rows are asked for each time
    std::vector<Length> known_;                         // by row; 0 where nobody asked
    unsigned version_ = 0;                              // of the file's data
};

// What a connection keeps about its full-text tables.
struct Kept {
    sqlite3* connection;
    std::map<std::string, RowLengths, std::less<>> lengths;  // by table
};

// Nothing while the connection writes: what it reads then may be taken back.
RowLengths* lengths_of(Kept& kept, std::string_view table) {
    unsigned version = 0;
    if (table.empty() || sqlite3_txn_state(kept.connection, "main") == SQLITE_TXN_WRITE ||
        sqlite3_file_control(kept.connection, "main", SQLITE_FCNTL_DATA_VERSION, &version) !=
            SQLITE_OK)
        return nullptr;
    auto found = kept.lengths.find(table);
    if (found == kept.lengths.end()) found = kept.lengths.try_emplace(std::string(table)).first;
    found->second.forget_if_changed(version);
    return &found->second;
}

// What the caller says about its query.
struct QueryFacts {
    bool ends_in_beginning = false;
    std::string_view table;
};

// What is the same for every row of one query.
struct QueryWeights {
    double average_words = 1;
    std::vector<double> phrases;
    RowLengths* lengths = nullptr;  // Kept's
};

int count_row(const Fts5ExtensionApi*, Fts5Context*, void* counter) {
    return ++*static_cast<int*>(counter) < counted_rows_max ? SQLITE_OK : SQLITE_DONE;
}

int rows_with(const Fts5ExtensionApi* api, Fts5Context* context, int phrase, double& rows) {
    int hits = 0;
    const int code = api->xQueryPhrase(context, phrase, &hits, count_row);
    rows = hits;
    return code;
}

// Alone, a phrase has nothing to be weighed against. A beginning stands for many words, and finding
// all their rows anew would cost as much as the search: it weighs like the commonest of the others.
int weigh(const Fts5ExtensionApi* api, Fts5Context* context, bool ends_in_beginning,
          QueryWeights& weights) {
    sqlite3_int64 rows = 0;
    sqlite3_int64 words = 0;
    if (const int code = api->xRowCount(context, &rows); code != SQLITE_OK) return code;
    if (const int code = api->xColumnTotalSize(context, -1, &words); code != SQLITE_OK) return code;
    const auto all = static_cast<double>(rows);
    weights.average_words = rows > 0 ? static_cast<double>(words) / all : 1;
    const int phrases = api->xPhraseCount(context);
    const int whole = phrases == 1 ? 0 : phrases - (ends_in_beginning ? 1 : 0);
    double least = 1;
    for (int phrase = 0; phrase < whole; ++phrase) {
        double hits = 0;
        if (const int code = rows_with(api, context, phrase, hits); code != SQLITE_OK) return code;
        const double weight = std::max(std::log((all - hits + 0.5) / (hits + 0.5)), weight_min);
        weights.phrases.push_back(weight);
        least = phrase == 0 ? weight : std::min(least, weight);
    }
    if (whole < phrases) weights.phrases.push_back(least);
    return SQLITE_OK;
}

// The weights are FTS5's to keep until the query ends.
int weights_of(const Fts5ExtensionApi* api, Fts5Context* context, const QueryFacts& facts,
               QueryWeights*& weights) {
    weights = static_cast<QueryWeights*>(api->xGetAuxdata(context, 0));
    if (weights != nullptr) return SQLITE_OK;
    auto made = std::make_unique<QueryWeights>();
    made->lengths = lengths_of(*static_cast<Kept*>(api->xUserData(context)), facts.table);
    if (const int code = weigh(api, context, facts.ends_in_beginning, *made); code != SQLITE_OK)
        return code;
    weights = made.release();
    return api->xSetAuxdata(context, weights,
                            [](void* data) { delete static_cast<QueryWeights*>(data); });
}

// Of one phrase in the current row. The list that xInstCount makes of all would cost what a hostile
// text wants it to.
int count_hits(const Fts5ExtensionApi* api, Fts5Context* context, int phrase, int& hits) {
    Fts5PhraseIter at{};
    int column = 0;
    int place = 0;
    int code = api->xPhraseFirst(context, phrase, &at, &column, &place);
    for (; code == SQLITE_OK && column >= 0 && hits < counted_hits_max; ++hits)
        api->xPhraseNext(context, &at, &column, &place);
    return code;
}

int words_of_row(const Fts5ExtensionApi* api, Fts5Context* context, RowLengths* lengths,
                 int& words) {
    return lengths == nullptr ? api->xColumnSize(context, -1, &words)
                              : lengths->of_row(api, context, words);
}

int score_of(const Fts5ExtensionApi* api, Fts5Context* context, const QueryFacts& facts,
             double& score) {
    QueryWeights* weights = nullptr;
    if (const int code = weights_of(api, context, facts, weights); code != SQLITE_OK) return code;
    int words = 0;
    if (const int code = words_of_row(api, context, weights->lengths, words); code != SQLITE_OK)
        return code;
    const double length = k1 * (1 - b + b * words / weights->average_words);
    for (std::size_t i = 0; i < weights->phrases.size(); ++i) {
        int hits = 0;
        if (const int code = count_hits(api, context, static_cast<int>(i), hits); code != SQLITE_OK)
            return code;
        score += weights->phrases[i] * hits * (k1 + 1) / (hits + length);
    }
    return SQLITE_OK;
}

QueryFacts facts_of(int arguments, sqlite3_value** values) {
    QueryFacts facts;
    facts.ends_in_beginning = arguments > 0 && sqlite3_value_int(values[0]) != 0;
    const void* table = arguments > 1 ? sqlite3_value_text(values[1]) : nullptr;
    if (table != nullptr) facts.table = static_cast<const char*>(table);
    return facts;
}

void bounded_rank(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result,
                  int arguments, sqlite3_value** values) {
    double score = 0;
    int code = SQLITE_NOMEM;
    try {
        code = score_of(api, context, facts_of(arguments, values), score);
    } catch (...) {  // C stands above: memory ran out
    }
    if (code == SQLITE_OK) {
        sqlite3_result_double(result, score);
    } else {
        sqlite3_result_error_code(result, code);
    }
}

}  // namespace

fts5_api* full_text_of(sqlite3* connection) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

bool register_bounded_rank(sqlite3* connection) {
    fts5_api* api = full_text_of(connection);
    if (api == nullptr) return false;
    auto kept = std::make_unique<Kept>(Kept{connection, {}});
    if (api->xCreateFunction(api, "bounded_rank", kept.get(), bounded_rank,
                             [](void* data) { delete static_cast<Kept*>(data); }) != SQLITE_OK)
        return false;
    (void)kept.release();  // the connection's from here
    return true;
}

}  // namespace sz
