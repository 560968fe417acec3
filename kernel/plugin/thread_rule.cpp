// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/thread_rule.hpp"

#include <cstdlib>
#include <string>

#include "kernel/base/log.hpp"

namespace sz {

bool is_allowed(bool is_right_thread, std::string_view plugin, std::string_view entry) noexcept {
    if (is_right_thread) return true;
    try {
        log::error(plugin.empty() ? "plugin" : "plugin:" + std::string(plugin),
                   std::string(entry) + " was called on another thread than its header names.");
    } catch (...) {  // no memory for a line of the log: refused all the same
    }
    return false;
}

void assert_right_thread(bool is_right_thread, std::string_view plugin,
                         std::string_view call) noexcept {
    if (is_right_thread) return;
    log::error("plugin", std::string(plugin) + " would be called (" + std::string(call) +
                             ") on another thread than its header names.");
#ifdef SZ_DEBUG_CHECKS
    std::abort();
#endif
}

}  // namespace sz
