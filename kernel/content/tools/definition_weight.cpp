// SPDX-License-Identifier: AGPL-3.0-or-later
// What a change of a field's definition does to those who have filled the field in.
#include <algorithm>
#include <array>
#include <set>

#include "kernel/content/tools/changes.hpp"
#include "kernel/content/tools/walk.hpp"

namespace sz::tools {

namespace {

template <std::size_t N>
bool is_one_of(const std::string& key, const std::array<const char*, N>& keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const char* one) { return key == one; });
}

// A limit that leaves less room than before makes values wrong that were right.
Weight limit_weight(const Json& before, const Json& after, bool is_lower_limit) {
    if (after.is_null()) return Weight::minor;
    if (before.is_null()) return Weight::major;
    const bool is_narrower = is_lower_limit ? before < after : after < before;
    return is_narrower ? Weight::major : Weight::minor;
}

std::string option_id(const Json& option) {
    return option.is_string() ? option.get<std::string>() : string_or(option, "id");
}

std::set<std::string> option_ids(const Json& options) {
    std::set<std::string> ids;
    if (options.is_array()) {
        for (const auto& one : options) ids.insert(option_id(one));
    }
    return ids;
}

Weight options_weight(const Json& before, const Json& after) {
    const auto old_ids = option_ids(before);
    const auto new_ids = option_ids(after);
    if (!std::includes(new_ids.begin(), new_ids.end(), old_ids.begin(), old_ids.end()))
        return old_ids.empty() ? Weight::minor : Weight::major;
    return new_ids.size() > old_ids.size() ? Weight::minor : Weight::patch;
}

Weight link_weight(const Json& before, const Json& after) {
    for (const char* key : {"datapackId", "datasetId"}) {
        if (string_or(before, key) != string_or(after, key))
            return is_empty_value(after) ? Weight::minor : Weight::major;
    }
    return Weight::minor;
}

// Definitions side by side, such as the columns of a Table: by their ids.
Weight members_weight(const Json& before, const Json& after) {
    const auto by_id = [](const Json& list) {
        Named named;
        if (list.is_array()) {
            for (const auto& one : list) named.emplace(string_or(one, "id"), &one);
        }
        return named;
    };
    const auto old_ones = by_id(before);
    const auto new_ones = by_id(after);
    Weight weight = new_ones.size() > old_ones.size() ? Weight::minor : Weight::patch;
    for (const auto& [id, old_one] : old_ones) {
        const auto found = new_ones.find(id);
        if (found == new_ones.end()) return Weight::major;
        weight = std::max(weight, definition_weight("itemType", *old_one, *found->second));
    }
    return weight;
}

// The definition as a whole: the greatest of its members' weights.
Weight whole_weight(const Json& before, const Json& after) {
    if (!before.is_object() || !after.is_object()) return Weight::major;
    std::set<std::string> keys;
    for (const auto* side : {&before, &after}) {
        for (const auto& [key, value] : side->items()) keys.insert(key);
    }
    Weight weight = Weight::none;
    for (const auto& key : keys) {
        const auto& old_value = member(before, key.c_str());
        const auto& new_value = member(after, key.c_str());
        if (old_value != new_value)
            weight = std::max(weight, definition_weight(key, old_value, new_value));
    }
    return weight;
}

}  // namespace

Weight definition_weight(const std::string& key, const Json& before, const Json& after) {
    constexpr std::array words{"name", "help", "i18n", "description", "label", "unit"};
    constexpr std::array lower{"min", "minLength"};
    constexpr std::array upper{"max", "maxLength"};
    if (key == "type") return Weight::major;
    if (is_one_of(key, words)) return Weight::patch;
    if (is_one_of(key, lower)) return limit_weight(before, after, true);
    if (is_one_of(key, upper)) return limit_weight(before, after, false);
    if (key == "options") return options_weight(before, after);
    if (key == "datasetLink") return link_weight(before, after);
    if (key == "itemType") return whole_weight(before, after);
    if (key == "fields" || key == "columns") return members_weight(before, after);
    return Weight::minor;
}

}  // namespace sz::tools
