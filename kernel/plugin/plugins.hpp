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
#include "kernel/plugin/services.hpp"
#include "kernel/store/profile_folders.hpp"

struct sz_panel;
struct sz_bus;

namespace sz {

// The order of loading is the order of these states; a plugin stays in the one it did not get past.
enum class PluginState : std::uint8_t {
    found,        // a folder with plugin.json
    invalid,      // manifest unreadable or against its schema, wrong hash, wrong signature, wrong abi
    untrusted,    // nobody granted it yet
    disabled,     // by the user
    quarantined,  // it crashed or hung the program last time
    unresolved,   // a dependency is missing
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

class Plugins {
  public:
    struct Options {
        std::filesystem::path bundle;  // folder with bundle.json and the bundled plugins' folders
        bool safe_mode = false;        // the bundle's own plugins only
        bool panels = false;           // also load plugins whose only extension is sz.panel (a program with a screen)
    };

    // Goes through the whole order of loading for every plugin. Never fails for a plugin's sake. [kernel-thread]
    [[nodiscard]] static Result<std::unique_ptr<Plugins>> load(const ProfileFolders& folders, Options options, Bus& bus,
                                                               Tasks& tasks, KernelThread& thread);
    ~Plugins();  // deinit in reverse order, [kernel-thread]

    [[nodiscard]] const FieldTypes& fields() const;
    [[nodiscard]] const PackFormats& formats() const;
    [[nodiscard]] Identity& identity();
    [[nodiscard]] std::vector<PluginRecord> records() const;

    struct PanelOf {
        std::string plugin;
        const sz_panel* panel;
    };
    [[nodiscard]] std::vector<PanelOf> panels() const;  // [any-thread] once loaded

    // Registers plugin.list, plugin.info, plugin.enable, plugin.disable, plugin.trust, field.types.
    [[nodiscard]] Status add_methods();

  private:
    struct Impl;
    explicit Plugins(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Writes (plugin, call) to the mapped page before a call into a plugin and clears it after. Cheap: two stores.
// Anything that calls through an extension's table from outside kernel/plugin (the panel host) uses one too.
class PluginCall {
  public:
    PluginCall(std::string_view plugin, const char* call) noexcept;
    ~PluginCall();
    PluginCall(const PluginCall&) = delete;
    PluginCall& operator=(const PluginCall&) = delete;

  private:
    int slot_ = -1;
};

}  // namespace sz
