// SPDX-License-Identifier: AGPL-3.0-or-later
// Oracles, people, truths, places and the tree that they stand in.
#include "kinds.hpp"
#include "oracles.hpp"

namespace datasworn {
namespace {

// A member that is a list of rows becomes a table to roll on; anything else is carried.
void put_rows(Draft& draft, Json& to, Members& from, const char* key, const char* id,
              const char* name, const Json* dice) {
    const Json* rows = from.enter(key);
    Rolled rolled;
    if (rows != nullptr && rows->is_array()) {
        rolled = roll_table(draft, *rows, from.pointer_of(key), dice, from.tally());
    } else if (rows != nullptr) {
        from.tally().values += count_values(*rows);
        draft.carry(to, key, *rows, from.pointer_of(key));
    }
    const bool is_list = rows != nullptr && rows->is_array();
    if (!is_list && dice != nullptr) rolled.unused_dice = *dice;
    put_rolled(draft, to, id, name, std::move(rolled));
}

// {"roll": "Roll", "text": "Result"}.
void column_labels(Draft& draft, Members& from) {
    const Json* labels = from.take("column_labels");
    if (labels == nullptr) return;
    std::string out;
    for (const auto& [key, label] : labels->items()) {
        const std::string words =
            draft.in_words(label, from.pointer_of("column_labels"), As::words);
        if (!words.empty()) out += (out.empty() ? "" : " · ") + words;
    }
    draft.put(draft.fields(), "columns", "Columns", "Text", one_line(out));
}

void option(Draft& draft, Members& from, std::size_t number) {
    const std::string word = "Option " + std::to_string(number);
    Json fields = Json::object();
    std::string range;
    for (const char* key : {"min", "max"}) {
        if (const Json* value = from.take(key))
            range += (range.empty() ? "" : "–") +
                     draft.in_words(*value, from.pointer_of(key), As::words);
    }
    if (!range.empty()) draft.put(fields, "range", "Range", "Text", range);
    draft.markdown(fields, from, "summary", "Summary");
    draft.markdown(fields, from, "description", "Description");
    draft.markdown(fields, from, "quest_starter", "Quest starter");
    if (const Json* table = from.enter("table"); table != nullptr && table->is_object()) {
        Members members(*table, from.pointer_of("table"), from.tally());
        put_rows(draft, fields, members, "rows", "table", "Table", members.take("dice"));
        (void)members.take("oracle_type");  // a table has no other
        draft.rest(fields, members, "tables");
    } else if (table != nullptr) {
        from.tally().values += count_values(*table);
        draft.carry(fields, "table", *table, from.pointer_of("table"));
    }
    draft.rest(fields, from, "options");
    draft.group("option" + std::to_string(number), word, std::move(fields));
}

// The rows of the table that chooses among a truth's options: read here only to roll, and by
// option() to keep.
void choice(Draft& draft, const Json& options, const std::string& pointer, const Json* dice) {
    Json rows = Json::array();
    for (const Json& one : options) {
        if (!one.is_object()) continue;
        Json row = Json::object();
        for (const char* key : {"min", "max"}) row[key] = one.value(key, Json());
        row["text"] = one.value("summary", one.value("description", Json("")));
        if (count_values(row["min"]) > 0 && row["text"].is_string()) rows.push_back(std::move(row));
    }
    Tally unused;  // option() counts these values
    Rolled rolled = roll_table(draft, rows, pointer, dice, unused);
    rolled.unrolled.clear();
    put_rolled(draft, draft.fields(), "table", "Table", std::move(rolled));
}

}  // namespace

void fill_oracle(Draft& draft, Members& from) {
    Json& to = draft.fields();
    put_rows(draft, to, from, "rows", "table", "Table", from.take("dice"));
    draft.words(to, from, "oracle_type", "Kind of table");
    column_labels(draft, from);
    if (const Json* rolls = from.take("recommended_rolls")) {
        const auto bound = [&](const char* key) {
            const bool is_there = rolls->is_object() && rolls->contains(key);
            return is_there ? draft.in_words(rolls->at(key), from.pointer_of("recommended_rolls"),
                                             As::words)
                            : std::string{};
        };
        const std::string low = bound("min");
        const std::string high = bound("max");
        const bool is_range = !low.empty() && !high.empty() && rolls->size() == 2;
        draft.put(to, "recommended_rolls", "Recommended rolls", "Text",
                  !is_range     ? one_line(draft.in_words(*rolls, from.pointer(), As::words))
                  : low == high ? low
                                : low + "–" + high);
    }
    if (const Json* match = from.take("match")) {
        const bool is_plain = match->is_object() && match->size() == 1 && match->contains("text");
        draft.put(to, "on_a_match", "On a match", "MultiText",
                  draft.in_words(is_plain ? match->at("text") : *match, from.pointer_of("match")));
    }
}

void fill_npc(Draft& draft, Members& from) {
    Json& to = draft.fields();
    draft.words(to, from, "nature", "Nature");
    draft.number(to, from, "rank", "Rank (1 troublesome to 5 epic)");
    draft.list(to, from, "features", "Features");
    draft.list(to, from, "drives", "Drives");
    draft.list(to, from, "tactics", "Tactics");
    const Json* variants = from.enter("variants");
    if (variants == nullptr || variants->is_object()) return;
    from.tally().values += count_values(*variants);
    draft.carry(to, "variants", *variants, from.pointer_of("variants"));
}

void fill_variant(Draft& draft, Members& from) { fill_npc(draft, from); }

void fill_truth(Draft& draft, Members& from) {
    const Json* dice = from.take("dice");
    const Json* options = from.enter("options");
    if (dice != nullptr && (options == nullptr || !options->is_array()))
        draft.carry(draft.fields(), "dice", *dice, from.pointer_of("dice"));
    if (options == nullptr) return;
    const std::string pointer = from.pointer_of("options");
    if (!options->is_array()) {
        from.tally().values += count_values(*options);
        return draft.carry(draft.fields(), "options", *options, pointer);
    }
    choice(draft, *options, pointer, dice);
    for (std::size_t i = 0; i < options->size(); ++i) {
        const std::string here = pointer + '/' + std::to_string(i);
        if ((*options)[i].is_object()) {
            ++from.tally().parts;
            Members one((*options)[i], here, from.tally());
            option(draft, one, i + 1);
        } else {
            from.tally().values += count_values((*options)[i]);
            Json fields = Json::object();
            draft.carry(fields, "description", (*options)[i], here);
            draft.group("option" + std::to_string(i + 1), "Option " + std::to_string(i + 1),
                        std::move(fields));
        }
    }
}

void fill_atlas_entry(Draft& draft, Members& from) {
    draft.list(draft.fields(), from, "features", "Features");
}

void fill_delve_site(Draft& draft, Members& from) {
    Json& to = draft.fields();
    draft.number(to, from, "rank", "Rank (1 troublesome to 5 epic)");
    draft.links(to, from, "region", "Region");
    draft.links(to, from, "theme", "Theme");
    draft.links(to, from, "domain", "Domain");
    draft.links(to, from, "extra_card", "Another theme or domain");
    put_rows(draft, to, from, "denizens", "denizens", "Denizens", nullptr);
}

void fill_site_card(Draft& draft, Members& from) {
    Json& to = draft.fields();
    draft.links(to, from, "name_oracle", "Names");
    put_rows(draft, to, from, "features", "features", "Features", nullptr);
    put_rows(draft, to, from, "dangers", "dangers", "Dangers", nullptr);
}

void fill_rarity(Draft& draft, Members& from) {
    draft.links(draft.fields(), from, "asset", "Asset");
    draft.number(draft.fields(), from, "xp_cost", "Cost in experience");
}

void fill_rule(Draft& draft, Members& from) {
    Json& to = draft.fields();
    draft.words(to, from, "label", "Label");
    draft.number(to, from, "value", "At the start");
    draft.number(to, from, "min", "Least");
    draft.number(to, from, "max", "Most");
    draft.list(to, from, "prevents_recovery", "Prevents recovery of");
    for (const auto& [key, name] : {std::pair{"rollable", "Can be rolled with"},
                                    {"shared", "Shared"},
                                    {"permanent", "Permanent"},
                                    {"optional", "Optional"},
                                    {"array", "Several values"},
                                    {"wildcard", "Takes patterns"}})
        draft.flag(to, from, key, name);
    draft.words(to, from, "value_type", "Type of value");
    draft.list(to, from, "applies_to", "Applies to");
    draft.list(to, from, "enum", "Values");
}

void fill_collection(Draft& draft, Members& from) {
    Json& to = draft.fields();
    const auto steps = steps_of(draft.node().id);
    draft.put(to, "part", "Of", "Text", sentence_case(steps.size() > 2 ? steps[2] : ""));
    draft.words(to, from, "oracle_type", "Kind of tables");
    draft.words(to, from, "label", "Label");
    column_labels(draft, from);
    for (const char* key : {"contents", "collections"}) {
        const Json* members = from.enter(key);  // entries of their own
        if (members == nullptr || members->is_object()) continue;
        from.tally().values += count_values(*members);
        draft.carry(to, key, *members, from.pointer_of(key));
    }
}

}  // namespace datasworn
