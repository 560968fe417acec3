// SPDX-License-Identifier: AGPL-3.0-or-later
// Lets exceptions over the border, which the kernel survives although the ABI forbids it.
#include <stdexcept>

#define PLAIN_ID "org.test.throws"
#define PLAIN_OWN_FUNCTIONS
#include <sz/ext/field_type.h>

namespace {

sz_status plain_describe(const void*, sz_sink) { throw std::runtime_error("describe"); }
sz_status plain_normalize(const void*, const sz_field_host*, sz_str, sz_str, sz_sink,
                          const sz_findings*) {
    throw std::runtime_error("normalize");
}
sz_status plain_apply(const void*, const sz_field_host*, sz_str, sz_str, sz_str, sz_sink,
                      const sz_findings*) {
    throw 7;
}
sz_status plain_format(const void*, const sz_field_host*, sz_str, sz_str, sz_str, sz_sink) {
    throw "format";
}
sz_status plain_search(const void*, const sz_field_host*, sz_str, sz_str, sz_sink) { return SZ_OK; }
sz_status plain_references(const void*, const sz_field_host*, sz_str, sz_str, sz_sink) {
    return SZ_OK;
}

}  // namespace

#include "plain.h"
