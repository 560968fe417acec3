// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a formula's paths lead: to a field of the sheet, into its value, along lists, and across
// links to entries and other sheets (sz/ext/field_type.h, sz_field_resolver).
#pragma once

#include <string>
#include <vector>

#include "kernel/campaign/computed.hpp"
#include "kernel/campaign/things.hpp"

namespace sz::campaign {

using Steps = std::vector<std::string>;

struct FoundField {
    std::string path;
    std::size_t steps = 0;  // how many of them named the field
};

// The field that the first steps name, of those that the viewer may see (content/field_match.hpp).
// SZ-CAMPAIGN-080 there is none, 081 several.
[[nodiscard]] Result<FoundField> find_field(const Instance& instance, const Viewer& viewer,
                                            const std::string& home, const Steps& steps);

// What one computed field, or the amount of one effect, may read.
class SheetResolver final : public FieldResolver {
  public:
    SheetResolver(Computer& computer, const Instance& instance, std::string home)
        : computer_(computer), instance_(instance), home_(std::move(home)) {}

    void set_stored(const Field& field) { stored_ = &field; }  // what "stored" means
    void set_item(const Thing& thing) { item_ = &thing; }      // what "item" means

    // SZ-CAMPAIGN-080 nothing there, 081 ambiguous, 082 a circle, 083 too much, 084 an entry that
    // is not installed.
    [[nodiscard]] Result<Json> resolve(const std::vector<std::string>& steps) override;

  private:
    Computer& computer_;
    const Instance& instance_;
    std::string home_;
    const Field* stored_ = nullptr;
    const Thing* item_ = nullptr;
};

}  // namespace sz::campaign
