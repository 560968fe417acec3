// SPDX-License-Identifier: AGPL-3.0-or-later
// A pack's new version under sheets that live: its definitions, with what was written in them.
// Nothing is dropped: a field that the new version has no longer stays where it stood, and one
// whose value does not fit its new definition keeps the old one.
#pragma once

#include <optional>
#include <vector>

#include "kernel/campaign/instance.hpp"
#include "kernel/campaign/record.hpp"
#include "kernel/content/library.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::campaign {

struct PackVersion {
    std::string id, version;
};

struct Upgrade {
    Instance after;
    // [{"path","name","change","sentence"}] in the order of the sheet. "change" is "new" (a field,
    // with its default), "redefined" (a definition), "rewritten" (a value as the new type has it),
    // "held" (the value does not fit: the old definition stays), "gone" (the new version has no
    // such field: it stays), "relinked" or "unlinked" (links in the value that lead to the new
    // version's entries, or to none of them and stay).
    Json changes = Json::array();
    // Is anything another one? What is only said, a link that stays, changes nothing.
    bool alters = false;
    // Why the definitions stay as they are: the template or entry is not in the new version, or
    // cannot be used. Null: they follow the new one.
    std::optional<Error> stays;
};

// What becomes of an instance that was made from `pack`, from one of its entries, or links to its
// entries, in whatever version. None: it has nothing to do with the pack, or has that version.
// SZ-LIB-001: the pack is not installed in that version. [kernel-thread]
[[nodiscard]] Result<std::optional<Upgrade>> plan_upgrade(const Instance& instance,
                                                          const PackVersion& pack,
                                                          const Templates& templates,
                                                          const FieldTypes& fields);

// Are they made of the same, whatever is written in them?
[[nodiscard]] bool is_same_definition(const Instance& a, const Instance& b);

// In the order to apply them: the sheet anew for each audience, the paths that `after` has no
// longer, the values that are other ones. Where the definitions are the same: the values only.
// [any-thread]
[[nodiscard]] std::vector<SeenRecord> upgrade_records(const Instance& before, const Instance& after,
                                                      const Json& inverse);

}  // namespace sz::campaign
