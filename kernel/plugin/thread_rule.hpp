// SPDX-License-Identifier: AGPL-3.0-or-later
// The threads that the headers of the ABI name, held against the thread that a call is on.
#pragma once

#include <string_view>
#include <thread>

namespace sz {

// May this call of a plugin go on? False, which is logged: `entry` ("sz_bus.add_method") belongs to
// another thread; the caller refuses with SZ_ERR_INTERNAL. In every build, since what would go
// wrong after it would show anywhere but here. `plugin` may be empty: not known. [any-thread]
[[nodiscard]] bool is_allowed(bool is_right_thread, std::string_view plugin,
                              std::string_view entry) noexcept;

// The other direction: the kernel is about to call `plugin`. A wrong thread is a defect of the
// program, at which a debug build stops. [any-thread]
void assert_right_thread(bool is_right_thread, std::string_view plugin,
                         std::string_view call) noexcept;

// The thread that it was made on: for the tables that a plugin gets for one call, and for the
// windows' thread.
class OwnThread {
  public:
    [[nodiscard]] bool is_current() const noexcept { return std::this_thread::get_id() == id_; }

  private:
    std::thread::id id_ = std::this_thread::get_id();
};

}  // namespace sz
