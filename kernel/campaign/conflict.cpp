// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/conflict.hpp"

#include "kernel/campaign/read.hpp"

namespace sz::campaign {

std::string short_text(const Json& value) {
    constexpr std::size_t bytes_max = 60;
    if (value.is_null()) return "nothing";
    std::string text =
        value.is_string() ? "“" + value.get<std::string>() + "”" : canonical_json(value);
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
        --end;  // never half a character
    return text.substr(0, end) + "…";
}

std::string member_name(const State& state, const std::string& client_id) {
    const auto member = state.members().find(client_id);
    if (member != state.members().end()) return member->second.name;
    return client_id.empty() ? "somebody" : client_id.substr(0, 12) + "…";
}

tl::unexpected<Error> conflict_error(const State& state, const Conflict& conflict) {
    const Json details{{"operation", operation_json(conflict.operation)},
                       {"yours", conflict.yours},
                       {"theirs", conflict.field.value},
                       {"base", conflict.operation.base.value_or(0)},
                       {"by", conflict.by},
                       {"at", format_time(conflict.mark.at)}};
    return fail(ErrorKind::conflict, "SZ-CAMPAIGN-020",
                member_name(state, conflict.by) + " changed “" +
                    string_or(conflict.field.definition, "name", conflict.operation.path) +
                    "” of " + conflict.instance.name + " to " + short_text(conflict.field.value) +
                    " since you read it; you wanted " + short_text(conflict.yours) + ".",
                "Look at both, then repeat your change or leave theirs.", canonical_json(details));
}

tl::unexpected<Error> collision_error(const State& state, const UndoMaterial& material) {
    const Collision& later = *material.collision;
    const Instance* instance = state.find(later.record.instance);
    const Field* field = state.find_field(later.record.instance, later.record.path);
    Json yours = nullptr;
    for (const SeenRecord& seen : material.records) {
        const bool is_here =
            seen.record.instance == later.record.instance && seen.record.path == later.record.path;
        if (is_here && !seen.record.inverse.is_null()) yours = seen.record.inverse;
    }
    const Json args = read::list(yours, "args");
    const Json details{{"operation",
                        {{"instance", later.record.instance},
                         {"path", later.record.path},
                         {"op", "undo"},
                         {"args", {material.event}}}},
                       {"yours", args.size() == 1 ? args[0] : yours},
                       {"theirs", field == nullptr ? Json() : field->value},
                       {"base", material.event},
                       {"by", later.author},
                       {"at", format_time(later.at)}};
    const std::string what =
        field != nullptr ? "“" + string_or(field->definition, "name", later.record.path) + "” of "
                         : std::string();
    return fail(ErrorKind::conflict, "SZ-CAMPAIGN-020",
                "Event " + std::to_string(material.event) +
                    " cannot be taken back: " + member_name(state, later.author) + " has changed " +
                    what + (instance == nullptr ? "it" : instance->name) + " since (event " +
                    std::to_string(later.event) + ")" +
                    (field == nullptr ? "" : ", it is now " + short_text(field->value)) + ".",
                "Take the later change back first, or set the value that you want.",
                canonical_json(details));
}

}  // namespace sz::campaign
