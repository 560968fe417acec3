/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define LATE_FAILS
#define PLAIN_ID "org.test.late-fails"
#include "late.c"
