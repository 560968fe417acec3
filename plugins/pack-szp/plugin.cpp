// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/plugin.hpp>

#include "szp_format.hpp"

SZ_PLUGIN("org.sessionzero.pack-szp", sz::plugin::Offer<szp::SzpFormat>);
