/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define PLAIN_ID "org.test.garbage"
#define PLAIN_DESCRIPTION "{\"title\": oops"
#define PLAIN_CHANGE "{\"effect\":{\"explode\":1},\"inverse\":{\"op\":\"set\",\"args\":[0]}}"
#include "plain.h"
