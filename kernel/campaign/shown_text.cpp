// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/shown_text.hpp"

#include <algorithm>

#include "kernel/campaign/read.hpp"
#include "kernel/campaign/views.hpp"

namespace sz::campaign {

namespace {

// Links are texts or objects with texts in them: a number needs no question to its plugin.
bool may_link(const Json& value) {
    if (value.is_structured()) return std::any_of(value.begin(), value.end(), may_link);
    return value.is_string();
}

std::string entry_name(Computer& computer, const Json& reference) {
    const std::string id = string_or(reference, "entryId");
    const Json* entry = computer.entry(reference);
    return entry == nullptr ? id + " (not installed)" : string_or(*entry, "name", id);
}

// Whom the viewer may not see reads as one who is not there: neither a name nor an id is told.
std::string instance_name(const Computer& computer, const std::string& id) {
    const Instance* instance = computer.state().find(id);
    if (instance == nullptr || !instance->audience().includes(computer.viewer()))
        return computer.viewer().sees_all ? id + " (not in this campaign)" : "(not to be seen)";
    return instance->removed ? instance->name + " (removed)" : instance->name;
}

void name_link(Computer& computer, const Json& reference, Json& link) {
    const std::string kind = string_or(reference, "kind");
    if (kind == "entry" && link.is_object() && link.contains("entryId"))
        link["entryId"] = entry_name(computer, reference);
    if (kind == "instance" && link.is_string())
        link = instance_name(computer, link.get<std::string>());
}

}  // namespace

std::string shown_text(Computer& computer, const Json& definition, const Json& value) {
    const FieldTypes& types = computer.services().fields;
    Json named = value;
    const auto references =
        may_link(value) ? types.references(definition, value) : Result<Json>(Json::array());
    for (const Json& reference : references.value_or(Json::array())) {
        try {
            name_link(computer, reference,
                      named.at(Json::json_pointer(string_or(reference, "pointer"))));
        } catch (const Json::exception&) {  // a plugin's pointer that leads nowhere
            continue;
        }
    }
    return value_text(types, definition, named);
}

}  // namespace sz::campaign
