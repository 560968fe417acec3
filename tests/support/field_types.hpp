// SPDX-License-Identifier: AGPL-3.0-or-later
// A plugin of field types, opened as the program opens it, with its types and fields-core's as each
// other's host. Which one, the test says in SZ_FIELD_PLUGIN, by its target's name.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <sz/cpp/testing.hpp>
#include <vector>

namespace fields::test {

using Json = nlohmann::json;
using Finding = sz::plugin::testing::FindingList::Item;

// What a call came to.
struct Answer {
    sz_status status = SZ_OK;
    std::string text;
    std::vector<Finding> findings;

    [[nodiscard]] Json json() const { return Json::parse(text); }
    [[nodiscard]] bool is_good() const { return status == SZ_OK; }
    // The code of the only finding, or how many there are.
    [[nodiscard]] std::string code() const {
        return findings.size() == 1 ? findings[0].code
                                    : std::to_string(findings.size()) + " findings";
    }
    [[nodiscard]] std::string pointer() const {
        return findings.empty() ? "no finding" : findings[0].pointer;
    }
};

// `definition` must name a "type".
[[nodiscard]] Answer normalize_text(std::string_view definition, std::string_view value);
[[nodiscard]] Answer apply_text(std::string_view definition, std::string_view value,
                                std::string_view operation);

[[nodiscard]] inline Answer normalize(const Json& definition, const Json& value) {
    return normalize_text(definition.dump(), value.dump());
}
[[nodiscard]] inline Answer apply(const Json& definition, const Json& value, const char* op,
                                  const Json& args = Json::array(), const char* key = "k1") {
    return apply_text(definition.dump(), value.dump(),
                      Json{{"op", op}, {"args", args}, {"key", key}}.dump());
}
// What was typed, read as "set" takes it.
[[nodiscard]] Answer parse_text(const Json& definition, std::string_view text,
                                std::string_view locale = "");
[[nodiscard]] std::string formatted(const Json& definition, const Json& value,
                                    std::string_view locale = "");
[[nodiscard]] std::string search_text(const Json& definition, const Json& value);
[[nodiscard]] Json references(const Json& definition, const Json& value);
[[nodiscard]] std::vector<std::string> type_names();
[[nodiscard]] Json describe(std::string_view type);

// What a resolver answers for a path, as text with points between its steps: {"values", "many"} as
// it is, or a value alone. What is not in it is not found.
using Sheet = std::map<std::string, Json>;
struct Evaluated : Answer {
    std::vector<std::string> asked;  // paths, in order
    // What the terms come to, applied one after the other from 0, apart from the plugin's own way.
    [[nodiscard]] Json applied() const;
};
[[nodiscard]] Evaluated evaluate(const Json& definition, const Json& value, const Json& effects,
                                 const Sheet& sheet = {});

// What an effect makes of a value, written apart from the plugin's own.
[[nodiscard]] Json after_effect(Json value, const Json& effect);

}  // namespace fields::test
