// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

TEST_CASE("the plugin offers ten types") {
    CHECK(type_names() == std::vector<std::string>{"Number", "Text", "MultiText", "Boolean", "List",
                                                   "DatasetLink", "Select", "Image", "Group",
                                                   "Table"});
}

TEST_CASE("every type describes itself and its operations for help and completion") {
    for (const std::string& name : type_names()) {
        CAPTURE(name);
        const Json about = describe(name);
        CHECK(about["title"].is_string());
        CHECK(about["summary"].is_string());
        CHECK(about["editor"].is_string());
        CHECK(about["options"]["type"] == "object");
        CHECK(about.contains("default"));
        REQUIRE(about["operations"].is_array());
        bool has_reset = false;
        for (const Json& operation : about["operations"]) {
            CAPTURE(operation.dump());
            CHECK_FALSE(operation["summary"].get<std::string>().empty());
            CHECK(operation["relative"].is_boolean());
            REQUIRE(operation["args"].is_array());
            for (const Json& argument : operation["args"]) {
                CHECK_FALSE(argument["name"].get<std::string>().empty());
                CHECK_FALSE(argument["title"].get<std::string>().empty());
                CHECK(argument["schema"].is_object());
            }
            has_reset = has_reset || operation["name"] == "reset";
        }
        CHECK(has_reset);
    }
}

TEST_CASE("a template says what may be chosen, and a value alone need not") {
    const Json options = describe("Select")["options"];
    CHECK(options["required"] == Json::array({"options"}));
    CHECK(options["properties"]["options"]["minItems"] == 1);
    CHECK(normalize({{"type", "Select"}}, "anything").is_good());
}

TEST_CASE("a definition that cannot be right is refused before there is a value") {
    const Json number{{"id", "f"}, {"type", "Number"}, {"min", 5}, {"max", 1}};
    const Json text{{"id", "a"}, {"type", "Text"}};
    CHECK(normalize(number, nullptr).code() == "SZ-FIELD-104");
    CHECK(normalize({{"type", "Group"}, {"fields", {number}}}, nullptr).code() == "SZ-FIELD-104");
    CHECK(normalize({{"type", "Table"}, {"columns", {text, text}}}, nullptr).code() ==
          "SZ-FIELD-104");
    CHECK(normalize({{"type", "List"}, {"min", 2}, {"max", 1}}, nullptr).code() == "SZ-FIELD-104");
}

TEST_CASE("the default that a type describes is what null becomes") {
    for (const std::string& name : type_names()) {
        CAPTURE(name);
        CHECK(normalize({{"type", name}}, nullptr).json() == describe(name)["default"]);
    }
}
