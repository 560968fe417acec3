// SPDX-License-Identifier: AGPL-3.0-or-later
// It asks the window from a thread of its own, and remembers what came of it.
#include <sz/ext/panel.h>

#include <string>
#include <thread>

static std::string what_came;

static sz_status ask_from_elsewhere(void*, sz_str);
static sz_status say_what_came(void*, sz_sink out) {
    return out.write(out.self, what_came.data(), what_came.size());
}
#define PANEL_SHOW ask_from_elsewhere
#define PANEL_SAVE say_what_came
#include "plain_panel.h"

static sz_status ask_from_elsewhere(void*, sz_str target) {
    std::thread([target] {
        panel_host->open(panel_host->self, target);
        panel_host->status(panel_host->self, {"busy", 4});
        const sz_sink nowhere{nullptr,
                              [](void*, const void*, uint64_t) -> sz_status { return SZ_OK; }};
        const sz_status given = panel_host->translate(panel_host->self, {"Name", 4}, nowhere);
        what_came = "{\"translate\":" + std::to_string(given) + "}";
    }).join();
    return SZ_OK;
}

PANEL_ENTRY("org.test.panel-threads")
