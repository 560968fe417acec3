// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/record.hpp"

#include <algorithm>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

Json Record::to_json() const {
    Json value{{"instance", instance}, {"path", path}, {"effect", effect}, {"inverse", inverse}};
    if (relative) value["relative"] = true;
    if (!touches.empty()) value["touches"] = touches;
    return value;
}

Result<Record> Record::from_json(const Json& value) {
    const auto bad = [](const char* what) {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-043",
                    std::string("An effect's record has no proper ") + what + ".");
    };
    const std::string* instance = read::text(value, "instance");
    const std::string* path = read::text(value, "path");
    const Json* effect = read::member(value, "effect");
    const Json* inverse = read::member(value, "inverse");
    if (instance == nullptr || path == nullptr) return bad("place");
    if (effect == nullptr || !effect->is_object() || effect->size() != 1) return bad("effect");
    if (inverse == nullptr || !(inverse->is_null() || inverse->is_object())) return bad("inverse");
    Record record{*instance, *path, *effect, *inverse, false, {}};
    if (const Json* relative = read::member(value, "relative"))
        record.relative = relative->is_boolean() && relative->get<bool>();
    for (const Json& item : read::list(value, "touches")) {
        if (!item.is_string()) return bad("list of items");
        record.touches.push_back(item.get<std::string>());
    }
    return record;
}

Result<Json> parse_stored(std::string_view text) {
    return parse_json(text, {limits::stored_json_bytes_max, limits::stored_json_depth_max,
                             limits::stored_json_bytes_max, limits::stored_json_values_max});
}

Record reader_record(std::string instance, Json effect) {
    Record record;
    record.instance = std::move(instance);
    record.effect = std::move(effect);
    return record;
}

bool is_for_readers(const Record& record) {
    return record.effect.contains("reveal") || record.effect.contains("hide");
}

bool commute(const Record& a, const Record& b) {
    if (a.relative && b.relative) return true;
    if (a.touches.empty() || b.touches.empty()) return false;
    return std::none_of(a.touches.begin(), a.touches.end(), [&](const std::string& item) {
        return std::find(b.touches.begin(), b.touches.end(), item) != b.touches.end();
    });
}

}  // namespace sz::campaign
