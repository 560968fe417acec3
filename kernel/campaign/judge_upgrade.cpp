// SPDX-License-Identifier: AGPL-3.0-or-later
// Decisions about a pack's new version.
#include "kernel/campaign/judge.hpp"
#include "kernel/campaign/permission.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/upgrade.hpp"

namespace sz::campaign {

Status Judge::upgrade(const Instance& instance, const Operation& operation) {
    const Json wanted = operation.args.size() == 1 ? operation.args[0] : Json();
    const std::string* pack = read::text(wanted, "pack");
    const std::string* version = read::text(wanted, "version");
    if (pack == nullptr || version == nullptr) {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-022",
                    "An operation's arguments are wrong: “upgrade” takes a pack and a version.");
    }
    if (!is_game_master(state_, action_.author)) {
        return fail(ErrorKind::denied, "SZ-CAMPAIGN-021",
                    "You may not give " + instance.name + " another version of a pack.",
                    "Ask the game master.");
    }
    SZ_ASSIGN(auto plan,
              plan_upgrade(instance, {*pack, *version}, services_.templates, services_.fields));
    if (!plan) {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-101",
                    instance.name + " has nothing of another version of that pack.",
                    "szctl campaign show lists the packs that its sheets are from.", instance.id);
    }
    if (!plan->alters) return fail(std::move(*plan->stays));
    const Instance before = instance;
    const Json inverse{{"op", system_op::restore_snapshot},
                       {"args", Json::array({place_.index - 1})}};
    for (const SeenRecord& seen : upgrade_records(before, plan->after, inverse))
        SZ_TRY(record(seen.audience, seen.record));
    decision_.kind = "upgrade";
    return {};
}

}  // namespace sz::campaign
