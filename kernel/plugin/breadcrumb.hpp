// SPDX-License-Identifier: AGPL-3.0-or-later
// A page that remembers, beyond a crash, which call into which plugin was running.
//
// The file is a header and one slot for each thread that calls plugins at the same time. A slot
// names the innermost call of its thread. A slot that is still set when the next kernel starts
// belongs to a call that never came back.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.hpp"

namespace sz {

struct LostCall {
    std::string plugin, call;
};

// The page that PluginCall writes to, while it lives. A program has one at a time: a call knows its
// plugin, but not its kernel.
class Breadcrumb {
  public:
    // The calls that the last kernel on this file did not come back from. Empty when there is no
    // such file.
    [[nodiscard]] static std::vector<LostCall> lost(const std::filesystem::path& file);
    // Begins anew: what lost() gave is forgotten. SZ-PLUGIN-050: the page cannot be made.
    [[nodiscard]] static Result<std::unique_ptr<Breadcrumb>> open(
        const std::filesystem::path& file);
    ~Breadcrumb();  // no call is running
    Breadcrumb(const Breadcrumb&) = delete;
    Breadcrumb& operator=(const Breadcrumb&) = delete;

  private:
    struct Impl;
    explicit Breadcrumb(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Writes (plugin, call) to the page before a call into a plugin and puts back what was there after
// it. Cheap: two short copies. Without a page it does nothing. `plugin` and `call` outlive it.
// An empty `plugin` is nobody: in the midst of a call the thread turns to something that no plugin
// answers for. [any-thread]
class PluginCall {
  public:
    PluginCall(std::string_view plugin, const char* call) noexcept;
    ~PluginCall();
    PluginCall(const PluginCall&) = delete;
    PluginCall& operator=(const PluginCall&) = delete;

    // Whether this thread is inside a call into that plugin, at whatever depth.
    [[nodiscard]] static bool is_under_way(std::string_view plugin) noexcept;

  private:
    std::string_view plugin_;
    const char* call_;
    const PluginCall* outer_;  // the call of this thread that this one happens in
};

}  // namespace sz
