// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/app/samples.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/log.hpp"

namespace sz {

void Samples::install(const std::filesystem::path& folder) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) return;
    is_under_way_ = true;
    library_.install_samples(folder, [this](const Status& status) {
        if (!status) {
            log::warning("app", "The sample packs were not installed: " + status.error().message);
            return end("failed");
        }
        end("installed");
    });
}

void Samples::end(const char* outcome) {
    outcome_ = outcome;
    is_under_way_ = false;
    for (const auto& call : std::exchange(waiting_, {})) call.answer(Json{{"samples", outcome_}});
}

Status Samples::add_methods(Bus& bus) {
    return bus.add_method({"app.ready", {}, {}, "kernel"}, [this](const Call& call) {
        if (is_under_way_) return waiting_.push_back(call);
        call.answer(Json{{"samples", outcome_}});
    });
}

}  // namespace sz
