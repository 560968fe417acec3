// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/panels.hpp"

#include <sz/ext/panel.h>

#include <algorithm>
#include <cstring>
#include <sstream>

#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

constexpr std::uint32_t panels_max = 100;  // of one plugin

Error broken_panels(const std::string& plugin, std::string message) {
    return {ErrorKind::input, "SZ-PLUGIN-036", std::move(message),
            "Ask its author for a newer version.", plugin};
}

std::string text_from(const char* text, std::size_t bytes_max) {
    return clean_text({text, ::strnlen(text, bytes_max)}, bytes_max);
}

PanelInfo info_of(const std::string& plugin, const sz_panel& panel) {
    PanelInfo info{plugin,
                   text_from(panel.id, limits::id_bytes_max),
                   text_from(panel.title, limits::name_bytes_max),
                   text_from(panel.toolkit, limits::id_bytes_max),
                   text_from(panel.signature, limits::finding_text_bytes_max),
                   panel.toolkit_abi,
                   {},
                   panel.order};
    std::istringstream kinds(text_from(panel.shows, limits::finding_text_bytes_max));
    for (std::string kind; kinds >> kind;) info.shows.push_back(std::move(kind));
    return info;
}

bool is_whole(const sz_panel* panel) {
    return panel != nullptr && panel->size >= SZ_PANEL_SIZE_1 && panel->id != nullptr &&
           panel->title != nullptr && panel->toolkit != nullptr && panel->signature != nullptr &&
           panel->shows != nullptr && panel->create != nullptr;
}

}  // namespace

Status Panels::add(const std::string& plugin, const sz_panels* table) {
    if (table == nullptr || table->size < SZ_PANELS_SIZE_1 ||
        (table->count > 0 && table->items == nullptr) || table->count > panels_max)
        return fail(broken_panels(plugin, "Its list of panels is broken."));
    std::vector<Offered> taken;
    for (std::uint32_t i = 0; i < table->count; ++i) {
        const sz_panel* panel = table->items[i];
        if (!is_whole(panel))
            return fail(broken_panels(plugin, "Panel " + std::to_string(i) + " of it is broken."));
        PanelInfo info = info_of(plugin, *panel);
        const auto has_id = [&](const Offered& other) { return other.info.id == info.id; };
        if (std::any_of(taken.begin(), taken.end(), has_id))
            return fail(broken_panels(plugin, "Two panels of it are called “" + info.id + "”."));
        taken.push_back({std::move(info), panel});
    }
    std::move(taken.begin(), taken.end(), std::back_inserter(offered_));
    return {};
}

void Panels::remove(const std::string& plugin) {
    std::erase_if(offered_, [&](const Offered& one) { return one.info.plugin == plugin; });
}

std::vector<PanelInfo> Panels::list() const {
    std::vector<PanelInfo> all;
    for (const Offered& one : offered_) all.push_back(one.info);
    std::stable_sort(all.begin(), all.end(),
                     [](const PanelInfo& a, const PanelInfo& b) { return a.order < b.order; });
    return all;
}

std::unique_ptr<Panel> Panels::make(const PanelInfo& info, PanelShell shell, Executor& ui) const {
    const auto found = std::find_if(offered_.begin(), offered_.end(), [&](const Offered& one) {
        return one.info.plugin == info.plugin && one.info.id == info.id;
    });
    if (found == offered_.end()) return nullptr;
    return std::make_unique<Panel>(found->info, found->table, std::move(shell), bus_, ui);
}

}  // namespace sz
