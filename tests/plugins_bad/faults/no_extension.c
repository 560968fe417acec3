/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define PLAIN_ID "org.test.no-extension"
#define PLAIN_OWN_FUNCTIONS
#define PLAIN_EXTENSION no_extension
static const void* no_extension(const char* id) {
    (void)id;
    return 0;
}
#include "plain.h"
