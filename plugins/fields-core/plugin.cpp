// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/plugin.hpp>

#include "boolean.hpp"
#include "dataset_link.hpp"
#include "group.hpp"
#include "image.hpp"
#include "list.hpp"
#include "multi_text.hpp"
#include "number.hpp"
#include "select.hpp"
#include "table.hpp"
#include "text.hpp"

using namespace fields;

SZ_PLUGIN("org.sessionzero.fields-core",
          sz::plugin::Offer<Number, Text, MultiText, Boolean, List, DatasetLink, Select, Image,
                            Group, Table>);
