/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A pack format turns a file or folder into the files of a datapack, or the other way. It decides
 * nothing about content: the kernel checks schemas, links and field values of whatever comes out,
 * and stores it. Files of a datapack: "szpack.json", "objects/datasets/ID.json",
 * "objects/character-templates/ID.json", "objects/session-templates/ID.json", "media/images/…";
 * paths are relative, separated by '/', UTF-8.
 */
#ifndef SZ_EXT_PACK_FORMAT_H
#define SZ_EXT_PACK_FORMAT_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SZ_PACK_FORMATS_ID "sz.pack-format/draft-1"

/* Takes the files of one or more packs, given by the kernel to `read`. Used on the thread of the
 * call; on another: SZ_ERR_INTERNAL. */
typedef struct sz_pack_writer {
    uint32_t size;
    uint32_t reserved;
    void* self;
    /* Begins a pack. A source that holds several packs calls it once for each; `put` goes to the
     * last one begun. SZ_ERR_LIMIT: too many packs. What was refused once is returned by every call
     * after it. */
    sz_status (*begin)(void* self);
    /* A file of the pack. SZ_ERR_LIMIT past a limit, SZ_ERR_INVALID for a hostile or repeated path.
     * Return the status. */
    sz_status (*put)(void* self, sz_str path, sz_bytes content);
    /* Importers of foreign formats give their account once:
     * {"read":N,"written":N,"left_out":[{"what","why","count"}]}. SZ_ERR_INVALID: no JSON object.
     */
    sz_status (*account)(void* self, sz_str json);
} sz_pack_writer;
#define SZ_PACK_WRITER_SIZE_1 SZ_SIZE_WITH(sz_pack_writer, account)

/* Gives the files of one pack, in byte order of their paths. Used on the thread of the call. */
typedef struct sz_pack_reader {
    uint32_t size;
    uint32_t count; /* number of files */
    void* self;
    /* Path and content of file `index`, borrowed until `write` returns. SZ_ERR_NOT_FOUND: there is
     * no such file. SZ_ERR_INTERNAL: another thread. */
    sz_status (*get)(void* self, uint32_t index, sz_str* out_path, sz_bytes* out_content);
} sz_pack_reader;
#define SZ_PACK_READER_SIZE_1 SZ_SIZE_WITH(sz_pack_reader, get)

#define SZ_PACK_FORMAT_READS 1u
#define SZ_PACK_FORMAT_WRITES 2u
#define SZ_PACK_FORMAT_FOREIGN 4u /* not our own format: read() gives an account */

typedef struct sz_pack_format {
    uint32_t size;
    uint32_t flags;         /* SZ_PACK_FORMAT_… */
    const char* name;       /* as in `--format NAME`: "szp", "open5e"; static */
    const char* title;      /* for a person: "SessionZero datapack" */
    const char* extensions; /* file name endings it takes, separated by spaces: ".szp .szpack"; ""
                               for folders only */
    const void* self;

    /* [worker-thread] How sure it is that `path` (absolute; file or folder) is of this format: 0 no
     * … 100 certain. Looks at names and a few bytes only; never fails. */
    int32_t (*probe)(const void* self, sz_str path);

    /* [worker-thread] Reads `path` into `out`. `options_json` is an object, "{}" if none.
     * Reports every fault it finds to `findings` and returns SZ_ERR_INVALID if any of them is an
     * error. On failure the kernel throws away what was put. Other statuses: ENVIRONMENT (cannot be
     * opened), LIMIT, CANCELLED. */
    sz_status (*read)(const void* self, sz_str path, sz_str options_json, const sz_pack_writer* out,
                      const sz_progress* progress, const sz_findings* findings);

    /* [worker-thread] Writes the pack to `path`, which does not exist. Same input, same bytes
     * (files), whatever the clock, the machine or the locale. NULL without SZ_PACK_FORMAT_WRITES.
     * The kernel renames it into place afterwards. */
    sz_status (*write)(const void* self, const sz_pack_reader* in, sz_str path, sz_str options_json,
                       const sz_progress* progress, const sz_findings* findings);
} sz_pack_format;
#define SZ_PACK_FORMAT_SIZE_1 SZ_SIZE_WITH(sz_pack_format, write)

/* What get_extension(SZ_PACK_FORMATS_ID) returns. */
typedef struct sz_pack_formats {
    uint32_t size;
    uint32_t count;
    const sz_pack_format* const* items;
} sz_pack_formats;
#define SZ_PACK_FORMATS_SIZE_1 SZ_SIZE_WITH(sz_pack_formats, items)

#ifdef __cplusplus
}
#endif
#endif
