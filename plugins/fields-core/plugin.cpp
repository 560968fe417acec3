// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/plugin.hpp>

#include "types.hpp"

using namespace fields;

SZ_PLUGIN("org.sessionzero.fields-core",
          sz::plugin::Offer<Number, Text, MultiText, Boolean, List, DatasetLink, Select, Image,
                            Group, Table>);
