// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/entry_sheet.hpp"

#include <Poco/UTF8String.h>

#include <algorithm>
#include <set>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/blueprint.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

constexpr const char* own_group = "general";

// An id for what an entry only names: "Hit Points" is "hit-points", and "hit-points-2" when that is
// taken.
std::string free_id(const std::string& name, std::set<std::string>& taken) {
    std::string id;
    for (const char c : name) {
        const bool is_upper = c >= 'A' && c <= 'Z';
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || is_upper;
        if (is_plain) {
            id += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (!id.empty() && id.back() != '-') {
            id += '-';
        }
    }
    constexpr std::size_t number_bytes = 8;
    id.resize(std::min(id.size(), limits::id_bytes_max - number_bytes));
    while (!id.empty() && id.back() == '-') id.pop_back();
    if (id.empty()) id = "field";
    std::string free = id;
    for (std::size_t n = 2; !taken.insert(free).second; ++n) free = id + "-" + std::to_string(n);
    return free;
}

// A field of an entry as a template would define it.
Json definition_of(const Json& field, const std::string& key, std::set<std::string>& taken) {
    Json definition = field;
    definition["name"] = string_or(field, "name", key);
    definition["id"] = free_id(key, taken);
    definition["defaultValue"] = definition.value("value", Json());
    definition.erase("value");
    return definition;
}

Json definitions_of(const Json& fields, std::set<std::string>& taken) {
    Json list = Json::array();
    if (!fields.is_object()) return list;
    for (const auto& [key, field] : fields.items()) {
        if (field.is_object()) list.push_back(definition_of(field, key, taken));
    }
    return list;
}

Json own_fields(const Json& entry, const FieldTypes& types) {
    std::set<std::string> taken;
    const Json* fields = read::member(entry, "topLevelFields");
    Json list = definitions_of(fields == nullptr ? Json() : *fields, taken);
    const std::string description = string_or(entry, "description");
    if (!description.empty() && types.has("MultiText")) {
        const Json text{{"type", "MultiText"}, {"value", description}};
        list.push_back(definition_of(text, "Description", taken));
    }
    return list;
}

Json groups_of(const Json& entry, const FieldTypes& types) {
    std::set<std::string> ids;
    Json list = Json::array();
    for (const Json& group : read::list(entry, "groups")) {
        std::set<std::string> taken;
        const Json* fields = read::member(group, "fields");
        ids.insert(string_or(group, "id"));
        list.push_back({{"id", string_or(group, "id")},
                        {"name", string_or(group, "name", string_or(group, "id"))},
                        {"fields", definitions_of(fields == nullptr ? Json() : *fields, taken)}});
    }
    Json own = own_fields(entry, types);
    if (!own.empty()) {
        const Json group{
            {"id", free_id(own_group, ids)}, {"name", "General"}, {"fields", std::move(own)}};
        list.insert(list.begin(), group);
    }
    return list;
}

Json link_of_entry(const Json& found) {
    const Json none = Json::object();
    const auto part = [&](const char* key) -> const Json& {
        const Json* value = read::member(found, key);
        return value == nullptr ? none : *value;
    };
    return {{"datapackId", string_or(part("pack"), "id")},
            {"datasetId", string_or(part("dataset"), "id")},
            {"entryId", string_or(part("entry"), "id")},
            {"version", string_or(part("pack"), "version")},
            {"name", string_or(part("entry"), "name")},
            {"pack", string_or(part("pack"), "name")}};
}

// The entry's fields, its own before those of its groups, by their names in lower case.
std::map<std::string, const Json*> values_by_name(const Json& entry) {
    std::map<std::string, const Json*> values;
    const auto add = [&](const Json* fields) {
        if (fields == nullptr || !fields->is_object()) return;
        for (const auto& [key, field] : fields->items()) {
            if (const Json* value = read::member(field, "value"))
                values.try_emplace(Poco::UTF8::toLower(key), value);
        }
    };
    add(read::member(entry, "topLevelFields"));
    for (const Json& group : read::list(entry, "groups")) add(read::member(group, "fields"));
    return values;
}

}  // namespace

Result<Instance> instance_from_entry(const Json& found, Instance wanted, const FieldTypes& fields) {
    const Json& entry = found.at("entry");
    const Json section{{"id", "entry"},
                       {"name", string_or(entry, "name", string_or(entry, "id"))},
                       {"groups", groups_of(entry, fields)}};
    const Json as_template{{"id", string_or(entry, "id")},
                           {"name", string_or(entry, "name")},
                           {"szType", "dataset"},
                           {"pack", found.value("pack", Json::object())},
                           {"sections", Json::array({section})}};
    SZ_ASSIGN(Instance made, instance_from_template(as_template, std::move(wanted), fields));
    // The value is the instance's own; a second copy of it would only make it larger.
    for (auto& [path, field] : made.fields) field.definition.erase("defaultValue");
    made.template_link = link_of_entry(found);
    return made;
}

Status fill_from_entry(const Json& found, Instance& instance, const FieldTypes& fields) {
    const std::map<std::string, const Json*> values = values_by_name(found.at("entry"));
    for (auto& [path, field] : instance.fields) {
        const Json* given = nullptr;
        for (const char* key : {"id", "name"}) {
            const auto value = values.find(Poco::UTF8::toLower(string_or(field.definition, key)));
            if (given == nullptr && value != values.end()) given = value->second;
        }
        if (given == nullptr) continue;
        Findings findings;
        auto value = fields.normalize(field.definition, *given, findings);
        if (!value) {
            return fail(ErrorKind::input, "SZ-CAMPAIGN-033",
                        "The entry's value for “" + string_or(field.definition, "name", path) +
                            "” does not fit the template: " + value.error().message,
                        "Use another template, or none.", path);
        }
        field.value = std::move(*value);
    }
    Json link = link_of_entry(found);
    link["templateId"] = string_or(instance.template_link, "templateId");
    if (string_or(link, "datapackId") != string_or(instance.template_link, "datapackId"))
        link["templateFrom"] = {{"datapackId", string_or(instance.template_link, "datapackId")},
                                {"version", string_or(instance.template_link, "version")}};
    instance.template_link = std::move(link);
    return {};
}

}  // namespace sz::campaign
