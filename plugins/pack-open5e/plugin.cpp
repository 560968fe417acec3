// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/plugin.hpp>

#include "open5e_format.hpp"

SZ_PLUGIN("org.sessionzero.pack-open5e", sz::plugin::Offer<open5e::Open5eFormat>);
