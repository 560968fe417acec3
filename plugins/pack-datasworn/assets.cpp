// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "kinds.hpp"

namespace datasworn {
namespace {

// The four tables of an asset while they are filled. What belongs to an ability says its number.
struct Tables {
    Json inputs = Json::array();
    Json controls = Json::array();
    Json abilities = Json::array();
    Json enhancements = Json::array();
};

void add_row(Json& rows, Json cells) {
    rows.push_back({{"id", std::to_string(rows.size() + 1)}, {"cells", std::move(cells)}});
}

// A member in words, whatever its type, if it is there.
void cell(Draft& draft, Json& cells, Members& from, const char* key, const char* column) {
    const Json* value = from.take(key);
    if (value != nullptr)
        cells[column] = one_line(draft.in_words(*value, from.pointer_of(key), As::words));
}

void flag_cell(Draft& draft, Json& cells, Members& from, const char* key, const char* column) {
    const Json* value = from.take(key);
    if (value == nullptr) return;
    if (value->is_boolean())
        cells[column] = *value;
    else
        cells["details"] = spaced(key) + ": " + draft.in_words(*value, from.pointer_of(key));
}

void details_cell(Draft& draft, Json& cells, Members& from) {
    const std::string rest = draft.rest_in_words(from);
    if (rest.empty()) return;
    const std::string before = cells.value("details", std::string{});
    cells["details"] = before.empty() ? rest : before + ", " + rest;
}

void links_cell(Draft& draft, Json& cells, const Json& ids, const std::string& pointer,
                const char* column) {
    std::vector<std::string> nowhere;
    const auto found = draft.targets(ids, pointer, nowhere);
    if (!found.empty()) cells[column] = draft.links_of(found);
    std::string left = cells.value("details", std::string{});
    for (const std::string& one : nowhere) left += (left.empty() ? "" : ", ") + one;
    if (!left.empty()) cells["details"] = left;
}

// Options and controls: objects by key. `part` says of which control it is, or of which ability.
void add_control(Draft& draft, Json& rows, Members& from, const std::string& key,
                 const std::string& ability, const std::string& part);

void add_controls(Draft& draft, Json& rows, Members& owner, const char* member,
                  const std::string& ability, const std::string& part) {
    const Json* controls = owner.enter(member);
    if (controls == nullptr) return;
    const std::string pointer = owner.pointer_of(member);
    for (const auto& [key, control] : controls->items()) {
        if (control.is_object()) {
            Members from(control, pointer + step(key), owner.tally());
            add_control(draft, rows, from, key, ability, part);
        } else if (count_values(control) > 0) {
            owner.tally().values += count_values(control);
            add_row(rows, {{"name", sentence_case(one_line(key))},
                           {"details", draft.in_words(control, pointer + step(key))}});
        }
    }
}

void add_control(Draft& draft, Json& rows, Members& from, const std::string& key,
                 const std::string& ability, const std::string& part) {
    Json cells = Json::object();
    const Json* label = from.take("label");
    const std::string name =
        sentence_case(label != nullptr && label->is_string() ? one_line(label->get<std::string>())
                                                             : one_line(key));
    cells["name"] = part.empty() ? name : part + ": " + name;
    if (label != nullptr && !label->is_string())
        cells["details"] = draft.in_words(*label, from.pointer_of("label"));
    if (!ability.empty()) cells["ability"] = ability;
    if (const Json* type = from.take("field_type"))
        cells["kind"] = spaced(draft.in_words(*type, from.pointer_of("field_type"), As::words));
    cell(draft, cells, from, "value", "value");
    cell(draft, cells, from, "min", "least");
    cell(draft, cells, from, "max", "most");
    flag_cell(draft, cells, from, "rollable", "rollable");
    flag_cell(draft, cells, from, "is_impact", "impact");
    flag_cell(draft, cells, from, "disables_asset", "disables");
    if (const Json* choices = from.enter("choices"); choices != nullptr && choices->is_object()) {
        std::string list;
        for (const auto& [choice, about] : choices->items()) {
            if (!list.empty()) list += '\n';
            from.tally().values += count_values(about);
            const std::string words = draft.in_words(about, from.pointer_of("choices"));
            list += "- " + sentence_case(one_line(choice)) + (words.empty() ? "" : ": " + words);
        }
        cells["choices"] = list;
    } else if (choices != nullptr) {
        from.tally().values += count_values(*choices);
        cells["choices"] = draft.in_words(*choices, from.pointer_of("choices"));
    }
    if (const Json* moves = from.enter("moves"); moves != nullptr && moves->is_object()) {
        Members members(*moves, from.pointer_of("moves"), from.tally());
        for (const char* what : {"recover", "suffer"}) {
            if (const Json* ids = members.take(what))
                links_cell(draft, cells, *ids, members.pointer_of(what), what);
        }
        details_cell(draft, cells, members);
    } else if (moves != nullptr) {
        from.tally().values += count_values(*moves);
        links_cell(draft, cells, *moves, from.pointer_of("moves"), "recover");
    }
    const std::size_t place = rows.size();
    add_row(rows, std::move(cells));
    add_controls(draft, rows, from, "controls", ability, name);
    const std::string rest = draft.rest_in_words(from);
    if (rest.empty()) return;
    Json& own = rows[place]["cells"];
    const std::string before = own.value("details", std::string{});
    own["details"] = before.empty() ? rest : before + ", " + rest;
}

// {"roll_type", "enhances": [moves], "trigger": {"conditions": […]}, …}.
void add_enhancement(Draft& draft, Json& rows, Members& from, const std::string& ability) {
    Json cells = {{"ability", ability}};
    if (const Json* type = from.take("roll_type"))
        cells["rollType"] = spaced(draft.in_words(*type, from.pointer_of("roll_type"), As::words));
    if (const Json* moves = from.take("enhances"))
        links_cell(draft, cells, *moves, from.pointer_of("enhances"), "moves");
    const Json* trigger = from.enter("trigger");
    if (trigger != nullptr && trigger->is_object()) {
        Members members(*trigger, from.pointer_of("trigger"), from.tally());
        std::string lines;
        const Json* list = members.enter("conditions");
        const std::string pointer = members.pointer_of("conditions");
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            const Json& one = list->is_array() ? (*list)[i] : *list;
            if (!lines.empty()) lines += '\n';
            if (one.is_object() && list->is_array()) {
                Members condition(one, pointer + '/' + std::to_string(i), from.tally());
                lines += condition_in_words(draft, condition);
                continue;
            }
            from.tally().values += count_values(one);
            lines += draft.in_words(one, pointer);
            if (!list->is_array()) break;
        }
        const std::string rest = draft.rest_in_words(members);
        if (!rest.empty()) lines += (lines.empty() ? "" : "\n") + rest;
        if (!lines.empty()) cells["when"] = lines;
    } else if (trigger != nullptr) {
        from.tally().values += count_values(*trigger);
        cells["when"] = draft.in_words(*trigger, from.pointer_of("trigger"));
    }
    details_cell(draft, cells, from);
    add_row(rows, std::move(cells));
}

void add_ability(Draft& draft, Tables& tables, Members& from, const std::string& number) {
    ++from.tally().parts;
    Json cells = Json::object();
    cell(draft, cells, from, "name", "name");
    flag_cell(draft, cells, from, "enabled", "enabled");
    if (const Json* text = from.take("text"))
        cells["text"] = draft.in_words(*text, from.pointer_of("text"));
    add_controls(draft, tables.inputs, from, "options", number, {});
    add_controls(draft, tables.controls, from, "controls", number, {});
    if (const Json* moves = from.enter("moves")) {
        Json links = Json::array();
        const std::string prefix =
            draft.node().id + "/abilities/" + std::to_string(std::stoul(number) - 1) + "/moves/";
        for (const Node* move : draft.node().members) {
            if (move->id.starts_with(prefix)) links.push_back(draft.shop().links.to(*move).link());
        }
        if (!links.empty()) cells["moves"] = std::move(links);
        if (!moves->is_object()) {
            from.tally().values += count_values(*moves);
            cells["details"] = draft.in_words(*moves, from.pointer_of("moves"));
        }
    }
    if (const Json* list = from.enter("enhance_moves"); list != nullptr && list->is_array()) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string here = from.pointer_of("enhance_moves") + '/' + std::to_string(i);
            if ((*list)[i].is_object()) {
                Members one((*list)[i], here, from.tally());
                add_enhancement(draft, tables.enhancements, one, number);
            } else if (count_values((*list)[i]) > 0) {
                from.tally().values += count_values((*list)[i]);
                add_row(tables.enhancements,
                        {{"ability", number}, {"details", draft.in_words((*list)[i], here)}});
            }
        }
    } else if (list != nullptr) {
        from.tally().values += count_values(*list);
        add_row(tables.enhancements,
                {{"ability", number},
                 {"details", draft.in_words(*list, from.pointer_of("enhance_moves"))}});
    }
    details_cell(draft, cells, from);
    tables.abilities.push_back({{"id", number}, {"cells", std::move(cells)}});
}

void put_tables(Draft& draft, Tables tables) {
    Json& to = draft.fields();
    draft.put_table(to, "abilities", "Abilities",
                    {{"name", "Name", "Text"},
                     {"enabled", "Marked from the start", "Boolean"},
                     {"text", "Text", "MultiText"},
                     {"moves", "Moves", "Links"},
                     {"details", "Details", "MultiText"}},
                    std::move(tables.abilities));
    for (auto& [id, name, rows] : {std::tuple{"inputs", "Inputs", &tables.inputs},
                                   {"controls", "Controls", &tables.controls}}) {
        draft.put_table(to, id, name,
                        {{"name", "Name", "Text"},
                         {"ability", "Of ability", "Text"},
                         {"kind", "Kind", "Text"},
                         {"value", "At the start", "Text"},
                         {"least", "Least", "Text"},
                         {"most", "Most", "Text"},
                         {"rollable", "Can be rolled with", "Boolean"},
                         {"impact", "Counts as an impact", "Boolean"},
                         {"disables", "Disables the asset", "Boolean"},
                         {"choices", "Choices", "MultiText"},
                         {"recover", "Recovered by", "Links"},
                         {"suffer", "Suffered by", "Links"},
                         {"details", "Details", "MultiText"}},
                        std::move(*rows));
    }
    draft.put_table(to, "changed_moves", "Changed moves",
                    {{"ability", "By ability", "Text"},
                     {"moves", "Moves", "Links"},
                     {"rollType", "Roll type", "Text"},
                     {"when", "When", "MultiText"},
                     {"details", "Details", "MultiText"}},
                    std::move(tables.enhancements));
}

void attachments(Draft& draft, Members& from) {
    const Json* attachments = from.enter("attachments");
    if (attachments == nullptr) return;
    if (!attachments->is_object()) {
        from.tally().values += count_values(*attachments);
        return draft.carry(draft.fields(), "attachments", *attachments,
                           from.pointer_of("attachments"));
    }
    Members members(*attachments, from.pointer_of("attachments"), from.tally());
    draft.links(draft.fields(), members, "assets", "Takes attachments");
    draft.number(draft.fields(), members, "max", "Attachments, at most");
    draft.rest(draft.fields(), members, "attachments");
}

}  // namespace

void fill_asset(Draft& draft, Members& from) {
    Json& to = draft.fields();
    draft.words(to, from, "category", "Category");
    draft.markdown(to, from, "requirement", "Requirement");
    draft.flag(to, from, "count_as_impact", "Counts as an impact");
    draft.flag(to, from, "shared", "Shared");
    attachments(draft, from);
    Tables tables;
    add_controls(draft, tables.inputs, from, "options", {}, {});
    add_controls(draft, tables.controls, from, "controls", {}, {});
    if (const Json* list = from.enter("abilities"); list != nullptr && list->is_array()) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string here = from.pointer_of("abilities") + '/' + std::to_string(i);
            const std::string number = std::to_string(i + 1);
            if ((*list)[i].is_object()) {
                Members ability((*list)[i], here, from.tally());
                add_ability(draft, tables, ability, number);
            } else {
                from.tally().values += count_values((*list)[i]);
                const std::string text = draft.in_words((*list)[i], here);
                tables.abilities.push_back({{"id", number}, {"cells", {{"text", text}}}});
            }
        }
    } else if (list != nullptr) {
        from.tally().values += count_values(*list);
        draft.carry(to, "abilities", *list, from.pointer_of("abilities"));
    }
    put_tables(draft, std::move(tables));
}

}  // namespace datasworn
