// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/json.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

using namespace sz;

namespace {

constexpr JsonLimits small{100, 3, 8};

struct Refusal {
    std::string code, where, message;
};

Refusal refusal_of(std::string_view text, const JsonLimits& limits = small) {
    const auto value = parse_json(text, limits);
    if (value) return {"accepted", "", ""};
    return {value.error().code, value.error().where, value.error().message};
}

}  // namespace

TEST_CASE("JSON of every kind is read", "[json]") {
    const auto value = parse_json(R"( {"a":[1,-2,1.5,true,null],"b":{"c":"ö"}} )");
    REQUIRE(value);
    CHECK((*value)["a"][0] == 1);
    CHECK((*value)["a"][1] == -2);
    CHECK((*value)["a"][2] == 1.5);
    CHECK((*value)["a"][3] == true);
    CHECK((*value)["a"][4].is_null());
    CHECK((*value)["b"]["c"] == "ö");
    CHECK(parse_json("7").value() == 7);
    CHECK(parse_json("[]").value() == Json::array());
}

TEST_CASE("a fault is reported with its line and column", "[json]") {
    const auto [text, where] = GENERATE(table<std::string, std::string>({
        {"{\"a\": 1,}", "1:9"},
        {"[1,\n 2,\n 3", "3:3"},
        {"[1 // no\n]", "1:4"},
        {"{'a': 1}", "1:2"},
        {"", "1:1"},
        {"{\"a\": \"x\ny\"}", "1:9"},
        {"[1] 2", "1:5"},
        {"nul", "1:4"},
    }));
    const auto refusal = refusal_of(text);
    CHECK(refusal.code == "SZ-JSON-001");
    CHECK(refusal.where == where);
}

TEST_CASE("a comma before a bracket is named in words", "[json]") {
    CHECK(parse_json("[1,]").error().message == "A comma stands before a closing bracket.");
    CHECK(parse_json("[1").error().message == "The text ends before the JSON is complete.");
    CHECK(parse_json("[1 /*x*/]").error().message == "JSON has no comments.");
}

TEST_CASE("a key that stands twice in one object is refused where it stands again", "[json]") {
    const auto refusal = refusal_of("{\"a\": 1,\n \"a\": 2}");
    CHECK(refusal.code == "SZ-JSON-002");
    CHECK(refusal.where == "2:2");
    CHECK(refusal_of(R"({"\u0061":1, "a":2})").code == "SZ-JSON-002");
    CHECK(refusal_of(R"([{"a":1},{"a":2}])").code == "accepted");
}

TEST_CASE("the place of a key with escaped quotes is its own opening quote", "[json]") {
    CHECK(refusal_of(R"({"a\"":1,"a\"":2})").where == "1:10");
}

TEST_CASE("nesting is read at the limit and refused one past it", "[json]") {
    CHECK(refusal_of("[[[]]]").code == "accepted");
    const auto refusal = refusal_of("[[[[]]]]");
    CHECK(refusal.code == "SZ-JSON-003");
    CHECK(refusal.where == "1:4");
    CHECK(refusal_of(R"({"a":{"b":{"c":{}}}})").code == "SZ-JSON-003");
}

TEST_CASE("text is read at the limit of its length and refused one past it, keys too", "[json]") {
    CHECK(refusal_of(R"(["12345678"])").code == "accepted");
    CHECK(refusal_of(R"([1, "123456789"])").code == "SZ-JSON-005");
    CHECK(refusal_of(R"([1, "123456789"])").where == "1:5");
    CHECK(refusal_of(R"({"123456789":1})").code == "SZ-JSON-005");
}

TEST_CASE("JSON is read at the limit of its size and refused one past it", "[json]") {
    CHECK(refusal_of("[" + std::string(98, ' ') + "]").code == "accepted");
    CHECK(refusal_of("[" + std::string(99, ' ') + "]").code == "SZ-JSON-004");
}

TEST_CASE("what is not UTF-8 is refused at its first bad byte", "[json]") {
    CHECK(refusal_of("[\"a\xFF\"]").code == "SZ-JSON-006");
    CHECK(refusal_of("[\"a\xFF\"]").where == "1:4");
    CHECK(refusal_of("[\"\xC0\xAF\"]").code == "SZ-JSON-006");      // overlong '/'
    CHECK(refusal_of("[\"\xED\xA0\x80\"]").code == "SZ-JSON-006");  // a lone surrogate
    CHECK(refusal_of("[\"\xC3\"]").code == "SZ-JSON-006");
    CHECK(refusal_of(R"(["\ud800"])").code == "SZ-JSON-001");
}

TEST_CASE("a byte order mark and a zero byte are refused", "[json]") {
    CHECK(refusal_of("\xEF\xBB\xBF[]").code == "SZ-JSON-001");
    CHECK(refusal_of(std::string_view("[]\0", 3)).code == "SZ-JSON-001");
    CHECK(refusal_of(std::string_view("[1]\0garbage", 11)).where == "1:4");
}

TEST_CASE("UTF-16 is called by its name, with its mark and without", "[json]") {
    for (const std::string_view text :
         {std::string_view("\xFF\xFE[\0]\0", 6), std::string_view("\xFE\xFF\0[\0]", 6),
          std::string_view("[\0]\0", 4), std::string_view("\0[\0]", 4)}) {
        CHECK(refusal_of(text).code == "SZ-JSON-006");
        CHECK(refusal_of(text).message == "This is UTF-16, not UTF-8.");
        CHECK(refusal_of(text).where == "1:1");
    }
}

TEST_CASE("a missing comma is found behind the value that it should follow", "[json]") {
    const auto message = [](std::string_view text) {
        const auto refusal = refusal_of(text);
        return refusal.where + " " + refusal.message;
    };
    CHECK(message("{\"a\": 1\n \"b\": 2}") == "1:8 A comma is missing here.");
    CHECK(message("{\"a\": \"x\" \n\n \"b\": 2}") == "1:10 A comma is missing here.");
    CHECK(message("{\"a\": null\n \"b\": 2}") == "1:11 A comma is missing here.");
    CHECK(message("{\"a\": [1]\n \"b\": 2}") == "1:10 A comma is missing here.");
    CHECK(message("[{}\n {}]") == "1:4 A comma is missing here.");
    CHECK(message("[[1] [2]]") == "1:5 A comma is missing here.");
    CHECK(message("{\"a\" \"b\"}") == "1:5 A colon is missing here.");
    CHECK(message("{\"a\" {}}") == "1:5 A colon is missing here.");
    CHECK(message("[x \"b\"]").find("comma") == std::string::npos);
}

TEST_CASE("numbers that cannot be kept as they are written are refused", "[json]") {
    CHECK(parse_json("18446744073709551615").value() == 18446744073709551615ULL);
    CHECK(parse_json("-9223372036854775808").value().is_number_integer());
    CHECK(refusal_of("[18446744073709551616]").code == "SZ-JSON-007");
    CHECK(refusal_of("[18446744073709551616]").where == "1:2");
    CHECK(refusal_of("[1e999]").code == "SZ-JSON-007");
    CHECK(refusal_of("[1e999]").where == "1:2");
}

TEST_CASE("canonical JSON has sorted keys, no white space, and text as it is", "[json]") {
    CHECK(canonical_json(parse_json(R"({ "b" : [1, 2.5], "a" : "ö\n", "B": null })").value()) ==
          "{\"B\":null,\"a\":\"ö\\n\",\"b\":[1,2.5]}");
}

TEST_CASE("canonical JSON of text that is not UTF-8 is still JSON", "[json]") {
    CHECK(canonical_json(Json("a\xFF")) == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("a member of another type is as good as none", "[json]") {
    const auto object = parse_json(R"({"a":"x","b":3})").value();
    CHECK(string_or(object, "a", "-") == "x");
    CHECK(string_or(object, "b", "-") == "-");
    CHECK(string_or(object, "c", "-") == "-");
    CHECK(string_or(Json(3), "a", "-") == "-");
}

TEST_CASE("an error survives the way over JSON", "[json]") {
    const auto error =
        error_from_json(error_to_json({ErrorKind::conflict, "SZ-X-001", "what", "how", "there"}));
    CHECK(error.kind == ErrorKind::conflict);
    CHECK(error.code == "SZ-X-001");
    CHECK(error.message == "what");
    CHECK(error.hint == "how");
    CHECK(error.where == "there");
}

TEST_CASE("an error that another program garbled is still an error", "[json]") {
    const auto error = error_from_json(Json::array());
    CHECK(error.kind == ErrorKind::internal);
    CHECK(!error.message.empty());
}

TEST_CASE("a finding becomes an object with all of its parts", "[json]") {
    const Finding finding{"SZ-PACK-012", Severity::warning, "a.json", "/x", 3, 7, "m", "h"};
    CHECK(canonical_json(findings_to_json({finding})) ==
          R"([{"code":"SZ-PACK-012","column":7,"file":"a.json","hint":"h","line":3,"message":"m",)"
          R"("pointer":"/x","severity":"warning"}])");
}
