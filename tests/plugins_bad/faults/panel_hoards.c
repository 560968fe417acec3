/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* It wants to remember more than there is room for, and bytes that are not there; what was refused
 * goes to the status bar. It goes on as if all had been taken. */
#include <sz/abi.h>

static sz_status hoard(void* self, sz_sink out);
#define PANEL_SAVE hoard
#include "plain_panel.h"

static void tell(const char* text) {
    const sz_str words = {text, strlen(text)};
    panel_host->status(panel_host->self, words);
}

static sz_status hoard(void* self, sz_sink out) {
    char line[1024];
    (void)self;
    memset(line, ' ', sizeof(line));
    (void)out.write(out.self, "{}", 2);
    if (out.write(out.self, 0, 7) != SZ_OK) tell("what is not there");
    for (int i = 0; i < 4096; ++i) {
        if (out.write(out.self, line, sizeof(line)) == SZ_OK) continue;
        tell("too much");
        break;
    }
    return SZ_OK;
}

PANEL_ENTRY("org.test.panel-hoards")
