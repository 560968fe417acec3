// SPDX-License-Identifier: AGPL-3.0-or-later
// What comes from a network or a broken file: refused with a finding, and never more than that.
#include <rapidcheck.h>

#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

namespace {

std::vector<std::string> hostile_texts() {
    return {"",
            " ",
            "{",
            "[",
            "]",
            "nul",
            "tru",
            "\"",
            "\"abc",
            "abc\"",
            "\"a\"b\"",
            "\"\\\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\xff\xfe\"",
            "\"\xc0\x80\"",
            "\"\xed\xa0\x80\"",
            "\"\xf5\x80\x80\x80\"",
            "\"\xe2\x82\"",
            std::string("\"a\0b\"", 5),
            "{\"id\":1,\"id\":2}",
            "[{\"id\":\"a\",\"value\":1,\"value\":2}]",
            "1e999",
            "-1e999",
            "01",
            "1.",
            "- 1",
            "NaN",
            "1 2",
            "[1,]",
            "// x\n1",
            std::string(100'000, '['),
            std::string(100'000, '[') + std::string(100'000, ']'),
            std::string(200'000, '9'),
            "1e" + std::string(200'000, '9')};
}

}  // namespace

TEST_CASE("text that is not JSON is refused with a finding by every type") {
    for (const std::string& type : type_names()) {
        const std::string definition = Json{{"type", type}}.dump();
        for (const std::string& text : hostile_texts()) {
            CAPTURE(type, text.substr(0, 40));
            const Answer answer = normalize_text(definition, text);
            REQUIRE(answer.status == SZ_ERR_INVALID);
            REQUIRE_FALSE(answer.findings.empty());
            REQUIRE(answer.text.empty());
            REQUIRE(apply_text(definition, "null", text).status == SZ_ERR_INVALID);
        }
    }
}

TEST_CASE("a hostile definition is refused and not followed") {
    const Json bottomless = [] {
        Json definition{{"type", "Text"}};
        for (int i = 0; i < 40; ++i) definition = Json{{"type", "List"}, {"itemType", definition}};
        return definition;
    }();
    CHECK_FALSE(normalize(bottomless, {{1}}).is_good());
    for (const char* wrong : {"[]", "1", "null", "\"Number\"", "{"}) {
        CAPTURE(wrong);
        const Answer answer = normalize_text(wrong, "[]");
        CHECK((answer.is_good() || !answer.findings.empty()));
    }
    for (const Json& options :
         {Json{{"fields", 5}}, Json{{"columns", {{"id", 5}}}}, Json{{"itemType", 5}},
          Json{{"itemType", Json::object()}}, Json{{"options", {{{"name", "x"}}}}},
          Json{{"min", Json::array()}}, Json{{"maxLength", 1.5}}, Json{{"datasetLink", 5}}}) {
        for (const std::string& type : type_names()) {
            Json definition = options;
            definition["type"] = type;
            CAPTURE(definition.dump());
            const Answer answer = normalize(definition, nullptr);
            CHECK((answer.is_good() || answer.code() == "SZ-FIELD-104"));
        }
    }
}

TEST_CASE("a list has at most ten thousand items") {
    Json items = Json::array();
    for (int i = 0; i < 10'000; ++i) items.push_back("x");
    CHECK(normalize({{"type", "List"}}, items).is_good());
    items.push_back("x");
    CHECK(normalize({{"type", "List"}}, items).code() == "SZ-FIELD-144");
}

TEST_CASE("arguments of any kind are refused or taken, and nothing else happens") {
    CHECK(rc::check("operations from anywhere", [] {
        const std::string type = *rc::gen::elementOf(type_names());
        const std::string op = *rc::gen::element<std::string>(
            "set", "add", "insert", "remove", "move", "apply", "assign", "reset", "toggle");
        const Json odd = *rc::gen::element<Json>(nullptr, true, -1, 1e300, 18446744073709551615u,
                                                 "", "../x", Json::array(), Json::object(),
                                                 Json{{"id", 5}, {"value", Json::array()}},
                                                 Json{{{"id", "a"}, {"cells", 1}}});
        const Json odder = *rc::gen::element<Json>(nullptr, -5, 1.5, 18446744073709551615u, "set",
                                                   Json::array({1}), Json::object());
        const Json value = *rc::gen::element<Json>(nullptr, 1, "x", Json::array(), Json::object(),
                                                   Json::array({1}), Json::array({Json::object()}));
        const Answer answer =
            apply({{"type", type}}, value, op.c_str(), Json::array({odd, odder, odd}));
        RC_ASSERT(answer.status == SZ_OK || !answer.findings.empty());
        RC_ASSERT(answer.status != SZ_ERR_INTERNAL);
    }));
}
