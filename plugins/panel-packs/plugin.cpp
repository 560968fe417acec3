// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/wx/panel.hpp>

#include "packs_panel.hpp"

SZ_PANEL_PLUGIN("org.sessionzero.panel-packs", packs::PacksPanel, "packs", "Packs", "import", 30)
