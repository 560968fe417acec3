// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/cli/commands/all.hpp"

#include <iterator>

namespace sz::cli {

const std::vector<Command>& all_commands() {
    static const std::vector<Command> commands = [] {
        std::vector<Command> all;
        for (auto* group : {&pack_commands, &library_commands, &identity_commands, &campaign_commands, &character_commands,
                            &plugin_commands, &bus_commands}) {
            auto more = group();
            all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
        }
        return all;
    }();
    return commands;
}

}  // namespace sz::cli
