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
     * SZ_ERR_DENIED when plugin.json does not ask for the capability "data", SZ_ERR_ENVIRONMENT
     * when the folder cannot be made, else what the sink said. */
    sz_status (*data_dir)(void* self, sz_sink out);
} sz_host;
#define SZ_HOST_SIZE_1 SZ_SIZE_WITH(sz_host, data_dir)

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
#define SZ_LOG_SIZE_1 SZ_SIZE_WITH(sz_log, write)

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
 * sz_bus.reply(request). A function that lets an exception out has answered SZ-PLUGIN-061. */
typedef void (*sz_method_fn)(void* cookie, uint64_t request, sz_str params_json);

typedef struct sz_bus {
    uint32_t size;
    uint32_t reserved;
    void* self;

    /* [any-thread] Calls a method. `deadline_ms` 0: the default of 30 s. `out_call` may be NULL.
     * Any other status than SZ_OK: nothing was called and no reply comes. SZ_ERR_INVALID: params
     * are not a JSON object, or `reply` is NULL. SZ_ERR_CANCELLED: the bus is closed, deinit is
     * near. With SZ_OK the outcome comes through `reply`, an unknown method too. */
    sz_status (*call)(void* self, sz_str method, sz_str params_json, uint32_t deadline_ms,
                      sz_reply_fn reply, void* cookie, uint64_t* out_call);

    /* [any-thread] Asks to stop. The reply still comes once: SZ_ERR_CANCELLED, or the result if
     * that was faster. */
    void (*cancel)(void* self, uint64_t call);

    /* [any-thread] `topic` is a full name ("campaign.changed"), a prefix ending in ".*", or "*" for
     * all. `out_subscription` may be NULL. SZ_ERR_INVALID: `topic` is none of these, or `fn` is
     * NULL. SZ_ERR_CANCELLED: the bus is closed. */
    sz_status (*subscribe)(void* self, sz_str topic, sz_topic_fn fn, void* cookie,
                           uint64_t* out_subscription);

    /* On the thread of this bus table: when it returns, `fn` is not called any more. On another
     * thread, which is logged as a defect, the subscription ends too, but `fn` may just be running.
     * An unknown number: nothing. */
    void (*unsubscribe)(void* self, uint64_t subscription);

    /* [any-thread] Publishes under the plugin's own id: SZ_ERR_DENIED unless `topic` begins with
     * "<plugin id>.". SZ_ERR_INVALID: `topic` is no name (words of letters, digits, hyphens and
     * underscores, one point between two, at most 200 characters), or `json` is not JSON.
     * SZ_ERR_CANCELLED: the bus is closed. */
    sz_status (*publish)(void* self, sz_str topic, sz_str json);

    /* [kernel-thread] Offers a method named "<plugin id>.something", until the bus is closed.
     * `schema_json` is {"summary","params","result"} with JSON Schemas (draft-07), which refer to
     * nothing outside of themselves and the "definitions" beside them; parameters are checked
     * before `fn` sees them. SZ_ERR_DENIED: the name does not begin with the plugin's id and a '.'.
     * SZ_ERR_INVALID: it is no name (as for publish), the schema cannot be used (the log says why),
     * or `fn` is NULL. SZ_ERR_CONFLICT: the name is taken. SZ_ERR_CANCELLED: the bus is closed.
     * SZ_ERR_INTERNAL: another thread. SZ_ERR_UNSUPPORTED: this is a panel's bus. */
    sz_status (*add_method)(void* self, sz_str name, sz_str schema_json, sz_method_fn fn,
                            void* cookie);

    /* [any-thread] Answers a request, once. `json` as in sz_reply_fn. SZ_ERR_NOT_FOUND: the request
     * is unknown or answered, or its caller has given up. SZ_ERR_INVALID: `json` is not JSON; the
     * caller was told that the plugin misbehaves. */
    sz_status (*reply)(void* self, uint64_t request, sz_status status, sz_str json);
} sz_bus;
#define SZ_BUS_SIZE_1 SZ_SIZE_WITH(sz_bus, reply)

/* ---- tasks
 * ------------------------------------------------------------------------------------------
 */

/* Work off the kernel thread. [worker-thread] Returns the task's outcome; `result` takes a JSON
 * result or an error. It must not wait for the kernel thread: at the end, that one waits for it. */
typedef sz_status (*sz_task_fn)(void* cookie, const sz_progress* progress, sz_sink result);

typedef struct sz_tasks {
    uint32_t size;
    uint32_t reserved;
    void* self;
    /* [kernel-thread] Starts `fn` on the pool. The task's id, as decimal text, stands in the
     * messages of topic "task.progress"; task.cancel takes it. `done` comes on the kernel thread,
     * once, and before deinit. `out_task` may be NULL. With any other status than SZ_OK nothing was
     * started and no `done` comes. SZ_ERR_INVALID: `fn` or `done` is NULL. SZ_ERR_INTERNAL: another
     * thread. SZ_ERR_CANCELLED: the plugin is being ended. */
    sz_status (*start)(void* self, sz_str title, sz_task_fn fn, sz_reply_fn done, void* cookie,
                       uint64_t* out_task);
} sz_tasks;
#define SZ_TASKS_SIZE_1 SZ_SIZE_WITH(sz_tasks, start)

#ifdef __cplusplus
}
#endif
#endif
