// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kinds.hpp"

namespace datasworn {
namespace {

std::string words_of(Draft& draft, Members& from, std::string_view key, As as = As::words) {
    const Json* value = from.take(key);
    return value == nullptr ? std::string{} : draft.in_words(*value, from.pointer_of(key), as);
}

// {"using": "stat", "stat": "edge"} → "+edge".
std::string roll_in_words(Draft& draft, Members& from) {
    const std::string is_using = words_of(draft, from, "using");
    std::string out;
    if (is_using == "custom") {
        append(out, words_of(draft, from, "label", As::markdown), " ");
        append(out, words_of(draft, from, "value", As::markdown), " ");
    } else {
        const bool is_control = is_using.ends_with("_control");
        const std::string key = is_control                      ? "control"
                                : is_using.ends_with("_option") ? "option"
                                                                : is_using;
        const std::string value = words_of(draft, from, key);
        out = value.empty() ? spaced(is_using) : '+' + spaced(value);
        if (key != is_using && !value.empty()) out += " of the " + spaced(is_using);
    }
    if (const Json* assets = from.take("assets")) {
        std::vector<std::string> names;
        std::vector<std::string> nowhere;
        std::string of;
        for (const Target& one : draft.targets(*assets, from.pointer_of("assets"), nowhere))
            append(of, one.name, ", ");
        for (const std::string& one : nowhere) append(of, one, ", ");
        append(out, '(' + of + ')', " ");
    }
    append(out, draft.rest_in_words(from), ", ");
    return out;
}

void conditions(Draft& draft, Members& trigger) {
    const Json* list = trigger.enter("conditions");
    if (list == nullptr) return;
    const std::string pointer = trigger.pointer_of("conditions");
    Json rows = Json::array();
    for (std::size_t i = 0; i < list->size() && list->is_array(); ++i) {
        const std::string here = pointer + '/' + std::to_string(i);
        Json cells = Json::object();
        if (!(*list)[i].is_object()) {
            trigger.tally().values += count_values((*list)[i]);
            cells["condition"] = draft.in_words((*list)[i], here);
        } else {
            Members condition((*list)[i], here, trigger.tally());
            if (std::string text = words_of(draft, condition, "text", As::markdown); !text.empty())
                cells["condition"] = std::move(text);
            if (const Json* options = condition.enter("roll_options"))
                cells["roll"] = rolls_in_words(
                    draft, *options, condition.pointer_of("roll_options"), trigger.tally());
            if (std::string method = spaced(words_of(draft, condition, "method")); !method.empty())
                cells["method"] = std::move(method);
            if (std::string rest = draft.rest_in_words(condition); !rest.empty())
                cells["details"] = std::move(rest);
        }
        rows.push_back({{"id", std::to_string(i + 1)}, {"cells", std::move(cells)}});
    }
    if (!list->is_array()) {
        trigger.tally().values += count_values(*list);
        return draft.carry(draft.fields(), "conditions", *list, pointer);
    }
    draft.put_table(draft.fields(), "conditions", "Conditions",
                    {{"condition", "Condition", "MultiText"},
                     {"roll", "Roll", "MultiText"},
                     {"method", "Method", "Text"},
                     {"details", "Details", "MultiText"}},
                    std::move(rows));
}

void outcomes(Draft& draft, Members& from) {
    const Json* outcomes = from.enter("outcomes");
    if (outcomes == nullptr) return;
    if (!outcomes->is_object()) {
        from.tally().values += count_values(*outcomes);
        return draft.carry(draft.fields(), "outcomes", *outcomes, from.pointer_of("outcomes"));
    }
    Members members(*outcomes, from.pointer_of("outcomes"), from.tally());
    for (const auto& [key, id, name] : {std::tuple{"strong_hit", "strongHit", "Strong hit"},
                                        {"weak_hit", "weakHit", "Weak hit"},
                                        {"miss", "miss", "Miss"}}) {
        const Json* outcome = members.enter(key);
        if (outcome == nullptr) continue;
        Json fields = Json::object();
        if (outcome->is_object()) {
            Members one(*outcome, members.pointer_of(key), from.tally());
            draft.markdown(fields, one, "text", "Text");
            draft.rest(fields, one, "outcomes");
        } else {
            from.tally().values += count_values(*outcome);
            draft.carry(fields, "text", *outcome, members.pointer_of(key));
        }
        draft.group(id, name, std::move(fields));
    }
    draft.rest(draft.fields(), members, "outcomes");
}

}  // namespace

std::string rolls_in_words(Draft& draft, const Json& options, const std::string& pointer,
                           Tally& tally) {
    std::string out;
    if (!options.is_array()) {
        tally.values += count_values(options);
        return draft.in_words(options, pointer);
    }
    for (std::size_t i = 0; i < options.size(); ++i) {
        const std::string here = pointer + '/' + std::to_string(i);
        if (options[i].is_object()) {
            Members option(options[i], here, tally);
            append(out, roll_in_words(draft, option), ", ");
        } else {
            tally.values += count_values(options[i]);
            append(out, draft.in_words(options[i], here), ", ");
        }
    }
    return out;
}

std::string condition_in_words(Draft& draft, Members& condition) {
    std::string out = words_of(draft, condition, "text", As::markdown);
    if (const Json* options = condition.enter("roll_options")) {
        append(out,
               "roll " + rolls_in_words(draft, *options, condition.pointer_of("roll_options"),
                                        condition.tally()),
               " — ");
    }
    append(out, spaced(words_of(draft, condition, "method")), ", ");
    append(out, draft.rest_in_words(condition), ", ");
    return out;
}

void fill_move(Draft& draft, Members& from) {
    Json& to = draft.fields();
    if (const Json* text = draft.is_described() ? nullptr : from.take("text")) {
        draft.describe(draft.in_words(*text, from.pointer_of("text")));
    } else {
        draft.markdown(to, from, "text", "Text");
    }
    draft.words(to, from, "roll_type", "Roll type");
    if (const Json* trigger = from.enter("trigger")) {
        if (trigger->is_object()) {
            Members members(*trigger, from.pointer_of("trigger"), from.tally());
            if (const Json* text = members.take("text"))
                draft.put(to, "trigger", "Trigger", "MultiText",
                          draft.in_words(*text, members.pointer_of("text")));
            conditions(draft, members);
            draft.rest(to, members, "triggers");
        } else {
            from.tally().values += count_values(*trigger);
            draft.carry(to, "trigger", *trigger, from.pointer_of("trigger"));
        }
    }
    if (const Json* tracks = from.take("tracks")) {
        const bool is_plain =
            tracks->is_object() && tracks->size() == 1 && tracks->contains("category");
        draft.put(to, "tracks", "Progress track", "Text",
                  one_line(draft.in_words(is_plain ? tracks->at("category") : *tracks,
                                          from.pointer_of("tracks"), As::words)));
    }
    draft.links(to, from, "oracles", "Oracles");
    outcomes(draft, from);
}

}  // namespace datasworn
