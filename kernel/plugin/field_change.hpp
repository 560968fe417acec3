// SPDX-License-Identifier: AGPL-3.0-or-later
// The JSON-carrying results of services.hpp; include it where they are used.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kernel/plugin/services.hpp"

namespace sz {

struct FieldChange {
    Json effect;  // {"set": …} | {"insert": …} | {"remove": …} | {"move": …} | {"replace": …}
    Json inverse;                      // {"op","args"}
    bool relative = false;             // commutes with other relative operations on the same field
    std::vector<std::string> touches;  // items concerned, for list edits; empty: the whole value
};

struct FieldEvaluation {
    Json value;
    Json terms = Json::array();  // [{"op","text","value","inputs"}], see evaluate in the same place
};

struct ReadPacks {
    std::vector<PackFiles> packs;
    Json account;  // null unless the format is foreign
};

}  // namespace sz
