// SPDX-License-Identifier: AGPL-3.0-or-later
// Who sees and who changes a thing, as it is told to those who see everything: a label ("everyone",
// "players", "owner", "gm") or a list of Client IDs.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "kernel/campaign/instance.hpp"

namespace sz::campaign {

// Of a field, or of the instance for "". Game masters and assistants see everything besides.
[[nodiscard]] Json visible_to(const Instance& instance, std::string_view path);
[[nodiscard]] Json editable_by(const Instance& instance, std::string_view path);
// What was decided besides the template, by the path of the place ("" is the whole sheet):
// {"visibility": {PATH: who}, "editability": {PATH: who}}.
[[nodiscard]] Json decided(const Instance& instance);

}  // namespace sz::campaign
