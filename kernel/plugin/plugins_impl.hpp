// SPDX-License-Identifier: AGPL-3.0-or-later
// The inside of Plugins: what is known of each plugin, and the steps that it goes through.
#pragma once

#include <sz/entry.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/base/sys/file.hpp"
#include "kernel/plugin/breadcrumb.hpp"
#include "kernel/plugin/field_types.hpp"
#include "kernel/plugin/host.hpp"
#include "kernel/plugin/identity.hpp"
#include "kernel/plugin/manifest.hpp"
#include "kernel/plugin/pack_formats.hpp"
#include "kernel/plugin/plugins.hpp"
#include "kernel/plugin/port_mappers.hpp"
#include "kernel/plugin/transports.hpp"
#include "kernel/plugin/trust.hpp"

namespace sz {

// One plugin folder.
struct PluginFolder {
    PluginRecord record;
    std::filesystem::path path;
    Manifest manifest;
    Claim claim;
    bool is_removed = false;  // from the profile; its library may be loaded all the same
    bool is_checked = false;  // files and signature fit the manifest: the claim is what it says
    sys::File library;        // open while it waits to be loaded
    const sz_plugin_entry_v1* entry = nullptr;
    std::unique_ptr<PluginHost> host;

    void stop_at(PluginState state, const Error& why);
    // Removed ones are known for as long as they run.
    [[nodiscard]] bool is_listed() const {
        return !is_removed || record.state == PluginState::running;
    }
};

struct Plugins::Impl {
    ProfileFolders folders;
    Options options;
    Bus& bus;
    Tasks& tasks;
    KernelThread& thread;
    Trust trust;
    Bundle bundle;
    std::unique_ptr<Breadcrumb> breadcrumb;
    // The bundle's, then the profile's, by name.
    std::vector<std::unique_ptr<PluginFolder>> plugins;
    std::vector<PluginFolder*> started;  // in order of starting
    PluginFieldTypes fields;
    PluginPackFormats formats{thread};
    PluginIdentity identity;
    PluginTransports transports{thread};
    PluginPortMappers port_mappers{thread};
    Panels panels;

    Impl(ProfileFolders the_folders, Options the_options, Bus& the_bus, Tasks& the_tasks,
         KernelThread& the_thread)
        : folders(std::move(the_folders)),
          options(std::move(the_options)),
          bus(the_bus),
          tasks(the_tasks),
          thread(the_thread),
          trust(Trust::open(folders.trust())),
          panels(bus) {}

    void quarantine_lost_calls();  // what the last kernel left behind
    void find_in(const std::filesystem::path& root, bool is_bundle);  // found
    void examine(PluginFolder& plugin);  // manifest, files, signature, grant, choice
    [[nodiscard]] Status read(PluginFolder& plugin);
    [[nodiscard]] Status check_choices(const PluginFolder& plugin) const;
    void start_all();                    // dependencies, then each
    Status start(PluginFolder& plugin);  // library, abi, init, extensions
    Status take_extensions(PluginFolder& plugin);
    Status take_extension(const std::string& plugin, const std::string& id, const void* table);
    void end(PluginFolder& plugin);  // deinit
    void stop_all();
    [[nodiscard]] PluginFolder* find(std::string_view id) const;

    Result<Json> enable(PluginFolder& plugin);
    Result<Json> disable(PluginFolder& plugin);
    Result<Json> grant(PluginFolder& plugin);
    Result<Json> remove(const std::string& id);
    void add_from(const std::filesystem::path& source, const Call& call);
    [[nodiscard]] Status add_plugin_methods();
    [[nodiscard]] Status add_field_methods();
};

}  // namespace sz
