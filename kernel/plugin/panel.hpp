// SPDX-License-Identifier: AGPL-3.0-or-later
// One panel on the screen, as the window calls it. Every call into it leaves a breadcrumb, nothing
// that it throws gets past, and what it gives is checked. No toolkit is known here: a window is a
// void*.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/base/result.hpp"
#include "kernel/base/threads.hpp"
#include "kernel/bus/bus.hpp"

struct sz_panel;

namespace sz {

// What a plugin says of a panel that it offers; as in sz_panel (sdk/include/sz/ext/panel.h).
struct PanelInfo {
    std::string plugin, id, title;
    std::string toolkit, signature;
    std::uint32_t toolkit_abi = 0;
    std::vector<std::string> shows;
    std::int32_t order = 0;
};

// What the window does for a panel that asks it to. Called on the window's thread only.
struct PanelShell {
    std::function<void(const Json& target)> open;
    std::function<void(const std::string& text)> status;
    std::function<std::string(const std::string& text)> translate;
};

// [ui-thread]: made, used and destroyed on the thread of the windows. A panel that throws has
// failed; so has one whose table is not what it should be. The window then takes it off the screen,
// as soon as it is not busy.
class Panel {
  public:
    // `table` is a checked one of the plugin that `info` names. `bus` and `ui` outlive the panel.
    Panel(PanelInfo info, const sz_panel* table, PanelShell shell, Bus& bus, Executor& ui);
    ~Panel();
    Panel(const Panel&) = delete;
    Panel& operator=(const Panel&) = delete;

    [[nodiscard]] const PanelInfo& info() const noexcept;
    [[nodiscard]] bool shows(const std::string& kind) const;  // while it is alive

    // Makes the panel, once, as a child of `parent`; gives its window. SZ-PLUGIN-061, -064, -090.
    // Whether the window is a child of `parent` is for those to check who know the toolkit.
    [[nodiscard]] Result<void*> create(void* parent);
    [[nodiscard]] bool is_alive() const noexcept;  // made and not ended
    void focus();
    [[nodiscard]] bool show(const Json& target);  // false: it does not show that
    [[nodiscard]] Json save();                    // null when there is nothing to remember
    void restore(const Json& state);
    void end();  // calls destroy; its windows may go before or after

    // Runs code of the panel that the toolkit calls by itself, such as an event's handler.
    // False: it threw. Cheap enough for every event.
    template <class Work>
    bool run(const char* call, Work&& work) {
        return run_with(
            call, [](void* it) { (*static_cast<std::remove_reference_t<Work>*>(it))(); }, &work);
    }

    // Why the panel has failed, in words for a person; null while it has not.
    [[nodiscard]] const Error* failure() const noexcept;
    void fail_because(const std::string& what);  // the window found a fault that only it can see
    // Whether this thread is inside the panel's code, as it is while a dialog of the panel waits.
    [[nodiscard]] bool is_busy() const noexcept;

  private:
    bool run_with(const char* call, void (*work)(void*), void* cookie);
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// While it lives, the thread waits for a person, as in a dialog that a panel has opened: if the
// program is ended meanwhile, no plugin is at fault. Panels that run meanwhile answer for
// themselves.
class WaitForPerson {
  public:
    WaitForPerson();
    ~WaitForPerson();
    WaitForPerson(const WaitForPerson&) = delete;
    WaitForPerson& operator=(const WaitForPerson&) = delete;

  private:
    std::unique_ptr<class PluginCall> nobody_;
};

}  // namespace sz
