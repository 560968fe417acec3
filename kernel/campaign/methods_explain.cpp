// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <nlohmann/json.hpp>

#include "kernel/campaign/methods.hpp"
#include "kernel/campaign/paths.hpp"
#include "kernel/campaign/views.hpp"

namespace sz::campaign {

namespace {

void explain_field(CampaignFiles& files, const Call& call) {
    const std::string id = string_or(call.params(), "id");
    with_character(files, call, id, [&files, call, id](const std::shared_ptr<Host>& host) {
        const auto viewer = viewer_of(host->state(), call.params());
        if (!viewer) return call.answer(fail(viewer.error()));
        const Instance* instance = visible_instance(host->state(), id, *viewer);
        if (instance == nullptr) return call.answer(no_such_character(id));
        const auto path = resolve_path(*instance, *viewer, string_or(call.params(), "path"));
        if (!path) return call.answer(fail(path.error()));
        call.answer(explanation_view(host->state(), *instance, *path, *viewer, computing(files)));
    });
}

constexpr std::array<MethodTable, 1> explain_table{{
    {"character.explain", "Says how a field's value comes about.", explain_field},
}};

}  // namespace

Status add_explain_method(CampaignFiles& files) {
    return add_table(files, explain_table.data(), explain_table.size());
}

}  // namespace sz::campaign
