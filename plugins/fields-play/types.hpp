// SPDX-License-Identifier: AGPL-3.0-or-later
// The types. What each call means stands in sz/ext/field_type.h, what a type's values look like in
// its describe().
#pragma once

#include "common.hpp"

namespace play {

// "Resource": {"current", "maximum", "temporary"}; the maximum null where a formula says it.
// Options: min, max, formula, isOpen, rules, declassify. Operations: set, add, adjust, setMaximum,
// setTemporary, reset.
class Resource final : public JsonFieldType {
  public:
    Resource() : JsonFieldType("Resource", Computed::yes) {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<sz::plugin::Evaluation> evaluate(const JsonField& field,
                                                          const sz::plugin::FieldResolver& resolver,
                                                          const Json& value,
                                                          const Json& effects) const override;
};

// "Dice": what to roll, as text such as "2d6+3", or null. Operations: set, clear, reset.
class Dice final : public JsonFieldType {
  public:
    Dice() : JsonFieldType("Dice") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
};

// "Tags": a set of short texts. Options: options, isClosed. Operations: set, add, remove, reset.
class Tags final : public JsonFieldType {
  public:
    Tags() : JsonFieldType("Tags") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
};

// "Track": how many ticks of its boxes, or parts of a clock, are filled. Options: boxes, ticks,
// shape. Operations: set, mark, reset.
class Track final : public JsonFieldType {
  public:
    Track() : JsonFieldType("Track") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
};

// "Date": a day of a calendar, {"year", "month", "day"}, or null. Options: calendar. Operations:
// set, addDays, clear, reset.
class Date final : public JsonFieldType {
  public:
    Date() : JsonFieldType("Date") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
};

// "Color": "#rrggbb" or "#rrggbbaa", or null. Operations: set, clear, reset.
class Color final : public JsonFieldType {
  public:
    Color() : JsonFieldType("Color") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
};

// "EntityLink": the id of another instance of the campaign, or null. Operations: set, clear, reset.
class EntityLink final : public JsonFieldType {
  public:
    EntityLink() : JsonFieldType("EntityLink") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;
};

// "RandomTable": {"dice", "rows": [{"id", "from", "to", "text", "link"}]}. Operations: set, insert,
// remove, replace, reset.
class RandomTable final : public JsonFieldType {
  public:
    RandomTable() : JsonFieldType("RandomTable") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;
};

// "Formula": what is computed from other fields; null, a number, a text, true or false. Options:
// formula, decimals, declassify, unit. No operations.
class Formula final : public JsonFieldType {
  public:
    Formula() : JsonFieldType("Formula", Computed::yes) {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<sz::plugin::Evaluation> evaluate(const JsonField& field,
                                                          const sz::plugin::FieldResolver& resolver,
                                                          const Json& value,
                                                          const Json& effects) const override;
};

}  // namespace play
