// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_effects.hpp"

#include <algorithm>

#include "kernel/base/limits.hpp"
#include "kernel/content/effect_ops.hpp"
#include "kernel/content/pointer.hpp"
#include "kernel/content/schema_words.hpp"

namespace sz {

namespace {

class EntryEffects {
  public:
    EntryEffects(const LoadedObject& object, const FieldTypes& types, PackReach& reach,
                 PackReport& report)
        : object_(object), types_(types), reach_(reach), report_(report) {}

    void check(const Json& entries) {
        const Pointer::Part in_entries(pointer_, "entries");
        for (const auto& [key, entry] : entries.items()) {
            if (!entry.is_object() || !entry.contains("effects")) continue;
            const Pointer::Part part(pointer_, key);
            check_list(entry["effects"]);
            if (entry["effects"].is_array() &&
                entry["effects"].size() > limits::effects_of_thing_max) {
                wrong(pointer_.with("effects"),
                      "There are more than " + std::to_string(limits::effects_of_thing_max) +
                          " effects.",
                      "Leave some out.");
            }
        }
    }

  private:
    void check_list(const Json& effects) {
        if (!effects.is_array()) return;
        const Pointer::Part in_effects(pointer_, "effects");
        for (std::size_t i = 0; i < effects.size(); ++i) {
            const Pointer::Part part(pointer_, i);
            if (effects[i].is_object()) check_one(effects[i]);
        }
    }

    void wrong(std::string pointer, std::string message, std::string hint) {
        report_.error("SZ-PACK-037", object_.path, std::move(pointer), std::move(message),
                      std::move(hint));
    }

    void check_one(const Json& effect) {
        const auto count = std::count_if(effect_ops.begin(), effect_ops.end(),
                                         [&](const char* op) { return effect.contains(op); });
        if (count != 1) {
            wrong(pointer_.text(),
                  "The effect says " +
                      std::string(count == 0 ? "not what" : "more than one thing") + " to do.",
                  "Give it one of “add”, “multiply”, “atMost”, “atLeast” and “set”.");
        }
        for (const char* op : effect_ops) check_formula(effect, op);
        check_formula(effect, "when");
        if (const std::string field = string_or(effect, "field"); !field.empty())
            check_field(field);
    }

    // The types of the field that is meant. As on a sheet: its first steps name it.
    static const std::set<std::string>* types_of(const PackReach::Ends& ends,
                                                 const std::string& field) {
        std::size_t dot = 0;
        for (int steps = 0; steps < 3 && dot != std::string::npos; ++steps)
            dot = field.find('.', steps == 0 ? 0 : dot + 1);
        for (std::string wanted = field.substr(0, dot); !wanted.empty();) {
            if (const auto found = ends.find(wanted); found != ends.end()) return &found->second;
            const auto last = wanted.rfind('.');
            wanted.resize(last == std::string::npos ? 0 : last);
        }
        return nullptr;
    }

    void check_field(const std::string& field) {
        const auto* types = types_of(reach_.own_fields(), field);
        if (types == nullptr) {
            const auto& others = reach_.other_fields();
            if (!others || (others->empty() && reach_.own_fields().empty())) return;  // not known
            types = types_of(*others, field);
        }
        if (types == nullptr) return report_unknown(field);
        const bool is_changed = std::any_of(types->begin(), types->end(),
                                            [this](const auto& type) { return is_changing(type); });
        if (is_changed) return;
        std::string list;
        for (const auto& name : types_.names()) {
            if (is_changing(name)) list += (list.empty() ? "" : ", ") + name;
        }
        report_.warning("SZ-PACK-081", object_.path, pointer_.with("field"),
                        "The field " + quote(field) + " is of the type " + *types->begin() +
                            ", which no effect changes.",
                        "Name a field of one of these types: " + list + ".");
    }

    void report_unknown(const std::string& field) {
        if (report_.is_full()) return;
        std::vector<std::string> known;
        for (const auto* ends : {&reach_.own_fields(), &*reach_.other_fields()}) {
            for (const auto& [end, types] : *ends) known.push_back(end);
        }
        report_.warning("SZ-PACK-080", object_.path, pointer_.with("field"),
                        "No template of this pack or of those that it needs has the field " +
                            quote(field) + ", so the effect does nothing there.",
                        reach_.did_you_mean(field, known, "Write the id of a field of the sheet."));
    }

    // Does anything change a field of this type? Of one that nobody offers it is not known.
    bool is_changing(const std::string& type) {
        const auto [known, is_new] = changing_.try_emplace(type, true);
        if (is_new && types_.has(type)) {
            const auto description = types_.describe(type);
            known->second = !description || description->contains("computed");
        }
        return known->second;
    }

    // A text is a formula's.
    void check_formula(const Json& effect, const char* key) {
        const auto text = effect.find(key);
        if (text == effect.end() || !text->is_string()) return;
        if (!types_.has("Formula")) return;  // found where it is used
        Findings findings;
        const auto read =
            types_.normalize({{"type", "Formula"}, {"formula", *text}}, Json(), findings);
        if (read) return;
        for (Finding& finding : findings) {
            if (finding.severity == Severity::error)
                wrong(pointer_.with(key), std::move(finding.message), std::move(finding.hint));
        }
    }

    const LoadedObject& object_;
    const FieldTypes& types_;
    PackReach& reach_;
    PackReport& report_;
    std::map<std::string, bool> changing_;  // by type
    Pointer pointer_;
};

}  // namespace

void check_effects(const LoadedObject& object, const FieldTypes& types, PackReach& reach,
                   PackReport& report) {
    if (!object.json.is_object()) return;
    if (const auto entries = object.json.find("entries");
        entries != object.json.end() && entries->is_object())
        EntryEffects(object, types, reach, report).check(*entries);
}

}  // namespace sz
