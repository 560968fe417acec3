// SPDX-License-Identifier: AGPL-3.0-or-later
// It gives the window that it was to make its own in.
#include <wx/app.h>  // WX_BUILD_OPTIONS_SIGNATURE

#define PANEL_TOOLKIT "wx"
#define PANEL_SIGNATURE WX_BUILD_OPTIONS_SIGNATURE
#define PANEL_TITLE "Foreign"
#include "tests/plugins_bad/faults/plain_panel.h"

PANEL_ENTRY("org.test.foreign-window")
