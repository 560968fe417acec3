// SPDX-License-Identifier: AGPL-3.0-or-later
#include "members.hpp"

#include <algorithm>

#include "nested.hpp"

namespace fields {

namespace {

constexpr std::size_t members_max = 256;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same_letters(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

Fault unknown_member(const Members& members, std::string_view key, const std::string& pointer,
                     const MemberKind& kind) {
    std::string known;
    for (const Member& member : members)
        known += (known.empty() ? "" : ", ") + in_quotes(member.id);
    const std::string noun = kind.noun;
    return invalid("SZ-FIELD-181", "There is no " + noun + " " + in_quotes(key) + " here.",
                   known.empty() ? "Declare it in \"" + std::string(kind.option) +
                                       "\" of the field's definition."
                                 : "The " + noun + "s are " + known + ".",
                   pointer);
}

}  // namespace

Result<Members> members_of(const Json& definition, const MemberKind& kind) {
    Members members;
    const Json& written = option(definition, kind.option);
    if (written.is_null()) return members;
    if (!written.is_array() || written.size() > members_max) {
        return wrong_option(definition, kind.option, "a list of at most 256 field definitions");
    }
    for (const Json& one : written) {
        const std::string id = member_or(one, "id", std::string());
        const bool is_twice = std::any_of(members.begin(), members.end(),
                                          [&id](const Member& m) { return m.id == id; });
        if (!is_id(id) || is_twice || member_or(one, "type", std::string()).empty()) {
            return wrong_option(definition, kind.option,
                                "a list of {\"id\", \"name\", \"type\"} with different ids");
        }
        members.push_back({id, member_or(one, "name", id), &one});
    }
    return members;
}

const Member* find_member(const Members& members, std::string_view key) {
    for (const Member& member : members) {
        if (member.id == key) return &member;
    }
    for (const Member& member : members) {
        if (same_letters(member.name, key) || same_letters(member.id, key)) return &member;
    }
    return nullptr;
}

Result<Json> normalize_members(const JsonField& field, const Members& members, const Json& value,
                               const std::string& pointer, const MemberKind& kind) {
    if (!value.is_object()) {
        return invalid("SZ-FIELD-180",
                       "An object with a value for each " + std::string(kind.noun) +
                           " belongs here, not " + std::string(kind_of(value)) + ".",
                       "Write {\"id of the " + std::string(kind.noun) + "\": value}.", pointer);
    }
    Json given = Json::object();  // by id
    bool is_known = true;
    for (const auto& [key, one] : value.items()) {
        const Member* member = find_member(members, key);
        if (member == nullptr || given.contains(member->id)) {
            field.findings.add(unknown_member(members, key, pointer + step(key), kind));
            is_known = false;
            continue;
        }
        given[member->id] = one;
    }
    Json values = Json::object();
    for (const Member& member : members) {
        const std::string here = pointer + step(member.id);
        const auto found = given.find(member.id);
        Result<Json> made = found == given.end()
                                ? default_inner(field, *member.definition, here)
                                : normalize_inner(field, *member.definition, *found, here);
        if (made)
            values[member.id] = *std::move(made);
        else if (made.error().status == SZ_ERR_LIMIT && made.error().message.empty())
            return made.error();  // those behind it would meet the host's limit too
        else
            report_inner(field, made.error());
    }
    if (!is_known || values.size() != members.size()) return sz::plugin::fault(SZ_ERR_INVALID);
    return values;
}

Result<MemberChange> change_member(const JsonField& field, const Members& members,
                                   const Json& values, const Operation& operation,
                                   std::size_t first, const MemberKind& kind) {
    const Json& key = operation.arg(first);
    if (!key.is_string()) {
        return invalid("SZ-FIELD-103",
                       "The operation " + in_quotes(operation.op) + " wants the id of a " +
                           std::string(kind.noun) + ".",
                       "Write the id as text.");
    }
    const Member* member = find_member(members, key.get_ref<const std::string&>());
    if (member == nullptr)
        return unknown_member(members, key.get_ref<const std::string&>(), "", kind);
    const Json before = option(values, member->id.c_str());
    MemberChange change{values.is_object() ? values : Json::object(), member->id, {}, false};
    if (operation.op == "apply") {
        Result<InnerChange> inner =
            apply_inner(field, *member->definition, before, operation, first + 1);
        if (!inner) return inner.error();
        change.values[member->id] = std::move(inner->value);
        change.inverse = Json{{"op", "apply"},
                              {"args", Json::array({member->id, option(inner->inverse, "op"),
                                                    option(inner->inverse, "args")})}};
        change.is_relative = inner->is_relative;
        return change;
    }
    Result<Json> after = normalize_inner(field, *member->definition, operation.arg(first + 1), "");
    if (!after) return after.error();
    change.values[member->id] = *std::move(after);
    change.inverse = Json{{"op", "set"}, {"args", Json::array({member->id, before})}};
    return change;
}

std::string format_members(const JsonField& field, const Members& members, const Json& values,
                           std::string_view locale) {
    std::string text;
    for (const Member& member : members) {
        const std::string shown =
            format_inner(field, *member.definition, option(values, member.id.c_str()), locale);
        if (!shown.empty()) text += (text.empty() ? "" : ", ") + member.name + ": " + shown;
    }
    return text;
}

void add_search_text(const JsonField& field, const Members& members, const Json& values,
                     std::string& out) {
    for (const Member& member : members) {
        const std::string more =
            search_inner(field, *member.definition, option(values, member.id.c_str()));
        if (!more.empty()) out += (out.empty() ? "" : "\n") + more;
    }
}

void add_member_references(const JsonField& field, const Members& members, const Json& values,
                           const std::string& pointer, Json& out) {
    for (const Member& member : members) {
        add_references(field, *member.definition, option(values, member.id.c_str()),
                       pointer + step(member.id), out);
    }
}

}  // namespace fields
