/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What it makes says that it is four bytes long. */
#define PANEL_SIZE 4
#include "plain_panel.h"

PANEL_ENTRY("org.test.panel-short")
