/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Size and offsets of every struct of the ABI, worked out by hand for machines with 64-bit
 * pointers. A line of this table is never changed: a change would break every plugin that exists.
 * Appending a field adds a line and changes that struct's SIZE, never its FIRST. Compiled as C11
 * and as C++20, which must agree.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stddef.h>
#include <sz/abi.h>
#include <sz/entry.h>
#include <sz/ext/field_type.h>
#include <sz/ext/identity.h>
#include <sz/ext/pack_format.h>
#include <sz/ext/panel.h>
#include <sz/ext/port_mapper.h>
#include <sz/ext/transport.h>
#include <sz/host.h>

#ifdef __cplusplus
#define FROZEN(condition, text) static_assert(condition, text)
#else
#define FROZEN(condition, text) _Static_assert(condition, text)
#endif
#define SIZE(type, bytes) FROZEN(sizeof(type) == (bytes), #type " has another size")
#define FIRST(size_1, bytes) FROZEN((size_1) == (bytes), #size_1 " is another size")
#define AT(type, field, bytes) \
    FROZEN(offsetof(type, field) == (bytes), #type "." #field " has moved")

FROZEN(SZ_ABI_MAJOR == 1u, "the major version of the interface");
FROZEN(SZ_OK == 0 && SZ_ERR_INVALID == 1 && SZ_ERR_UNSUPPORTED == 2 && SZ_ERR_NOT_FOUND == 3 &&
           SZ_ERR_DENIED == 4 && SZ_ERR_ENVIRONMENT == 5 && SZ_ERR_LIMIT == 6 &&
           SZ_ERR_CANCELLED == 7 && SZ_ERR_CONFLICT == 8 && SZ_ERR_INTERNAL == 9,
       "statuses");
FROZEN(SZ_SEVERITY_ERROR == 1 && SZ_SEVERITY_WARNING == 2 && SZ_SEVERITY_NOTE == 3, "severities");
FROZEN(SZ_LOG_ERROR == 1 && SZ_LOG_WARNING == 2 && SZ_LOG_INFO == 3 && SZ_LOG_DEBUG == 4, "levels");
FROZEN(SZ_PACK_FORMAT_READS == 1 && SZ_PACK_FORMAT_WRITES == 2 && SZ_PACK_FORMAT_FOREIGN == 4,
       "flags");
FROZEN(sizeof(sz_status) == 4, "a status");
FROZEN(sizeof(sz_transport_handle) == 8, "a listener or a connection");
FROZEN(SZ_CHANNEL_PLAY == 0 && SZ_CHANNEL_BULK == 1 && SZ_CHANNELS == 2, "channels");
FROZEN(SZ_TRANSPORT_MESSAGE_BYTES_MAX == 16384 && SZ_TRANSPORT_REASON_BYTES_MAX == 1000, "lengths");
FROZEN(SZ_PATH_ALIVE == 1 && SZ_PATH_SILENT == 2 && SZ_PATH_CHANGED == 3, "paths");
FROZEN(SZ_CLOSED_HERE == 1 && SZ_CLOSED_PEER == 2 && SZ_CLOSED_LOST == 3 && SZ_CLOSED_FAILED == 4 &&
           SZ_CLOSED_REFUSED == 5,
       "ends");

#if UINTPTR_MAX == 0xffffffffffffffffu
SIZE(sz_str, 16);
AT(sz_str, data, 0);
AT(sz_str, size, 8);

SIZE(sz_bytes, 16);
AT(sz_bytes, data, 0);
AT(sz_bytes, size, 8);

SIZE(sz_sink, 16);
AT(sz_sink, self, 0);
AT(sz_sink, write, 8);

SIZE(sz_finding, 96);
FIRST(SZ_FINDING_SIZE_1, 96);
AT(sz_finding, size, 0);
AT(sz_finding, severity, 4);
AT(sz_finding, code, 8);
AT(sz_finding, file, 24);
AT(sz_finding, pointer, 40);
AT(sz_finding, line, 56);
AT(sz_finding, column, 60);
AT(sz_finding, message, 64);
AT(sz_finding, hint, 80);

SIZE(sz_findings, 24);
FIRST(SZ_FINDINGS_SIZE_1, 24);
AT(sz_findings, size, 0);
AT(sz_findings, reserved, 4);
AT(sz_findings, self, 8);
AT(sz_findings, report, 16);

SIZE(sz_progress, 24);
FIRST(SZ_PROGRESS_SIZE_1, 24);
AT(sz_progress, size, 0);
AT(sz_progress, reserved, 4);
AT(sz_progress, self, 8);
AT(sz_progress, report, 16);

SIZE(sz_plugin_entry_v1, 48);
FIRST(SZ_PLUGIN_ENTRY_SIZE_1, 48);
AT(sz_plugin_entry_v1, size, 0);
AT(sz_plugin_entry_v1, abi_major, 4);
AT(sz_plugin_entry_v1, abi_minor, 8);
AT(sz_plugin_entry_v1, reserved, 12);
AT(sz_plugin_entry_v1, id, 16);
AT(sz_plugin_entry_v1, init, 24);
AT(sz_plugin_entry_v1, deinit, 32);
AT(sz_plugin_entry_v1, get_extension, 40);

SIZE(sz_host, 56);
FIRST(SZ_HOST_SIZE_1, 56);
AT(sz_host, size, 0);
AT(sz_host, abi_major, 4);
AT(sz_host, abi_minor, 8);
AT(sz_host, reserved, 12);
AT(sz_host, self, 16);
AT(sz_host, name, 24);
AT(sz_host, version, 32);
AT(sz_host, get_service, 40);
AT(sz_host, data_dir, 48);

SIZE(sz_log, 24);
FIRST(SZ_LOG_SIZE_1, 24);
AT(sz_log, size, 0);
AT(sz_log, reserved, 4);
AT(sz_log, self, 8);
AT(sz_log, write, 16);

SIZE(sz_bus, 72);
FIRST(SZ_BUS_SIZE_1, 72);
AT(sz_bus, size, 0);
AT(sz_bus, reserved, 4);
AT(sz_bus, self, 8);
AT(sz_bus, call, 16);
AT(sz_bus, cancel, 24);
AT(sz_bus, subscribe, 32);
AT(sz_bus, unsubscribe, 40);
AT(sz_bus, publish, 48);
AT(sz_bus, add_method, 56);
AT(sz_bus, reply, 64);

SIZE(sz_tasks, 24);
FIRST(SZ_TASKS_SIZE_1, 24);
AT(sz_tasks, size, 0);
AT(sz_tasks, reserved, 4);
AT(sz_tasks, self, 8);
AT(sz_tasks, start, 16);

SIZE(sz_field_host, 56);
FIRST(SZ_FIELD_HOST_SIZE_1, 56);
AT(sz_field_host, size, 0);
AT(sz_field_host, reserved, 4);
AT(sz_field_host, self, 8);
AT(sz_field_host, normalize, 16);
AT(sz_field_host, apply, 24);
AT(sz_field_host, format, 32);
AT(sz_field_host, search_text, 40);
AT(sz_field_host, references, 48);

SIZE(sz_field_type, 88);
FIRST(SZ_FIELD_TYPE_SIZE_1, 72);
FIRST(SZ_FIELD_TYPE_SIZE_2, 88);
AT(sz_field_type, size, 0);
AT(sz_field_type, reserved, 4);
AT(sz_field_type, name, 8);
AT(sz_field_type, self, 16);
AT(sz_field_type, describe, 24);
AT(sz_field_type, normalize, 32);
AT(sz_field_type, apply, 40);
AT(sz_field_type, format, 48);
AT(sz_field_type, search_text, 56);
AT(sz_field_type, references, 64);
AT(sz_field_type, evaluate, 72);
AT(sz_field_type, parse, 80);

SIZE(sz_field_resolver, 24);
FIRST(SZ_FIELD_RESOLVER_SIZE_1, 24);
AT(sz_field_resolver, size, 0);
AT(sz_field_resolver, reserved, 4);
AT(sz_field_resolver, self, 8);
AT(sz_field_resolver, resolve, 16);

SIZE(sz_field_types, 16);
FIRST(SZ_FIELD_TYPES_SIZE_1, 16);
AT(sz_field_types, size, 0);
AT(sz_field_types, count, 4);
AT(sz_field_types, items, 8);

SIZE(sz_identity, 88);
FIRST(SZ_IDENTITY_SIZE_1, 88);
AT(sz_identity, size, 0);
AT(sz_identity, reserved, 4);
AT(sz_identity, self, 8);
AT(sz_identity, list, 16);
AT(sz_identity, create, 24);
AT(sz_identity, use, 32);
AT(sz_identity, unlock, 40);
AT(sz_identity, lock, 48);
AT(sz_identity, set_passphrase, 56);
AT(sz_identity, sign, 64);
AT(sz_identity, export_secret, 72);
AT(sz_identity, import_secret, 80);

SIZE(sz_pack_writer, 40);
FIRST(SZ_PACK_WRITER_SIZE_1, 40);
AT(sz_pack_writer, size, 0);
AT(sz_pack_writer, reserved, 4);
AT(sz_pack_writer, self, 8);
AT(sz_pack_writer, begin, 16);
AT(sz_pack_writer, put, 24);
AT(sz_pack_writer, account, 32);

SIZE(sz_pack_reader, 24);
FIRST(SZ_PACK_READER_SIZE_1, 24);
AT(sz_pack_reader, size, 0);
AT(sz_pack_reader, count, 4);
AT(sz_pack_reader, self, 8);
AT(sz_pack_reader, get, 16);

SIZE(sz_pack_format, 64);
FIRST(SZ_PACK_FORMAT_SIZE_1, 64);
AT(sz_pack_format, size, 0);
AT(sz_pack_format, flags, 4);
AT(sz_pack_format, name, 8);
AT(sz_pack_format, title, 16);
AT(sz_pack_format, extensions, 24);
AT(sz_pack_format, self, 32);
AT(sz_pack_format, probe, 40);
AT(sz_pack_format, read, 48);
AT(sz_pack_format, write, 56);

SIZE(sz_pack_formats, 16);
FIRST(SZ_PACK_FORMATS_SIZE_1, 16);
AT(sz_pack_formats, size, 0);
AT(sz_pack_formats, count, 4);
AT(sz_pack_formats, items, 8);

SIZE(sz_panel_host, 48);
FIRST(SZ_PANEL_HOST_SIZE_1, 48);
AT(sz_panel_host, size, 0);
AT(sz_panel_host, reserved, 4);
AT(sz_panel_host, self, 8);
AT(sz_panel_host, bus, 16);
AT(sz_panel_host, open, 24);
AT(sz_panel_host, status, 32);
AT(sz_panel_host, translate, 40);

SIZE(sz_panel_instance, 64);
FIRST(SZ_PANEL_INSTANCE_SIZE_1, 64);
AT(sz_panel_instance, size, 0);
AT(sz_panel_instance, reserved, 4);
AT(sz_panel_instance, self, 8);
AT(sz_panel_instance, window, 16);
AT(sz_panel_instance, focus, 24);
AT(sz_panel_instance, show, 32);
AT(sz_panel_instance, save, 40);
AT(sz_panel_instance, restore, 48);
AT(sz_panel_instance, destroy, 56);

SIZE(sz_panel, 72);
FIRST(SZ_PANEL_SIZE_1, 72);
AT(sz_panel, size, 0);
AT(sz_panel, toolkit_abi, 4);
AT(sz_panel, id, 8);
AT(sz_panel, title, 16);
AT(sz_panel, toolkit, 24);
AT(sz_panel, signature, 32);
AT(sz_panel, shows, 40);
AT(sz_panel, order, 48);
AT(sz_panel, reserved, 52);
AT(sz_panel, self, 56);
AT(sz_panel, create, 64);

SIZE(sz_panels, 16);
FIRST(SZ_PANELS_SIZE_1, 16);
AT(sz_panels, size, 0);
AT(sz_panels, count, 4);
AT(sz_panels, items, 8);

SIZE(sz_port_mapper, 48);
FIRST(SZ_PORT_MAPPER_SIZE_1, 48);
AT(sz_port_mapper, size, 0);
AT(sz_port_mapper, reserved, 4);
AT(sz_port_mapper, name, 8);
AT(sz_port_mapper, title, 16);
AT(sz_port_mapper, self, 24);
AT(sz_port_mapper, map, 32);
AT(sz_port_mapper, unmap, 40);

SIZE(sz_transport_events, 88);
FIRST(SZ_TRANSPORT_EVENTS_SIZE_1, 88);
AT(sz_transport_events, size, 0);
AT(sz_transport_events, reserved, 4);
AT(sz_transport_events, self, 8);
AT(sz_transport_events, listening, 16);
AT(sz_transport_events, candidate, 24);
AT(sz_transport_events, accepted, 32);
AT(sz_transport_events, connected, 40);
AT(sz_transport_events, message, 48);
AT(sz_transport_events, writable, 56);
AT(sz_transport_events, path, 64);
AT(sz_transport_events, step, 72);
AT(sz_transport_events, closed, 80);

SIZE(sz_transport, 88);
FIRST(SZ_TRANSPORT_SIZE_1, 88);
AT(sz_transport, size, 0);
AT(sz_transport, reserved, 4);
AT(sz_transport, name, 8);
AT(sz_transport, title, 16);
AT(sz_transport, schemes, 24);
AT(sz_transport, self, 32);
AT(sz_transport, listen, 40);
AT(sz_transport, connect, 48);
AT(sz_transport, send, 56);
AT(sz_transport, protect, 64);
AT(sz_transport, statistics, 72);
AT(sz_transport, close, 80);

SIZE(sz_transports, 16);
FIRST(SZ_TRANSPORTS_SIZE_1, 16);
AT(sz_transports, size, 0);
AT(sz_transports, count, 4);
AT(sz_transports, items, 8);
#endif

#endif
