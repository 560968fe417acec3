// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/ext/panel.h>
#include <wx/app.h>  // WX_BUILD_OPTIONS_SIGNATURE

#include <stdexcept>

static sz_status throw_out(const void*, const sz_panel_host*, void*, const sz_panel_instance**,
                           sz_sink) {
    throw std::runtime_error("there is no paint");
}
#define PANEL_TOOLKIT "wx"
#define PANEL_SIGNATURE WX_BUILD_OPTIONS_SIGNATURE
#define PANEL_TITLE "Unmade"
#define PANEL_CREATE throw_out
#include "tests/plugins_bad/faults/plain_panel.h"

PANEL_ENTRY("org.test.create-throws")
