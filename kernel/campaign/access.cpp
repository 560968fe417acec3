// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/access.hpp"

#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

// People by name, when there are any; else the label. "named" without names is nobody.
template <class Rule>
Json rule_json(const Rule& rule) {
    if (rule.label != "named") return rule.label;
    return rule.named.empty() ? Json("gm") : Json(rule.named);
}

template <class Rules>
Json rules_by_path(const Rules& rules) {
    Json all = Json::object();
    for (const auto& [path, rule] : rules) all[path] = rule_json(rule);
    return all;
}

// "gm,ID,ID" without the game masters.
Json people_of(const Audience& audience) {
    Json people = Json::array();
    const std::string text = audience.text();
    for (auto comma = text.find(','); comma != std::string::npos;) {
        const auto next = text.find(',', comma + 1);
        people.push_back(
            text.substr(comma + 1, next == std::string::npos ? next : next - comma - 1));
        comma = next;
    }
    return people.empty() ? Json("gm") : people;
}

}  // namespace

// The stricter of the field's rule and the instance's, in its own words; people, where neither is.
Json visible_to(const Instance& instance, std::string_view path) {
    const Visibility whole = instance.own_visibility();
    if (path.empty()) return rule_json(whole);
    const Visibility own = instance.field_visibility(path);
    const Audience seen = instance.field_audience(path);
    if (seen == own.audience(instance.owner)) return rule_json(own);
    if (seen == whole.audience(instance.owner)) return rule_json(whole);
    return people_of(seen);
}

Json editable_by(const Instance& instance, std::string_view path) {
    return rule_json(instance.editability(path));
}

Json decided(const Instance& instance) {
    return {{"visibility", rules_by_path(instance.overrides)},
            {"editability", rules_by_path(instance.editors)}};
}

}  // namespace sz::campaign
