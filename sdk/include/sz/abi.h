/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * The words of the ABI: text, bytes, status, sinks, findings.
 *
 * Rules that every header of this folder keeps
 *   - C11, no dependency. Fixed-width types only: no long, size_t, enum, bit-field or bool in a
 * struct.
 *   - A struct that can grow begins with `uint32_t size`, set by its maker to sizeof(its type).
 * Fields are only appended, so the other side's struct may be shorter or longer than the reader's:
 * the reader takes one of at least SZ_…_SIZE_1 bytes, the size of the struct's first version, which
 * its header names; it asks SZ_HAS(ptr, field) before it touches a field that was appended later,
 * and does without the field where it is not; what is beyond its own sizeof it leaves alone. Items
 * of a list are reached through pointers, never by counting in sizeof. sz_str, sz_bytes and sz_sink
 * are passed by value and are frozen for ever.
 *   - Nothing is allocated on one side and freed on the other. Text and bytes go in borrowed (valid
 * until the call returns) and come out through the caller's sz_sink.
 *   - No exception and no longjmp crosses the border. Every call returns an sz_status.
 *   - Text is UTF-8 without a terminating zero. JSON is text as in RFC 8259, without duplicate
 * keys.
 *   - Threads: [kernel-thread] the one thread that owns the state; [ui-thread] the thread of the
 * windows; [worker-thread] one of a small pool, never two calls into the same object at once;
 *     [any-thread] from any, also at the same time. What a function gets for one call (sinks,
 * findings, progress, readers, writers) is used on the thread of that call, before it returns. The
 * host logs a call of its functions on another thread and refuses it with SZ_ERR_INTERNAL; a debug
 * build of the host stops when it would itself call a plugin on the wrong one.
 */
#ifndef SZ_ABI_H
#define SZ_ABI_H

#include <stddef.h>
#include <stdint.h>

#define SZ_ABI_MAJOR 1u /* another major is refused */
#define SZ_ABI_MINOR 0u /* a plugin built against a newer minor is refused by an older host */

#ifdef __cplusplus
#define SZ_EXTERN_C extern "C"
extern "C" {
#else
#define SZ_EXTERN_C
#endif

#if defined(_WIN32)
#define SZ_EXPORT SZ_EXTERN_C __declspec(dllexport)
#else
#define SZ_EXPORT SZ_EXTERN_C __attribute__((visibility("default")))
#endif

/* Does the struct that `ptr` points to, made by the other side, have `field`? How an appended field
 * is read:
 *     if (SZ_HAS(host, new_one) && host->new_one != NULL) host->new_one(host->self); */
#define SZ_HAS(ptr, field) \
    ((ptr)->size >= (uint32_t)(offsetof(SZ_TYPEOF_DEREF(ptr), field) + sizeof((ptr)->field)))
#ifdef __cplusplus
} /* extern "C": a template may not stand inside */
template <class T>
struct sz_strip_ref {
    typedef T type;
};
template <class T>
struct sz_strip_ref<T&> {
    typedef T type;
};
template <class T>
struct sz_strip_ref<const T&> {
    typedef T type;
};
#define SZ_TYPEOF_DEREF(ptr) sz_strip_ref<decltype(*(ptr))>::type
extern "C" {
#else
#define SZ_TYPEOF_DEREF(ptr) __typeof__(*(ptr))
#endif

/* Bytes of `type` up to its `field`, that included. */
#define SZ_SIZE_WITH(type, field) ((uint32_t)(offsetof(type, field) + sizeof(((type*)0)->field)))

/* Borrowed UTF-8 text. `data` may be NULL only when `size` is 0. */
typedef struct sz_str {
    const char* data;
    uint64_t size;
} sz_str;

/* Borrowed bytes. `data` may be NULL only when `size` is 0. */
typedef struct sz_bytes {
    const uint8_t* data;
    uint64_t size;
} sz_bytes;

/* What a call came to. Zero is success; the sign has no meaning; unknown values count as
 * SZ_ERR_INTERNAL. */
typedef int32_t sz_status;
#define SZ_OK 0
#define SZ_ERR_INVALID 1     /* the input is at fault; findings say where */
#define SZ_ERR_UNSUPPORTED 2 /* this object does not do that */
#define SZ_ERR_NOT_FOUND 3
#define SZ_ERR_DENIED 4      /* permission, or a locked secret */
#define SZ_ERR_ENVIRONMENT 5 /* file, disk, network */
#define SZ_ERR_LIMIT 6       /* a limit was reached */
#define SZ_ERR_CANCELLED 7   /* the caller asked to stop */
#define SZ_ERR_CONFLICT 8    /* the state has changed since it was read */
#define SZ_ERR_INTERNAL 9    /* a defect on the side that returns it */

/* Takes bytes. `write` may be called several times in one call; the pieces follow each other.
 * Returns SZ_OK, or a status that the writer must return at once: SZ_ERR_LIMIT for more bytes than
 * the taker takes, SZ_ERR_INVALID for NULL with a size. On the thread of the surrounding call. */
typedef struct sz_sink {
    void* self;
    sz_status (*write)(void* self, const void* data, uint64_t size);
} sz_sink;

#define SZ_SEVERITY_ERROR 1u
#define SZ_SEVERITY_WARNING 2u
#define SZ_SEVERITY_NOTE 3u

/* One thing that is wrong, where it is, and the way out. */
typedef struct sz_finding {
    uint32_t size;
    uint32_t severity; /* SZ_SEVERITY_… */
    sz_str code;       /* stable: "SZ-PACK-012" */
    sz_str file;       /* path inside the pack or on disk; may be empty */
    sz_str pointer;    /* JSON pointer, RFC 6901; may be empty */
    uint32_t line;     /* from 1; 0 is unknown */
    uint32_t column;   /* from 1, in bytes; 0 is unknown */
    sz_str message;    /* one sentence for a person */
    sz_str hint;       /* how to mend it; may be empty */
} sz_finding;
#define SZ_FINDING_SIZE_1 SZ_SIZE_WITH(sz_finding, hint)

/* Takes findings. The finding and all of its text are borrowed for the call. `report` is called on
 * the thread of the surrounding call. The kernel keeps 10000 of one call and drops the rest. */
typedef struct sz_findings {
    uint32_t size;
    uint32_t reserved;
    void* self;
    void (*report)(void* self, const sz_finding* finding);
} sz_findings;
#define SZ_FINDINGS_SIZE_1 SZ_SIZE_WITH(sz_findings, report)

/* Progress and cancellation of one long call. */
typedef struct sz_progress {
    uint32_t size;
    uint32_t reserved;
    void* self;
    /* On the thread of the surrounding call. done of total steps (total 0: unknown), and what is
     * being done. Returns SZ_OK, or SZ_ERR_CANCELLED: the callee then stops soon and returns
     * SZ_ERR_CANCELLED. Call it at least every 100 ms of work. SZ_ERR_INTERNAL: the report was lost
     * (another thread, no memory); the work may go on. */
    sz_status (*report)(void* self, uint64_t done, uint64_t total, sz_str what);
} sz_progress;
#define SZ_PROGRESS_SIZE_1 SZ_SIZE_WITH(sz_progress, report)

#ifdef __cplusplus
} /* extern "C" */
#endif
#endif
