// SPDX-License-Identifier: AGPL-3.0-or-later
// The schema stays the truth: the fast plan and valijson give the same verdict on everything.
#include <rapidcheck.h>

#include "kernel/content/pack_schemas.hpp"
#include "kernel/content/schema_valijson.hpp"
#include "tests/schemas/examples.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;

namespace {

struct Both {
    SchemaPlan plan;
    std::unique_ptr<const ValijsonSchema> valijson;
};

Both both(const Json& schema) {
    auto plan = SchemaPlan::compile(schema, schema_document);
    auto valijson = ValijsonSchema::compile(schema, schema_document);
    REQUIRE(plan);
    REQUIRE(valijson);
    return {std::move(*plan), std::move(*valijson)};
}

// Every place of a value.
void collect(Json& value, std::vector<Json*>& all) {
    all.push_back(&value);
    if (!value.is_structured()) return;
    for (auto& child : value) collect(child, all);
}

Json small_value() {
    const auto texts = std::vector<std::string>{"",
                                                "x",
                                                "dataset",
                                                "1.0.0",
                                                "1.0",
                                                "a b",
                                                "a.b",
                                                ".x",
                                                "everyone",
                                                "2025-01-01",
                                                std::string(129, 'y'),
                                                "ü"};
    switch (*rc::gen::inRange(0, 9)) {
        case 0: return nullptr;
        case 1: return *rc::gen::arbitrary<bool>();
        case 2: return *rc::gen::inRange(-3, 300);
        case 3: return 2.5;
        case 4: return Json::array();
        case 5: return Json::object();
        case 6: return Json::array({{{"id", "x"}, {"name", "X"}, {"type", "Number"}}});
        case 7: return Json{{"id", "x"}, {"name", "X"}, {"fields", Json::object()}};
        default: return *rc::gen::elementOf(texts);
    }
}

// Changes one place: another value, a key less, a key more, an item less.
void damage(Json& root) {
    std::vector<Json*> all;
    collect(root, all);
    Json& place = **rc::gen::elementOf(all);
    const int how = *rc::gen::inRange(0, 4);
    if (how == 0 || !place.is_structured()) {
        place = small_value();
    } else if (place.is_array()) {
        if (how == 1 && !place.empty()) place.erase(place.begin());
        if (how != 1) place.push_back(small_value());
    } else if (how == 1 && !place.empty()) {
        std::vector<std::string> keys;
        for (const auto& [key, value] : place.items()) keys.push_back(key);
        place.erase(*rc::gen::elementOf(keys));
    } else {
        const auto keys = std::vector<std::string>{
            "id",   "name", "type", "value", "fields", "columns", "itemType",
            "icon", "tags", "a.b",  "",      "extra",  "version"};
        place[*rc::gen::elementOf(keys)] = small_value();
    }
}

}  // namespace

TEST_CASE("the pack schemas use only what the plan knows, so packs are checked fast") {
    for (const std::string kind : example_kinds) {
        INFO(kind);
        CHECK(both(*schema_document(kind + ".json")).plan.is_complete());
    }
}

TEST_CASE("the plan and valijson agree on damaged examples") {
    auto all = examples("valid");
    for (auto& example : examples("invalid")) {
        if (!Json::parse(example.text, nullptr, false).is_discarded())
            all.push_back(std::move(example));
    }
    std::map<std::string, Both> schemas;
    for (const std::string kind : example_kinds)
        schemas.emplace(kind, both(*schema_document(kind + ".json")));
    CHECK(rc::check("same verdict, and words for every refusal", [&] {
        const auto& example = *rc::gen::elementOf(all);
        const auto& schema = schemas.at(example.kind);
        auto value = Json::parse(example.text);
        const int count = *rc::gen::inRange(0, 4);
        for (int i = 0; i < count; ++i) damage(value);
        bool has_unknown = false;
        const bool is_accepted = schema.plan.accepts(value, has_unknown);
        RC_LOG() << example.name << " " << value.dump() << "\n";
        RC_ASSERT(is_accepted == schema.valijson->check(value).empty());
        const auto faults = schema.plan.explain(value);
        RC_ASSERT(is_accepted == faults.empty());
        for (const auto& fault : faults)
            RC_ASSERT(value.contains(Json::json_pointer(fault.pointer)));
        if (is_accepted)
            RC_ASSERT(has_unknown == !schema.plan.unknown_keys(value).empty() ||
                      value.dump().find("$schema") != std::string::npos);
    }));
}

TEST_CASE("the plan and valijson agree on every keyword that the plan knows") {
    const auto values = Json::parse(
        R"([null, true, 0, 1, 2, 5, -1, 2.5, "", "a", "ab", "abc", "ü", "1", [], [1], [1, 2], [1, "a"], ["a", "b", "c"],
        {}, {"a": 1}, {"a": "x"}, {"a": 1, "b": 2}, {"b": null}, {"aa": 1}, {"a": {"a": {"a": 5}}}, [[1]], [[]], [{}]])");
    for (const auto& schema : Json::parse(R"([
        {}, {"type": "null"}, {"type": "boolean"}, {"type": "integer"}, {"type": "number"}, {"type": "string"},
        {"type": "array"}, {"type": "object"}, {"type": ["string", "null"]}, {"enum": [1, "a", null, [1]]},
        {"const": {"a": 1}},
        {"minLength": 1}, {"maxLength": 1}, {"pattern": "^[a-z]+$"}, {"pattern": "b"}, {"minimum": 1}, {"maximum": 1},
        {"exclusiveMinimum": 1}, {"exclusiveMaximum": 1}, {"minimum": 1, "exclusiveMaximum": 5}, {"minItems": 1},
        {"maxItems": 1},
        {"items": {"type": "integer"}}, {"items": false}, {"minProperties": 1}, {"maxProperties": 1}, {"required": ["a"]},
        {"properties": {"a": {"type": "integer"}}}, {"properties": {"a": false}}, {"additionalProperties": false},
        {"properties": {"a": true}, "additionalProperties": false},
        {"properties": {"a": {}}, "additionalProperties": {"type": "null"}},
        {"propertyNames": {"maxLength": 1}}, {"allOf": [{"type": "string"}, {"minLength": 2}]},
        {"anyOf": [{"type": "string"}, {"minimum": 2}]},
        {"oneOf": [{"type": "integer"}, {"minimum": 2}]},
        {"properties": {"a": {"$ref": "#"}}, "additionalProperties": false},
        {"$ref": "#/definitions/x", "definitions": {"x": {"type": "string"}}},
        {"$ref": "#/definitions/x", "type": "array", "definitions": {"x": {"type": "string"}}},
        {"items": {"$ref": "definitions.json#/definitions/id"}},
        {"title": "t", "description": "d", "default": 1, "examples": [1], "$comment": "c"}])")) {
        INFO(schema.dump());
        const auto schemas = both(schema);
        CHECK(schemas.plan.is_complete());
        for (const auto& value : values) {
            INFO(value.dump());
            bool ignored = false;
            const bool is_accepted = schemas.plan.accepts(value, ignored);
            CHECK(is_accepted == schemas.valijson->check(value).empty());
            CHECK(is_accepted == schemas.plan.explain(value).empty());
        }
    }
}
