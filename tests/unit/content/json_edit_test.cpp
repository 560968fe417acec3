// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/json_edit.hpp"

#include "kernel/base/json.hpp"
#include "tests/support/catch.hpp"

using sz::Json;
using sz::tools::apply_edits;
using sz::tools::JsonEdit;
using Kind = sz::tools::JsonEdit::Kind;

namespace json_edit_test {

namespace {

std::string edited(const std::string& text, const std::vector<JsonEdit>& edits) {
    return apply_edits(text, edits).value_or("nowhere");
}

}  // namespace

TEST_CASE("an edit leaves everything else as it was written") {
    const std::string text = R"({
  "Name" : "Sword",   "odd": [1,2 , 3],
  "deep": { "a/b": {"x": 1} },
  "n": 12
}
)";
    CHECK(edited(text, {{Kind::rename, "/Name", "name", {}, {}}}) == R"({
  "name" : "Sword",   "odd": [1,2 , 3],
  "deep": { "a/b": {"x": 1} },
  "n": 12
}
)");
    CHECK(edited(text, {{Kind::set, "/n", {}, "twelve", {}},
                        {Kind::set, "/odd/1", {}, nullptr, {}},
                        {Kind::rename, "/deep/a~1b/x", "y", {}, {}},
                        {Kind::rename, "/deep/a~1b", "c", {}, {}}}) == R"({
  "Name" : "Sword",   "odd": [1,null , 3],
  "deep": { "c": {"y": 1} },
  "n": "twelve"
}
)");
}

TEST_CASE("a new member stands as its neighbours do") {
    CHECK(edited("{\n  \"id\": 1,\n  \"b\": 2\n}", {{Kind::add, "", "v", 3, "id"}}) ==
          "{\n  \"id\": 1,\n  \"v\": 3,\n  \"b\": 2\n}");
    CHECK(edited("{\n  \"id\": 1\n}", {{Kind::add, "", "v", 3, "id"}}) ==
          "{\n  \"id\": 1,\n  \"v\": 3\n}");
    CHECK(edited("{\n\t\"b\": 2\n}", {{Kind::add, "", "v", 3, {}}, {Kind::add, "", "w", 4, {}}}) ==
          "{\n\t\"v\": 3,\n\t\"w\": 4,\n\t\"b\": 2\n}");
    CHECK(edited("{ \"b\": 2 }", {{Kind::add, "", "v", "x", "b"}}) == "{ \"b\": 2, \"v\": \"x\" }");
    CHECK(edited("{\"b\":2}", {{Kind::add, "", "v", 3, {}}}) == "{\"v\": 3, \"b\":2}");
    CHECK(edited("{\"b\":2}", {{Kind::add, "", "v", 3, "b"}}) == "{\"b\":2, \"v\": 3}");
    CHECK(edited("{}", {{Kind::add, "", "v", 3, "id"}, {Kind::add, "", "w", 4, {}}}) ==
          "{\"v\": 3, \"w\": 4}");
    CHECK(edited("[{ }]", {{Kind::add, "/0", "v", 3, {}}}) == "[{\"v\": 3 }]");
    CHECK(edited("{\r\n  \"b\": 2\r\n}", {{Kind::add, "", "v", 3, {}}}) ==
          "{\r\n  \"v\": 3,\r\n  \"b\": 2\r\n}");
}

TEST_CASE("an edit that leads nowhere is none") {
    for (const JsonEdit& edit :
         {JsonEdit{Kind::rename, "/x", "y", {}, {}}, JsonEdit{Kind::set, "/a/b", {}, 1, {}},
          JsonEdit{Kind::add, "/a", "b", 1, {}}, JsonEdit{Kind::rename, "", "y", {}, {}},
          JsonEdit{Kind::set, "/l/2", {}, 1, {}}})
        CHECK_FALSE(apply_edits(R"({"a": 1, "l": [1, 2]})", {edit}));
    CHECK(edited("{\"a\": 1}", {}) == "{\"a\": 1}");
}

TEST_CASE("a new name is quoted as JSON wants it") {
    const auto text = edited(R"({"a": 1})", {{Kind::rename, "/a", "q\"\n", {}, {}}});
    CHECK(Json::parse(text) == Json{{"q\"\n", 1}});
}

}  // namespace json_edit_test
