/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Says that it computes, and cannot. */
#define PLAIN_ID "org.test.promises"
#define PLAIN_DESCRIPTION                                                                \
    "{\"title\":\"Plain\",\"default\":null,\"editor\":\"line\",\"computed\":\"always\"," \
    "\"operations\":[]}"
#include "plain.h"
