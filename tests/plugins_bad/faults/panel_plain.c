/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "plain_panel.h"

PANEL_ENTRY("org.test.panel-plain")
