// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of what changed, as it is filled by the parts of the comparison (diff_*.cpp).
#pragma once

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kernel/content/tools/diff.hpp"

namespace sz::tools {

enum class Change : std::uint8_t { added, removed, changed, renamed };

// Where a change stands. What does not apply is empty.
struct Where {
    const char* what = "";  // "manifest", "dataset", "entry", "field", "image", …
    std::string object, entry;
    std::string path;  // of a field, group or section; of an image
    std::string key;   // the member that changed
    std::string file;
};

class ChangeList {
  public:
    // Null: there is no such value.
    void add(Change change, const Where& where, const Json* before, const Json* after,
             Weight weight);

    [[nodiscard]] Weight weight() const noexcept { return weight_; }
    // {"changes", "counts", "left_out"}
    [[nodiscard]] Json take();
    [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }

  private:
    void add_value(Json& to, const char* key, const Json* value);

    Json changes_ = Json::array();
    std::array<std::size_t, 4> counts_{};
    std::size_t left_out_ = 0, value_bytes_ = 0;
    Weight weight_ = Weight::none;
};

// Things by their names, on one side.
using Named = std::map<std::string, const Json*>;

// What of `before` is missing in `after` under its name but there under another, with the same
// content: only where each has exactly one partner. Returns old name → new name. `content` leaves
// the name itself out and may be empty: then a thing says too little to be known again.
[[nodiscard]] std::map<std::string, std::string> renamed(
    const Named& before, const Named& after,
    const std::function<std::string(const Json&)>& content);

// diff_fields.cpp: the fields of entries and templates, of an object or entry on both sides.
void diff_entry_fields(const Json& before, const Json& after, const Where& where, ChangeList& list);
void diff_sections(const Json& before, const Json& after, const Where& where, ChangeList& list);

// definition_weight.cpp: what a changed member of a field's definition asks for.
[[nodiscard]] Weight definition_weight(const std::string& key, const Json& before,
                                       const Json& after);

}  // namespace sz::tools
