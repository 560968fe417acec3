// SPDX-License-Identifier: AGPL-3.0-or-later
// The plugins of a profile: found, trusted, loaded, listed. The only C boundary of the kernel.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.hpp"
#include "kernel/bus/bus.hpp"
#include "kernel/bus/tasks.hpp"
#include "kernel/plugin/breadcrumb.hpp"
#include "kernel/plugin/panels.hpp"
#include "kernel/plugin/services.hpp"
#include "kernel/plugin/transports.hpp"
#include "kernel/store/profile_folders.hpp"

namespace sz {

class PortMappers;  // port_mappers.hpp

// The order of loading is the order of these states; a plugin stays in the one it did not get past.
enum class PluginState : std::uint8_t {
    found,      // a folder with plugin.json
    invalid,    // manifest unreadable or against its schema, wrong hash, wrong signature, wrong abi
    untrusted,  // nobody granted it yet
    disabled,   // by the user
    quarantined,  // it crashed or hung the program last time
    unresolved,   // a dependency is missing or did not start
    failed,       // the library did not open, or init said no
    running,
};

struct PluginRecord {
    std::string id, name, version, author, license, folder, kind;
    PluginState state = PluginState::found;
    std::string reason;  // why it is not running, as a sentence with the way out
    bool bundled = false;
    std::vector<std::string> extensions, capabilities;
};

// The state's name on the bus: "running".
[[nodiscard]] const char* state_name(PluginState state) noexcept;

class Plugins {
  public:
    struct Options {
        std::filesystem::path bundle;  // folder with bundle.json and the bundled plugins' folders
        bool safe_mode = false;        // the bundle's own plugins only
        bool panels =
            false;  // also load plugins whose only extension is sz.panel (a program with a screen)
        // For plugin.json and bundle.json; comes from content/, as for the bus.
        Bus::SchemaCheck schema_check;
    };

    // Goes through the whole order of loading for every plugin. Never fails for a plugin's sake:
    // SZ-PLUGIN-008 the bundle's own list is damaged. [kernel-thread]
    [[nodiscard]] static Result<std::unique_ptr<Plugins>> load(const ProfileFolders& folders,
                                                               Options options, Bus& bus,
                                                               Tasks& tasks, KernelThread& thread);
    ~Plugins();  // deinit in reverse order, [kernel-thread]

    [[nodiscard]] const FieldTypes& fields() const;
    [[nodiscard]] const PackFormats& formats() const;
    [[nodiscard]] Identity& identity();
    [[nodiscard]] Transports& transports();
    [[nodiscard]] const PortMappers& port_mappers() const;
    [[nodiscard]] std::vector<PluginRecord> records() const;
    // What a person should know though the program goes on: decisions that were lost, plugins in
    // quarantine.
    [[nodiscard]] std::vector<Error> notices() const;

    [[nodiscard]] const Panels& panels() const;  // [any-thread] once loaded

    // Registers plugin.list, plugin.info, plugin.enable, plugin.disable, plugin.trust, plugin.add,
    // plugin.remove, field.types, field.format, field.parse.
    [[nodiscard]] Status add_methods();

  private:
    struct Impl;
    explicit Plugins(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
