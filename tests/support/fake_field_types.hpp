// SPDX-License-Identifier: AGPL-3.0-or-later
// Field types without plugins: Number (set, add), Text (set) and List (insert, remove, move, set),
// with the words of sdk/include/sz/ext/field_type.h. Enough for whatever works with any field type.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kernel/plugin/field_change.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::test {

class FakeFieldTypes final : public FieldTypes {
  public:
    [[nodiscard]] bool has(std::string_view type) const override {
        return type == "Number" || type == "Text" || type == "List";
    }
    [[nodiscard]] std::vector<std::string> names() const override {
        return {"List", "Number", "Text"};
    }
    [[nodiscard]] Result<Json> describe(std::string_view type) const override {
        return Json{{"title", std::string(type)}};
    }

    [[nodiscard]] Result<Json> normalize(const Json& definition, const Json& value,
                                         Findings& findings) const override {
        const std::string type = string_or(definition, "type");
        if (!has(type)) return unknown(type);
        if (value.is_null())
            return type == "Number" ? Json(0) : type == "Text" ? Json("") : Json::array();
        const bool fits = (type == "Number" && value.is_number()) ||
                          (type == "Text" && value.is_string()) ||
                          (type == "List" && value.is_array());
        if (fits) return value;
        findings.push_back({"SZ-FIELD-101",
                            Severity::error,
                            {},
                            {},
                            0,
                            0,
                            "The value is not a " + type + ".",
                            {}});
        return fail(ErrorKind::input, "SZ-FIELD-101", "The value is not a " + type + ".");
    }

    [[nodiscard]] Result<FieldChange> apply(const Json& definition, const Json& value,
                                            const Json& operation) const override {
        const std::string type = string_or(definition, "type");
        const std::string op = string_or(operation, "op");
        const Json args = operation.value("args", Json::array());
        if (!has(type)) return unknown(type);
        if (type == "List") return apply_list(value, op, args, string_or(operation, "key"));
        const bool fits =
            args.size() == 1 && (type == "Number" ? args[0].is_number() : args[0].is_string());
        if (op == "set" && fits)
            return FieldChange{{{"set", args[0]}}, inverse("set", Json::array({value})), false, {}};
        if (op == "add" && fits && type == "Number") {
            return FieldChange{{{"set", value.get<int>() + args[0].get<int>()}},
                               inverse("add", Json::array({-args[0].get<int>()})),
                               true,
                               {}};
        }
        return fail(ErrorKind::input, "SZ-FIELD-110", "There is no such operation.");
    }

    [[nodiscard]] Result<std::string> format(const Json& definition, const Json& value,
                                             std::string_view) const override {
        if (!has(string_or(definition, "type"))) return unknown(string_or(definition, "type"));
        return value.is_string() ? value.get<std::string>() : value.dump();
    }
    [[nodiscard]] Result<std::string> search_text(const Json&, const Json& value) const override {
        return value.dump();
    }
    [[nodiscard]] Result<Json> references(const Json&, const Json&) const override {
        return Json::array();
    }

  private:
    static tl::unexpected<Error> unknown(const std::string& type) {
        return fail(ErrorKind::environment, "SZ-FIELD-001",
                    "No plugin offers the field type “" + type + "”.");
    }
    static Json inverse(const char* op, Json args) {
        return {{"op", op}, {"args", std::move(args)}};
    }

    static Result<FieldChange> apply_list(const Json& value, const std::string& op,
                                          const Json& args, const std::string& key) {
        const auto wrong = [] {
            return fail(ErrorKind::input, "SZ-FIELD-110", "The list cannot be changed like that.");
        };
        if (args.empty()) return wrong();
        if (op == "insert") {
            const std::string id = args.size() > 2 ? args[2].get<std::string>() : key;
            const std::size_t at =
                args.size() > 1 ? std::min(args[1].get<std::size_t>(), value.size()) : value.size();
            return FieldChange{
                {{"insert", {{"at", at}, {"item", {{"id", id}, {"value", args[0]}}}}}},
                inverse("remove", Json::array({id})),
                false,
                {id}};
        }
        if (!args[0].is_string()) return wrong();
        const std::string id = args[0].get<std::string>();
        const auto item = std::find_if(value.begin(), value.end(),
                                       [&](const Json& one) { return one["id"] == id; });
        if (item == value.end()) return wrong();
        const auto at = static_cast<std::size_t>(item - value.begin());
        if (op == "remove") {
            return FieldChange{{{"remove", {{"id", id}}}},
                               inverse("insert", Json::array({(*item)["value"], at, id})),
                               false,
                               {id}};
        }
        if (args.size() != 2) return wrong();
        if (op == "move") {
            const std::size_t to = std::min(args[1].get<std::size_t>(), value.size() - 1);
            return FieldChange{{{"move", {{"id", id}, {"to", to}}}},
                               inverse("move", Json::array({id, at})),
                               false,
                               {id}};
        }
        if (op == "set") {
            return FieldChange{
                {{"replace", {{"id", id}, {"item", {{"id", id}, {"value", args[1]}}}}}},
                inverse("set", Json::array({id, (*item)["value"]})),
                false,
                {id}};
        }
        return wrong();
    }
};

}  // namespace sz::test
