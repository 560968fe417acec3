// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a path of a formula leads behind the field that it begins with: into columns, members and
// the entries that are chosen.
#pragma once

#include <string>
#include <vector>

#include "kernel/content/pack_reach.hpp"

namespace sz {

struct FormulaPlace {
    PackReport& report;
    const std::string& file;
    std::string pointer;  // of the formula
};

// `definition` is of the field that the first `named` steps lead to; `as` is what the formula does
// with what is there ("number", "one", "many": sz/ext/field_type.h). SZ-PACK-082 many values where
// one is wanted; 083 a column or member that is not there; 084 arithmetic with a text.
void check_reading(const Json& definition, const std::vector<std::string>& steps, std::size_t named,
                   const std::vector<std::string>& as, PackReach& reach, const FormulaPlace& place);

}  // namespace sz
