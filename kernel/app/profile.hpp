// SPDX-License-Identifier: AGPL-3.0-or-later
// The composition root: one profile with all services on the bus. Programs and shells use this and
// the bus, nothing else.
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
#include "kernel/plugin/panel_bus.hpp"
#include "kernel/plugin/panels.hpp"

namespace sz {

// Where programs find what was installed beside them: plugins/, packs/, from the running program's
// own path.
struct InstallPaths {
    std::filesystem::path plugins, packs;
};
[[nodiscard]] InstallPaths install_paths();

class Profile {
  public:
    struct Options {
        std::string folder;  // empty: profile_path()
        bool safe_mode = false;
        std::string language = {};    // a tag for this run; empty: see language.hpp
        bool panels = false;          // load panel plugins (a program with a screen)
        bool serve_socket = true;     // serve the bus on run/bus.sock
        bool install_samples = true;  // import the sample packs at first start, in the background;
                                      // “app.ready” waits for them
        InstallPaths installed = install_paths();
    };

    // Takes the lock, loads plugins, opens library and campaigns, makes an identity at first start.
    // SZ-PROFILE-0xx; SZ-PROFILE-010 when another kernel owns it. Called from the program's main
    // thread.
    [[nodiscard]] static Result<std::unique_ptr<Profile>> open(Options options);
    // The same, but while another kernel has the profile it is tried again for some seconds: most
    // are just ending. `waits_on` is asked between the tries, on the caller's thread, with how long
    // that kernel has been waited for; false ends it with SZ-PROFILE-010.
    using WaitsOn = std::function<bool(std::chrono::milliseconds waited)>;
    [[nodiscard]] static Result<std::unique_ptr<Profile>> open_when_free(const Options& options,
                                                                         const WaitsOn& waits_on);
    ~Profile();  // everything durable, plugins ended, lock released

    // Valid until ~Profile. call_and_wait and call: [any-thread]; what a handler does runs on the
    // profile's kernel thread.
    [[nodiscard]] Bus& bus();
    [[nodiscard]] const std::filesystem::path& folder() const;

    // The panels of the plugins that run. What is made of them ends before ~Profile. [main-thread]
    [[nodiscard]] const Panels& panels() const;
    // The bus as the window itself uses it, like any panel, under an id of its own. `ui` posts to
    // the windows' thread, where the answers come; it ends before ~Profile. [ui-thread]
    [[nodiscard]] std::unique_ptr<PanelBus> window_bus(Executor& ui, std::string id);

  private:
    struct Impl;
    explicit Profile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// A program's way to the bus of a profile: the running kernel's socket if there is one, else a
// kernel of its own. Used by one thread; what it listens to is delivered on that thread, inside
// call() and listen().
class BusClient {
  public:
    virtual ~BusClient() = default;
    // Waits for the answer. `deadline` 0: the default; negative: none.
    [[nodiscard]] virtual Result<Json> call(const std::string& method, const Json& params,
                                            std::chrono::milliseconds deadline) = 0;
    virtual void on_topic(std::string topic,
                          std::function<void(const std::string&, const Json&)> fn) = 0;
    // Delivers topics until `is_enough` says true after one, or the time is over (SZ-BUS-003).
    [[nodiscard]] virtual Status listen(std::chrono::milliseconds patience,
                                        const std::function<bool()>& is_enough) = 0;

    // Waits while a kernel of this profile is starting or closing. SZ-PROFILE-010: one has it open
    // and serves no socket.
    [[nodiscard]] static Result<std::unique_ptr<BusClient>> open(Profile::Options options);

    // Whether a program serves the bus of this profile, as a window does and szctl does not.
    [[nodiscard]] static bool is_served(const std::string& folder);
};

}  // namespace sz
