// SPDX-License-Identifier: AGPL-3.0-or-later
// Laws that hold for every type: normalising twice is once, what comes of an operation is
// canonical, an effect and its inverse cancel, and the same call gives the same answer.
#include "tests/support/field_laws.hpp"

using namespace fields::test;

namespace {

const std::vector<Json>& definitions() {
    static const Json link{{"datapackId", "core"}, {"datasetId", "items"}, {"version", "1.0.0"}};
    static const Json members = Json::array(
        {{{"id", "a"}, {"name", "A"}, {"type", "Number"}, {"defaultValue", 3}},
         {{"id", "b"}, {"name", "B"}, {"type", "Text"}},
         {{"id", "c"}, {"name", "C"}, {"type", "Image"}, {"defaultValue", "c.png"}},
         {{"id", "d"}, {"name", "D"}, {"type", "List"}, {"itemType", {{"type", "Number"}}}}});
    static const std::vector<Json> all{
        {{"type", "Number"}},
        {{"type", "Number"}, {"min", -10}, {"max", 10}, {"step", 0.5}},
        {{"type", "Text"}},
        {{"type", "Text"}, {"maxLength", 5}, {"defaultValue", "hello"}},
        {{"type", "MultiText"}},
        {{"type", "Boolean"}},
        {{"type", "Boolean"}, {"defaultValue", true}},
        {{"type", "Select"}, {"options", {"a", "b", "c"}}},
        {{"type", "Select"}, {"options", {"a", "b", "c"}}, {"defaultValue", "b"}},
        {{"type", "Select"}, {"options", {"c", "b", "a"}}, {"multiple", true}},
        {{"type", "DatasetLink"}, {"datasetLink", link}},
        {{"type", "DatasetLink"}, {"datasetLink", link}, {"defaultValue", "rope"}},
        {{"type", "Image"}},
        {{"type", "Image"}, {"defaultValue", "x.png"}},
        {{"type", "List"}},
        {{"type", "List"}, {"itemType", {{"type", "Number"}}}, {"unique", true}, {"max", 4}},
        {{"type", "List"}, {"datasetLink", link}, {"defaultValue", {"rope"}}},
        {{"type", "List"}, {"itemType", {{"type", "Group"}, {"fields", members}}}},
        {{"type", "Group"}, {"fields", members}},
        {{"type", "Table"}, {"columns", members}},
    };
    return all;
}

rc::Gen<std::string> ids() {
    return rc::gen::element<std::string>("a", "b", "c", "d", "1", "2", "k1");
}

rc::Gen<Json> numbers() {
    return rc::gen::map(
        rc::gen::pair(rc::gen::inRange(-40, 40), rc::gen::inRange(0, 3)), [](const auto& parts) {
            return Json::parse(std::to_string(parts.first) + "e-" + std::to_string(parts.second));
        });
}

rc::Gen<Json> leaves() {
    const auto boxed = [](const std::string& word) { return Json(word); };
    return rc::gen::oneOf(
        numbers(), rc::gen::map(ids(), boxed),
        rc::gen::map(rc::gen::arbitrary<bool>(), [](bool b) { return Json(b); }),
        rc::gen::just(Json()),
        rc::gen::element<Json>("two\r\nlines", "\u00e4\u6f22", "x.png", "say \"hi\""));
}

// JSON as it may come from anywhere, often close to what some type takes.
rc::Gen<Json> values(int depth = 2) {
    if (depth == 0) return leaves();
    const auto list = rc::gen::map(
        rc::gen::container<std::vector<Json>>(values(depth - 1)), [](const std::vector<Json>& v) {
            return Json(std::vector<Json>(
                v.begin(),
                v.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(v.size(), 4))));
        });
    const auto members = rc::gen::map(
        rc::gen::pair(rc::gen::pair(ids(), values(depth - 1)),
                      rc::gen::pair(ids(), values(depth - 1))),
        [](const auto& m) {
            return Json{{m.first.first, m.first.second}, {m.second.first, m.second.second}};
        });
    const auto items = rc::gen::map(rc::gen::pair(ids(), values(depth - 1)), [](const auto& m) {
        return Json::array({{{"id", m.first}, {"value", m.second}}});
    });
    return rc::gen::oneOf(leaves(), list, members, items);
}

rc::Gen<Json> operations(const Json& definition) {
    std::vector<std::string> names;
    const Json about = describe(definition["type"].get<std::string>());
    for (const Json& operation : about["operations"]) {
        names.push_back(operation["name"].get<std::string>());
    }
    const auto op = rc::gen::elementOf(names);
    const auto nested = rc::gen::element<Json>(
        Json{"a", "add", {1.5}}, Json{"1", "a", "add", {2}}, Json{"d", "insert", {4}},
        Json{"1", "apply", {"a", "add", {1}}}, Json{"2", "d", "insert", {7, 0}}, Json{"1", "a", 12},
        Json{"b", "text"}, Json{"d", "remove", {"1"}});
    const auto plain = rc::gen::map(
        rc::gen::tuple(values(1), values(1), rc::gen::inRange(0, 4)), [](const auto& parts) {
            return std::get<2>(parts) == 0 ? Json::array({std::get<0>(parts)})
                                           : Json::array({std::get<0>(parts), std::get<1>(parts)});
        });
    const auto edits =
        rc::gen::map(rc::gen::tuple(ids(), rc::gen::inRange(0, 5)), [](const auto& parts) {
            return Json::array({std::get<0>(parts), std::get<1>(parts)});
        });
    return rc::gen::map(rc::gen::pair(op, rc::gen::oneOf(plain, nested, edits)),
                        [](const auto& parts) {
                            return Json{{"op", parts.first}, {"args", parts.second}, {"key", "k9"}};
                        });
}

}  // namespace

TEST_CASE("normalising twice is once") { normalising_twice_is_once(definitions(), values()); }

TEST_CASE("an effect and its inverse cancel, and what comes of an operation is canonical") {
    an_effect_and_its_inverse_cancel(definitions(), values(), operations);
}

TEST_CASE("what is shown can be typed, in every language") {
    std::vector<Json> all = definitions();
    const Json spells{{{"id", "a"}, {"name", "Ash, the burnt"}},
                      {{"id", "b"}, {"name", "a"}},
                      {{"id", "c"}, {"name", "Ash"}}};
    all.push_back({{"type", "Number"}, {"unit", "lb"}});
    all.push_back({{"type", "Number"}, {"unit", "1,5 m"}});
    all.push_back({{"type", "Select"}, {"options", spells}});
    all.push_back({{"type", "Select"}, {"options", spells}, {"multiple", true}});
    what_is_shown_can_be_typed(all, rc::gen::oneOf(values(), leaves(), wide_numbers()));
}

TEST_CASE("a neutral number is read again as it was written") {
    CHECK(rc::check("format, then parse", [] {
        const Json number = normalize({{"type", "Number"}}, *numbers()).json();
        RC_ASSERT(Json::parse(formatted({{"type", "Number"}}, number)) == number);
    }));
}

TEST_CASE("two who both take away are both right") {
    CHECK(rc::check("relative operations commute", [] {
        const Json definition{{"type", "Number"}};
        const Json start = *numbers(), a = *numbers(), b = *numbers();
        const auto add = [&](const Json& value, const Json& more) {
            return apply(definition, value, "add", Json::array({more})).json()["effect"]["set"];
        };
        RC_ASSERT(add(add(start, a), b) == add(add(start, b), a));
    }));
}
