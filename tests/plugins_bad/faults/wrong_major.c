/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define PLAIN_ID "org.test.wrong-major"
#define PLAIN_MAJOR 2
#include "plain.h"
