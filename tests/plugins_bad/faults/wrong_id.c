/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define PLAIN_ID "org.test.somebody-else"
#include "plain.h"
