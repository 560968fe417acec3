/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * What the program offers to a plugin: identity of the host, log, bus, tasks. All tables live until
 * deinit has returned.
 */
#ifndef SZ_HOST_H
#define SZ_HOST_H

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SZ_LOG_ID "sz.log/draft-1"
#define SZ_BUS_ID "sz.bus/draft-1"
#define SZ_TASKS_ID "sz.tasks/draft-1"

typedef struct sz_host {
    uint32_t size;
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t reserved;
    void* self;
    const char* name;    /* "SessionZero", static */
    const char* version; /* "0.1.0", static */

    /* [any-thread] A service of the host by its id (SZ_LOG_ID, …), or NULL. Lives until deinit has
     * returned. */
    const void* (*get_service)(void* self, const char* id);

    /* [any-thread] Writes the absolute path of a folder that belongs to this plugin in the user's
     * profile. It exists, is private to the user (0700), and outlives updates of the plugin.
     * SZ_ERR_ENVIRONMENT when it cannot be made. */
    sz_status (*data_dir)(void* self, sz_sink out);
} sz_host;

/* ---- log
 * ------------------------------------------------------------------------------------------
 */

#define SZ_LOG_ERROR 1u
#define SZ_LOG_WARNING 2u
#define SZ_LOG_INFO 3u
#define SZ_LOG_DEBUG 4u

typedef struct sz_log {
    uint32_t size;
    uint32_t reserved;
    void* self;
    /* [any-thread] One line. Never log a secret or a value that only some may see. The host adds
     * time and plugin id. */
    void (*write)(void* self, uint32_t level, sz_str message);
} sz_log;

/* ---- bus
 * ------------------------------------------------------------------------------------------
 */

/* Answer to a call. `status` SZ_OK: `json` is the result. Else: `json` is
 * {"code","message","hint","where"}. Borrowed for the call. Comes exactly once, never from inside
 * `call`, on the thread of the bus table: the table from sz_host answers on the kernel thread, the
 * one from sz_panel_host on the ui thread. */
typedef void (*sz_reply_fn)(void* cookie, sz_status status, sz_str json);

/* A topic was published. Same threads as sz_reply_fn. */
typedef void (*sz_topic_fn)(void* cookie, sz_str topic, sz_str json);

/* Handles a call to a method that the plugin registered. [kernel-thread] Answer now or later with
 * sz_bus.reply(request). */
typedef void (*sz_method_fn)(void* cookie, uint64_t request, sz_str params_json);

typedef struct sz_bus {
    uint32_t size;
    uint32_t reserved;
    void* self;

    /* [any-thread] Calls a method. `deadline_ms` 0: the default of 30 s. `out_call` may be NULL.
     * Returns SZ_ERR_INVALID when params are not a JSON object; every other outcome comes through
     * `reply`. */
    sz_status (*call)(void* self, sz_str method, sz_str params_json, uint32_t deadline_ms,
                      sz_reply_fn reply, void* cookie, uint64_t* out_call);

    /* [any-thread] Asks to stop. The reply still comes once: SZ_ERR_CANCELLED, or the result if
     * that was faster. */
    void (*cancel)(void* self, uint64_t call);

    /* [any-thread] `topic` is a full name ("campaign.changed") or a prefix ending in ".*". */
    sz_status (*subscribe)(void* self, sz_str topic, sz_topic_fn fn, void* cookie,
                           uint64_t* out_subscription);

    /* On the thread of this bus table: when it returns, `fn` is not called any more. */
    void (*unsubscribe)(void* self, uint64_t subscription);

    /* [any-thread] Publishes under the plugin's own id: topic must begin with "<plugin id>.". Else
     * SZ_ERR_DENIED. */
    sz_status (*publish)(void* self, sz_str topic, sz_str json);

    /* [kernel-thread] Offers a method named "<plugin id>.something". `schema_json` is
     * {"summary","params","result"} with JSON Schemas (draft-07); parameters are checked before
     * `fn` sees them. SZ_ERR_CONFLICT if the name is taken. */
    sz_status (*add_method)(void* self, sz_str name, sz_str schema_json, sz_method_fn fn,
                            void* cookie);

    /* [any-thread] Answers a request, once. `json` as in sz_reply_fn. Unknown or answered requests:
     * SZ_ERR_NOT_FOUND. */
    sz_status (*reply)(void* self, uint64_t request, sz_status status, sz_str json);
} sz_bus;

/* ---- tasks
 * ------------------------------------------------------------------------------------------
 */

/* Work off the kernel thread. [worker-thread] Returns the task's outcome; `result` takes a JSON
 * result or an error. */
typedef sz_status (*sz_task_fn)(void* cookie, const sz_progress* progress, sz_sink result);

typedef struct sz_tasks {
    uint32_t size;
    uint32_t reserved;
    void* self;
    /* [kernel-thread] Starts `fn` on the pool. The task's id, as decimal text, stands in the
     * messages of topic "task.progress"; task.cancel takes it. `done` comes on the kernel thread,
     * once. `out_task` may be NULL. */
    sz_status (*start)(void* self, sz_str title, sz_task_fn fn, sz_reply_fn done, void* cookie,
                       uint64_t* out_task);
} sz_tasks;

#ifdef __cplusplus
}
#endif
#endif
