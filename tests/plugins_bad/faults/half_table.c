/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define PLAIN_ID "org.test.half-table"
#define PLAIN_OWN_FUNCTIONS
#define PLAIN_EXTENSION half_extension
#include <sz/ext/field_type.h>
static const sz_field_type half_type = {.size = sizeof(sz_field_type), .name = "Half"};
static const sz_field_type* const half_items[] = {&half_type};
static const sz_field_types half_types = {sizeof(sz_field_types), 1, half_items};
static const void* half_extension(const char* id) {
    (void)id;
    return &half_types;
}
#include "plain.h"
