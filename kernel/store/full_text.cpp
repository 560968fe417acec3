// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/full_text.hpp"

#include <cmath>
#include <memory>
#include <vector>

namespace sz {

namespace {

constexpr int counted_rows_max = 1000;
constexpr int counted_hits_max = 256;  // of a word in a row: more of them say no more
constexpr double k1 = 1.2;
constexpr double b = 0.75;
constexpr double weight_min =
    1e-6;  // a word in more than half of the rows would weigh less than nothing

// What is the same for every row of one query.
struct QueryWeights {
    double average_words = 1;
    std::vector<double> phrases;
};

int count_row(const Fts5ExtensionApi*, Fts5Context*, void* counter) {
    return ++*static_cast<int*>(counter) < counted_rows_max ? SQLITE_OK : SQLITE_DONE;
}

int weigh(const Fts5ExtensionApi* api, Fts5Context* context, QueryWeights& weights) {
    sqlite3_int64 rows = 0;
    sqlite3_int64 words = 0;
    if (const int code = api->xRowCount(context, &rows); code != SQLITE_OK) return code;
    if (const int code = api->xColumnTotalSize(context, -1, &words); code != SQLITE_OK) return code;
    const auto all = static_cast<double>(rows);
    weights.average_words = rows > 0 ? static_cast<double>(words) / all : 1;
    for (int phrase = 0; phrase < api->xPhraseCount(context); ++phrase) {
        int hits = 0;
        if (const int code = api->xQueryPhrase(context, phrase, &hits, count_row);
            code != SQLITE_OK)
            return code;
        const double weight = std::log((all - hits + 0.5) / (hits + 0.5));
        weights.phrases.push_back(weight > weight_min ? weight : weight_min);
    }
    return SQLITE_OK;
}

// The weights are FTS5's to keep until the query ends.
int weights_of(const Fts5ExtensionApi* api, Fts5Context* context, QueryWeights*& weights) {
    weights = static_cast<QueryWeights*>(api->xGetAuxdata(context, 0));
    if (weights != nullptr) return SQLITE_OK;
    auto made = std::make_unique<QueryWeights>();
    if (const int code = weigh(api, context, *made); code != SQLITE_OK) return code;
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

int score_of(const Fts5ExtensionApi* api, Fts5Context* context, double& score) {
    QueryWeights* weights = nullptr;
    if (const int code = weights_of(api, context, weights); code != SQLITE_OK) return code;
    int words = 0;
    if (const int code = api->xColumnSize(context, -1, &words); code != SQLITE_OK) return code;
    const double length = k1 * (1 - b + b * words / weights->average_words);
    for (std::size_t i = 0; i < weights->phrases.size(); ++i) {
        int hits = 0;
        if (const int code = count_hits(api, context, static_cast<int>(i), hits); code != SQLITE_OK)
            return code;
        score += weights->phrases[i] * hits * (k1 + 1) / (hits + length);
    }
    return SQLITE_OK;
}

void bounded_rank(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int,
                  sqlite3_value**) {
    double score = 0;
    int code = SQLITE_NOMEM;
    try {
        code = score_of(api, context, score);
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
    return api != nullptr &&
           api->xCreateFunction(api, "bounded_rank", nullptr, bounded_rank, nullptr) == SQLITE_OK;
}

}  // namespace sz
