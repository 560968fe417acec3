// SPDX-License-Identifier: AGPL-3.0-or-later
// For the bench: with SZ_REPORT_START in the environment the program prints "first-paint" when it
// has drawn, and "ready RSS_KIB" when everything is there.
#pragma once

namespace sz::desktop {

[[nodiscard]] bool start_is_reported();
void report_first_paint();
void report_ready();

}  // namespace sz::desktop
