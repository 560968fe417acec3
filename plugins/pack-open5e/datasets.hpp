// SPDX-License-Identifier: AGPL-3.0-or-later
// The datasets of the pack as text: entries with their fields, groups, and the tables made of their
// parts.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "catalogue.hpp"
#include "fields.hpp"
#include "plans.hpp"

namespace open5e {

class DatasetWriter {
  public:
    DatasetWriter(const Fixtures& fixtures, const Catalogue& catalogue, FieldWriter& fields)
        : fixtures_(fixtures), catalogue_(catalogue), fields_(fields) {}

    // objects/datasets/ID.json. Returns false when `go_on` did.
    [[nodiscard]] bool write(const Dataset& dataset, const std::function<bool()>& go_on,
                             std::string& out);

    // Warnings about entries whose field "otherVersions" is not whole. After the last write.
    void report_cut(Faults& faults) const;

    // Notes about families and fields that the mapping does not know. After the last write.
    void report_unknown(Faults& faults) const;

  private:
    using Rows = std::vector<const Node*>;
    using Fields = FamilyPlan::Fields;
    struct Column {
        const FieldPlan* plan;
        FieldType type;
        std::string_view family;  // that its links point into; "" if they point into several
    };
    // What all rows of a table have in common; found before the first is written, since the columns
    // stand before the rows.
    struct Shape {
        std::vector<Column> columns;
        std::vector<std::pair<const FamilyRule*, Shape>> tables;  // made of the rows' own parts
    };

    void entry(JsonOut& out, const Node& node);
    void top_level_fields(JsonOut& out, const Node& node, const Fields& fields);
    void groups(JsonOut& out, const Node& node, const Fields& fields);
    void part_groups(JsonOut& out, const Node& node);
    void children(JsonOut& out, const Node& node);
    void links_to(JsonOut& out, const FamilyRule& rule, const Rows& entries);
    void other_versions(JsonOut& out, const Node& node);

    [[nodiscard]] Shape shape_of(const Rows& rows);
    void columns(JsonOut& out, const Shape& shape);
    void rows(JsonOut& out, const Shape& shape, const Rows& rows);
    void cells(JsonOut& out, const Shape& shape, const Node& row);

    [[nodiscard]] bool is_field(const FieldPlan& plan, const Value& value, const Node& node) const;
    [[nodiscard]] FamilyPlan& plan_of(const Node& node);

    const Fixtures& fixtures_;
    const Catalogue& catalogue_;
    FieldWriter& fields_;
    std::unordered_map<std::string_view, FamilyPlan> plans_;
    std::vector<const Node*> cut_;
};

}  // namespace open5e
