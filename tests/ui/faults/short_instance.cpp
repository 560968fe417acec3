// SPDX-License-Identifier: AGPL-3.0-or-later
// What it makes says that it is four bytes long.
#include <wx/app.h>  // WX_BUILD_OPTIONS_SIGNATURE

#define PANEL_TOOLKIT "wx"
#define PANEL_SIGNATURE WX_BUILD_OPTIONS_SIGNATURE
#define PANEL_TITLE "Short"
#define PANEL_SIZE 4
#include "tests/plugins_bad/faults/plain_panel.h"

PANEL_ENTRY("org.test.short-instance")
