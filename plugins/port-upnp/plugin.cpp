// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/plugin.hpp>

#include "upnp_mapper.hpp"

SZ_PLUGIN("org.sessionzero.port-upnp", sz::plugin::Offer<upnp::UpnpMapper>);
