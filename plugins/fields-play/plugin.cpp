// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/plugin.hpp>

#include "types.hpp"

using namespace play;

SZ_PLUGIN(
    "org.sessionzero.fields-play",
    sz::plugin::Offer<Resource, Dice, Tags, Track, Date, Color, EntityLink, RandomTable, Formula>);
