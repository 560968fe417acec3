// SPDX-License-Identifier: AGPL-3.0-or-later
// The ten types. What each call means stands in sz/ext/field_type.h, what a type's values look like
// in its describe().
#pragma once

#include "common.hpp"

namespace fields {

// "Number": an exact decimal number, which the effects of things change where it is read. Options:
// min, max, step, unit. Operations: set, add, reset.
class Number final : public JsonFieldType {
  public:
    Number() : JsonFieldType("Number", Computed::yes) {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] bool is_canonical(std::string_view definition,
                                    std::string_view value) const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
    [[nodiscard]] Result<sz::plugin::Evaluation> evaluate(const JsonField& field,
                                                          const sz::plugin::FieldResolver& resolver,
                                                          const Json& value,
                                                          const Json& effects) const override;
};

// "Text": one line of text. Options: maxLength. Operations: set, reset.
class Text final : public JsonFieldType {
  public:
    Text() : JsonFieldType("Text") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] bool is_canonical(std::string_view definition,
                                    std::string_view value) const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
};

// "MultiText": Markdown of any length, in which links may lead to entries. Options: maxLength.
// Operations: set, reset.
class MultiText final : public JsonFieldType {
  public:
    MultiText() : JsonFieldType("MultiText") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] bool is_canonical(std::string_view definition,
                                    std::string_view value) const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
};

// "Boolean": yes or no. Operations: set, toggle, reset.
class Boolean final : public JsonFieldType {
  public:
    Boolean() : JsonFieldType("Boolean") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] bool is_canonical(std::string_view definition,
                                    std::string_view value) const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
};

// "List": items of one type, each with an id. Options: itemType or datasetLink, unique, min, max.
// Operations: insert, remove, move, set, apply, assign, reset.
class List final : public JsonFieldType {
  public:
    List() : JsonFieldType("List") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;

  private:
    // "set" and "apply" on one item.
    [[nodiscard]] static Result<Change> change_item(const JsonField& field, const Json& value,
                                                    const Operation& operation);
};

// "DatasetLink": one entry of a dataset, or null. Options: datasetLink, which restricts and
// completes the link. Operations: set, clear, reset.
class DatasetLink final : public JsonFieldType {
  public:
    DatasetLink() : JsonFieldType("DatasetLink") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] bool is_canonical(std::string_view definition,
                                    std::string_view value) const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;
};

// "Select": the id of one of several options, or null; with "multiple" a list of ids. Options:
// options, multiple. Operations: set, reset.
class Select final : public JsonFieldType {
  public:
    Select() : JsonFieldType("Select") {}

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

// "Image": the path of a picture below media/images, or null. Operations: set, clear, reset.
class Image final : public JsonFieldType {
  public:
    Image() : JsonFieldType("Image") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Json> parse(const JsonField& field, std::string_view text,
                                     std::string_view locale) const override;
};

// "Group": named fields of any types as one value. Options: fields. Operations: set, apply, assign,
// reset.
class Group final : public JsonFieldType {
  public:
    Group() : JsonFieldType("Group") {}

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

// "Table": rows of the same columns, each row with an id. Options: columns.
// Operations: insert, remove, move, set, apply, assign, reset.
class Table final : public JsonFieldType {
  public:
    Table() : JsonFieldType("Table") {}

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

}  // namespace fields
