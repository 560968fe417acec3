// SPDX-License-Identifier: AGPL-3.0-or-later
// What the headers of all roles of a protocol share: what things are called in C++.
#pragma once

#include <sz/mpst/core/check.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "automaton.hpp"
#include "cpp_names.hpp"
#include "cpp_types.hpp"

namespace mpst::compiler {

struct MessageStruct {
    struct Member {
        std::string type, name;
    };
    std::string name;
    std::string label;  // as in the protocol
    std::vector<Member> members;
    bool says_members = false;  // more, or others, than the codec can count
};

// A payload type that is no more than a name: its struct.
struct OpaqueType {
    std::string name;
    std::string in_protocol;
};

class Vocabulary {
  public:
    // Nothing, and why, when there is something that C++ has no room for.
    [[nodiscard]] static std::optional<Vocabulary> create(const core::File& file,
                                                          const core::Checked& protocol,
                                                          const std::vector<Automaton>& roles,
                                                          std::vector<Refusal>& refusals);

    [[nodiscard]] const std::string& role(const std::string& name) const { return roles_.at(name); }
    [[nodiscard]] const MessageStruct& message(const Transition& transition) const {
        return messages_[by_message_.at({transition.label, transition.payload})];
    }
    // In the order of the text.
    [[nodiscard]] const std::vector<MessageStruct>& messages() const { return messages_; }
    [[nodiscard]] const std::vector<OpaqueType>& opaque_types() const { return opaque_; }
    [[nodiscard]] const std::set<std::string>& includes() const { return includes_; }
    // All of the above, and the words of every role's struct.
    [[nodiscard]] const Scope& names() const { return names_; }

  private:
    using Key = std::pair<std::string, std::vector<std::string>>;  // label, names of types

    void find_messages(const std::vector<Automaton>& roles);
    void find_types(const core::File& file, std::vector<Refusal>& refusals);
    void name_roles(const core::Protocol& protocol, const core::File& file,
                    std::vector<Refusal>& refusals);
    void name_messages();
    void name_opaque_types();
    void name_members(const core::File& file, const core::Checked& protocol);

    std::map<std::string, std::string> roles_;  // by name in the protocol
    std::map<Key, std::size_t> by_message_;
    std::vector<Key> keys_;  // by message
    std::vector<MessageStruct> messages_;
    std::map<std::string, CppType> types_;  // by name in the protocol
    std::vector<OpaqueType> opaque_;
    std::set<std::string> includes_;
    Scope names_{
        {"End", "Start", "label", "members", "mpst", "peers", "protocol_hash", "states", "std"}};
};

}  // namespace mpst::compiler
