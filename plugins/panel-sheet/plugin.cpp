// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/wx/panel.hpp>

#include "sheet_panel.hpp"

SZ_PANEL_PLUGIN("org.sessionzero.panel-sheet", sheet::SheetPanel, "sheet", "Campaigns",
                "campaign character new-campaign new-character start undo", 20)
