// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/blueprint.hpp"

#include <algorithm>
#include <set>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

tl::unexpected<Error> unusable(const Json& template_object, const std::string& why) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-033",
                std::string(string_or(template_object, "szType") == "dataset" ? "The entry “"
                                                                              : "The template “") +
                    string_or(template_object, "name", string_or(template_object, "id", "?")) +
                    "” cannot be used: " + why,
                "Check its pack with szctl pack validate.");
}

// Levels of arrays and objects. What was parsed has few.
std::size_t depth_of(const Json& value) {
    if (!value.is_structured()) return 0;
    std::size_t deepest = 0;
    for (const Json& inside : value) deepest = std::max(deepest, depth_of(inside));
    return deepest + 1;
}

// The tree of the template as a part of a sheet, each field with its canonical default and the
// access that its section and group leave it.
class Builder {
  public:
    Builder(const Json& template_object, const FieldTypes& fields)
        : template_(template_object), fields_(fields) {}

    [[nodiscard]] Result<Json> sections() {
        Json list = Json::array();
        std::string after;
        for (const Json& section : read::list(template_, "sections")) {
            SZ_ASSIGN(Json made_groups, groups(section));
            list.push_back(node(section, after, "groups", std::move(made_groups)));
        }
        return list;
    }

  private:
    // What a section and a group say of their fields: who sees them, and who changes those that do
    // not say it themselves.
    struct Access {
        std::string visibility, editable_by;
    };

    [[nodiscard]] static Json node(const Json& from, std::string& after, const char* children,
                                   Json inside) {
        Json made{
            {"id", string_or(from, "id")}, {"name", string_or(from, "name")}, {"after", after}};
        made[children] = std::move(inside);
        after = string_or(from, "id");
        return made;
    }

    [[nodiscard]] Result<Json> groups(const Json& section) {
        Json list = Json::array();
        std::string after;
        for (const Json& group : read::list(section, "groups")) {
            Access access{stricter_label(string_or(section, "visibility", "everyone"),
                                         string_or(group, "visibility", "everyone")),
                          string_or(group, "editableBy", string_or(section, "editableBy"))};
            SZ_ASSIGN(Json made_fields, group_fields(section, group, access));
            list.push_back(node(group, after, "fields", std::move(made_fields)));
        }
        return list;
    }

    [[nodiscard]] Result<Json> group_fields(const Json& section, const Json& group,
                                            const Access& access) {
        Json list = Json::array();
        std::string after;
        for (const Json& field : read::list(group, "fields")) {
            const std::string id = string_or(field, "id");
            const std::string path =
                field_path(string_or(section, "id"), string_or(group, "id"), id);
            if (!paths_.insert(path).second)
                return unusable(template_, "it has two fields at " + path + ".");
            SZ_TRY(check_depth(field, "definition of " + path));
            SZ_ASSIGN(Json value, default_of(field, path));
            SZ_TRY(check_depth(value, "default of " + path));
            Json definition = field;
            const std::string own = string_or(field, "visibility", "everyone");
            if (!is_visibility_label(own))
                return unusable(template_, "the visibility of " + path + " is not known.");
            if (const std::string strict = stricter_label(access.visibility, own);
                strict != "everyone")
                definition["visibility"] = strict;
            if (!access.editable_by.empty() && !field.contains("editableBy"))
                definition["editableBy"] = access.editable_by;
            list.push_back({{"definition", std::move(definition)},
                            {"value", std::move(value)},
                            {"after", after}});
            after = id;
        }
        return list;
    }

    [[nodiscard]] Status check_depth(const Json& value, const std::string& what) const {
        if (depth_of(value) <= limits::definition_depth_max) return {};
        return unusable(template_, "the " + what + " is nested deeper than " +
                                       std::to_string(limits::definition_depth_max) + " levels.");
    }

    [[nodiscard]] Result<Json> default_of(const Json& field, const std::string& path) {
        const Json* given = read::member(field, "defaultValue");
        Findings findings;
        auto value = fields_.normalize(field, given == nullptr ? Json() : *given, findings);
        if (value) return value;
        const auto first = std::find_if(
            findings.begin(), findings.end(),
            [](const Finding& finding) { return finding.severity == Severity::error; });
        return unusable(template_,
                        "the field " + path + ": " +
                            (first == findings.end() ? value.error().message : first->message));
    }

    const Json& template_;
    const FieldTypes& fields_;
    std::set<std::string> paths_;
};

Json link_of(const Json& template_object) {
    const Json* pack = read::member(template_object, "pack");
    const Json none = Json::object();
    const Json& from = pack == nullptr ? none : *pack;
    return {{"datapackId", string_or(from, "id")},
            {"templateId", string_or(template_object, "id")},
            {"version", string_or(from, "version")},
            {"name", string_or(template_object, "name")},
            {"pack", string_or(from, "name")}};
}

void add_link(std::map<std::string, std::string>& packs, const Json& holder, const char* key) {
    const Json* link = read::member(holder, key);
    if (link == nullptr) return;
    if (const std::string id = string_or(*link, "datapackId"); !id.empty())
        packs.emplace(id, string_or(*link, "version", "*"));
}

// The packs that a template's links lead to, its own left out.
Json required_packs(const Json& template_object, const std::string& own) {
    std::map<std::string, std::string> packs;
    add_link(packs, template_object, "characterTemplateLink");
    for (const Json& link : read::list(template_object, "requiredDatasets"))
        add_link(packs, Json{{"link", link}}, "link");
    for (const Json& section : read::list(template_object, "sections")) {
        for (const Json& group : read::list(section, "groups")) {
            for (const Json& field : read::list(group, "fields"))
                add_link(packs, field, "datasetLink");
        }
    }
    packs.erase(own);
    Json list = Json::array();
    for (const auto& [id, version] : packs) list.push_back({{"id", id}, {"version", version}});
    return list;
}

}  // namespace

Result<Instance> instance_from_template(const Json& template_object, Instance wanted,
                                        const FieldTypes& fields) {
    SZ_ASSIGN(const Json sections, Builder(template_object, fields).sections());
    auto merged = merge_sheet_part(wanted.layout, sections);
    if (!merged) return unusable(template_object, merged.error().message);
    for (NewField& field : *merged) {
        Field& slot = wanted.fields[field.path];
        slot.definition = std::move(field.definition);
        slot.value = std::move(field.value);
    }
    wanted.template_link = link_of(template_object);
    wanted.requires_packs =
        required_packs(template_object, string_or(wanted.template_link, "datapackId"));
    return wanted;
}

std::vector<SheetPart> parts_by_audience(const Instance& instance) {
    std::set<Audience, WiderFirst> audiences{instance.audience()};
    for (const auto& [path, field] : instance.fields)
        audiences.insert(instance.field_audience(path));
    std::vector<SheetPart> parts;
    for (const Audience& audience : audiences) {
        const auto is_in = [&](const std::string& path) {
            return instance.field_audience(path) == audience;
        };
        const auto is_there = [&](const std::string& path) {
            const Audience other = instance.field_audience(path);
            return other.before(audience) && other.covers(audience);
        };
        parts.push_back({audience, sheet_part(instance, is_in, is_there)});
    }
    return parts;
}

std::vector<SeenRecord> creation_records(const Instance& instance) {
    std::vector<SeenRecord> records;
    for (auto& [audience, sections] : parts_by_audience(instance)) {
        if (audience == instance.audience()) {
            Json made{{"kind", instance.kind},
                      {"name", instance.name},
                      {"owner", instance.owner},
                      {"template", instance.template_link},
                      {"requires", instance.requires_packs},
                      {"visibility", instance.visibility},
                      {"sections", std::move(sections)}};
            Record record = reader_record(instance.id, {{"create", std::move(made)}});
            record.inverse = {{"op", "remove"}, {"args", Json::array()}};
            records.push_back({audience, std::move(record)});
        } else {
            records.push_back(
                {audience,
                 reader_record(instance.id, {{"reveal", {{"sections", std::move(sections)}}}})});
        }
    }
    return records;
}

}  // namespace sz::campaign
