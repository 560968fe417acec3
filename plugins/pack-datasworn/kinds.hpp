// SPDX-License-Identifier: AGPL-3.0-or-later
// What each kind of thing in a package becomes. These files know Datasworn; begin with moves.cpp.
#pragma once

#include "draft.hpp"

namespace datasworn {

// The fields of the entry for `draft.node()`.
void fill(Draft& draft, Tally& tally);

void fill_move(Draft& draft, Members& from);
void fill_asset(Draft& draft, Members& from);
void fill_oracle(Draft& draft, Members& from);
void fill_npc(Draft& draft, Members& from);
void fill_variant(Draft& draft, Members& from);
void fill_truth(Draft& draft, Members& from);
void fill_atlas_entry(Draft& draft, Members& from);
void fill_delve_site(Draft& draft, Members& from);
void fill_site_card(Draft& draft, Members& from);
void fill_rarity(Draft& draft, Members& from);
void fill_rule(Draft& draft, Members& from);
void fill_collection(Draft& draft, Members& from);

// "With speed or agility — roll +edge", of one condition of a trigger.
[[nodiscard]] std::string condition_in_words(Draft& draft, Members& condition);
// "+edge, +health", of roll options.
[[nodiscard]] std::string rolls_in_words(Draft& draft, const Json& options,
                                         const std::string& pointer, Tally& tally);

}  // namespace datasworn
