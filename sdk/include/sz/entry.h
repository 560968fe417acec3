/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The one symbol that a plugin exports.
 *
 * Life of a plugin, all on the kernel thread:
 *   library opened → sz_plugin_entry read, abi compared → init(host) → get_extension(id)… → calls
 * through the extensions, each on the thread that its header names → deinit(). The library stays
 * mapped until the program ends.
 */
#ifndef SZ_ENTRY_H
#define SZ_ENTRY_H

#include "abi.h"
#include "host.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sz_plugin_entry_v1 {
    uint32_t size;
    uint32_t abi_major; /* SZ_ABI_MAJOR that the plugin was compiled with */
    uint32_t abi_minor;
    uint32_t reserved; /* 0 */
    /* The id of plugin.json, zero-terminated, static. A difference is refused. */
    const char* id;

    /* [kernel-thread] Called once. `host` stays valid until deinit has returned. May take 1 s at
     * most; longer work belongs into a task. On any status but SZ_OK the plugin is marked failed
     * with the message written to `error`: its bus is closed and its tasks are ended as before
     * deinit, which is not called. */
    sz_status (*init)(const sz_host* host, sz_sink error);

    /* [kernel-thread] Called once, after every other call has returned. Before it, the kernel takes
     * no more calls into the extensions, answers the plugin's calls on the bus with
     * SZ_ERR_CANCELLED, cancels its tasks and waits for them: the last `done` comes before deinit.
     * Ends the plugin's own threads. */
    void (*deinit)(void);

    /* [kernel-thread] The extension's table (its type is named in the header that defines `id`), or
     * NULL if the plugin has none of that id. The pointer is static or lives until deinit; asking
     * twice gives the same pointer. Only ids that plugin.json lists under "extensions" are asked
     * for. */
    const void* (*get_extension)(const char* id);
} sz_plugin_entry_v1;
#define SZ_PLUGIN_ENTRY_SIZE_1 SZ_SIZE_WITH(sz_plugin_entry_v1, get_extension)

/* A plugin defines:  SZ_EXPORT const sz_plugin_entry_v1 sz_plugin_entry = { … }; */
#define SZ_PLUGIN_ENTRY_SYMBOL "sz_plugin_entry"

#ifdef __cplusplus
}
#endif
#endif
