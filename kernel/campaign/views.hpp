// SPDX-License-Identifier: AGPL-3.0-or-later
// Views: what one member may see of a campaign, as JSON. Whatever a view does not hold, its reader
// learns nothing of: two campaigns that differ only in a secret give an outsider the same view, but
// for hashes.
#pragma once

#include "kernel/campaign/computed.hpp"
#include "kernel/campaign/state.hpp"

namespace sz::campaign {

// The living instance of that id, if the viewer may know of it.
[[nodiscard]] const Instance* visible_instance(const State& state, std::string_view id,
                                               const Viewer& viewer);

// Whether `a` stands before `b` in a list for that viewer: in order of making for who sees
// everything, by name for everybody else, whom that order would tell of times they know nothing of.
[[nodiscard]] bool stands_before(const Instance& a, const Instance& b, const Viewer& viewer);

// Result of character.show.
[[nodiscard]] Json character_view(const State& state, const Instance& instance,
                                  const Viewer& viewer, const Computer::Services& services);

// [{"id","name","template","owner","revision"}], each before what it stands before.
[[nodiscard]] Json characters_view(const State& state, const Viewer& viewer);

// [{"client_id","name","role"}]: everybody at a table knows who is there.
[[nodiscard]] Json members_view(const State& state);

// Result of campaign.show but for "head" and "events".
[[nodiscard]] Json campaign_view(const State& state, const Viewer& viewer,
                                 const Computer::Services& services);

// Result of character.explain: {"path","name","type","value","text","terms","problem"?,"failures"}.
// `path` is one that the viewer may see.
[[nodiscard]] Json explanation_view(const State& state, const Instance& instance,
                                    const std::string& path, const Viewer& viewer,
                                    const Computer::Services& services);

// A value as a person reads it; JSON when its field type is missing.
[[nodiscard]] std::string value_text(const FieldTypes& fields, const Json& definition,
                                     const Json& value);

}  // namespace sz::campaign
