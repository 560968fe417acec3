// SPDX-License-Identifier: AGPL-3.0-or-later
// The fields of entries and templates, compared.
#include <functional>
#include <set>

#include "kernel/content/tools/changes.hpp"
#include "kernel/content/tools/walk.hpp"

namespace sz::tools {

namespace {

Named members_of(const Json& object) {
    Named named;
    if (object.is_object()) {
        for (const auto& [key, value] : object.items()) named.emplace(key, &value);
    }
    return named;
}

Named by_id(const Json& list) {
    Named named;
    if (list.is_array()) {
        for (const auto& one : list) named.emplace(string_or(one, "id"), &one);
    }
    return named;
}

std::string joined_path(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
}

// Text is words; a number or a choice is a rule.
Weight value_weight(const Json& field) {
    const auto type = string_or(field, "type");
    return type == "Text" || type == "MultiText" ? Weight::patch : Weight::minor;
}

void diff_field(const Json& before, const Json& after, const Where& where, ChangeList& list) {
    if (string_or(before, "type") != string_or(after, "type")) {
        auto at = where;
        at.key = "type";
        return list.add(Change::changed, at, &before, &after, Weight::major);
    }
    auto keys = members_of(before);
    keys.merge(members_of(after));
    for (const auto& [key, ignored] : keys) {
        const auto& old_value = member(before, key.c_str());
        const auto& new_value = member(after, key.c_str());
        if (old_value == new_value) continue;
        auto at = where;
        at.key = key;
        const auto weight =
            key == "value" ? value_weight(after) : definition_weight(key, old_value, new_value);
        list.add(Change::changed, at, before.contains(key) ? &old_value : nullptr,
                 after.contains(key) ? &new_value : nullptr, weight);
    }
}

using DiffOne = std::function<void(const Json& before, const Json& after, const Where& where)>;

// Things with names side by side: gone, new, under another name, or the same and to be compared.
void diff_named(const Named& before, const Named& after, const Where& where,
                const std::function<std::string(const Json&)>& content, const DiffOne& both,
                ChangeList& list) {
    const auto pairs = renamed(before, after, content);
    std::set<std::string> new_names;
    for (const auto& [name, json] : before) {
        auto at = where;
        at.path = joined_path(where.path, name);
        if (const auto other = after.find(name); other != after.end()) {
            both(*json, *other->second, at);
        } else if (const auto pair = pairs.find(name); pair != pairs.end()) {
            new_names.insert(pair->second);
            const Json from = name;
            const Json to = pair->second;
            at.key = "id";
            list.add(Change::renamed, at, &from, &to, Weight::major);
        } else {
            list.add(Change::removed, at, json, nullptr, Weight::major);
        }
    }
    for (const auto& [name, json] : after) {
        if (before.contains(name) || new_names.contains(name)) continue;
        auto at = where;
        at.path = joined_path(where.path, name);
        list.add(Change::added, at, nullptr, json, Weight::minor);
    }
}

// A field is known again under another name only by a name for people, and a definition.
std::string content_of_field(const Json& field) {
    if (string_or(field, "name").empty() || field.size() < 3) return {};
    auto content = field;
    content.erase("id");
    return content.dump();
}

std::string content_of_part(const Json& part) {
    auto content = part;
    content.erase("id");
    const bool says_little = member(part, "fields").empty() && member(part, "groups").empty();
    return says_little ? std::string() : content.dump();
}

// The members of a group or section besides what stands in it.
void diff_own(const Json& before, const Json& after, const char* inside, const Where& where,
              ChangeList& list) {
    auto keys = members_of(before);
    keys.merge(members_of(after));
    for (const auto& [key, ignored] : keys) {
        const auto& old_value = member(before, key.c_str());
        const auto& new_value = member(after, key.c_str());
        if (key == inside || old_value == new_value) continue;
        auto at = where;
        at.key = key;
        list.add(Change::changed, at, before.contains(key) ? &old_value : nullptr,
                 after.contains(key) ? &new_value : nullptr, Weight::patch);
    }
}

Where as(Where where, const char* what) {
    where.what = what;
    return where;
}

}  // namespace

void diff_entry_fields(const Json& before, const Json& after, const Where& where,
                       ChangeList& list) {
    const DiffOne field = [&](const Json& a, const Json& b, const Where& at) {
        diff_field(a, b, at, list);
    };
    diff_named(members_of(member(before, "topLevelFields")),
               members_of(member(after, "topLevelFields")), as(where, "field"), content_of_field,
               field, list);
    const DiffOne group = [&](const Json& a, const Json& b, const Where& at) {
        diff_own(a, b, "fields", at, list);
        diff_named(members_of(member(a, "fields")), members_of(member(b, "fields")),
                   as(at, "field"), content_of_field, field, list);
    };
    diff_named(by_id(member(before, "groups")), by_id(member(after, "groups")), as(where, "group"),
               content_of_part, group, list);
}

void diff_sections(const Json& before, const Json& after, const Where& where, ChangeList& list) {
    const DiffOne field = [&](const Json& a, const Json& b, const Where& at) {
        diff_field(a, b, at, list);
    };
    const DiffOne group = [&](const Json& a, const Json& b, const Where& at) {
        diff_own(a, b, "fields", at, list);
        diff_named(by_id(member(a, "fields")), by_id(member(b, "fields")), as(at, "field"),
                   content_of_field, field, list);
    };
    const DiffOne section = [&](const Json& a, const Json& b, const Where& at) {
        diff_own(a, b, "groups", at, list);
        diff_named(by_id(member(a, "groups")), by_id(member(b, "groups")), as(at, "group"),
                   content_of_part, group, list);
    };
    diff_named(by_id(member(before, "sections")), by_id(member(after, "sections")),
               as(where, "section"), content_of_part, section, list);
}

}  // namespace sz::tools
