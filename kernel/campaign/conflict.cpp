// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/conflict.hpp"

#include "kernel/campaign/read.hpp"

namespace sz::campaign {

std::string shortened(std::string text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    text.resize(end);
    return text;
}

std::string short_text(const Json& value) {
    constexpr std::size_t bytes_max = 60;
    if (value.is_null()) return "nothing";
    std::string text =
        value.is_string() ? "“" + value.get<std::string>() + "”" : canonical_json(value);
    if (text.size() <= bytes_max) return text;
    return shortened(std::move(text), bytes_max) + "…";
}

std::string member_name(const State& state, const std::string& client_id) {
    const auto member = state.members().find(client_id);
    if (member != state.members().end()) return member->second.name;
    return client_id.empty() ? "somebody" : client_id.substr(0, 12) + "…";
}

tl::unexpected<Error> conflict_error(const State& state, const Conflict& conflict) {
    const Json details{{"at", format_time(conflict.mark.at)},
                       {"base", conflict.operation.base.value_or(0)},
                       {"by", conflict.by},
                       {"event", conflict.mark.event},
                       {"number", conflict.number}};
    return fail(ErrorKind::conflict, conflict_code,
                member_name(state, conflict.by) + " changed “" +
                    string_or(conflict.field.definition, "name", conflict.operation.path) +
                    "” of " + conflict.instance.name + " to " + short_text(conflict.field.value) +
                    " since you read it; you wanted " + short_text(conflict.yours) + ".",
                "Look at both, then repeat your change or leave theirs.", canonical_json(details));
}

tl::unexpected<Error> collision_error(const State& state, const UndoMaterial& material,
                                      const Viewer& viewer) {
    const Collision& later = *material.collision;
    const Record& record = later.record;
    const Instance* instance = state.find(record.instance);
    const bool is_seen =
        instance != nullptr && instance->audience().includes(viewer) &&
        (record.path.empty() || instance->field_audience(record.path).includes(viewer));
    const std::string begin = "Event " + std::to_string(material.event) + " cannot be taken back: ";
    Json details{
        {"at", format_time(later.at)}, {"base", material.event}, {"by", ""}, {"number", 0}};
    if (!is_seen) {
        return fail(ErrorKind::conflict, conflict_code,
                    begin + "something that it made has been changed since.",
                    "Ask the game master.", canonical_json(details));
    }
    details["by"] = later.author;
    details["event"] = later.event;
    details["instance"] = record.instance;
    details["path"] = record.path;
    const Field* field = state.find_field(record.instance, record.path);
    const std::string what =
        field == nullptr ? "" : "“" + string_or(field->definition, "name", record.path) + "” of ";
    return fail(ErrorKind::conflict, conflict_code,
                begin + member_name(state, later.author) + " has changed " + what + instance->name +
                    " since (event " + std::to_string(later.event) + ")" +
                    (field == nullptr ? "" : ", it is now " + short_text(field->value)) + ".",
                "Take the later change back first, or set the value that you want.",
                canonical_json(details));
}

}  // namespace sz::campaign
