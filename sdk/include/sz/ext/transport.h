/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A transport carries opaque bytes between two programs: it finds a way to an address, keeps it
 * open, and delivers messages whole and in order. It is trusted with nothing: what it carries is
 * encrypted and authenticated above it, who the peer is is decided there, and a conversation that
 * outlives a connection is resumed there.
 *
 * Life of a connection
 *   connect() or `accepted` → `connected` → messages both ways → `closed`, exactly once and last.
 *   A listener: listen() → `listening` → `accepted`… → `closed`. Closing a listener leaves the
 *   connections that it accepted.
 *
 * Threads. The functions of the transport are [kernel-thread] and wait for nothing: names are
 * resolved and sockets written on the transport's own threads. The functions of
 * sz_transport_events are called from those threads, never from inside a call into the transport,
 * and one at a time for each listener and each connection; they copy what they need and return at
 * once. After `closed` nothing is called for that handle any more; before deinit has returned
 * everything is closed and every `closed` has come.
 *
 * Rationale. Resuming stands above, since an answer that was lost can only be found by who numbers
 * messages end to end; a transport may give up on a path whenever it thinks that it is gone.
 */
#ifndef SZ_EXT_TRANSPORT_H
#define SZ_EXT_TRANSPORT_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SZ_TRANSPORTS_ID "sz.transport/draft-1"

/* Every connection has these channels. Each is a stream of messages in order; between the two there
 * is no order. */
#define SZ_CHANNEL_PLAY 0u /* small messages that somebody waits for */
#define SZ_CHANNEL_BULK                                                       \
    1u /* large transfers: takes what room is left and never delays the other \
        */
#define SZ_CHANNELS 2u

/* Bytes of one message, both ways. A peer that sends a longer one is disconnected. */
#define SZ_TRANSPORT_MESSAGE_BYTES_MAX 16384u
/* Bytes of a reason for closing; what is longer is cut. */
#define SZ_TRANSPORT_REASON_BYTES_MAX 1000u

/* A listener or a connection. Never 0, never used twice by one transport, whatever it is of. */
typedef uint64_t sz_transport_handle;

/* What a path is known to be like. */
#define SZ_PATH_ALIVE 1u   /* the peer is heard again after SILENT */
#define SZ_PATH_SILENT 2u  /* nothing was heard for some seconds; it is still tried */
#define SZ_PATH_CHANGED 3u /* the peer, or this machine, has another address now */

/* Why a connection or a listener ended. */
#define SZ_CLOSED_HERE 1u    /* close() was called */
#define SZ_CLOSED_PEER 2u    /* the peer closed it; `json` has its reason */
#define SZ_CLOSED_LOST 3u    /* the path is gone: nothing was heard for long */
#define SZ_CLOSED_FAILED 4u  /* it never came to be; `json` says in which step */
#define SZ_CLOSED_REFUSED 5u /* the peer broke the transport's own rules */

/* Takes what happens. Given by the host to listen() or connect(); valid until `closed` has
 * returned. The connections that a listener accepts use the listener's table, which is then valid
 * until the last of them is closed. JSON is an object, borrowed for the call. */
typedef struct sz_transport_events {
    uint32_t size;
    uint32_t reserved;
    void* self;

    /* The listener is open: {"urls":["udp://[::]:41977"],"port":41977,"protocol":"udp"|"tcp"}.
     * `port` and `protocol` are what a router would have to forward; absent when it could not. */
    void (*listening)(void* self, sz_transport_handle listener, sz_str json);

    /* An address under which the listener may be reached, to be given to players, as soon as it is
     * known: {"url","family":"ipv4"|"ipv6"|"local","scope":"loopback"|"link"|"home"|"public"}. */
    void (*candidate)(void* self, sz_transport_handle listener, sz_str json);

    /* Somebody has proven that they are at their address. {"peer":"udp://192.0.2.1:5000"}. The
     * connection exists from now on; nothing was sent or received on it yet. */
    void (*accepted)(void* self, sz_transport_handle listener, sz_transport_handle connection,
                     sz_str json);

    /* connect() has come to its end, well. {"peer":"udp://192.0.2.1:41977"}. */
    void (*connected)(void* self, sz_transport_handle connection, sz_str json);

    /* A message came whole. */
    void (*message)(void* self, sz_transport_handle connection, uint32_t channel, sz_bytes message);

    /* The channel takes messages again, after send() has returned SZ_ERR_LIMIT. */
    void (*writable)(void* self, sz_transport_handle connection, uint32_t channel);

    /* SZ_PATH_…; for SZ_PATH_CHANGED {"peer":…}, else {}. */
    void (*path)(void* self, sz_transport_handle connection, uint32_t state, sz_str json);

    /* A step on the way to `connected` or `listening`, for a person who wants to know where it
     * fails: {"step":"resolve"|"socket"|"cookie"|"connect"|"tls"|"upgrade"|…,"state":"begun"|
     * "done"|"failed","message","hint"}. `message` is a sentence; a hint only when it failed. */
    void (*step)(void* self, sz_transport_handle handle, sz_str json);

    /* SZ_CLOSED_…, and {"code","message","hint","reason"}: the first three as in an error; `reason`
     * is the text that close() got, here or there, which a peer chose: it may be anything. */
    void (*closed)(void* self, sz_transport_handle handle, uint32_t why, sz_str json);
} sz_transport_events;
#define SZ_TRANSPORT_EVENTS_SIZE_1 SZ_SIZE_WITH(sz_transport_events, closed)

typedef struct sz_transport {
    uint32_t size;
    uint32_t reserved;
    const char* name;    /* "direct"; static */
    const char* title;   /* for a person: "UDP, and WebSocket for tunnels"; static */
    const char* schemes; /* the URL schemes that it takes, separated by spaces: "udp ws wss" */
    const void* self;

    /* Opens `url` for others to connect to. Host "" or "*" in it: every address of this machine;
     * port 0: the system chooses one; no port: the transport's usual one. `options` is an object:
     * {"connections_max":N} most connections at a time (64), and what the transport's README
     * names. A connection past the most is closed with a reason; where datagrams are protected, one
     * counts from protect() on, since anybody may be at the other end before. SZ_ERR_INVALID: the
     * URL or an option makes no sense, findings say why. What goes wrong later comes as `closed`.
     */
    sz_status (*listen)(const void* self, sz_str url, sz_str options,
                        const sz_transport_events* events, sz_transport_handle* out_listener,
                        const sz_findings* findings);

    /* Looks for a way to `url`. `options`: {"patience_ms":N} (10000) from here to `connected`;
     * where somebody answers first, it may count anew from there. And what the README names. */
    sz_status (*connect)(const void* self, sz_str url, sz_str options,
                         const sz_transport_events* events, sz_transport_handle* out_connection,
                         const sz_findings* findings);

    /* Sends a message of 1 … SZ_TRANSPORT_MESSAGE_BYTES_MAX bytes, as one. SZ_OK: it will arrive,
     * once, behind those before it on this channel, or the connection ends. SZ_ERR_LIMIT: there is
     * no room, nothing was taken, `writable` will come. SZ_ERR_NOT_FOUND: the connection is not
     * there (any more, or not yet connected). SZ_ERR_INVALID: no such channel or length. */
    sz_status (*send)(const void* self, sz_transport_handle connection, uint32_t channel,
                      sz_bytes message);

    /* The two ends have agreed on keys that nobody else has: 32 bytes for what is sent, 32 for what
     * is received (the other end has them crossed). The transport protects its datagrams with them
     * from now on, and drops what is not protected as soon as the peer has begun to. Once for a
     * connection: SZ_ERR_CONFLICT after that. SZ_ERR_UNSUPPORTED: it has no datagrams to protect.
     * SZ_ERR_NOT_FOUND: the connection is not there (any more, or not yet connected). */
    sz_status (*protect)(const void* self, sz_transport_handle connection, sz_bytes send_key,
                         sz_bytes receive_key);

    /* Writes what is known, without waiting. Of a connection: {"round_trip_ms","loss","sent_bytes",
     * "received_bytes","sent_messages","received_messages","queued_bytes"}; numbers that are not
     * known are absent; `loss` is the share of datagrams that were sent again, 0 … 1. Of a
     * listener: {"connections","refused"}. SZ_ERR_NOT_FOUND. */
    sz_status (*statistics)(const void* self, sz_transport_handle handle, sz_sink out);

    /* Ends a connection, when what was sent before has arrived or two seconds have passed, and
     * tells the peer why; or a listener. `closed` comes. SZ_ERR_NOT_FOUND: it is closed already, or
     * about to be. */
    sz_status (*close)(const void* self, sz_transport_handle handle, sz_str reason);
} sz_transport;
#define SZ_TRANSPORT_SIZE_1 SZ_SIZE_WITH(sz_transport, close)

/* What get_extension(SZ_TRANSPORTS_ID) returns. */
typedef struct sz_transports {
    uint32_t size;
    uint32_t count;
    const sz_transport* const* items;
} sz_transports;
#define SZ_TRANSPORTS_SIZE_1 SZ_SIZE_WITH(sz_transports, items)

#ifdef __cplusplus
}
#endif
#endif
