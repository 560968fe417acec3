// SPDX-License-Identifier: AGPL-3.0-or-later
// Laws that hold for every field type, for tests that say which definitions, values and operations
// to try them with.
#pragma once

#include <rapidcheck.h>
#include <functional>

#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

namespace fields::test {

// A canonical value of the definition: what an arbitrary value becomes, or the default.
inline Json canonical_value(const Json& definition, const rc::Gen<Json>& values) {
    const Answer given = normalize(definition, *values);
    return given.is_good() ? given.json() : normalize(definition, nullptr).json();
}

inline void normalising_twice_is_once(const std::vector<Json>& definitions,
                                      const rc::Gen<Json>& values) {
    for (const Json& definition : definitions) {
        CAPTURE(definition.dump());
        CHECK(rc::check("normalise, then normalise", [&] {
            const Answer once = normalize(definition, canonical_value(definition, values));
            RC_ASSERT(once.is_good());
            RC_ASSERT(normalize_text(definition.dump(), once.text).text == once.text);
        }));
    }
}

// And what comes of an operation is canonical, and the same call gives the same answer.
inline void an_effect_and_its_inverse_cancel(
    const std::vector<Json>& definitions, const rc::Gen<Json>& values,
    const std::function<rc::Gen<Json>(const Json& definition)>& operations) {
    int applied = 0;
    for (const Json& definition : definitions) {
        CAPTURE(definition.dump());
        CHECK(rc::check("effect, then inverse", [&] {
            const Json before = canonical_value(definition, values);
            const Json operation = *operations(definition);
            const Answer change = apply_text(definition.dump(), before.dump(), operation.dump());
            RC_ASSERT(apply_text(definition.dump(), before.dump(), operation.dump()).text ==
                      change.text);
            if (!change.is_good()) {
                RC_ASSERT(!change.findings.empty());
                return;
            }
            ++applied;
            const Json after = after_effect(before, change.json()["effect"]);
            if (!after.is_null()) RC_ASSERT(normalize(definition, after).text == after.dump());
            Json inverse = change.json()["inverse"];
            inverse["key"] = "k10";
            const Answer back = apply_text(definition.dump(), after.dump(), inverse.dump());
            RC_ASSERT(back.is_good());
            RC_ASSERT(after_effect(after, back.json()["effect"]) == before);
        }));
    }
    CHECK(applied > 500);  // the law is not kept by refusing everything
}

// Numbers that are long enough to be grouped, and have a point.
inline rc::Gen<Json> wide_numbers() {
    const auto digits = rc::gen::inRange<std::int64_t>(-2'000'000'000, 2'000'000'000);
    return rc::gen::map(rc::gen::pair(digits, rc::gen::inRange(0, 7)), [](const auto& parts) {
        return Json::parse(std::to_string(parts.first) + "e-" + std::to_string(parts.second));
    });
}

// For types that promise it ("typed" in their description), in languages that write numbers in
// different ways and in some that are not known.
inline void what_is_shown_can_be_typed(const std::vector<Json>& definitions,
                                       const rc::Gen<Json>& values) {
    for (const Json& definition : definitions) {
        if (!describe(definition["type"].get<std::string>()).value("typed", false)) continue;
        CAPTURE(definition.dump());
        for (const char* locale :
             {"", "en", "de", "de-CH", "fr", "es", "pl", "pt-PT", "ar", "hi"}) {
            CAPTURE(locale);
            CHECK(rc::check("format, then parse", [&] {
                const Json value = canonical_value(definition, values);
                const bool is_one_line = value.dump().find("\\n") == std::string::npos;
                RC_PRE(is_one_line);
                const std::string shown = formatted(definition, value, locale);
                const Answer typed = parse_text(definition, shown, locale);
                RC_LOG() << value.dump() << " is shown as " << shown << ", read as " << typed.text;
                RC_ASSERT(typed.is_good());
                if (typed.json().is_null()) RC_ASSERT(value.is_null());
                if (!typed.json().is_null())
                    RC_ASSERT(normalize(definition, typed.json()).text == value.dump());
            }));
        }
    }
}

}  // namespace fields::test
