// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/plugin.hpp>

#include "csv_format.hpp"

SZ_PLUGIN("org.sessionzero.pack-csv", sz::plugin::Offer<csv::CsvFormat>);
