// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be wrong with a protocol, and where. Constant expressions all through: the tool and the
// compiler's own front end run the same code.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mpst::core {

// A stretch of the source text, in bytes.
struct Place {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend constexpr bool operator==(const Place&, const Place&) = default;
};

// The number is the code: SZ-MPST-0nn. Never given to another fault.
enum class Fault : std::uint16_t {
    // text
    strange_byte = 1,
    open_comment = 2,
    open_string = 3,
    syntax = 4,
    not_supported = 5,
    limit = 6,
    no_protocol = 7,
    // names
    protocol_twice = 10,
    role_twice = 11,
    too_few_roles = 12,
    unknown_role = 13,
    message_to_self = 14,
    unused_role = 15,
    unknown_protocol = 16,
    wrong_arity = 17,
    role_argument_twice = 18,
    // loops
    unbound_continue = 20,
    unguarded = 21,
    unreachable = 22,
    // choices
    choice_begins_elsewhere = 30,
    branch_without_message = 31,
    choice_of_several = 32,
    payload_differs = 33,
    // projections
    sends_differ = 40,
    receives_from_several = 41,
    sends_or_receives = 42,
    ends_or_goes_on = 43,
    waits_for_ever = 44,
    // automata put together
    wrong_message = 50,
    message_never_taken = 51,
    deadlock = 52,
    message_never_comes = 53,
    waits_for_others = 54,
    message_left_by_others = 55,
    undecided = 56,
    several_peers = 57,
    // automata as data
    not_json = 60,
    missing_member = 61,
    wrong_member = 62,
    unknown_state = 63,
    state_twice = 64,
    unknown_peer = 65,
    peer_is_itself = 66,
    sends_and_receives = 67,
    label_twice = 68,
    automaton_twice = 69,
};

// A message as a step of an example run.
struct RunStep {
    std::string_view label;
    std::string_view sender;
    std::string_view receiver;
};

struct Finding {
    Fault what{};
    Place at{};
    std::array<std::string_view, 4> words{};  // what the sentence names; views into the source text
    bool has_other = false;
    Place other{};             // the second place involved
    std::vector<RunStep> run;  // how it comes to that
};

// Bounds of the work, so that any text gets an answer. The sentence of Fault::limit names the one
// that was reached.
struct Limits {
    std::uint32_t text_bytes = 16U << 20U;
    std::uint32_t findings = 100;
    std::uint32_t states = 2'000'000;   // of a protocol or of one role
    std::uint64_t steps = 400'000'000;  // of work on one protocol
};

}  // namespace mpst::core
