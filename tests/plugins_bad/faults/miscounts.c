/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Computes a value that its terms do not lead to. */
#include <string.h>
#include <sz/ext/field_type.h>

static sz_status miscount(const void* self, const sz_field_host* host,
                          const sz_field_resolver* resolver, sz_str definition, sz_str value,
                          sz_str effects, sz_sink out, const sz_findings* findings) {
    static const char answer[] =
        "{\"value\":3,\"terms\":[{\"op\":\"add\",\"text\":\"two\",\"value\":2,\"inputs\":[]}]}";
    (void)self, (void)host, (void)resolver, (void)definition, (void)value, (void)effects;
    (void)findings;
    return out.write(out.self, answer, strlen(answer));
}

#define PLAIN_ID "org.test.miscounts"
#define PLAIN_EVALUATE miscount
#define PLAIN_DESCRIPTION                                                                  \
    "{\"title\":\"Plain\",\"default\":null,\"editor\":\"line\",\"computed\":\"modified\"," \
    "\"operations\":[]}"
#include "plain.h"
