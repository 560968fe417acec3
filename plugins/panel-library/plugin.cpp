// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/wx/panel.hpp>

#include "library_panel.hpp"

SZ_PANEL_PLUGIN("org.sessionzero.panel-library", library::LibraryPanel, "library", "Library",
                "entry search", 10)
