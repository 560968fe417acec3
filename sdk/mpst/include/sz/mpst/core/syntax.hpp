// SPDX-License-Identifier: AGPL-3.0-or-later
// A file of protocols as it was written: flat vectors and indices, so that no nesting is too deep.
#pragma once

#include <string_view>
#include <vector>

#include "finding.hpp"
#include "names.hpp"

namespace mpst::core {

// A name where it was written.
struct Use {
    Name name = none;
    Place at;
};

enum class Step : std::uint8_t { message, choice, loop, jump, call };

// One interaction.
struct Node {
    Step step{};
    Place at;
    Use head;                     // label, loop's label, protocol; none of a choice
    Use who;                      // sender, choosing role
    std::uint32_t first_use = 0;  // receivers, role arguments: in File::uses
    std::uint32_t uses = 0;
    std::uint32_t payload = none;  // in File::payloads: names of types
    std::uint32_t members = none;  // in File::members: what the payloads are called, or none
    std::uint32_t block = none;    // body, first branch
    std::uint32_t next = none;     // in the same block
};

struct Block {
    Place at;                    // its opening brace
    std::uint32_t first = none;  // node
    std::uint32_t next_branch = none;
};

struct RoleDeclaration {
    Use declared;
    Use inside;  // what the block calls it: the same, or what stands behind "as"
};

struct Protocol {
    Use name;
    bool is_auxiliary = false;
    std::vector<RoleDeclaration> roles;
    std::uint32_t block = none;
};

// type <cpp> "std::vector<int>" from "<vector>" as IntList; — views into the source text.
struct TypeDeclaration {
    Use name;
    std::string_view language, text, from;
    Place text_at, from_at;  // with their quotation marks
};

struct File {
    Names names;
    Lists payloads, members;
    std::vector<Node> nodes;
    std::vector<Block> blocks;
    std::vector<Use> uses;
    std::vector<TypeDeclaration> types;
    std::vector<Protocol> protocols;

    [[nodiscard]] constexpr std::string_view text(Name name) const { return names.text(name); }
    [[nodiscard]] constexpr std::uint32_t find(Name protocol) const {
        for (std::uint32_t i = 0; i < protocols.size(); ++i) {
            if (protocols[i].name.name == protocol) return i;
        }
        return none;
    }
};

}  // namespace mpst::core
