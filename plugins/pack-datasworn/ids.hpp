// SPDX-License-Identifier: AGPL-3.0-or-later
// Ids of Datasworn ("starforged/moves/adventure/face_danger"), and where in a pack what they name
// stands. Where is a matter of the id alone, so that an expansion's links hit entries of a pack
// that was made elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace datasworn {

struct Address {
    std::string package;  // "starforged"
    std::string dataset;  // "moves"
    std::string entry;    // "adventure-face_danger"
};

// Nothing if it is no id. What is a part of an entry (an ability, a truth's option) leads to the
// entry.
[[nodiscard]] std::optional<Address> address_of(std::string_view id);

// "starforged/moves/…" → "starforged".
[[nodiscard]] std::string_view package_of(std::string_view id);

// The steps between the slashes.
[[nodiscard]] std::vector<std::string_view> steps_of(std::string_view id);

// Does an id fit a pattern? '*' stands for one step, '**' (once) for any number.
[[nodiscard]] bool fits(const std::vector<std::string_view>& id,
                        const std::vector<std::string_view>& pattern);

// A UUID made from the id of a package: the same for everyone who imports it.
[[nodiscard]] std::string pack_id_of(std::string_view package);

}  // namespace datasworn
