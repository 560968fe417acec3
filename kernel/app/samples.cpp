// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/app/samples.hpp"

#include <utility>

#include "kernel/base/log.hpp"

namespace sz {

namespace {

constexpr const char* setting = "app.samples";  // the version of the program whose samples were installed

}  // namespace

void Samples::install(const std::filesystem::path& folder) {
    std::error_code error;
    if (settings_.get(setting) == version_ || !std::filesystem::is_directory(folder, error)) return;
    is_under_way_ = true;
    library_.install_samples(folder, [this](const Status& status) {
        if (!status) {
            log::warning("app", "The sample packs were not installed: " + status.error().message);
            return end("failed");
        }
        settings_.set(setting, version_, [](const Status& kept) {
            if (!kept) log::warning("app", kept.error().message);
        });
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
