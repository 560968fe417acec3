/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Begins a task that runs until it is told to stop, and writes down in which order it ends: the
 * file "order" in its data folder has a letter for each of t(ask), d(one) and D(einit). LATE_FAILS:
 * its init then says no. */
#include <stdio.h>
#include <string.h>
#include <sz/entry.h>
#include <sz/ext/field_type.h>

static char late_file[4096];

static sz_status late_path(void* self, const void* data, uint64_t size) {
    (void)self;
    if (strlen(late_file) + size + sizeof "/order" > sizeof late_file) return SZ_ERR_LIMIT;
    strncat(late_file, (const char*)data, (size_t)size);
    return SZ_OK;
}

static void late_note(char letter) {
    FILE* file = fopen(late_file, "ab");
    if (file == NULL) return;
    fputc(letter, file);
    fclose(file);
}

static sz_status late_work(void* cookie, const sz_progress* progress, sz_sink result) {
    const sz_str what = {"", 0};
    (void)cookie, (void)result;
    while (progress->report(progress->self, 0, 0, what) == SZ_OK) {
    }
    late_note('t');
    return SZ_ERR_CANCELLED;
}

static void late_done(void* cookie, sz_status status, sz_str json) {
    (void)cookie, (void)status, (void)json;
    late_note('d');
}

static sz_status late_init(const sz_host* host, sz_sink error) {
    const sz_sink path = {NULL, late_path};
    const sz_str title = {"Waiting", 7};
    const sz_tasks* tasks = (const sz_tasks*)host->get_service(host->self, SZ_TASKS_ID);
    (void)error;
    if (tasks == NULL || host->data_dir(host->self, path) != SZ_OK) return SZ_ERR_ENVIRONMENT;
    strcat(late_file, "/order");
    tasks->start(tasks->self, title, late_work, late_done, NULL, NULL);
#ifdef LATE_FAILS
    return SZ_ERR_ENVIRONMENT;
#else
    return SZ_OK;
#endif
}

#ifndef PLAIN_ID
#define PLAIN_ID "org.test.late"
#endif
#define PLAIN_INIT late_init
#define PLAIN_DEINIT late_deinit
static void late_deinit(void) { late_note('D'); }
#include "plain.h"
