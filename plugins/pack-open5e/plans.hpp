// SPDX-License-Identifier: AGPL-3.0-or-later
// How a field of a family is written: found once by its rule, then for each of the family's
// records.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mapping.hpp"
#include "value.hpp"
#include "words.hpp"

namespace open5e {

struct FieldPlan {
    std::string_view from;
    std::string key;    // "hitPoints"
    std::string title;  // "Hit points"
    Kind kind = Kind::plain;
    std::string_view target;
    std::string_view group;  // "" for a top-level field
    std::size_t order = 0;
    bool known = true;
    bool seen = false;  // with a value

    // In the mapping's order.
    [[nodiscard]] static bool earlier(const FieldPlan& a, const FieldPlan& b) {
        return a.order != b.order ? a.order < b.order : a.from < b.from;
    }
};

class FamilyPlan {
  public:
    using Fields = std::vector<std::pair<const FieldPlan*, const Value*>>;

    explicit FamilyPlan(const FamilyRule* rule);

    // The fields of a record that have a value, in the mapping's order. Valid until the next call.
    [[nodiscard]] const Fields& fields_of(const Value::Object& fields);

    // Fields that the mapping does not know, in order of their names.
    [[nodiscard]] std::vector<const FieldPlan*> unknown() const;

  private:
    [[nodiscard]] FieldPlan& field(std::string_view from);

    const FamilyRule* rule_;
    std::unordered_map<std::string_view, FieldPlan> plans_;
    std::map<std::string_view, UniqueIds> keys_;  // by group: two fields never share one
    Fields found_;
};

}  // namespace open5e
