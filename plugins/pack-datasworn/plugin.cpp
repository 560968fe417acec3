// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/plugin.hpp>

#include "datasworn_format.hpp"

SZ_PLUGIN("org.sessionzero.pack-datasworn", sz::plugin::Offer<datasworn::DataswornFormat>);
