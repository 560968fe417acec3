/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define PLAIN_ID "org.test.init-hangs"
#define PLAIN_INIT hang_init
#include <stdio.h>
#include <sz/entry.h>
#include <unistd.h>
static sz_status hang_init(const sz_host* host, sz_sink error) {
    (void)host, (void)error;
    puts("hanging");
    fflush(stdout);
    while (pause() != 0) continue;
    return SZ_OK;
}
#include "plain.h"
