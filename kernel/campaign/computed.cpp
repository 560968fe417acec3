// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/computed.hpp"

#include <algorithm>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/computed_paths.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/plugin/field_change.hpp"

namespace sz::campaign {

namespace {

Error too_much() {
    return {ErrorKind::limit,
            "SZ-CAMPAIGN-083",
            "Computing this takes too much.",
            "Let its formula read fewer lists, or fewer formulas that read others.",
            {}};
}

bool is_true(const Json& definition, const char* option) {
    const Json* given = read::member(definition, option);
    return given != nullptr && given->is_boolean() && given->get<bool>();
}

}  // namespace

const Computed* Computer::at(const Instance& instance, const std::string& path) {
    const Place place{instance.id, path};
    if (const auto done = done_.find(place); done != done_.end()) return &done->second;
    const auto field = instance.fields.find(path);
    if (field == instance.fields.end()) return nullptr;
    const Kind kind = kind_of(string_or(field->second.definition, "type"));
    if (kind == Kind::stored) return nullptr;
    if (const auto again = std::find(running_.begin(), running_.end(), place);
        again != running_.end()) {
        // Not kept: it is what the inner reader gets, not what the field comes to.
        circle_begins_ =
            std::min(circle_begins_, static_cast<std::size_t>(again - running_.begin()));
        in_circle_.problem = circle(place);
        return &in_circle_;
    }
    if (!viewer_.sees_all && is_true(field->second.definition, "declassify")) {
        const auto value = declassified(instance, path);
        return value ? &done_.emplace(place, *value).first->second : nullptr;
    }
    if (kind == Kind::modified && !field->second.definition.contains("formula") &&
        !things_of(instance).by_path.contains(path))
        return nullptr;
    running_.push_back(place);
    Computed computed;
    if (running_.size() > limits::computed_depth_max)
        computed.problem = too_much();
    else
        computed = compute(instance, path, kind);
    running_.pop_back();
    if (circle_begins_ >= running_.size()) circle_begins_ = no_circle;  // left behind
    return &done_.emplace(place, std::move(computed)).first->second;
}

Computer::Kind Computer::kind_of(const std::string& type) {
    const auto known = kinds_.find(type);
    if (known != kinds_.end()) return known->second;
    const auto description = services_.fields.describe(type);
    const std::string said = description ? string_or(*description, "computed") : std::string();
    const Kind kind = said == "always"     ? Kind::always
                      : said == "modified" ? Kind::modified
                                           : Kind::stored;
    return kinds_.emplace(type, kind).first->second;
}

std::optional<Json> Computer::definition_to_change(const Instance& instance,
                                                   const std::string& path) {
    const Json& stored = instance.fields.find(path)->second.definition;
    const std::string type = string_or(stored, "type");
    if (kind_of(type) != Kind::modified) return std::nullopt;
    const auto description = services_.fields.describe(type);
    if (!description || string_or(*description, "appliesTo") != "computed") return std::nullopt;
    Json definition = stored;
    definition.erase("computed");
    if (const Computed* computed = at(instance, path); computed != nullptr && !computed->problem)
        definition["computed"] = computed->value;
    return definition;
}

Computed Computer::compute(const Instance& instance, const std::string& path, Kind kind) {
    Computed computed;
    const Field& field = instance.fields.find(path)->second;
    const Json effects = effects_on(instance, path, computed);
    if (computed.problem) return computed;
    SheetResolver resolver(*this, instance, path);
    if (kind == Kind::modified) resolver.set_stored(field);
    auto result = services_.fields.evaluate(field.definition, field.value, effects, resolver);
    if (result) {
        computed.value = std::move(result->value);
        computed.terms = std::move(result->terms);
    } else {
        computed.problem = std::move(result).error();
    }
    return computed;
}

// What everybody may know of it is the value: its terms and why it fails would tell what it reads.
std::optional<Computed> Computer::declassified(const Instance& instance, const std::string& path) {
    if (!all_seeing_)
        all_seeing_ = std::make_unique<Computer>(state_, Viewer{{}, true, true}, services_);
    const Computed* whole = all_seeing_->at(instance, path);
    if (whole == nullptr) return std::nullopt;
    Computed computed;
    if (!whole->problem) {
        computed.value = whole->value;
    } else {
        computed.problem = Error{ErrorKind::input,
                                 "SZ-CAMPAIGN-085",
                                 "It cannot be computed.",
                                 "Ask the game master.",
                                 {}};
    }
    return computed;
}

const std::vector<std::string>& Computer::missing_on(const Instance& instance) {
    return things_of(instance).missing;
}

bool Computer::is_changed_by_things(const Json& definition) {
    return kind_of(string_or(definition, "type")) == Kind::modified;
}

const Things& Computer::things_of(const Instance& instance) {
    const auto known = things_.find(instance.id);
    if (known != things_.end()) return known->second;
    return things_.emplace(instance.id, things_on(instance, *this)).first->second;
}

Json Computer::effects_on(const Instance& instance, const std::string& path, Computed& computed) {
    Json list = Json::array();
    const auto& things = things_of(instance).by_path;
    const auto found = things.find(path);
    if (found == things.end()) return list;
    for (const ThingEffect& effect : found->second) {
        const std::string name = string_or(*effect.thing.entry, "name");
        const std::size_t outer_circle = std::exchange(circle_begins_, no_circle);
        auto amount = amount_of(instance, effect);
        const bool is_in_circle = circle_begins_ < running_.size();
        circle_begins_ = std::min(circle_begins_, outer_circle);
        // Whoever is read first, all of a circle come to nothing.
        if (!amount && is_in_circle) {
            computed.problem = amount.error();
            computed.problem->message = name + ": " + computed.problem->message;
            return list;
        }
        if (!amount) {
            computed.failures.push_back(name + ": " + amount.error().message);
            continue;
        }
        if (amount->is_null()) continue;  // not now
        list.push_back({{"op", effect.op},
                        {"value", std::move(*amount)},
                        {"name", name},
                        {"path", effect.thing.path}});
    }
    return list;
}

// Null when its "when" says that it does nothing now.
Result<Json> Computer::amount_of(const Instance& instance, const ThingEffect& effect) {
    if (const Json* when = read::member(*effect.rule, "when")) {
        SZ_ASSIGN(const Json holds, formula(instance, effect, *when));
        if (!holds.is_boolean()) {
            return fail(ErrorKind::input, "SZ-CAMPAIGN-086",
                        "its “when” is neither true nor false.",
                        "Compare something, such as item.level > 2.");
        }
        if (!holds.get<bool>()) return Json();
    }
    const Json& amount = effect.rule->at(effect.op);
    return amount.is_string() ? formula(instance, effect, amount) : Result<Json>(amount);
}

Result<Json> Computer::formula(const Instance& instance, const ThingEffect& effect,
                               const Json& text) {
    SheetResolver resolver(*this, instance, effect.thing.path);
    resolver.set_item(effect.thing);
    SZ_ASSIGN(auto result, services_.fields.evaluate({{"type", formula_type}, {"formula", text}},
                                                     Json(), Json::array(), resolver));
    return std::move(result.value);
}

const Json* Computer::entry(const Json& reference) {
    const std::string key =
        canonical_json({string_or(reference, "datapackId"), string_or(reference, "datasetId"),
                        string_or(reference, "entryId"), string_or(reference, "version")});
    auto known = entries_.find(key);
    if (known == entries_.end()) {
        auto found = services_.templates.linked_entry(reference);
        known = entries_.emplace(key, found ? std::move(*found) : Json()).first;
    }
    return known->second.is_null() ? nullptr : &known->second;
}

Status Computer::take_value() {
    if (++values_ > limits::computed_values_max) return fail(too_much());
    return {};
}

Error Computer::circle(const Place& place) const {
    std::string way;
    const auto first = std::find(running_.begin(), running_.end(), place);
    for (auto at = first; at != running_.end(); ++at) way += at->second + " → ";
    return {ErrorKind::input, "SZ-CAMPAIGN-082",
            "The formulas read each other in a circle: " + way + place.second + ".",
            "Let one of them not read the next.", place.second};
}

}  // namespace sz::campaign
