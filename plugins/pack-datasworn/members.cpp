// SPDX-License-Identifier: AGPL-3.0-or-later
#include "members.hpp"

namespace datasworn {

const Json* Members::enter(std::string_view key) {
    std::size_t i = 0;
    for (const auto& member : object_.get_ref<const Json::object_t&>()) {
        if (member.first != key) {
            ++i;
            continue;
        }
        if (taken_[i]) return nullptr;
        taken_[i] = true;
        return count_values(member.second) == 0 ? nullptr : &member.second;
    }
    return nullptr;
}

const Json* Members::take(std::string_view key) {
    const Json* value = enter(key);
    if (value != nullptr) tally_.values += count_values(*value);
    return value;
}

void Members::leave_out(std::string_view key, std::string_view what, std::string_view why) {
    if (const Json* value = enter(key)) tally_.leave_out(what, why, count_values(*value));
}

std::vector<std::pair<std::string, const Json*>> Members::take_rest() {
    std::vector<std::pair<std::string, const Json*>> rest;
    std::size_t i = 0;
    for (const auto& member : object_.get_ref<const Json::object_t&>()) {
        if (taken_[i++]) continue;
        taken_[i - 1] = true;
        const std::uint64_t values = count_values(member.second);
        if (values == 0) continue;
        tally_.values += values;
        rest.emplace_back(member.first, &member.second);
    }
    return rest;
}

}  // namespace datasworn
