// SPDX-License-Identifier: AGPL-3.0-or-later
// A few field types without plugins: enough to see what the check of a pack asks of them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "kernel/plugin/field_change.hpp"

namespace sz::test {

class FakeFields final : public FieldTypes {
  public:
    mutable std::size_t normalized = 0;  // calls
    mutable std::size_t referred = 0;    // calls of `references`

    [[nodiscard]] bool has(std::string_view type) const override {
        const auto all = names();
        return std::find(all.begin(), all.end(), type) != all.end();
    }
    [[nodiscard]] std::vector<std::string> names() const override {
        return {"Boolean",   "DatasetLink", "Formula", "Group", "Image", "List",
                "MultiText", "Number",      "Select",  "Table", "Text"};
    }
    [[nodiscard]] Result<Json> describe(std::string_view type) const override {
        Json options = {{"type", "object"}, {"properties", Json::object()}};
        if (type == "Number")
            options["properties"] = {{"min", {{"type", "number"}}}, {"max", {{"type", "number"}}}};
        if (type == "List") options["properties"] = {{"min", {{"type", "integer"}}}};
        if (type == "Formula") options["properties"] = {{"formula", {{"type", "string"}}}};
        if (type == "Select") {
            options["properties"] = {{"multiple", {{"type", "boolean"}}},
                                     {"options", {{"type", "array"}, {"minItems", 1}}}};
            options["required"] = {"options"};
        }
        Json description{{"title", type}, {"options", options}};
        if (type == "List" || type == "Group") description["references"] = "inside";
        if (type == "Number" || type == "Text") description["references"] = false;
        if (type == "Number" || type == "Formula") description["computed"] = "always";
        if (type == "MultiText") description["references"] = {{"containing", "entry:"}};
        return description;
    }

    [[nodiscard]] Result<Json> normalize(const Json& definition, const Json& value,
                                         Findings& findings) const override {
        ++normalized;
        const auto type = definition.at("type").get<std::string>();
        if (type == "Number" && definition.contains("min") && definition.contains("max") &&
            definition["max"] < definition["min"])
            return refuse(findings, "The greatest number is below the least.");
        if (type == "Table" && has_twins(definition))
            return refuse(findings, "Two columns have one id.");
        if (const auto terms = terms_of(definition);
            type == "Formula" && definition.contains("formula") &&
            std::find(terms.begin(), terms.end(), "") != terms.end())
            return refuse(findings, "The formula cannot be read.");
        if (value.is_null()) return default_of(definition, findings);
        if (type == "Number") {
            if (!value.is_number()) return refuse(findings, "A number is expected.");
            if (definition.contains("min") && value < definition["min"])
                return refuse(findings, "The number is too small.");
        }
        if ((type == "Text" || type == "MultiText") && !value.is_string())
            return refuse(findings, "Text is expected.");
        if (type == "Boolean" && !value.is_boolean())
            return refuse(findings, "True or false is expected.");
        if (type == "DatasetLink" && !value.is_null() && !value.is_object())
            return refuse(findings, "A link is expected.");
        if (type == "List") return numbered(value, findings);
        return value;
    }

    [[nodiscard]] Result<Json> references(const Json& definition,
                                          const Json& value) const override {
        ++referred;
        Json list = Json::array();
        const auto type = definition.at("type").get<std::string>();
        if (type == "Formula") {
            const auto terms = terms_of(definition);
            for (std::string term : terms) {
                std::string as = terms.size() > 1 ? "number" : "one";
                if (term.starts_with("sum(")) {
                    as = "many";
                    term = term.substr(4, term.size() - 5);
                }
                if (!is_path(term)) continue;
                Json steps = Json::array();
                for (std::string path = term + "."; !path.empty();
                     path.erase(0, path.find('.') + 1))
                    steps.push_back(path.substr(0, path.find('.')));
                list.push_back({{"kind", "field"},
                                {"path", steps},
                                {"as", Json::array({as})},
                                {"pointer", ""}});
            }
        }
        if (type == "DatasetLink" && value.is_object()) {
            auto link = value;
            link["kind"] = "entry";
            link["pointer"] = "";
            list.push_back(link);
        }
        if (type == "MultiText" && value.is_string())
            list.push_back(mention_of(value.get<std::string>()));
        if (type == "Image" && value.is_string())
            list.push_back({{"kind", "image"}, {"path", value}, {"pointer", ""}});
        return list;
    }

    [[nodiscard]] Result<FieldChange> apply(const Json&, const Json&, const Json&) const override {
        return not_used();
    }
    [[nodiscard]] Result<std::string> format(const Json&, const Json&,
                                             std::string_view) const override {
        return not_used();
    }
    [[nodiscard]] Result<std::string> search_text(const Json&, const Json&) const override {
        return not_used();
    }
    [[nodiscard]] Result<FieldEvaluation> evaluate(const Json&, const Json&, const Json&,
                                                   FieldResolver&) const override {
        return not_used();
    }

  private:
    // A text is its link's target: "entry:DATASET/ENTRY", "entry:PACK/DATASET/ENTRY", or one with a
    // fault; "entry:+12" has 12 links too many.
    static Json mention_of(const std::string& target) {
        Json mention{{"kind", "mention"}, {"pointer", ""}};
        if (target.starts_with("entry:+")) {
            mention["left"] = std::stoul(target.substr(7));
            return mention;
        }
        mention.update({{"words", "here"}, {"target", target}});
        const auto last = target.rfind('/'), middle = target.rfind('/', last - 1);
        if (last == std::string::npos) return mention;
        const bool is_own = middle == std::string::npos;
        const auto dataset = is_own ? 6 : middle + 1;
        mention["datapackId"] = is_own ? "" : target.substr(6, middle - 6);
        mention["datasetId"] = target.substr(dataset, last - dataset);
        mention["entryId"] = target.substr(last + 1);
        return mention;
    }
    // A formula is what stands between its " + "; the words among that are paths, by themselves or
    // in "sum(…)".
    static std::vector<std::string> terms_of(const Json& definition) {
        std::vector<std::string> terms;
        std::string rest = definition.value("formula", std::string()) + " + ";
        for (std::size_t at = 0; (at = rest.find(" + ")) != std::string::npos;
             rest.erase(0, at + 3))
            terms.push_back(rest.substr(0, at));
        return terms;
    }
    static bool is_path(const std::string& term) {
        return !term.empty() &&
               term.find_first_not_of("abcdefghijklmnopqrstuvwxyz.") == std::string::npos;
    }
    // As in the real types: a Group's default is made of those of its fields, a List wants items
    // but may lack them.
    Result<Json> default_of(const Json& definition, Findings& findings) const {
        const auto type = definition.at("type").get<std::string>();
        if (definition.contains("defaultValue"))
            return normalize(definition, definition["defaultValue"], findings);
        if (type == "Number") return definition.value("min", Json(0));
        if (type == "Text" || type == "MultiText") return Json("");
        if (type == "Boolean") return Json(false);
        if (type == "List" && definition.contains("min"))
            findings.push_back({"SZ-FIELD-145", Severity::warning, "", "", 0, 0, "Too few.", ""});
        if (type == "List" || type == "Table") return Json::array();
        if (type != "Group") return Json();
        Json members = Json::object();
        for (const auto& one : definition.value("fields", Json::array())) {
            auto made = normalize(one, Json(), findings);
            if (!made) return made;
            members[one.at("id").get<std::string>()] = std::move(*made);
        }
        return members;
    }
    static bool has_twins(const Json& table) {
        std::vector<std::string> ids;
        for (const auto& column : table.value("columns", Json::array()))
            ids.push_back(column.at("id").get<std::string>());
        std::sort(ids.begin(), ids.end());
        return std::adjacent_find(ids.begin(), ids.end()) != ids.end();
    }
    static tl::unexpected<Error> not_used() {
        return fail(ErrorKind::unsupported, "SZ-FIELD-000", "Not asked for by a check.");
    }
    static tl::unexpected<Error> refuse(Findings& findings, std::string message,
                                        std::string pointer = {}) {
        findings.push_back({"SZ-FIELD-101", Severity::error, "", std::move(pointer), 0, 0, message,
                            "Write another value."});
        return fail(ErrorKind::input, "SZ-FIELD-101", message);
    }
    // Plain texts become items with ids, as the real type does it.
    static Result<Json> numbered(const Json& value, Findings& findings) {
        if (!value.is_array()) return refuse(findings, "A list is expected.");
        Json items = Json::array();
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i].is_object()) {
                items.push_back(value[i]);
            } else if (value[i].is_string()) {
                items.push_back({{"id", std::to_string(i + 1)}, {"value", value[i]}});
            } else {
                return refuse(findings, "Text is expected.", "/" + std::to_string(i));
            }
        }
        return items;
    }
};

}  // namespace sz::test
