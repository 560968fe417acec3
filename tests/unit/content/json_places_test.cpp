// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/json_places.hpp"

#include <rapidcheck.h>
#include <nlohmann/json.hpp>

#include "kernel/base/json.hpp"
#include "kernel/content/pointer.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

std::string place_of(const std::string& text, const std::string& pointer) {
    const auto place = json_places(text, {pointer}).at(0);
    return std::to_string(place.line) + ":" + std::to_string(place.column);
}

}  // namespace

TEST_CASE("a pointer leads to the line and column of its value") {
    const std::string text = R"({
  "name": "Söldner", "version": "1.0.0",
  "entries": {
    "sword": { "damage": [ 1, 22, {"a": null} ], "a/b~c": true }
  },
  "\u0041\n": 5
})";
    CHECK(place_of(text, "") == "1:1");
    CHECK(place_of(text, "/name") == "2:11");
    CHECK(place_of(text, "/version") == "2:34");  // columns count bytes: ö is two
    CHECK(place_of(text, "/entries/sword") == "4:14");
    CHECK(place_of(text, "/entries/sword/damage/0") == "4:28");
    CHECK(place_of(text, "/entries/sword/damage/1") == "4:31");
    CHECK(place_of(text, "/entries/sword/damage/2/a") == "4:41");
    CHECK(place_of(text, "/entries/sword/a~1b~0c") == "4:59");
    CHECK(place_of(text, "/A\n") == "6:15");
}

TEST_CASE("a pointer that leads nowhere has the place of the nearest value above it") {
    const std::string text = "{\n \"a\": [1,\n  {}]}";
    CHECK(place_of(text, "/b") == "1:1");
    CHECK(place_of(text, "/a/1/x/y") == "3:3");
    CHECK(place_of(text, "/a/7") == "2:7");
    CHECK(place_of(text, "/a/0/z") == "2:8");
    CHECK(place_of(text, "no pointer") == "1:1");
}

TEST_CASE("several pointers are looked up in one pass and keep their order") {
    const auto places = json_places("[\n1,\n2,\n3]", {"/2", "/0", "", "/1", "/2"});
    REQUIRE(places.size() == 5);
    CHECK(places[0].line == 4);
    CHECK(places[1].line == 2);
    CHECK(places[2].line == 1);
    CHECK(places[3].line == 3);
    CHECK(places[4].line == 4);
}

TEST_CASE("what is not JSON gives places, and ends") {
    for (const char* text : {"", "{", "[", "[}", "{]", "{\"a\"", "{\"a\":", "[[[[", "\"", "\"\\",
                             "{\"a\" 1}", "[,]", "}{", "{1:2}"}) {
        INFO(text);
        CHECK(json_places(text, {"/a", "/0/0", ""}).size() == 3);
        (void)duplicate_keys(text);
    }
    const std::string deep(100'000, '[');
    CHECK(json_places(deep, {"/0/0"}).size() == 1);
    CHECK(duplicate_keys(deep).empty());
}

TEST_CASE("every repeated key is found at its place, and the rest can be read without it") {
    const std::string text =
        "{\"a\": 1,\n \"b\": {\"x\": [], \"x\": {\"a\": 1}},\n \"a\": [1, 2],\n \"\\u0061\": 3, "
        "\"c\": 4}";
    const auto found = duplicate_keys(text);
    REQUIRE(found.size() == 3);
    CHECK(found[0].pointer == "/b/x");
    CHECK(found[0].place.line == 2);
    CHECK(found[0].place.column == 17);
    CHECK(found[1].pointer == "/a");
    CHECK(found[1].place.line == 3);
    CHECK(found[2].pointer == "/a");
    CHECK(found[2].place.line == 4);
    const auto rest = without_duplicates(text, found);
    CHECK(rest.size() == text.size());
    const auto parsed = parse_json(rest);
    REQUIRE(parsed);
    CHECK(*parsed == Json::parse(R"({"a": 1, "b": {"x": []}, "c": 4})"));
    CHECK(place_of(rest, "/c") == "4:20");
}

namespace {

void add_pointers(const Json& value, Pointer& pointer,
                  std::vector<std::pair<std::string, Json>>& all) {
    all.emplace_back(pointer.text(), value);
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            const Pointer::Part part(pointer, key);
            add_pointers(member, pointer, all);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const Pointer::Part part(pointer, i);
            add_pointers(value[i], pointer, all);
        }
    }
}

Json any_json(unsigned depth) {
    const int kind = *rc::gen::inRange(0, depth == 0 ? 4 : 6);
    if (kind == 0) return nullptr;
    if (kind == 1) return *rc::gen::arbitrary<bool>();
    if (kind == 2) return *rc::gen::inRange(-1000, 1000);
    if (kind == 3) return *rc::gen::element<std::string>("", "a", "\"}", "[\\", "é\n", "~/");
    Json value = kind == 4 ? Json::array() : Json::object();
    const int size = *rc::gen::inRange(0, 4);
    for (int i = 0; i < size; ++i) {
        if (kind == 4) {
            value.push_back(any_json(depth - 1));
        } else {
            value[*rc::gen::element<std::string>("a", "b/c", "~", "", "\"q\"", "{")] =
                any_json(depth - 1);
        }
    }
    return value;
}

}  // namespace

TEST_CASE("at the place of a pointer stands its value") {
    CHECK(rc::check("the text from there on begins with the value", [] {
        const Json value = any_json(4);
        const auto text = value.dump(*rc::gen::element(-1, 0, 3));
        std::vector<std::pair<std::string, Json>> all;
        Pointer pointer;
        add_pointers(value, pointer, all);
        std::vector<std::string> pointers;
        for (const auto& one : all) pointers.push_back(one.first);
        const auto places = json_places(text, pointers);
        for (std::size_t i = 0; i < all.size(); ++i) {
            std::size_t begin = 0;
            for (auto line = places[i].line; line > 1; --line) begin = text.find('\n', begin) + 1;
            const auto from_there = text.substr(begin + places[i].column - 1);
            // Compare without the white space of indentation, which strings here do not hold
            // unescaped.
            std::string flat;
            for (const char c : from_there) {
                if (c != '\n' && c != ' ') flat += c;
            }
            RC_ASSERT(flat.compare(0, all[i].second.dump().size(), all[i].second.dump()) == 0);
        }
    }));
}
