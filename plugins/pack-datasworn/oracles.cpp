// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracles.hpp"

#include <algorithm>
#include <regex>

#include "kinds.hpp"

namespace datasworn {
namespace {

// What a RandomTable takes.
constexpr std::int64_t face_max = 1'000'000;
constexpr std::int64_t sides_max = 10'000;
constexpr std::size_t rolled_rows_max = 1'000;
constexpr std::size_t row_bytes_max = 64'000;

struct Row {
    std::int64_t from = 0, to = 0;  // 0: no range
    std::string text;
    Json link;  // null, or a link
    std::size_t index = 0;
    std::vector<Json> further;  // cells of rolls that it asks for
};

std::optional<std::int64_t> face(const Json* value) {
    if (value == nullptr || !value->is_number_integer()) return std::nullopt;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > face_max) return std::nullopt;
    const auto number = value->get<std::int64_t>();
    if (number < 1 || number > face_max) return std::nullopt;
    return number;
}

std::string range_of(const Row& row) {
    if (row.from == 0) return {};
    return row.from == row.to ? std::to_string(row.from)
                              : std::to_string(row.from) + "–" + std::to_string(row.to);
}

// {"oracle": id or null for the same table, "number_of_rolls", "duplicates", "auto", "dice"}.
Json roll_cells(Draft& draft, Members& from, Row& row) {
    Json cells = Json::object();
    std::string details;
    if (const Json* oracle = from.take("oracle")) {
        std::vector<std::string> nowhere;
        const auto found = draft.targets(*oracle, from.pointer_of("oracle"), nowhere);
        if (!found.empty()) cells["oracle"] = found.front().link();
        for (const std::string& one : nowhere) details += one;
    } else {
        cells["oracle"] = draft.shop().links.to(draft.node()).link();
    }
    if (row.link.is_null() && cells.contains("oracle")) row.link = cells["oracle"];
    const auto odd = [&](const char* key, const Json& value) {
        details += (details.empty() ? "" : ", ") + spaced(key) + ": " +
                   draft.in_words(value, from.pointer_of(key));
    };
    if (const Json* number = from.take("number_of_rolls")) {
        if (const auto times = face(number))
            cells["rolls"] = *times;
        else
            odd("number_of_rolls", *number);
    }
    if (const Json* automatic = from.take("auto")) {
        if (automatic->is_boolean())
            cells["automatic"] = *automatic;
        else
            odd("auto", *automatic);
    }
    for (const char* key : {"duplicates", "dice"}) {
        if (const Json* value = from.take(key))
            cells[key] = spaced(draft.in_words(*value, from.pointer_of(key), As::words));
    }
    const std::string rest = draft.rest_in_words(from);
    if (!rest.empty()) details += (details.empty() ? "" : ", ") + rest;
    if (!details.empty()) cells["details"] = details;
    return cells;
}

void further_rolls(Draft& draft, Members& from, Row& row) {
    const Json* rolls = from.enter("oracle_rolls");
    if (rolls == nullptr) return;
    const std::string pointer = from.pointer_of("oracle_rolls");
    for (const auto& [key, roll] : rolls->items()) {
        if (roll.is_object() && rolls->is_array()) {
            Members members(roll, pointer + step(key), from.tally());
            row.further.push_back(roll_cells(draft, members, row));
        } else {
            from.tally().values += count_values(roll);
            row.further.push_back({{"details", draft.in_words(roll, pointer)}});
        }
    }
}

void row_links(Draft& draft, Members& from, Row& row) {
    further_rolls(draft, from, row);
    const Json* suggestions = from.take("suggestions");
    if (suggestions == nullptr) return;
    std::vector<std::string> nowhere;
    const std::string pointer = from.pointer_of("suggestions");
    for (const auto& [kind, ids] : suggestions->items()) {
        for (const Target& one : draft.targets(ids, pointer, nowhere)) {
            if (row.link.is_null()) row.link = one.link();
        }
    }
    for (const std::string& one : nowhere) row.text += "\n" + one;
}

// "min" and "max". What is there and is no range stays with the row's text.
void take_range(Draft& draft, Members& from, Row& row) {
    const Json* min = from.take("min");
    const Json* max = from.take("max");
    const auto low = face(min);
    const auto high = face(max);
    if (low && high && *low <= *high) {
        row.from = *low;
        row.to = *high;
    } else if (min != nullptr || max != nullptr) {
        draft.shop().package.report(draft.shop().faults, Severity::warning, "SZ-DATASWORN-015",
                                    from.pointer(), "The row has no range that can be rolled.",
                                    "It was put with the rows that have none. A range is two whole "
                                    "numbers from 1, the smaller first.");
        const auto words = [&](const Json* value) {
            return value == nullptr ? std::string("?")
                                    : draft.in_words(*value, from.pointer(), As::words);
        };
        row.text = words(min) + "–" + words(max);
    }
}

Row row_of(Draft& draft, Members& from) {
    Row row;
    take_range(draft, from, row);
    draft.watch_links();
    for (const char* key : {"text", "text2", "text3", "result", "summary", "name"}) {
        const Json* value = from.take(key);
        if (value == nullptr) continue;
        const std::string words = draft.in_words(*value, from.pointer_of(key), As::words);
        if (words.empty()) continue;
        row.text += (row.text.empty() ? "" : " — ") + words;
    }
    const std::optional<Target> first = draft.first_link();
    row_links(draft, from, row);
    if (row.link.is_null() && first) row.link = first->link();
    from.leave_out("template", "templates of rows",
                   "a row's text says the same, and a table has no place for them");
    const std::string rest = draft.rest_in_words(from, As::words);
    if (!rest.empty()) row.text += (row.text.empty() ? "" : " — ") + rest;
    return row;
}

// Sorts the rows that can be rolled to the front; returns how many they are. A row that another
// overlaps has no range any more.
std::size_t order(Draft& draft, std::vector<Row>& rows, const std::string& pointer) {
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        if ((a.from == 0) != (b.from == 0)) return b.from == 0;
        return a.from < b.from;
    });
    std::int64_t reached = 0;
    for (Row& row : rows) {
        if (row.from == 0) break;
        if (row.from > reached) {
            reached = row.to;
            continue;
        }
        draft.shop().package.report(
            draft.shop().faults, Severity::warning, "SZ-DATASWORN-015",
            pointer + '/' + std::to_string(row.index),
            "The row for " + range_of(row) + " overlaps another of the same table.",
            "It was put with the rows that have no range. Mend the ranges and import again.");
        row.text = range_of(row) + ": " + row.text;
        row.from = row.to = 0;
    }
    const auto end =
        std::stable_partition(rows.begin(), rows.end(), [](const Row& r) { return r.from != 0; });
    return static_cast<std::size_t>(end - rows.begin());
}

// What is rolled: the package's dice, or one that gives what the rows say; null if there is none
// so large.
Json dice_of(const Json* dice, std::int64_t highest) {
    static const std::regex form(R"([1-9]\d{0,2}d([1-9]\d{0,3}|10000)([+-][1-9]\d{0,4})?)");
    if (dice != nullptr && dice->is_string() && dice->get_ref<const std::string&>().size() < 32 &&
        std::regex_match(dice->get_ref<const std::string&>(), form))
        return *dice;
    return highest > sides_max ? Json() : Json("1d" + std::to_string(highest));
}

void warn_of_dice(Draft& draft, const std::string& pointer) {
    draft.shop().package.report(draft.shop().faults, Severity::warning, "SZ-DATASWORN-010", pointer,
                                "These should be dice that can be rolled, such as \"1d100\".",
                                "They were kept as text; the table is rolled for by its rows.");
}

// The text of a row as a table takes it.
std::string fitting(Draft& draft, std::string text) {
    if (text.size() <= row_bytes_max) return text;
    draft.cut("The text of a row is longer than a table takes and was cut.");
    return std::string(shortened(text, row_bytes_max));
}

}  // namespace

Rolled roll_table(Draft& draft, const Json& rows, const std::string& pointer, const Json* dice,
                  Tally& tally) {
    Rolled out;
    std::vector<Row> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string here = pointer + '/' + std::to_string(i);
        if (rows[i].is_object()) {
            ++tally.parts;
            Members from(rows[i], here, tally);
            all.push_back(row_of(draft, from));
        } else if (count_values(rows[i]) > 0) {
            tally.values += count_values(rows[i]);
            all.push_back({0, 0, draft.in_words(rows[i], here, As::words), nullptr, 0, {}});
        }
        if (!all.empty()) all.back().index = i;
    }
    const std::size_t in_order = order(draft, all, pointer);
    const std::size_t rolled = std::min(in_order, rolled_rows_max);
    if (rolled < in_order) draft.cut("A table to roll on takes 1,000 rows; the others are beside.");
    Json list = Json::array();
    for (std::size_t i = 0; i < all.size(); ++i) {
        Row& row = all[i];
        const bool is_rolled = i < rolled;
        for (Json& cells : row.further) {
            cells["row"] = is_rolled ? range_of(row) : one_line(shortened(row.text, 100));
            out.further.push_back(
                {{"id", std::to_string(out.further.size() + 1)}, {"cells", std::move(cells)}});
        }
        if (!is_rolled) {
            out.unrolled.push_back(i < in_order ? range_of(row) + ": " + row.text
                                                : std::move(row.text));
            continue;
        }
        Json item = {{"id", "r" + std::to_string(i + 1)},
                     {"from", row.from},
                     {"to", row.to},
                     {"text", fitting(draft, std::move(row.text))}};
        if (!row.link.is_null()) item["link"] = std::move(row.link);
        list.push_back(std::move(item));
    }
    if (rolled > 0)
        out.value = {{"dice", dice_of(dice, all[rolled - 1].to)}, {"rows", std::move(list)}};
    if (dice != nullptr && (out.value.is_null() || out.value["dice"] != *dice)) {
        out.unused_dice = *dice;
        if (rolled > 0) warn_of_dice(draft, pointer.substr(0, pointer.rfind('/')) + "/dice");
    }
    return out;
}

void put_rolled(Draft& draft, Json& to, std::string_view id, std::string_view name, Rolled rolled) {
    if (!rolled.value.is_null()) draft.put(to, id, name, "RandomTable", std::move(rolled.value));
    if (!rolled.unused_dice.is_null()) draft.carry(to, "dice", rolled.unused_dice, {});
    draft.put_list(to, "without_range", "Rows without a range", "MultiText",
                   std::move(rolled.unrolled));
    draft.put_table(to, "further_rolls", "Further rolls",
                    {{"row", "Row", "Text"},
                     {"oracle", "Oracle", "DatasetLink"},
                     {"rolls", "Rolls", "Number"},
                     {"automatic", "Automatic", "Boolean"},
                     {"duplicates", "Duplicates", "Text"},
                     {"dice", "Dice", "Text"},
                     {"details", "Details", "MultiText"}},
                    std::move(rolled.further));
}

}  // namespace datasworn
