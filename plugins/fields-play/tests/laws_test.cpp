// SPDX-License-Identifier: AGPL-3.0-or-later
// Laws of every type: normalising twice is once, an effect and its inverse cancel, the same call
// gives the same answer, relative operations commute where no limit stops them.
#include "tests/support/field_laws.hpp"

using namespace fields::test;

namespace {

const std::vector<Json>& definitions() {
    static const Json calendar{
        {"months",
         {{{"id", "a"}, {"name", "A"}, {"days", 5}}, {{"id", "b"}, {"name", "B"}, {"days", 7}}}},
        {"leap", {{"month", "a"}, {"every", 3}}}};
    static const std::vector<Json> all{
        {{"type", "Resource"}},
        {{"type", "Resource"}, {"max", 10}},
        {{"type", "Resource"}, {"max", 5}, {"isOpen", true}, {"min", -3}},
        {{"type", "Resource"}, {"formula", "3 + wit"}},
        {{"type", "Dice"}},
        {{"type", "Dice"}, {"defaultValue", "1d6"}},
        {{"type", "Tags"}},
        {{"type", "Tags"}, {"options", {"fire", "b", "a"}}, {"isClosed", true}},
        {{"type", "Track"}},
        {{"type", "Track"}, {"boxes", 10}, {"ticks", 4}, {"defaultValue", 3}},
        {{"type", "Date"}},
        {{"type", "Date"}, {"calendar", calendar}},
        {{"type", "Color"}},
        {{"type", "EntityLink"}},
        {{"type", "RandomTable"}},
    };
    return all;
}

rc::Gen<Json> numbers() {
    return rc::gen::map(
        rc::gen::pair(rc::gen::inRange(-12, 40), rc::gen::inRange(0, 2)), [](const auto& parts) {
            return Json::parse(std::to_string(parts.first) + "e-" + std::to_string(parts.second));
        });
}

rc::Gen<Json> values() {
    const auto small = rc::gen::map(rc::gen::inRange(-2, 14), [](int n) { return Json(n); });
    const auto date = rc::gen::map(rc::gen::tuple(small, small, small), [](const auto& d) {
        return Json{{"year", std::get<0>(d)}, {"month", std::get<1>(d)}, {"day", std::get<2>(d)}};
    });
    const auto pool =
        rc::gen::map(rc::gen::tuple(numbers(), numbers(), numbers()), [](const auto& p) {
            return Json{{"current", std::get<0>(p)},
                        {"maximum", std::get<1>(p)},
                        {"temporary", std::get<2>(p)}};
        });
    const auto row = rc::gen::map(rc::gen::tuple(small, small), [](const auto& r) {
        return Json{{"from", std::get<0>(r)}, {"to", std::get<1>(r)}, {"text", "x"}};
    });
    const auto table = rc::gen::map(rc::gen::pair(row, row), [](const auto& rows) {
        return Json{{"dice", "1d6"}, {"rows", {rows.first, rows.second}}};
    });
    const auto word = rc::gen::element<Json>("fire", "a", "b", " two  words ", "2d6+1", "4d6dl1",
                                             "#ABC", "#12345678", "", "\x01", nullptr, true);
    const auto list = rc::gen::map(rc::gen::container<std::vector<Json>>(word),
                                   [](const std::vector<Json>& all) { return Json(all); });
    return rc::gen::oneOf(numbers(), small, date, pool, row, table, word, list);
}

rc::Gen<Json> operations(const Json& definition) {
    std::vector<std::string> names;
    const Json about = describe(definition["type"].get<std::string>());
    for (const Json& operation : about["operations"])
        names.push_back(operation["name"].get<std::string>());
    const auto args =
        rc::gen::oneOf(rc::gen::map(values(), [](const Json& v) { return Json::array({v}); }),
                       rc::gen::map(rc::gen::pair(numbers(), numbers()),
                                    [](const auto& two) {
                                        return Json::array({two.first, two.second});
                                    }),
                       rc::gen::element<Json>(Json::array(), Json::array({"r1"})));
    return rc::gen::map(rc::gen::pair(rc::gen::elementOf(names), args), [](const auto& parts) {
        return Json{{"op", parts.first}, {"args", parts.second}, {"key", "k9"}};
    });
}

}  // namespace

TEST_CASE("normalising twice is once, for every type of play") {
    normalising_twice_is_once(definitions(), values());
}

TEST_CASE("an effect and its inverse cancel, for every type of play") {
    an_effect_and_its_inverse_cancel(definitions(), values(), operations);
}

TEST_CASE("what is shown can be typed, in every language") {
    std::vector<Json> all = definitions();
    const Json calendar{{"months",
                         {{{"id", "frost"}, {"name", "Late Frost"}, {"days", 12}},
                          {{"id", "2"}, {"name", "Thaw"}, {"days", 14}}}},
                        {"weekdays", {"Moon, the first", "Sun"}},
                        {"era", "after 3"}};
    all.push_back({{"type", "Date"}, {"calendar", calendar}});
    const auto wide =
        rc::gen::map(rc::gen::pair(wide_numbers(), wide_numbers()), [](const auto& two) {
            return Json{{"current", two.first}, {"maximum", two.second}, {"temporary", 1250.5}};
        });
    const auto tags =
        rc::gen::map(rc::gen::container<std::vector<std::string>>(
                         rc::gen::element<std::string>("a,b", "say \"hi\"", "\"", "x, y", "plain")),
                     [](const std::vector<std::string>& some) { return Json(some); });
    what_is_shown_can_be_typed(all, rc::gen::oneOf(values(), values(), wide, tags));
}

TEST_CASE("relative operations commute where no limit stops them") {
    struct Case {
        Json definition, value;
        const char* op;
        std::vector<Json> args;
    };
    const std::vector<Case> cases{
        {{{"type", "Resource"}}, {{"current", 50}, {"maximum", 100}}, "add", {-7, 3, 11}},
        {{{"type", "Tags"}}, {"m"}, "add", {"z", "a", "q"}},
        {{{"type", "Track"}, {"boxes", 40}}, 20, "mark", {3, -2, 5}},
        {{{"type", "Date"}}, {{"year", 2024}, {"month", 2}, {"day", 28}}, "addDays", {1, -40, 400}},
    };
    for (const Case& one : cases) {
        CAPTURE(one.definition.dump());
        const Json start = normalize(one.definition, one.value).json();
        const auto both = [&](const Json& a, const Json& b) {
            const Json middle =
                apply(one.definition, start, one.op, Json::array({a})).json()["effect"]["set"];
            return apply(one.definition, middle, one.op, Json::array({b})).json()["effect"]["set"];
        };
        for (const Json& a : one.args) {
            for (const Json& b : one.args) CHECK(both(a, b) == both(b, a));
        }
    }
}
