/* SPDX-License-Identifier: AGPL-3.0-or-later
 * A field type whose every value contains one more field of its own type: only the host ends it. */
#include <sz/ext/field_type.h>

#define PLAIN_ID "org.test.nests"
#define PLAIN_OWN_FUNCTIONS
static sz_status plain_describe(const void* self, sz_sink out) {
    (void)self;
    return out.write(out.self, "{}", 2);
}
static sz_status plain_normalize(const void* self, const sz_field_host* host, sz_str definition,
                                 sz_str value, sz_sink out, const sz_findings* findings) {
    (void)self;
    return host->normalize(host->self, definition, value, out, findings);
}
static sz_status plain_apply(const void* self, const sz_field_host* host, sz_str definition,
                             sz_str value, sz_str operation, sz_sink out,
                             const sz_findings* findings) {
    (void)self;
    return host->apply(host->self, definition, value, operation, out, findings);
}
static sz_status plain_format(const void* self, const sz_field_host* host, sz_str definition,
                              sz_str value, sz_str locale, sz_sink out) {
    (void)self;
    return host->format(host->self, definition, value, locale, out);
}
static sz_status plain_search(const void* self, const sz_field_host* host, sz_str definition,
                              sz_str value, sz_sink out) {
    (void)self;
    return host->search_text(host->self, definition, value, out);
}
static sz_status plain_references(const void* self, const sz_field_host* host, sz_str definition,
                                  sz_str value, sz_sink out) {
    (void)self;
    return host->references(host->self, definition, value, out);
}
#include "plain.h"
