/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * What every faulty plugin would be without its fault: a field type "Plain" that takes any value. A
 * fault is made by defining one of the names below before this file is included.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include <string.h>
#include <sz/entry.h>
#include <sz/ext/field_type.h>

#ifndef PLAIN_MAJOR
#define PLAIN_MAJOR SZ_ABI_MAJOR
#endif
#ifndef PLAIN_MINOR
#define PLAIN_MINOR SZ_ABI_MINOR
#endif
#ifndef PLAIN_DESCRIPTION
#define PLAIN_DESCRIPTION \
    "{\"title\":\"Plain\",\"default\":null,\"editor\":\"line\",\"operations\":[]}"
#endif
#ifndef PLAIN_EVALUATE
#define PLAIN_EVALUATE 0
#endif
#ifndef PLAIN_CHANGE
#define PLAIN_CHANGE                                                                        \
    "{\"effect\":{\"set\":1},\"inverse\":{\"op\":\"set\",\"args\":[0]},\"relative\":false," \
    "\"touches\":[]}"
#endif

static inline sz_status plain_say(sz_sink out, const char* text) {
    return out.write(out.self, text, strlen(text));
}

#ifndef PLAIN_PARSE
#define PLAIN_PARSE 0
#endif

#ifndef PLAIN_OWN_FUNCTIONS
static sz_status plain_describe(const void* self, sz_sink out) {
    (void)self;
    return plain_say(out, PLAIN_DESCRIPTION);
}
static sz_status plain_normalize(const void* self, const sz_field_host* host, sz_str definition,
                                 sz_str value, sz_sink out, const sz_findings* findings) {
    (void)self, (void)host, (void)definition, (void)findings;
    return out.write(out.self, value.data, value.size);
}
static sz_status plain_apply(const void* self, const sz_field_host* host, sz_str definition,
                             sz_str value, sz_str operation, sz_sink out,
                             const sz_findings* findings) {
    (void)self, (void)host, (void)definition, (void)value, (void)operation, (void)findings;
    return plain_say(out, PLAIN_CHANGE);
}
static sz_status plain_format(const void* self, const sz_field_host* host, sz_str definition,
                              sz_str value, sz_str locale, sz_sink out) {
    (void)self, (void)host, (void)definition, (void)locale;
    return out.write(out.self, value.data, value.size);
}
static sz_status plain_search(const void* self, const sz_field_host* host, sz_str definition,
                              sz_str value, sz_sink out) {
    (void)self, (void)host, (void)definition, (void)value, (void)out;
    return SZ_OK;
}
static sz_status plain_references(const void* self, const sz_field_host* host, sz_str definition,
                                  sz_str value, sz_sink out) {
    (void)self, (void)host, (void)definition, (void)value;
    return plain_say(out, "[]");
}
#endif

#ifndef PLAIN_INIT
static sz_status plain_init(const sz_host* host, sz_sink error) {
    (void)host, (void)error;
    return SZ_OK;
}
#define PLAIN_INIT plain_init
#endif

#ifndef PLAIN_DEINIT
static void plain_deinit(void) {}
#define PLAIN_DEINIT plain_deinit
#endif

#ifndef PLAIN_EXTENSION
static const sz_field_type plain_type = {sizeof(sz_field_type),
                                         0,
                                         "Plain",
                                         0,
                                         plain_describe,
                                         plain_normalize,
                                         plain_apply,
                                         plain_format,
                                         plain_search,
                                         plain_references,
                                         PLAIN_EVALUATE,
                                         PLAIN_PARSE};
static const sz_field_type* const plain_items[] = {&plain_type};
static const sz_field_types plain_types = {sizeof(sz_field_types), 1, plain_items};

static const void* plain_extension(const char* id) {
    return strcmp(id, SZ_FIELD_TYPES_ID) == 0 ? &plain_types : 0;
}
#define PLAIN_EXTENSION plain_extension
#endif

#ifdef __cplusplus
extern "C"
#endif
    SZ_EXPORT const sz_plugin_entry_v1 sz_plugin_entry;
const sz_plugin_entry_v1 sz_plugin_entry = {sizeof(sz_plugin_entry_v1),
                                            PLAIN_MAJOR,
                                            PLAIN_MINOR,
                                            0,
                                            PLAIN_ID,
                                            PLAIN_INIT,
                                            PLAIN_DEINIT,
                                            PLAIN_EXTENSION};

#endif
