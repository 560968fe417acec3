// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/demo/demo.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

std::vector<Command> bus_commands() {
    return {
        {"call",
         "METHOD [JSON]",
         1,
         2,
         "Calls any method of the bus; szctl call bus.methods lists them",
         {},
         [](Session& session, const Arguments& a) -> Result<Json> {
             SZ_ASSIGN(const Json params, parse_json(a.words.size() > 1 ? a.words[1] : "{}"));
             return session.call(a.words[0], params);
         },
         {}},
        {"demo",
         "",
         0,
         0,
         "Plays a short story with the sample packs, in a profile of its own",
         {{"keep", "", "DIR", "keep the profile in this new folder", false}},
         run_demo,
         [](std::ostream&, const Json&) {}},
    };
}

}  // namespace sz::cli
