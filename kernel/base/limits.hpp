// SPDX-License-Identifier: AGPL-3.0-or-later
// Every limit on input, in one place. Each is tested at the limit and one past it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sz::limits {

inline constexpr std::size_t kib = 1024;
inline constexpr std::size_t mib = 1024 * kib;

// JSON that people write: files of packs, manifests, parameters.
inline constexpr std::size_t json_bytes_max = 64 * mib;
inline constexpr std::size_t json_depth_max = 64;
inline constexpr std::size_t json_string_bytes_max = 1 * mib;
inline constexpr std::size_t json_values_max =
    2'000'000;  // a value in memory is many times its text

// Archives and the folders they are made from.
inline constexpr std::uint64_t archive_bytes_max = 512 * mib;
inline constexpr std::size_t pack_files_max = 20'000;
inline constexpr std::uint64_t pack_file_bytes_max = 64 * mib;
inline constexpr std::uint64_t pack_total_bytes_max = 1024 * mib;
inline constexpr std::size_t pack_json_file_bytes_max = 16 * mib;
inline constexpr std::size_t pack_json_total_bytes_max = 128 * mib;
inline constexpr std::size_t pack_json_values_max = 4'000'000;  // all of a pack are kept at once
inline constexpr std::size_t image_side_max = 8192;  // pixels; a larger picture is not decoded
inline constexpr std::uint64_t compression_ratio_max = 200;  // applied to files past 1 MiB
inline constexpr std::size_t path_bytes_max = 240;
inline constexpr std::size_t path_parts_max = 12;
inline constexpr std::size_t findings_max =
    10'000;  // then one last finding says that there are more

// What the tools of pack authors answer.
inline constexpr std::size_t dependency_packs_max = 1000;         // in one tree of dependencies
inline constexpr std::size_t changes_listed_max = 50'000;         // of a comparison or a migration
inline constexpr std::size_t changes_value_bytes_max = 16 * mib;  // old and new values together

// Names of things.
inline constexpr std::size_t id_bytes_max = 128;
inline constexpr std::size_t name_bytes_max = 200;
inline constexpr std::size_t version_bytes_max = 64;
inline constexpr std::size_t version_range_bytes_max = 128;
inline constexpr std::size_t passphrase_bytes_max = 1024;

// Fields.
inline constexpr std::size_t field_depth_max = 8;  // Group in List in Group …
inline constexpr std::size_t field_value_bytes_max = 1 * mib;
inline constexpr std::size_t list_items_max = 10'000;
inline constexpr std::size_t resolved_paths_max = 1'000;  // by one computed field
inline constexpr std::size_t resolved_path_bytes_max = 4 * kib;
// Of the fields inside one field, for one call into its type.
inline constexpr std::size_t nested_calls_max = 100'000;
inline constexpr std::size_t nested_input_bytes_max = 32 * mib;  // definitions and values given
inline constexpr std::size_t nested_output_bytes_max =
    2 * field_value_bytes_max + 64 * kib;  // of each level of nesting

// Campaigns.
inline constexpr std::size_t action_bytes_max = 256 * kib;
inline constexpr std::size_t action_depth_max = 32;
inline constexpr std::size_t action_operations_max = 256;
inline constexpr std::size_t instances_max = 10'000;
inline constexpr std::size_t computed_values_max =
    100'000;                                           // read by the computed fields of a view
inline constexpr std::size_t computed_depth_max = 32;  // formulas that read formulas
inline constexpr std::size_t effects_of_thing_max = 64;
inline constexpr std::size_t instances_at_once_max = 100;  // from one entry, in one action
inline constexpr std::size_t named_people_max = 100;       // who see or change one place
// What one event does, as it is written in the ledger.
inline constexpr std::size_t event_bytes_max = 8 * mib;
// A field's definition, or its default, in a template that an instance is made from: events, stored
// rows and answers on the bus put up to 16 levels around it.
inline constexpr std::size_t definition_depth_max = json_depth_max - 16;
inline constexpr std::size_t refusal_bytes_max = 4 * kib;  // of a refusal that a verdict keeps
inline constexpr std::size_t snapshots_by_hand_max = 200;  // of one campaign
inline constexpr std::size_t snapshots_kept_max = 24;      // of each other kind
inline constexpr std::size_t snapshot_note_bytes_max = 1000;
inline constexpr std::size_t snapshot_bytes_max = 512 * mib;  // of a state, before it is packed
inline constexpr std::size_t moment_bytes_max = 64;           // "2026-11-22T18:00", "s3", "2h"
// Events that one question to the log looks at; its answer says where to go on.
inline constexpr std::size_t log_events_looked_at_max = 100'000;
inline constexpr std::size_t log_words_max = 32;  // operations and paths to look for
// What a host wrote is read with wider limits than any it was written with, so that whatever was
// acknowledged can be read for ever. A value takes two bytes at least.
inline constexpr std::size_t stored_json_bytes_max = 64 * mib;
inline constexpr std::size_t stored_json_depth_max = 2 * json_depth_max;
inline constexpr std::size_t stored_json_values_max = event_bytes_max;

// Bus.
inline constexpr std::size_t bus_message_bytes_max = 64 * mib;
inline constexpr std::uint32_t call_deadline_ms_default = 30'000;
inline constexpr std::size_t bus_connections_max = 64;
inline constexpr std::size_t bus_calls_max =
    256;  // running for one connection; then it is read no further
inline constexpr std::size_t bus_subscriptions_max = 256;  // of one connection
inline constexpr std::size_t bus_outbox_pause_bytes =
    4 * mib;  // unsent to one connection: it is read no further
inline constexpr std::size_t bus_outbox_bytes_max =
    128 * mib;  // unsent to one connection: it is closed
inline constexpr std::size_t search_hits_max = 1000;
inline constexpr std::size_t entry_text_bytes_max = 64 * kib;  // of an entry, that can be searched
inline constexpr std::uint32_t search_ms_max = 250;

// Settings of a profile, all together.
inline constexpr std::size_t settings_bytes_max = 1 * mib;

// Network. What a transport has delivered and the kernel has not looked at, of one connection.
inline constexpr std::size_t transport_queue_bytes_max = 8 * mib;
inline constexpr std::size_t net_guests_max = 64;  // that a host talks to, or waits for
// Strangers, whose handshake is under way: in all, and of one home.
inline constexpr std::size_t net_strangers_max = 64;
inline constexpr std::size_t net_strangers_from_one_max = 32;
// Guests that nobody has admitted yet: of one home, and for so long.
inline constexpr std::size_t net_unadmitted_from_one_max = 8;
inline constexpr std::int64_t net_admission_ms = 15'000;
// Kept of one channel of a conversation until the other side confirms it. Less than what their
// kernel's queue takes, so that a slow computer is no flood.
inline constexpr std::size_t net_kept_bytes_max = 2 * mib;
// Protocols between two programs.
inline constexpr std::size_t net_talks_max = 64;  // at a time
inline constexpr std::size_t net_protocol_message_bytes_max = 1 * mib;
inline constexpr std::size_t net_inbox_bytes_max = 2 * mib;      // of a talk that nobody has read
inline constexpr std::size_t net_unsaid_max = 256;               // openings and ends without room
inline constexpr std::size_t net_deviations_max = 16;            // then the conversation is over
inline constexpr std::uint64_t net_sample_bytes_max = 64 * mib;  // that the doctor transfers

// Plugins.
inline constexpr std::uint64_t plugin_file_bytes_max = 256 * mib;
inline constexpr std::uint32_t plugin_init_ms_max = 1000;
inline constexpr std::size_t plugin_manifest_bytes_max = 256 * kib;
inline constexpr std::size_t plugin_files_max = 1000;  // of one folder
inline constexpr std::size_t plugins_max = 200;
inline constexpr std::size_t packs_in_source_max =
    64;  // that one file or folder of a foreign format may hold
inline constexpr std::size_t finding_text_bytes_max = 4 * kib;

// Connections between programs: kernel/net.
inline constexpr std::int64_t net_handshake_ms_max = 15'000;  // from the first message to the last
inline constexpr std::size_t net_play_message_bytes_max = 16 * mib;
inline constexpr std::size_t net_bulk_message_bytes_max = 64 * mib;
inline constexpr std::size_t net_stranger_message_bytes_max =
    64 * kib;  // that a peer can make us hold until the owner of the channel allows more
inline constexpr std::size_t net_reason_bytes_max = 1000;     // why a peer ended it
inline constexpr std::uint64_t net_records_per_key = 65'536;  // then a channel's key is renewed
inline constexpr std::size_t net_unacknowledged_bytes_max =
    65 * mib;  // kept of one channel of a session until the peer says that it has it
inline constexpr std::int64_t net_grace_ms = 600'000;  // that a session waits for a connection
inline constexpr std::size_t net_address_bytes_max = 512;
inline constexpr std::size_t known_hosts_max = 5'000;
inline constexpr std::size_t known_hosts_bytes_max = 4 * mib;

}  // namespace sz::limits
