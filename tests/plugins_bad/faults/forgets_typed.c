/* SPDX-License-Identifier: AGPL-3.0-or-later
 * A field type that promises to read what it shows, and reads a 1 whatever was typed. */
#include <sz/ext/field_type.h>

#define PLAIN_ID "org.test.forgets-typed"
#define PLAIN_DESCRIPTION                                                          \
    "{\"title\":\"Plain\",\"default\":null,\"editor\":\"line\",\"operations\":[]," \
    "\"typed\":true}"
static sz_status forgets(const void* self, const sz_field_host* host, sz_str definition,
                         sz_str text, sz_str locale, sz_sink out, const sz_findings* findings) {
    (void)self, (void)host, (void)definition, (void)text, (void)locale, (void)findings;
    return out.write(out.self, "1", 1);
}
#define PLAIN_PARSE forgets
#include "plain.h"
