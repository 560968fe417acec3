/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A function of what it makes is missing. */
#define PANEL_FOCUS 0
#include "plain_panel.h"

PANEL_ENTRY("org.test.panel-half")
