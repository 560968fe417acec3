/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Asks the router of this network to forward a port to this machine. The kernel decides when: it
 * asks as soon as somebody hosts, again before a lease ends, removes what it had mapped when the
 * table closes, and keeps a record of it, so that after a crash the next start removes it.
 *
 * All functions are [worker-thread], one at a time, and end within the time that they are given.
 * They send nothing before they are called: a person hosts, or runs the doctor.
 */
#ifndef SZ_EXT_PORT_MAPPER_H
#define SZ_EXT_PORT_MAPPER_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SZ_PORT_MAPPER_ID "sz.port-mapper/draft-1"

typedef struct sz_port_mapper {
    uint32_t size;
    uint32_t reserved;
    const char* name;  /* "upnp"; static */
    const char* title; /* for a person: "UPnP"; static */
    const void* self;

    /* Forwards a port, or renews what `map` gave before. `request`:
     *   {"protocol":"udp"|"tcp","port":41977,"lease_s":3600,"patience_ms":4000,
     *    "description":"SessionZero","previous":{…}}
     * `port` is the one that is listened to; `previous`, if any, is the "mapping" of an earlier
     * answer, whose outside port is kept if that is possible. Writes
     *   {"mapping":{…},"outside_address":"198.51.100.7","outside_port":41977,"lease_s":3600,
     *    "router":"name and model","ms":N}
     * `mapping` is what `unmap` needs, in a program that knows nothing else: for the kernel's
     * record. `lease_s` 0: it lasts until it is removed, or the router starts again. A port that is
     * somebody else's: another outside port is taken, of which the answer tells. `outside_address`
     * is empty when the router forwards and does not tell it.
     *
     * Otherwise the status and one finding, whose code tells what stands in the way:
     *   SZ-PORT-001 no router answered         SZ-PORT-002 the router refused
     *   SZ-PORT-003 every port that was tried is taken
     *   SZ-PORT-004 the router has no address of its own in the Internet (carrier NAT, or another
     *               router in front of it)
     *   SZ-PORT-005 the router answered what makes no sense, or stopped answering
     *   SZ-PORT-006 the request makes no sense (SZ_ERR_INVALID; the others SZ_ERR_ENVIRONMENT)
     * `progress` is asked between steps and can end the call. */
    sz_status (*map)(const void* self, sz_str request, sz_sink out, const sz_progress* progress,
                     const sz_findings* findings);

    /* Takes back what `map` gave as "mapping", also in another run of the program, if it is still
     * ours: a port that has gone to another machine since is left alone. SZ_OK also when it was
     * gone already. `patience_ms` as above. */
    sz_status (*unmap)(const void* self, sz_str mapping, uint32_t patience_ms,
                       const sz_findings* findings);
} sz_port_mapper;
#define SZ_PORT_MAPPER_SIZE_1 SZ_SIZE_WITH(sz_port_mapper, unmap)

#ifdef __cplusplus
}
#endif
#endif
