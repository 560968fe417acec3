// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include <algorithm>

namespace fields {

namespace {

// In byte order, as canonical text has them.
constexpr const char* members[] = {"datapackId", "datasetId", "entryId", "version"};

// "1.2.0", "^1.2.0", ">=1.0 <2.0": what a version or a range is made of. What it means is the
// kernel's business.
bool is_version(std::string_view text) {
    constexpr std::size_t bytes_max = 128;  // as in the schemas
    if (text.empty() || text.size() > bytes_max) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view(".-+^~<>=*| ").find(c) != std::string_view::npos;
    });
}

Fault malformed(std::string_view member, const Json& value) {
    return invalid(
        "SZ-FIELD-153",
        in_quotes(member) + " of the link is malformed: " + in_quotes(value.dump()) + ".",
        member == "version" ? "Write a version such as \"1.2.0\" or a range such as \"^1.2.0\"."
                            : "Write an id: letters, digits, \"-\", \"_\" and \".\".",
        step(member));
}

// The member of the link, from the link itself or from the definition that completes it.
Result<Json> member_of(const Json& link, const Json& target, const char* member) {
    const Json& given = option(link, member);
    const Json& declared = option(target, member);
    const Json& chosen = given.is_null() ? declared : given;
    if (chosen.is_null()) {
        return invalid("SZ-FIELD-151", "The link says no " + in_quotes(member) + ".",
                       "Give datapackId, datasetId, entryId and version, or a \"datasetLink\" in "
                       "the field's definition.");
    }
    const bool is_good =
        chosen.is_string() &&
        (std::string_view(member) == "version" ? is_version(chosen.get_ref<const std::string&>())
                                               : is_id(chosen.get_ref<const std::string&>()));
    if (!is_good) return malformed(member, chosen);
    const bool is_restricted =
        std::string_view(member) == "datapackId" || std::string_view(member) == "datasetId";
    if (is_restricted && !declared.is_null() && chosen != declared) {
        return invalid("SZ-FIELD-152",
                       "The field takes entries of " + in_quotes(declared.dump()) +
                           " only, and the link leads to " + in_quotes(chosen.dump()) + ".",
                       "Choose an entry of the dataset that the field names.", step(member));
    }
    return chosen;
}

}  // namespace

Json DatasetLink::describe() const {
    const Json text{{"type", "string"}};
    const Json place{{"datapackId", text}, {"datasetId", text}, {"version", text}};
    Json link = place;
    link["entryId"] = text;
    return {{"title", "Link"},
            {"summary", "An entry of a dataset."},
            {"default", nullptr},
            {"editor", "link"},
            {"options",
             {{"type", "object"},
              {"properties",
               {{"datasetLink",
                 {{"type", "object"},
                  {"properties", place},
                  {"title", "The dataset whose entries may be chosen"}}}}}}},
            {"operations",
             Json::array({describe_operation("set", "Links an entry, by its id or in full.",
                                             {{"link",
                                               "Entry",
                                               {{"type", Json::array({"string", "object", "null"})},
                                                {"properties", link}}}}),
                          describe_operation("clear", "Takes the link away.", {}),
                          describe_operation("reset", "Goes back to the default.", {})})}};
}

bool DatasetLink::is_canonical(std::string_view definition, std::string_view value) const {
    if (!surely_lacks(definition, {"\"datasetLink\""})) return false;
    std::string_view rest = value;
    for (const char* member : members) {
        const std::string begin =
            std::string(member == members[0] ? "{\"" : ",\"") + member + "\":\"";
        if (!rest.starts_with(begin)) return false;
        rest.remove_prefix(begin.size());
        const std::string_view text = rest.substr(0, rest.find('"'));
        if (std::string_view(member) == "version" ? !is_version(text) : !is_id(text)) return false;
        rest.remove_prefix(text.size() + (text.size() < rest.size() ? 1 : 0));
    }
    return rest == "}";
}

Result<Json> DatasetLink::normalize(const JsonField& field, const Json& value) const {
    const Json& target = option(field.definition, "datasetLink");
    if (!target.is_null() && !target.is_object())
        return wrong_option(field.definition, "datasetLink", "an object");
    const Json& wanted = value.is_null() ? option(field.definition, "defaultValue") : value;
    if (wanted.is_null()) return Json();
    if (!wanted.is_object() && !wanted.is_string()) {
        return invalid("SZ-FIELD-150",
                       "A link to an entry belongs here, not " + std::string(kind_of(wanted)) + ".",
                       "Write {\"datapackId\", \"datasetId\", \"entryId\", \"version\"}, or null "
                       "for no link.");
    }
    const Json given = wanted.is_string() ? Json{{"entryId", wanted}} : wanted;
    Json link = Json::object();
    for (const char* member : members) {
        Result<Json> part = member_of(given, target, member);
        if (!part) return part;
        link[member] = *std::move(part);
    }
    for (const auto& [name, ignored] : given.items()) {
        if (link.contains(name)) continue;
        field.findings
            .warning("SZ-FIELD-106", "A link has no " + in_quotes(name) + "; it is left out.")
            .at(step(name))
            .hint("A link is made of datapackId, datasetId, entryId and version.");
    }
    return link;
}

Result<Change> DatasetLink::apply(const JsonField& field, const Json& value,
                                  const Operation& operation) const {
    return change_nullable(*this, field, value, operation, true);
}

Result<std::string> DatasetLink::format(const JsonField&, const Json& value,
                                        std::string_view) const {
    return member_or(value, "entryId", std::string());
}

// The id of an entry; a link in full is JSON.
Result<Json> DatasetLink::parse(const JsonField& field, std::string_view text,
                                std::string_view) const {
    if (text == "null" || text.starts_with("{") || text.starts_with("\""))
        return sz::plugin::fault(SZ_ERR_UNSUPPORTED);
    if (text.empty()) return Json();
    return normalize(field, std::string(text));
}

Result<std::string> DatasetLink::search_text(const JsonField&, const Json& value) const {
    return member_or(value, "entryId", std::string());
}

Result<Json> DatasetLink::references(const JsonField&, const Json& value) const {
    if (!value.is_object()) return Json::array();
    Json reference = value;
    reference["kind"] = "entry";
    reference["pointer"] = "";
    return Json::array({reference});
}

}  // namespace fields
