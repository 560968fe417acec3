/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define PLAIN_ID "org.test.newer-minor"
#define PLAIN_MINOR (SZ_ABI_MINOR + 1)
#include "plain.h"
