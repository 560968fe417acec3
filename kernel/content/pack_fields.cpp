// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_fields.hpp"

#include <algorithm>
#include <array>

#include "kernel/base/limits.hpp"
#include "kernel/content/field_key.hpp"
#include "kernel/content/pack_mentions.hpp"
#include "kernel/content/schema_words.hpp"

namespace sz {

namespace {

// What every definition may say; a type's own options are beside these.
constexpr std::array<std::string_view, 17> common_keys{
    "$schema", "columns",  "datasetLink", "declassify", "defaultValue", "editableBy",
    "effects", "fields",   "help",        "i18n",       "id",           "itemType",
    "name",    "required", "type",        "value",      "visibility"};

bool is_common_key(std::string_view key) {
    return std::find(common_keys.begin(), common_keys.end(), key) != common_keys.end();
}

Json without(const Json& object, const char* key) {
    Json rest = Json::object();
    for (const auto& [name, value] : object.items()) {
        if (name != key) rest[name] = value;
    }
    return rest;
}

// Does `part` stand in a text of the value? The value has been read, so it is not too deep.
bool has_text(const Json& value, const std::string& part) {
    if (value.is_string()) return value.get_ref<const std::string&>().find(part) != part.npos;
    return value.is_structured() && std::any_of(value.begin(), value.end(), [&](const Json& one) {
               return has_text(one, part);
           });
}

std::string subject_words(const std::string& subject) {
    return subject.empty() ? "" : quote(subject) + ": ";
}

}  // namespace

void PackFields::check(LoadedObject& object, Pulse& pulse) {
    file_ = object.path;
    pulse_ = &pulse;
    if (!object.json.is_object()) return;
    // A translation's entries are texts for another pack's, whose links are that pack's too.
    if (string_or(object.json, "szType") == "translation") return;
    if (const auto entries = object.json.find("entries");
        entries != object.json.end() && entries->is_object()) {
        const Pointer::Part in_entries(pointer_, "entries");
        for (auto& [key, entry] : entries->items()) {
            if (!pulse.goes_on()) return;
            if (!entry.is_object()) continue;
            const Pointer::Part in_entry(pointer_, key);
            check_description(entry);
            if (const auto fields = entry.find("topLevelFields"); fields != entry.end()) {
                const Pointer::Part part(pointer_, "topLevelFields");
                check_entry_fields(*fields, key);
            }
            const auto groups = entry.find("groups");
            if (groups == entry.end() || !groups->is_array()) continue;
            const Pointer::Part in_groups(pointer_, "groups");
            for (std::size_t i = 0; i < groups->size(); ++i) {
                auto& group = (*groups)[i];
                if (!group.is_object() || !group.contains("fields")) continue;
                const Pointer::Part in_group(pointer_, i);
                const Pointer::Part part(pointer_, "fields");
                check_entry_fields(group["fields"], key + "." + string_or(group, "id"));
            }
        }
    }
    if (const auto sections = object.json.find("sections"); sections != object.json.end()) {
        const Pointer::Part part(pointer_, "sections");
        check_template(*sections);
    }
}

void PackFields::check_entry_fields(Json& fields, const std::string& subject) {
    if (!fields.is_object()) return;
    for (auto& [key, field] : fields.items()) {
        if (!field.is_object()) continue;
        const auto type = field.find("type");
        if (type == field.end() || !type->is_string()) continue;
        std::string as_key;
        const bool is_small = add_to_key(field, as_key);
        if (const auto known = is_small ? sound_.find(as_key) : sound_.end();
            known != sound_.end()) {
            if (known->second) field["value"] = *known->second;
            continue;
        }
        if (!goes_on()) return;
        const Pointer::Part part(pointer_, key);
        const std::size_t said_before = report_.count();
        const Taken taken = check_entry_field(field, subject + "." + key);
        const bool is_sound = taken != Taken::not_at_all && report_.count() == said_before;
        if (!is_small || !is_sound || sound_.size() >= field_keys_max) continue;
        std::optional<Json> canonical;
        if (taken != Taken::as_written) canonical = field["value"];
        sound_.emplace(std::move(as_key), std::move(canonical));
    }
}

PackFields::Taken PackFields::check_entry_field(Json& field, const std::string& subject) {
    if (!check_definition(field, Place::entry, 0)) return Taken::not_at_all;
    return field.contains("value") ? check_value(field, "value", subject) : Taken::as_written;
}

void PackFields::check_description(const Json& entry) {
    static const Json markdown{{"type", "MultiText"}};
    const auto text = entry.find("description");
    if (text == entry.end() || !text->is_string() || !types_.has("MultiText")) return;
    const Pointer::Part part(pointer_, "description");
    if (may_refer(markdown, *text)) check_references(markdown, *text);
}

void PackFields::check_template(Json& sections) {
    const auto for_each = [&](Json& list, const auto& visit) {
        if (!list.is_array()) return;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!list[i].is_object()) continue;
            const Pointer::Part part(pointer_, i);
            visit(list[i]);
        }
    };
    for_each(sections, [&](Json& section) {
        if (!section.contains("groups")) return;
        const Pointer::Part in_section(pointer_, "groups");
        for_each(section["groups"], [&](Json& group) {
            if (!group.contains("fields")) return;
            const Pointer::Part in_group(pointer_, "fields");
            for_each(group["fields"], [&](Json& field) { check_template_field(field); });
        });
    });
}

void PackFields::check_template_field(Json& field) {
    const auto type = field.find("type");
    if (type == field.end() || !type->is_string() || !goes_on()) return;
    if (check_definition(field, Place::in_template, 0) && field.contains("defaultValue"))
        check_value(field, "defaultValue", string_or(field, "id"));
}

const PackFields::TypeFacts& PackFields::facts(const std::string& type) {
    const auto [place, is_new] = facts_.try_emplace(type);
    auto& facts = place->second;
    if (!is_new || !types_.has(type)) return facts;
    facts.is_known = true;
    const auto description = types_.describe(type);
    if (!description || !description->is_object()) return facts;
    const Json refers = description->value("references", Json(true));
    facts.refers = refers != false;
    facts.refers_inside = refers == "inside";
    facts.mark = string_or(refers, "containing");
    const auto options = description->find("options");
    if (options == description->end() || !options->is_object()) return facts;
    const auto compile = [](const Json& schema) {
        auto compiled = compiled_schema(canonical_json(schema));
        return compiled ? std::move(*compiled) : nullptr;
    };
    facts.options = compile(*options);
    facts.entry_options =
        options->contains("required") ? compile(without(*options, "required")) : facts.options;
    const auto properties = options->find("properties");
    if (properties != options->end() && properties->is_object()) {
        for (const auto& [name, value] : properties->items()) facts.option_names.push_back(name);
    }
    return facts;
}

bool PackFields::check_definition(const Json& definition, Place place, unsigned depth) {
    const auto& type = definition.at("type").get_ref<const std::string&>();
    const auto& known = facts(type);
    if (!known.is_known) {
        const auto meant = nearest_word(type, types_.names());
        report_.error("SZ-PACK-030", file_, pointer_.with("type"),
                      "No plugin offers the field type " + quote(type) + ".",
                      meant ? "Did you mean " + quote(*meant) + "?"
                            : "Enable or install the plugin that does, or use another type.");
        return false;
    }
    const bool has_options =
        place != Place::entry ||
        std::any_of(definition.items().begin(), definition.items().end(),
                    [](const auto& one) { return one.key() != "type" && one.key() != "value"; });
    if (!has_options) return true;
    bool is_good = check_options(known, definition, place);
    is_good = check_nested(definition, place, depth) && is_good;
    if (is_good && definition.contains("formula")) {
        is_good = try_formula(definition);
    } else if (is_good && place == Place::in_template && !definition.contains("defaultValue")) {
        is_good = try_definition(definition, pointer_.text());
    }
    check_dataset_link(definition);
    return is_good;
}

void PackFields::check_dataset_link(const Json& definition) {
    const auto link = definition.find("datasetLink");
    if (link == definition.end() || !link->is_object()) return;
    const Link target{string_or(*link, "datapackId"), string_or(*link, "datasetId"), "",
                      string_or(*link, "version"), "dataset"};
    if (!target.pack.empty() && !target.object.empty())
        links_.check_link(target, file_, pointer_.with("datasetLink"));
}

bool PackFields::check_options(const TypeFacts& facts, const Json& definition, Place place) {
    const auto& schema = place == Place::entry ? facts.entry_options : facts.options;
    if (schema == nullptr) return true;
    Json options = Json::object();
    for (const auto& [key, value] : definition.items()) {
        const bool is_named = std::find(facts.option_names.begin(), facts.option_names.end(),
                                        key) != facts.option_names.end();
        if (is_named || !is_common_key(key)) options[key] = value;
    }
    if (options.empty() && place == Place::entry) return true;
    bool has_unknown = false;
    auto faults = schema->faults(options, has_unknown);
    for (auto& fault : faults) {
        report_.error("SZ-PACK-033", file_, pointer_.text() + fault.pointer,
                      std::move(fault.message), std::move(fault.hint));
    }
    if (faults.empty() && !has_unknown) return true;
    for (auto& fault : schema->unknown_keys(options)) {
        const bool is_own_key = fault.pointer.rfind('/') == 0;
        report_.warning("SZ-PACK-016", file_, pointer_.text() + fault.pointer,
                        std::move(fault.message),
                        is_own_key ? hint_for_key(facts, pointer_parts(fault.pointer).front())
                                   : std::move(fault.hint));
    }
    return faults.empty();
}

// A type's schema knows its options; beside them stands what every field may say.
std::string PackFields::hint_for_key(const TypeFacts& facts, const std::string& key) {
    std::vector<std::string> known = facts.option_names;
    for (const auto common : common_keys) {
        if (common != "$schema" && std::find(known.begin(), known.end(), common) == known.end())
            known.emplace_back(common);
    }
    if (const auto meant = report_.is_full() ? std::nullopt : nearest_word(key, known))
        return "Did you mean " + quote(*meant) + "?";
    std::string list;
    for (const auto& one : known) list += (list.empty() ? "" : ", ") + one;
    return "It is kept, but nothing reads it. Known here: " + list + ".";
}

// The definitions inside a List, Group or Table.
bool PackFields::check_nested(const Json& definition, Place place, unsigned depth) {
    if (depth >= limits::field_depth_max) {
        report_.error("SZ-PACK-034", file_, pointer_.text(),
                      "Fields stand in fields more than " +
                          std::to_string(limits::field_depth_max) + " deep.",
                      "Make it flatter.");
        return false;
    }
    const Place inside = place == Place::entry ? Place::inside_entry : place;
    bool is_good = true;
    if (const auto item = definition.find("itemType"); item != definition.end()) {
        const Pointer::Part part(pointer_, "itemType");
        is_good = check_nested_one(*item, inside, depth + 1);
    }
    for (const char* key : {"fields", "columns"}) {
        const auto list = definition.find(key);
        if (list == definition.end() || !list->is_array()) continue;
        const Pointer::Part part(pointer_, key);
        for (std::size_t i = 0; i < list->size(); ++i) {
            const Pointer::Part item(pointer_, i);
            is_good = check_nested_one((*list)[i], inside, depth + 1) && is_good;
        }
    }
    return is_good;
}

bool PackFields::check_nested_one(const Json& definition, Place place, unsigned depth) {
    if (!definition.is_object() || !definition.contains("type") || !definition["type"].is_string())
        return true;
    if (!check_definition(definition, place, depth)) return false;
    const auto given = definition.find("defaultValue");
    if (place != Place::in_template || given == definition.end() || !goes_on()) return true;
    const Pointer::Part part(pointer_, "defaultValue");
    Json value = *given;  // stays as it is written: a definition is no value
    return normalize(definition, value, string_or(definition, "id")) != Taken::not_at_all;
}

// Without a value: what is wrong then is wrong with the definition.
bool PackFields::try_definition(const Json& definition, const std::string& pointer) {
    if (!goes_on()) return true;
    Findings findings;
    const auto made = types_.normalize(definition, Json(), findings);
    // Remarks are about the empty value, such as a list that wants items: a character begins with
    // it.
    if (made) return true;
    for (auto& finding : findings) {
        if (finding.severity != Severity::error) continue;
        report_.error("SZ-PACK-033", file_, pointer, std::move(finding.message),
                      std::move(finding.hint));
    }
    if (!has_error(findings))
        report_.error("SZ-PACK-033", file_, pointer, made.error().message, made.error().hint);
    return false;
}

// The formula is what is wrong when all is well without it.
bool PackFields::try_formula(const Json& definition) {
    const Json rest = without(without(definition, "defaultValue"), "value");
    Findings ignored;
    const bool is_formula = types_.normalize(without(rest, "formula"), Json(), ignored).has_value();
    return try_definition(rest, is_formula ? pointer_.with("formula") : pointer_.text());
}

PackFields::Taken PackFields::check_value(Json& field, const char* value_key,
                                          const std::string& subject) {
    auto& value = field[value_key];
    const Json definition = without(field, "value");
    const Pointer::Part part(pointer_, value_key);
    const Taken taken = normalize(definition, value, subject);
    if (may_refer(definition, value)) check_references(definition, value);
    return taken;
}

PackFields::Taken PackFields::normalize(const Json& definition, Json& value,
                                        const std::string& subject) {
    Findings findings;
    auto canonical = types_.normalize(definition, value, findings);
    for (auto& finding : findings) {
        const bool is_error = finding.severity == Severity::error;
        report_.add({is_error ? "SZ-PACK-031" : "SZ-PACK-032", finding.severity, file_,
                     pointer_.text() + finding.pointer, 0, 0,
                     subject_words(subject) + finding.message, std::move(finding.hint)});
    }
    if (!canonical) {
        if (!has_error(findings)) {
            report_.error("SZ-PACK-031", file_, pointer_.text(),
                          subject_words(subject) + canonical.error().message,
                          canonical.error().hint);
        }
        return Taken::not_at_all;
    }
    if (*canonical == value)
        return findings.empty() ? Taken::as_written : Taken::with_changes_or_remarks;
    value = std::move(*canonical);
    return Taken::with_changes_or_remarks;
}

// What its type says, so that values by the thousand need not be asked one by one.
bool PackFields::may_refer(const Json& definition, const Json& value) {
    const TypeFacts& known = facts(string_or(definition, "type"));
    if (!known.mark.empty()) return has_text(value, known.mark);
    if (!known.refers || !known.refers_inside) return known.refers;
    if (definition.contains("datasetLink")) return true;
    const auto inside = [this, &value](const Json& nested) { return may_refer(nested, value); };
    if (const auto item = definition.find("itemType"); item != definition.end() && inside(*item))
        return true;
    for (const char* key : {"fields", "columns"}) {
        const auto list = definition.find(key);
        if (list != definition.end() && std::any_of(list->begin(), list->end(), inside))
            return true;
    }
    return false;
}

void PackFields::check_references(const Json& definition, const Json& value) {
    const auto references = types_.references(definition, value);
    if (!references || !references->is_array()) return;
    for (const auto& reference : *references)
        check_reference(reference, pointer_.text() + string_or(reference, "pointer"));
}

void PackFields::check_reference(const Json& reference, const std::string& pointer) {
    if (string_or(reference, "kind") == "image") {
        const auto path = string_or(reference, "path");
        if (!path.empty()) links_.check_image(path, file_, pointer);
        return;
    }
    if (string_or(reference, "kind") == "mention")
        return check_mention(reference, links_.own_pack(), links_, report_, file_, pointer);
    const Link link{string_or(reference, "datapackId"), string_or(reference, "datasetId"),
                    string_or(reference, "entryId"), string_or(reference, "version"), "dataset"};
    if (!link.pack.empty() && !link.object.empty()) links_.check_link(link, file_, pointer);
}

}  // namespace sz
