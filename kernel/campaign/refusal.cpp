// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/refusal.hpp"

#include "kernel/base/limits.hpp"
#include "kernel/campaign/conflict.hpp"
#include "kernel/campaign/effect.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/plugin/field_change.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t code_bytes_max = 64;

// What was there before the undone event, as its inverse says it.
Json undone_value(const UndoMaterial& undone, const Operation& place) {
    if (undone.then != nullptr) {
        const Field* field = undone.then->find_field(place.instance, place.path);
        return field == nullptr ? Json() : field->value;
    }
    Json yours = nullptr;
    for (const SeenRecord& seen : undone.records) {
        const bool is_here =
            seen.record.instance == place.instance && seen.record.path == place.path;
        if (is_here && !seen.record.inverse.is_null()) yours = seen.record.inverse;
    }
    const Json& args = read::list(yours, "args");
    return args.size() == 1 ? args[0] : yours;
}

Json wanted_value(const Values& values, const Operation& operation, const Field* field,
                  std::size_t number) {
    if (field == nullptr) return operation.args.size() == 1 ? operation.args[0] : Json();
    const auto change = values.fields.apply(field->definition, field->value,
                                            Json{{"op", operation.op},
                                                 {"args", operation.args},
                                                 {"key", operation_key(values.action, number)}});
    return change ? value_after(field->value, *change) : Json();
}

}  // namespace

std::string stored_refusal(Error refusal) {
    refusal.code = shortened(std::move(refusal.code), code_bytes_max);
    std::string text = canonical_json(error_to_json(refusal));
    const auto is_too_long = [&] { return text.size() > limits::refusal_bytes_max; };
    for (std::string* part : {&refusal.where, &refusal.hint}) {
        if (!is_too_long()) return text;
        part->clear();
        text = canonical_json(error_to_json(refusal));
    }
    // JSON may write a byte as six.
    while (is_too_long()) {
        refusal.message = shortened(refusal.message, refusal.message.size() / 2) + "…";
        text = canonical_json(error_to_json(refusal));
    }
    return text;
}

Error with_values(Error refusal, const Values& values) {
    if (refusal.code != conflict_code) return refusal;
    auto details = parse_stored(refusal.where);
    if (!details) return refusal;
    const auto number = read::count(*details, "number");
    if (!number || *number >= values.action.operations.size()) return refusal;
    Operation operation = values.action.operations[*number];
    if (values.undone != nullptr) {
        operation.instance = string_or(*details, "instance");
        operation.path = string_or(*details, "path");
    }
    const State& state = values.state;
    const Viewer author = state.viewer(values.action.author);
    const Instance* instance = state.find(operation.instance);
    const Field* field = state.find_field(operation.instance, operation.path);
    const bool is_seen =
        instance != nullptr && instance->audience().includes(author) &&
        (operation.path.empty() || instance->field_audience(operation.path).includes(author));
    Json& shown = *details;
    shown["operation"] = operation_json(operation);
    shown["yours"] = nullptr;
    shown["theirs"] = nullptr;
    if (is_seen && field != nullptr) shown["theirs"] = field->value;
    if (is_seen && field == nullptr && operation.op == system_op::rename)
        shown["theirs"] = instance->name;
    if (is_seen)
        shown["yours"] = values.undone != nullptr ? undone_value(*values.undone, operation)
                                                  : wanted_value(values, operation, field, *number);
    refusal.where = canonical_json(shown);
    return refusal;
}

Json value_after(Json value, const FieldChange& change) {
    return apply_effect(value, change.effect) ? value : Json();
}

}  // namespace sz::campaign
