// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/effect.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> effect_unfit(const char* why) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-042",
                std::string("An effect does not fit the value it is for: ") + why + ".");
}

Json::iterator item_of(Json& value, const std::string& id) {
    return std::find_if(value.begin(), value.end(), [&](const Json& item) {
        const std::string* own = read::text(item, "id");
        return own != nullptr && *own == id;
    });
}

Status insert(Json& value, const Json& what) {
    const auto at = read::count(what, "at");
    const Json* item = read::member(what, "item");
    const std::string* id = item == nullptr ? nullptr : read::text(*item, "id");
    if (!at || id == nullptr) return effect_unfit("it does not say what to insert, and where");
    if (*at > value.size()) return effect_unfit("the place is past the end of the list");
    if (value.size() >= limits::list_items_max) return effect_unfit("the list is full");
    if (item_of(value, *id) != value.end())
        return effect_unfit("an item of that id is there already");
    value.insert(value.begin() + static_cast<Json::difference_type>(*at), *item);
    return {};
}

Status move(Json& value, const Json& what, Json::iterator item) {
    const auto to = read::count(what, "to");
    if (!to || *to >= value.size()) return effect_unfit("the place is past the end of the list");
    Json moved = std::move(*item);
    value.erase(item);
    value.insert(value.begin() + static_cast<Json::difference_type>(*to), std::move(moved));
    return {};
}

Status replace(const std::string& id, const Json& what, Json::iterator item) {
    const Json* replacement = read::member(what, "item");
    const std::string* own = replacement == nullptr ? nullptr : read::text(*replacement, "id");
    if (own == nullptr || *own != id) return effect_unfit("the new item has another id");
    *item = *replacement;
    return {};
}

}  // namespace

Status apply_effect(Json& value, const Json& effect) {
    if (!effect.is_object() || effect.size() != 1) return effect_unfit("it does not say one thing");
    const std::string& kind = effect.begin().key();
    const Json& what = effect.begin().value();
    if (kind == "set") {
        value = what;
        return {};
    }
    if (!value.is_array()) return effect_unfit("the value is not a list");
    if (kind == "insert") return insert(value, what);
    const std::string* id = read::text(what, "id");
    if (id == nullptr) return effect_unfit("it names no item");
    const auto item = item_of(value, *id);
    if (item == value.end()) return effect_unfit("there is no item of that id");
    if (kind == "remove") {
        value.erase(item);
        return {};
    }
    if (kind == "move") return move(value, what, item);
    if (kind == "replace") return replace(*id, what, item);
    return effect_unfit("its kind is not known");
}

}  // namespace sz::campaign
