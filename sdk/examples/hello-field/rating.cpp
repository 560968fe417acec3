// SPDX-License-Identifier: AGPL-3.0-or-later
// A field type "Rating": 0 to 5 stars. All that a field type needs.
#include <sz/cpp/json.hpp>
#include <sz/cpp/plugin.hpp>

using namespace sz::plugin;

class Rating : public JsonFieldType {
  public:
    Rating() : JsonFieldType("Rating") {}

    Json describe() const override {
        return {{"title", "Rating"},
                {"summary", "0 to 5 stars"},
                {"default", 0},
                {"editor", "number"},
                {"references", false},
                {"options", {{"type", "object"}}},
                {"operations",
                 Json::array({{{"name", "set"},
                               {"summary", "Gives so many stars."},
                               {"relative", false},
                               {"args", Json::array({{{"name", "stars"},
                                                      {"schema", {{"type", "integer"}}}}})}}})}};
    }
    Result<Json> normalize(const JsonField& field, const Json& value) const override {
        if (value.is_null()) return Json(member_or(field.definition, "defaultValue", 0));
        if (!value.is_number_integer() || value < 0 || value > 5)
            return invalid("SZ-FIELD-110", "A rating is a whole number from 0 to 5.",
                           "Write a number such as 3.");
        return value;
    }
    Result<std::string> format(const JsonField&, const Json& value,
                               std::string_view) const override {
        std::string stars;
        for (int i = 0; i < 5; ++i) stars += i < value.get<int>() ? "★" : "☆";
        return stars;
    }
};

SZ_PLUGIN("org.example.hello-field", Offer<Rating>);
