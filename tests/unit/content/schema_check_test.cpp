// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/schema_check.hpp"

#include "kernel/content/library.hpp"
#include "kernel/content/schema_valijson.hpp"
#include "kernel/content/schema_words.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

// "pointer: message", one a line.
std::string said(const std::string& schema, const std::string& value) {
    std::string text;
    for (const auto& finding : check_schema(schema, Json::parse(value))) {
        CHECK(finding.code == "SZ-SCHEMA-001");
        CHECK(finding.severity == Severity::error);
        text += (text.empty() ? "" : "\n") + finding.pointer + ": " + finding.message;
    }
    return text;
}

}  // namespace

TEST_CASE("a value that fits its schema has no findings") {
    CHECK(
        said(
            R"({"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "limit": {"type": "integer",
               "minimum": 1}}, "additionalProperties": false})",
            R"({"id": "x", "limit": 3})")
            .empty());
    CHECK(said("true", "[1]").empty());
    CHECK(said("{}", "null").empty());
}

TEST_CASE("all disagreements are told in words, each at its pointer") {
    const std::string schema =
        R"({"type": "object", "required": ["id", "name"], "additionalProperties": false, "properties": {
        "id": {"type": "string", "pattern": "^[a-z]+$"}, "name": {"type": "string", "minLength": 1, "maxLength": 3},
        "limit": {"type": "integer", "minimum": 1, "maximum": 9}, "kind": {"enum": ["one", "two"]},
        "list": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": ["string", "null"]}},
        "map": {"type": "object", "propertyNames": {"maxLength": 2}, "additionalProperties": {"type": "boolean"}}}})";
    CHECK(said(schema, R"({"id": "a", "name": "abc"})").empty());
    CHECK(said(schema, R"({"id": "a"})") == ": “name” is missing in the value.");
    CHECK(said(schema, R"({"id": "A b", "name": ""})") ==
          "/id: “id” has a form that is not allowed here: “A b”.\n/name: “name” is empty.");
    CHECK(said(schema, R"({"id": "a", "name": "ééé"})").empty());
    CHECK(said(schema, R"({"id": "a", "name": "éééé"})") ==
          "/name: “name” is longer than 3 characters.");
    CHECK(said(schema, R"({"id": "a", "name": "b", "limit": 0})") ==
          "/limit: “limit” should be at least 1.");
    CHECK(said(schema, R"({"id": "a", "name": "b", "limit": 10})") ==
          "/limit: “limit” should be at most 9.");
    CHECK(said(schema, R"({"id": "a", "name": "b", "limit": "5"})") ==
          "/limit: “limit” should be a whole number, but is text.");
    CHECK(said(schema, R"({"id": "a", "name": "b", "kind": "tow"})") ==
          "/kind: “kind” should be one of “one”, “two”, but is “tow”.");
    CHECK(said(schema, R"({"id": "a", "name": "b", "list": []})") ==
          "/list: “list” should have at least 1 item.");
    CHECK(said(schema, R"({"id": "a", "name": "b", "list": ["x", 2]})") ==
          "/list/1: Item 2 of “list” should be text or null, but is the number 2.");
    CHECK(said(schema, R"({"id": "a", "name": "b", "map": {"abc": 1}})") ==
          "/map/abc: The key “abc” is longer than 2 characters.\n"
          "/map/abc: “abc” should be true or false, but is the number "
          "1.");
    CHECK(said(schema, R"({"id": "a", "name": "b", "nmae": 1})") ==
          "/nmae: The key “nmae” is not known here.");
    CHECK(check_schema(schema, Json::parse(R"({"id": "a", "name": "b", "nmae": 1})")).at(0).hint ==
          "Did you mean “name”?");
    CHECK(said(schema, "[]") == ": The value should be an object in braces {}, but is a list.");
}

TEST_CASE("of several forms the one of the value's type is explained") {
    const std::string schema =
        R"({"anyOf": [{"type": "string"}, {"type": "object", "required": ["id"]}]})";
    CHECK(said(schema, R"("x")").empty());
    CHECK(said(schema, R"({"id": 1})").empty());
    CHECK(said(schema, "{}") == ": “id” is missing in the value.");
    CHECK(said(schema, "3") ==
          ": The value should be text or an object in braces {}, but is the number 3.");
}

TEST_CASE("keywords that the plan does not know are valijson's") {
    const std::string schema =
        R"({"type": "object", "properties": {"a": {"type": "array", "uniqueItems": true}}, "not": {"required": ["b"]}})";
    CHECK(said(schema, R"({"a": [1, 2]})").empty());
    CHECK(said(schema, R"({"a": [1, 1]})") == "/a: The value does not fit its schema here.");
    CHECK(said(schema, R"({"a": 1})") ==
          "/a: “a” should be a list in brackets [], but is the number 1.");
    CHECK(said(schema, R"({"b": 1})") == ": The value does not fit its schema here.");
}

TEST_CASE("what is no schema is said, not ignored") {
    for (const char* bad : {"{", "5", R"({"type": "strnig"})", R"({"$ref": "#/nowhere"})",
                            R"({"$ref": "#"})", R"({"pattern": "["})", R"({"required": "id"})",
                            R"({"properties": []})", R"({"minLength": -1})", R"({"anyOf": []})"}) {
        INFO(bad);
        const auto findings = check_schema(bad, Json::object());
        REQUIRE(findings.size() == 1);
        CHECK(findings[0].code == "SZ-SCHEMA-002");
    }
}

TEST_CASE("a schema may refer to itself, and a value is checked as deep as it is") {
    const std::string schema =
        R"({"type": "object", "properties": {"next": {"$ref": "#"}}, "additionalProperties": false})";
    CHECK(said(schema, R"({"next": {"next": {}}})").empty());
    CHECK(said(schema, R"({"next": {"next": {"x": 1}}})") ==
          "/next/next/x: The key “x” is not known here.");
    // One that never gets to the value is refused, not followed for ever.
    CHECK_FALSE(check_schema(R"({"allOf": [{"$ref": "#"}]})", Json::object()).empty());
}

TEST_CASE("a long text does not overflow the stack of the regular expression library") {
    const std::string schema =
        R"({"type": "object", "properties": {"a": {"type": "string", "pattern": "^(x|y)*z?$"}}})";
    CHECK(check_schema(schema, Json{{"a", std::string(4096, 'x')}}).empty());
    CHECK(check_schema(schema, Json{{"a", std::string(4097, 'x')}}).size() == 1);
    CHECK(check_schema(schema, Json{{"a", std::string(1'000'000, 'x')}}).size() == 1);
    const std::string for_valijson =
        R"({"uniqueItems": true, "properties": {"a": {"type": "string", "pattern": "^(x|y)*$"}}})";
    CHECK(check_schema(for_valijson, Json{{"a", std::string(4096, 'x')}}).empty());
    CHECK(check_schema(for_valijson, Json{{"a", std::string(1'000'000, 'x')}}).size() == 1);
}

TEST_CASE("simple patterns are matched without the library, as the library would") {
    const std::vector<std::string> patterns = {
        "^[A-Za-z0-9_-][A-Za-z0-9._-]*$", "^[^.]+$", "^abc$", "^a[0-9]+$", "^[x]*$", "^$"};
    const std::vector<std::string> texts = {"",   "a",   "abc", "a1",   "a12", "a1b", ".a", "a.b",
                                            "xx", "xxy", "é",   "a\nb", "a\n", "-",   "a b"};
    for (const auto& pattern : patterns) {
        const auto compiled = SchemaPattern::compile(pattern);
        REQUIRE(compiled);
        CHECK(compiled->is_simple());
        for (const auto& text : texts) {
            INFO(pattern << " on " << text);
            CHECK(compiled->matches(text) == std::regex_search(text, std::regex(pattern)));
        }
    }
    for (const char* other : {"abc", "^a|b$", "^(a)$", "^a+b$", "^\\d+$", "^a{2}$", "^[\\w]$"}) {
        INFO(other);
        const auto compiled = SchemaPattern::compile(other);
        REQUIRE(compiled);
        CHECK_FALSE(compiled->is_simple());
    }
    CHECK_FALSE(SchemaPattern::compile("["));
}

TEST_CASE("a word is found again behind a typing error") {
    const std::vector<std::string> known = {"name", "description", "icon", "version"};
    CHECK(nearest_word("nmae", known) == "name");
    CHECK(nearest_word("Name", known) == "name");
    CHECK(nearest_word("descripton", known) == "description");
    CHECK(nearest_word("verison", known) == "version");
    CHECK_FALSE(nearest_word("entries", known));
    CHECK_FALSE(nearest_word("x", known));
    CHECK_FALSE(nearest_word("", known));
}

TEST_CASE("quoted text is cut at a character and has no control characters") {
    CHECK(quote("a\nb") == "“a b”");
    CHECK(quote(std::string(60, 'x')) == "“" + std::string(60, 'x') + "”");
    CHECK(quote(std::string(59, 'x') + "é") == "“" + std::string(59, 'x') + "…”");
}
