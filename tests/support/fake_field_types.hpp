// SPDX-License-Identifier: AGPL-3.0-or-later
// Field types without plugins: Number (set, add), Text (set), List (insert, remove, move, set),
// Link (to an entry) and Peer (to an instance; both set), Formula, whose "formula" is numbers and
// paths with " + " between them, and Pool: a number (set) that is at most 10, or what a "formula"
// and things make of that; with the words of sdk/include/sz/ext/field_type.h. Enough for
// whatever works with any field type.
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
        const auto all = names();
        return std::find(all.begin(), all.end(), type) != all.end();
    }
    [[nodiscard]] std::vector<std::string> names() const override {
        return {"Formula", "Link", "List", "Number", "Peer", "Pool", "Text"};
    }
    [[nodiscard]] Result<Json> describe(std::string_view type) const override {
        Json description{{"title", std::string(type)}};
        if (type == "Formula") description["computed"] = "always";
        if (type == "Number" || type == "Pool") description["computed"] = "modified";
        if (type == "Pool") description["appliesTo"] = "computed";
        return description;
    }

    [[nodiscard]] Result<Json> normalize(const Json& definition, const Json& value,
                                         Findings& findings) const override {
        const std::string type = string_or(definition, "type");
        if (!has(type)) return unknown(type);
        if (value.is_null())
            return type == "Number" || type == "Pool" ? Json(0)
                   : type == "Text"                   ? Json("")
                   : type == "List"                   ? Json::array()
                                                      : Json();
        const bool fits =
            ((type == "Number" || type == "Pool") && value.is_number()) ||
            (type == "Text" && value.is_string()) || (type == "List" && value.is_array()) ||
            (type == "Link" && value.is_object()) || (type == "Peer" && value.is_string());
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
        if (type == "Pool")
            return FieldChange{
                {{"set", std::min(args[0].get<int>(), definition.value("computed", 10))}},
                inverse("set", Json::array({value})),
                false,
                {}};
        const bool fits = args.size() == 1 && (type == "Number" ? args[0].is_number()
                                               : type == "Link" ? args[0].is_object()
                                                                : args[0].is_string());
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
    [[nodiscard]] Result<Json> references(const Json& definition,
                                          const Json& value) const override {
        Json all = Json::array();
        const std::string type = string_or(definition, "type");
        if (type == "Link" && value.is_object()) add_entry(all, value, "");
        if (type == "Peer" && value.is_string())
            all.push_back({{"kind", "instance"}, {"instance", value}, {"pointer", ""}});
        if (type == "List") {
            for (std::size_t i = 0; i < value.size(); ++i) {
                const std::string place = "/" + std::to_string(i) + "/value";
                const Json& item = value[i]["value"];
                if (!item.is_object()) continue;
                if (item.contains("what"))
                    add_entry(all, item["what"], place + "/what");
                else
                    add_entry(all, item, place);
            }
        }
        return all;
    }
    [[nodiscard]] Result<FieldEvaluation> evaluate(const Json& definition, const Json& value,
                                                   const Json& effects,
                                                   FieldResolver& resolver) const override {
        FieldEvaluation sum{0, Json::array()};
        const auto add = [&](const std::string& text, const Json& amount, Json inputs) {
            sum.value = sum.value.get<int>() + amount.get<int>();
            sum.terms.push_back(
                {{"op", "add"}, {"text", text}, {"value", amount}, {"inputs", std::move(inputs)}});
        };
        if (string_or(definition, "type") == "Number") {
            add("stored", value, Json::array());
        } else if (!definition.contains("formula")) {
            add("at most", 10, Json::array());
        } else {
            for (const std::string& text : split(string_or(definition, "formula"), " + ")) {
                if (text.find_first_not_of("0123456789-") == std::string::npos) {
                    add(text, std::stoi(text), Json::array());
                    continue;
                }
                SZ_ASSIGN(const Json found, resolver.resolve(split(text, ".")));
                int total = 0;
                for (const Json& one : found["values"])
                    total += one["value"].is_number() ? one["value"].get<int>() : 0;
                add(text, total, found["values"]);
            }
        }
        for (const Json& effect : effects)
            add(string_or(effect, "name"), effect["value"], Json::array());
        return sum;
    }

  private:
    static void add_entry(Json& all, const Json& link, const std::string& pointer) {
        Json reference = link;
        reference["kind"] = "entry";
        reference["pointer"] = pointer;
        all.push_back(std::move(reference));
    }
    static std::vector<std::string> split(const std::string& text, const std::string& by) {
        std::vector<std::string> parts;
        std::size_t from = 0;
        for (std::size_t at = text.find(by); at != std::string::npos; at = text.find(by, from)) {
            parts.push_back(text.substr(from, at - from));
            from = at + by.size();
        }
        parts.push_back(text.substr(from));
        return parts;
    }
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
