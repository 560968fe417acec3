/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "layout.h"

#include "from_c.h"

int from_c_has_tasks(const sz_tasks* tasks) { return SZ_HAS(tasks, start); }
int from_c_finding_has_hint(const sz_finding* finding) { return SZ_HAS(finding, hint); }
