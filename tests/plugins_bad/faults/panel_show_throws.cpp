// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/abi.h>

static sz_status throw_out(void*, sz_str) { throw 7; }
#define PANEL_SHOW throw_out
#include "plain_panel.h"

PANEL_ENTRY("org.test.panel-show-throws")
