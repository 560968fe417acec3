// SPDX-License-Identifier: AGPL-3.0-or-later
// The composition root: one profile with all services on the bus. Programs and shells use this and the bus, nothing else.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/base/result.hpp"
#include "kernel/bus/bus.hpp"

struct sz_panel;

namespace sz {

class Profile {
  public:
    struct Options {
        std::string folder;  // empty: profile_path()
        bool safe_mode = false;
        bool panels = false;          // load panel plugins (a program with a screen)
        bool serve_socket = true;     // serve the bus on run/bus.sock
        bool install_samples = true;  // import the sample packs at first start
    };

    // Takes the lock, loads plugins, opens library and campaigns, makes an identity at first start.
    // SZ-PROFILE-0xx; SZ-PROFILE-010 when another kernel owns it. Called from the program's main thread.
    [[nodiscard]] static Result<std::unique_ptr<Profile>> open(Options options);
    ~Profile();  // everything durable, plugins ended, lock released

    [[nodiscard]] Bus& bus();
    [[nodiscard]] const std::filesystem::path& folder() const;

    struct PanelOf {
        std::string plugin;
        const sz_panel* panel;
    };
    [[nodiscard]] std::vector<PanelOf> panels() const;

  private:
    struct Impl;
    explicit Profile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// A program's way to the bus of a profile: the running kernel's socket if there is one, else a kernel of its own.
class BusClient {
  public:
    virtual ~BusClient() = default;
    // Waits for the answer. `progress` gets task.progress messages while it waits. [one thread]
    [[nodiscard]] virtual Result<Json> call(const std::string& method, const Json& params, std::chrono::milliseconds deadline) = 0;
    virtual void on_topic(std::string topic, std::function<void(const std::string&, const Json&)> fn) = 0;

    [[nodiscard]] static Result<std::unique_ptr<BusClient>> open(Profile::Options options);
};

// Where programs find what was installed beside them: plugins/, packs/, from the running program's own path.
struct InstallPaths {
    std::filesystem::path plugins, packs;
};
[[nodiscard]] InstallPaths install_paths();

}  // namespace sz
