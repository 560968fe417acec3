// SPDX-License-Identifier: AGPL-3.0-or-later
// An instance: what was made from a template or from an entry of a dataset. It carries its fields'
// definitions, so that it outlives the pack.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/campaign/audience.hpp"
#include "kernel/campaign/marks.hpp"

namespace sz::campaign {

struct Field {
    // As in the template, with "visibility" as strict as its section and group ask, and the nearest
    // "editableBy".
    Json definition;
    Json value;  // canonical
    Marks marks;
};

struct LayoutGroup {
    std::string id, name;
    std::vector<std::string> fields;  // ids, in order
};
struct LayoutSection {
    std::string id, name;
    std::vector<LayoutGroup> groups;
};

struct Instance {
    std::string id;
    std::string kind;  // "character" or "session"
    std::string name;
    std::string owner;  // Client ID
    // {"datapackId","templateId","version","name","pack"}; of an entry "datasetId" and "entryId" in
    // the place of "templateId".
    Json template_link = Json::object();
    Json requires_packs =
        Json::array();  // [{"id","version"}]: packs that its template asks for besides its own
    std::string visibility = "everyone";  // it was made with: "everyone", "players", "owner", "gm"
    // By the path of a section, a group or a field; "" is the instance as a whole.
    std::map<std::string, Visibility, std::less<>> overrides;
    std::map<std::string, Editability, std::less<>> editors;
    bool removed = false;
    Marks marks;  // of the instance itself: its name, its removal, …
    EventIndex created = 0;
    UnixMs created_at = 0;
    EventIndex revision = 0;  // the last event that changed anything of it
    std::vector<LayoutSection> layout;
    std::map<std::string, Field, std::less<>> fields;  // by path

    // Is there a section, a group or a field of that path? "" is the instance as a whole.
    [[nodiscard]] bool has_place(std::string_view path) const;

    // Who may know of the instance. Nobody sees more of it than they.
    [[nodiscard]] Visibility own_visibility() const;
    [[nodiscard]] Audience audience() const;
    // What the nearest says: an override of the field, its group, its section; else its definition.
    [[nodiscard]] Visibility field_visibility(std::string_view path) const;
    // Who sees the field: those of whom that holds and who may know of the instance.
    [[nodiscard]] Audience field_audience(std::string_view path) const;
    // What the nearest says: an override of the field, its group, its section, the instance; else
    // its definition. The whole instance for "".
    [[nodiscard]] Editability editability(std::string_view path) const;
};

[[nodiscard]] std::string field_path(std::string_view section, std::string_view group,
                                     std::string_view field);

// Does every field stand somewhere on the sheet, and a field wherever one should?
[[nodiscard]] bool is_placed(const Instance& instance);

// Calls `visit` for every field in the sheet's order.
using FieldVisit = std::function<void(const LayoutSection&, const LayoutGroup&,
                                      const std::string& path, const Field&)>;
void visit_fields(const Instance& instance, const FieldVisit& visit);

// A part of a sheet as effects carry it:
//   [{"id","name","after","groups":[
//     {"id","name","after","fields":[{"definition","value","after"}]}]}]
// holds the fields for which `is_in`; "after" is the neighbour (of those `is_in` or `is_there`
// already) that a new node follows, "" for the first place: so that a reader learns nothing of
// fields that it does not get, not even their number.
using PathTest = std::function<bool(const std::string& path)>;
[[nodiscard]] Json sheet_part(const Instance& instance, const PathTest& is_in,
                              const PathTest& is_there);

struct NewField {
    std::string path;
    Json definition, value;
};
// Puts the nodes of a sheet's part where they belong and returns the fields it carries.
// SZ-CAMPAIGN-044 when it is not well formed, or past limits. Changes the layout even when it
// fails: give it a copy.
[[nodiscard]] Result<std::vector<NewField>> merge_sheet_part(std::vector<LayoutSection>& layout,
                                                             const Json& part);

// The rows that an instance is kept in (README.md, "State").
[[nodiscard]] Json instance_row(
    const Instance& instance);                            // all but layout, definitions and values
[[nodiscard]] Json layout_row(const Instance& instance);  // sections with definitions
[[nodiscard]] Json field_row(const Field& field);         // value and marks
[[nodiscard]] Status read_instance_row(Instance& instance, const Json& row);
[[nodiscard]] Status read_layout_row(Instance& instance, const Json& row);
[[nodiscard]] Status read_field_row(Field& field, const Json& row);

}  // namespace sz::campaign
