// SPDX-License-Identifier: AGPL-3.0-or-later
// A JSON value of a fixture as it was written: numbers stay text, members keep their order, so
// nothing is rounded or sorted.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace open5e {

struct Member;

class Value {
  public:
    struct Number {
        std::string text;
    };
    using List = std::vector<Value>;
    using Object = std::vector<Member>;

    Value() = default;
    explicit Value(bool truth) : data_(truth) {}
    explicit Value(Number number) : data_(std::move(number)) {}
    explicit Value(std::string text) : data_(std::move(text)) {}
    explicit Value(List items) : data_(std::move(items)) {}
    explicit Value(Object members) : data_(std::move(members)) {}

    // Each is null when the value is of another type.
    [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&data_); }
    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&data_); }
    [[nodiscard]] const List* list() const { return std::get_if<List>(&data_); }
    [[nodiscard]] const Object* object() const { return std::get_if<Object>(&data_); }
    [[nodiscard]] List* list() { return std::get_if<List>(&data_); }
    [[nodiscard]] Object* object() { return std::get_if<Object>(&data_); }
    [[nodiscard]] const std::string* number() const {
        const auto* number = std::get_if<Number>(&data_);
        return number == nullptr ? nullptr : &number->text;
    }

    // null, "", [] and {} say nothing: such a field is not written.
    [[nodiscard]] bool empty() const;

    friend bool operator==(const Value& a, const Value& b);

  private:
    std::variant<std::monostate, bool, Number, std::string, List, Object> data_;
};

struct Member {
    std::string_view name;  // belongs to the Fixtures that it was read into
    Value value;
};

// The member's value, or null.
[[nodiscard]] const Value* find(const Value::Object& object, std::string_view name);

// Are the members the same, in whatever order?
[[nodiscard]] bool same_members(const Value::Object& a, const Value::Object& b);

// The value as compact JSON text, appended to `out`.
void append_json(std::string& out, const Value& value);
// A JSON string literal of UTF-8 text, appended to `out`.
void append_string(std::string& out, std::string_view text);

}  // namespace open5e
