// SPDX-License-Identifier: AGPL-3.0-or-later
// The fields of a pack's entries and templates, asked of their types: definitions, values, and what
// values refer to.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "kernel/content/pack_links.hpp"
#include "kernel/content/pointer.hpp"
#include "kernel/content/schema_check.hpp"

namespace sz {

class PackFields {
  public:
    PackFields(const FieldTypes& types, PackLinks& links, PackReport& report)
        : types_(types), links_(links), report_(report) {}

    // Checks every field of the object and makes its values canonical.
    void check(LoadedObject& object, Pulse& pulse);

  private:
    struct TypeFacts {
        bool is_known = false;
        bool refers = true;          // false: its values never refer to anything
        bool refers_inside = false;  // only what its definition puts into them does
        std::string mark;            // only those do in whose texts this stands; empty: any
        // Of what a definition may add; may be null. An entry's field may leave out what its type
        // asks of other definitions: its template says that.
        std::shared_ptr<const CompiledSchema> options, entry_options;
        std::vector<std::string> option_names;
    };

    // Where a definition stands: beside a value in an entry, inside such a definition, in a
    // template.
    enum class Place { entry, inside_entry, in_template };
    enum class Taken { not_at_all, with_changes_or_remarks, as_written };

    void check_entry_fields(Json& fields, const std::string& subject);
    Taken check_entry_field(Json& field, const std::string& subject);
    // Markdown that is no field's: as if it were one's.
    void check_description(const Json& entry);
    void check_template(Json& sections);
    void check_template_field(Json& field);

    // The parts of a definition beside its value. False when its type is unknown or when it or a
    // definition inside it is wrong: asking about the value would only repeat that.
    bool check_definition(const Json& definition, Place place, unsigned depth);
    bool check_options(const TypeFacts& facts, const Json& definition, Place place);
    void check_dataset_link(const Json& definition);
    bool check_nested(const Json& definition, Place place, unsigned depth);
    bool check_nested_one(const Json& definition, Place place, unsigned depth);
    // Some faults of a definition are known to nobody but its type, and not before it is used.
    bool try_definition(const Json& definition, const std::string& pointer);
    bool try_formula(const Json& definition);
    std::string hint_for_key(const TypeFacts& facts, const std::string& key);

    // `value_key` is "value" or "defaultValue".
    Taken check_value(Json& field, const char* value_key, const std::string& subject);
    Taken normalize(const Json& definition, Json& value, const std::string& subject);
    bool may_refer(const Json& definition, const Json& value);
    void check_references(const Json& definition, const Json& value);
    void check_reference(const Json& reference, const std::string& pointer);

    const TypeFacts& facts(const std::string& type);
    [[nodiscard]] bool goes_on() { return pulse_ == nullptr || pulse_->goes_on_slowly(); }

    const FieldTypes& types_;
    PackLinks& links_;
    PackReport& report_;
    std::map<std::string, TypeFacts> facts_;
    // Small fields (field_key.hpp) of which nothing was said, with their canonical value where it
    // is not what is written.
    std::unordered_map<std::string, std::optional<Json>> sound_;
    std::string file_;
    Pulse* pulse_ = nullptr;  // during check()
    Pointer pointer_;
};

}  // namespace sz
