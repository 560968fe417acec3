// SPDX-License-Identifier: AGPL-3.0-or-later
// What each family of records becomes: the one table that knows Open5e. Everything else here is
// mechanism.
//
// A family is the last part of a model's name: "api_v2.creature" is of family "creature". Records
// of a family become entries of a dataset, or parts of their parent: named groups of fields, or
// rows of a table. A family or field that is not in the table is carried too, typed by its JSON
// type.
#pragma once

#include <span>
#include <string_view>

namespace open5e {

enum class Kind {
    plain,        // typed by its JSON type: text, number, truth, list of these
    name,         // the entry's or part's name
    described,    // the key of what the record describes: its name is made from it
    description,  // the entry's description; Markdown text in a part
    markdown,     // Markdown text
    decimal,      // a number, given as such or as text: "0.250"
    link,         // one record of `target`, by pk or by the key that other documents use
    links,        // a list of such
    document,     // the document it comes from: said by the pack itself unless it is another one
    parent,    // names the parent: said by where the record stands; a link when records are entries
               // of their own
    consumed,  // read by another rule (a target of "@field")
};

// `from` may end in '*': then `key` names what the star stands for. An empty key is made from
// `from`: "hit_points" → "hitPoints". `target` is a family, or "@field": the family that the
// field's last item names.
struct FieldRule {
    std::string_view from;
    Kind kind = Kind::plain;
    std::string_view target = {};
    std::string_view key = {};
    std::string_view group = {};  // of FamilyRule::groups; none: a top-level field
};

struct GroupRule {
    std::string_view id;
    std::string_view name;
};

// How a parent's entry shows the records that belong to it. Entries are always shown as a list of
// links.
enum class Shown {
    table,   // rows of a table
    groups,  // each a group of fields: for those that are read rather than compared
};

struct ParentRule {
    std::string_view family;  // of the parent; "@field" as in FieldRule
    std::string_view field;   // that holds the parent's pk
    // Of the parent's field that shows them; of groups, what one of them is: "trait".
    std::string_view key;
    std::string_view sort_by;  // fields, separated by spaces; then the order of the files
    Shown shown = Shown::table;
};

struct FamilyRule {
    std::string_view family;
    // The dataset; empty for records that become parts of their parent.
    std::string_view dataset;
    std::string_view title;
    std::string_view summary;
    ParentRule parent;
    std::span<const GroupRule> groups;
    std::span<const FieldRule> fields;
};

[[nodiscard]] std::span<const FamilyRule> family_rules();
[[nodiscard]] const FamilyRule* find_family(std::string_view family);

// SPDX identifier of a licence key ("cc-by-40"), or "".
[[nodiscard]] std::string_view spdx_of(std::string_view licence);

// The word for a key that is an abbreviation ("cha" is "Charisma"), or "".
[[nodiscard]] std::string_view word_for(std::string_view key);

}  // namespace open5e
