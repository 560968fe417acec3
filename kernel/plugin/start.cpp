// SPDX-License-Identifier: AGPL-3.0-or-later
// The second half of the order of loading: the plugin's own code runs.
#include <sz/ext/panel.h>
#include <sz/ext/port_mapper.h>

#include <chrono>
#include <map>

#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/dependencies.hpp"
#include "kernel/plugin/library.hpp"
#include "kernel/plugin/plugins_impl.hpp"

namespace sz {

namespace {

bool is_known_extension(const std::string& id) {
    return id == SZ_FIELD_TYPES_ID || id == SZ_PACK_FORMATS_ID || id == SZ_IDENTITY_ID ||
           id == SZ_PANELS_ID || id == SZ_TRANSPORTS_ID || id == SZ_PORT_MAPPER_ID;
}

// Which state a plugin stays in that could not start.
PluginState state_after(const Error& error) {
    if (error.code == "SZ-PLUGIN-009" || error.code == "SZ-PLUGIN-032") return PluginState::invalid;
    return error.code == "SZ-PLUGIN-017" ? PluginState::unresolved : PluginState::failed;
}

}  // namespace

void Plugins::Impl::start_all() {
    std::map<const Manifest*, PluginFolder*> by_manifest;
    std::vector<const Manifest*> granted;
    for (const auto& plugin : plugins) {
        if (plugin->library.descriptor() < 0) continue;
        granted.push_back(&plugin->manifest);
        by_manifest.emplace(&plugin->manifest, plugin.get());
    }
    const StartOrder order = start_order(granted);
    for (const auto& [manifest, reason] : order.missing)
        by_manifest.at(manifest)->stop_at(
            PluginState::unresolved,
            {ErrorKind::environment, "SZ-PLUGIN-017", reason.why, reason.hint, {}});
    for (const Manifest* manifest : order.order) {
        PluginFolder& plugin = *by_manifest.at(manifest);
        if (auto begun = start(plugin); !begun) {
            plugin.stop_at(state_after(begun.error()), begun.error());
        } else if (plugin.record.state != PluginState::running) {
            log::error("plugin", plugin.record.id + " started without a state.");
        }
    }
}

Status Plugins::Impl::start(PluginFolder& plugin) {
    const std::string& id = plugin.manifest.id;
    for (const Dependency& dependency : plugin.manifest.dependencies) {
        const PluginFolder* needed = find(dependency.id);
        if (needed == nullptr || needed->record.state != PluginState::running)
            return fail(ErrorKind::environment, "SZ-PLUGIN-017",
                        "It needs the plugin " + dependency.id + ", which did not start.",
                        "Mend that one first.", dependency.id);
    }
    SZ_ASSIGN(plugin.entry, open_library(std::move(plugin.library), plugin.manifest));
    plugin.host = std::make_unique<PluginHost>(
        plugin.manifest, PluginHost::Services{bus, tasks, thread, folders.plugin_data()});
    TextSink said(limits::finding_text_bytes_max);
    const auto begun = std::chrono::steady_clock::now();
    const sz_status status = call_plugin(thread.is_current(), id, "init", [&] {
        return plugin.entry->init(plugin.host->table(), said.table());
    });
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begun);
    if (took.count() > limits::plugin_init_ms_max)
        log::warning("plugin", id + " took " + std::to_string(took.count()) +
                                   " ms to start; longer work belongs into a task.");
    if (status != SZ_OK) {
        plugin.host->close();
        const std::string why =
            said.text.empty() ? std::string("it does not say why.") : clean_text(said.text);
        return fail(error_kind(status), "SZ-PLUGIN-034", "It could not start: " + why,
                    "The log may say more.", id);
    }
    if (auto taken = take_extensions(plugin); !taken) {
        end(plugin);
        return taken;
    }
    plugin.record.state = PluginState::running;
    started.push_back(&plugin);
    return {};
}

Status Plugins::Impl::take_extensions(PluginFolder& plugin) {
    const std::string& id = plugin.manifest.id;
    for (const std::string& extension : plugin.manifest.extensions) {
        if (!is_known_extension(extension)) {
            log::debug("plugin",
                       id + " offers " + extension + ", which this program does not use.");
            continue;
        }
        const void* table = nullptr;
        (void)call_plugin(thread.is_current(), id, "get_extension", [&] {
            return table = plugin.entry->get_extension(extension.c_str()), SZ_OK;
        });
        if (table == nullptr) {
            return fail(ErrorKind::input, "SZ-PLUGIN-035",
                        "It lists the extension " + extension + " and does not have it.",
                        "Ask its author for a newer version.", id);
        }
        SZ_TRY(take_extension(id, extension, table));
    }
    return {};
}

Status Plugins::Impl::take_extension(const std::string& plugin, const std::string& id,
                                     const void* table) {
    if (id == SZ_FIELD_TYPES_ID)
        return fields.add(plugin, static_cast<const sz_field_types*>(table));
    if (id == SZ_PACK_FORMATS_ID)
        return formats.add(plugin, static_cast<const sz_pack_formats*>(table));
    if (id == SZ_IDENTITY_ID) return identity.add(plugin, static_cast<const sz_identity*>(table));
    if (id == SZ_TRANSPORTS_ID)
        return transports.add(plugin, static_cast<const sz_transports*>(table));
    if (id == SZ_PORT_MAPPER_ID)
        return port_mappers.add(plugin, static_cast<const sz_port_mapper*>(table));
    if (!options.panels) return {};
    return panels.add(plugin, static_cast<const sz_panels*>(table));
}

void Plugins::Impl::end(PluginFolder& plugin) {
    const std::string& id = plugin.manifest.id;
    fields.remove(id);
    formats.remove(id);
    identity.remove(id);
    port_mappers.remove(id);
    panels.remove(id);
    transports.remove(id);
    plugin.host->close();
    (void)call_plugin(thread.is_current(), id, "deinit",
                      [&] { return plugin.entry->deinit(), SZ_OK; });
}

void Plugins::Impl::stop_all() {
    for (auto plugin = started.rbegin(); plugin != started.rend(); ++plugin) end(**plugin);
    started.clear();
}

}  // namespace sz
