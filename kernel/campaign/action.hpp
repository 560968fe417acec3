// SPDX-License-Identifier: AGPL-3.0-or-later
// An action: what somebody asks to change, as the bytes that its author signed (README.md,
// "Action").
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/campaign/marks.hpp"
#include "kernel/crypto/crypto.hpp"

namespace sz::campaign {

// One change that is asked for. An empty path is the instance (or the campaign) itself.
struct Operation {
    std::string instance;
    std::string path;
    std::string op;
    Json args = Json::array();
    std::optional<EventIndex> base;  // the instance's revision it was read at; none: as it is now
};

struct Action {
    std::string campaign, host, author;
    std::string stream;     // 32 hex digits, random for each device and each opening
    std::uint64_t seq = 0;  // from 1 in each stream
    std::string seen;       // the head that the author last saw, 64 hex digits
    std::vector<Operation> operations;
};

// The bytes as they were signed, and the signature over them.
struct SignedAction {
    std::string bytes;
    Signature signature{};
};

[[nodiscard]] std::string action_bytes(const Action& action);
[[nodiscard]] Json operation_json(const Operation& operation);

// What the author's key signs: the domain, then the bytes.
[[nodiscard]] std::string signing_message(std::string_view bytes);

// Size, depth and duplicate keys are checked before anything is built, then every member's type and
// limit; a member that is not known is refused. SZ-CAMPAIGN-010. [any-thread]
[[nodiscard]] Result<Action> parse_action(std::string_view bytes);

// SZ-CAMPAIGN-012: the signature is not the author's over these bytes. [any-thread]
[[nodiscard]] Status check_signature(const SignedAction& signed_action, const std::string& author);

[[nodiscard]] Digest action_hash(std::string_view bytes);

// The same for everyone who sees the action and different for each operation: the id of what it
// inserts.
[[nodiscard]] std::string operation_key(const Action& action, std::size_t operation);

// The operations that belong to no field type.
namespace system_op {
inline constexpr std::string_view create = "create", rename = "rename", remove = "remove",
                                  restore = "restore", member = "member", visibility = "visibility",
                                  editability = "editability", upgrade = "upgrade", undo = "undo",
                                  redo = "redo", restore_snapshot = "restore-snapshot";
}

}  // namespace sz::campaign
