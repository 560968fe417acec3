/* SPDX-License-Identifier: AGPL-3.0-or-later
 * SZ_HAS as C sees it, for the C++ test beside it. */
#ifndef FROM_C_H
#define FROM_C_H
#include <sz/host.h>
#ifdef __cplusplus
extern "C" {
#endif
int from_c_has_tasks(const sz_tasks* tasks);
int from_c_finding_has_hint(const sz_finding* finding);
#ifdef __cplusplus
}
#endif
#endif
