// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdexcept>

#include <sz/ext/panel.h>

static sz_status throw_out(const void*, const sz_panel_host*, void*, const sz_panel_instance**,
                           sz_sink) {
    throw std::runtime_error("there is no paint");
}
#define PANEL_CREATE throw_out
#include "plain_panel.h"

PANEL_ENTRY("org.test.panel-create-throws")
