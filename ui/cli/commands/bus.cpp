// SPDX-License-Identifier: AGPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <ostream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/demo/demo.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

// A method that starts a task is not done when it has answered.
Result<Json> call(Session& session, const Arguments& arguments) {
    SZ_ASSIGN(const Json params, json_object(arguments.words.size() > 1 ? arguments.words[1] : "{}",
                                             "parameters", R"({"text": "lantern"})"));
    SZ_ASSIGN(Json answer, session.send(arguments.words[0], params));
    const bool has_begun = answer.is_object() && answer.size() == 1 && answer.contains("task");
    return has_begun ? session.wait_for(string_or(answer, "task")) : std::move(answer);
}

}  // namespace

std::vector<Command> bus_commands() {
    return {
        {"call",
         "METHOD [JSON]",
         1,
         2,
         "Calls any method of the bus and waits for its task; bus.methods lists them",
         {},
         call,
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
