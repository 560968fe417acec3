/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define PLAIN_ID "org.test.init-crashes"
#define PLAIN_INIT crash_init
#include <stdlib.h>
#include <sz/entry.h>
static sz_status crash_init(const sz_host* host, sz_sink error) {
    (void)host, (void)error;
    _Exit(42); /* ends the program at once, as a signal would, without a dump of its memory */
}
#include "plain.h"
