/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define PLAIN_ID "org.test.init-fails"
#define PLAIN_INIT fail_init
#include <string.h>
#include <sz/entry.h>
static sz_status fail_init(const sz_host* host, sz_sink error) {
    static const char why[] = "the moon is in the wrong house.\nIt is \x1b[31mred.";
    (void)host;
    (void)error.write(error.self, why, strlen(why));
    return SZ_ERR_ENVIRONMENT;
}
#include "plain.h"
