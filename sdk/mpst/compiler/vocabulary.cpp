// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vocabulary.hpp"

#include <algorithm>
#include <cctype>
#include <unordered_set>

namespace mpst::compiler {

namespace {

// "Int_string" of a message without a label; "Id_string" of another Id.
std::string name_of_types(const std::vector<std::string>& payload) {
    std::string name;
    for (const std::string& type : payload) name += (name.empty() ? "" : "_") + type;
    return name;
}
std::string first_choice(const std::string& label, const std::vector<std::string>& payload) {
    if (!label.empty()) return cpp_name(label, "Message");
    std::string name = name_of_types(payload);
    if (name.empty()) return "Message";
    name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
    return cpp_name(name, "Message");
}
std::string second_choice(const std::string& label, const std::vector<std::string>& payload) {
    const std::string types = name_of_types(payload);
    return cpp_name(label + '_' + (types.empty() ? "empty" : types), "Message");
}

}  // namespace

std::optional<Vocabulary> Vocabulary::create(const core::File& file, const core::Checked& protocol,
                                             const std::vector<Automaton>& roles,
                                             std::vector<Refusal>& refusals) {
    Vocabulary made;
    made.find_messages(roles);
    made.find_types(file, refusals);
    made.name_roles(file.protocols[protocol.protocol], file, refusals);
    if (!refusals.empty()) return std::nullopt;
    made.name_messages();
    made.name_opaque_types();
    made.name_members(file, protocol);
    return made;
}

void Vocabulary::find_types(const core::File& file, std::vector<Refusal>& refusals) {
    const CppTypes types(file);
    for (const auto& [label, payload] : keys_) {
        for (const std::string& name : payload) {
            if (types_.count(name) > 0) continue;
            const CppType type = types.of(name, refusals);
            if (!type.include.empty()) includes_.insert(type.include);
            // No struct may hide the first word of a type that is written beside it.
            for (const std::string& word : words_of(type.text)) names_.take(word);
            types_.emplace(name, type);
        }
    }
}

void Vocabulary::name_roles(const core::Protocol& protocol, const core::File& file,
                            std::vector<Refusal>& refusals) {
    const Scope reserved = names_;
    std::map<std::string, std::string> role_of;  // by name in C++
    for (const core::RoleDeclaration& declared : protocol.roles) {
        const std::string role(file.text(declared.inside.name));
        std::string name = cpp_name(role, "Role");
        if (reserved.has(name)) name += "Role";
        const auto [other, is_new] = role_of.emplace(name, role);
        if (!is_new)
            refusals.push_back(
                {declared.inside.at, "The roles “" + other->second + "” and “" + role +
                                         "” would both be called “" + name +
                                         "” in C++. Give one of them another name."});
        names_.take(name);
        roles_[role] = name;
    }
}

void Vocabulary::find_messages(const std::vector<Automaton>& roles) {
    std::map<Key, std::uint32_t> first;  // byte of the text
    for (const Automaton& role : roles) {
        for (const State& state : role.states) {
            for (const Transition& transition : state.transitions) {
                const std::uint32_t begin = transition.at.begin;
                const auto [known, is_new] =
                    first.try_emplace({transition.label, transition.payload}, begin);
                if (!is_new) known->second = std::min(known->second, begin);
            }
        }
    }
    for (const auto& [key, begin] : first) keys_.push_back(key);
    std::stable_sort(keys_.begin(), keys_.end(),
                     [&](const Key& a, const Key& b) { return first[a] < first[b]; });
    for (std::size_t i = 0; i < keys_.size(); ++i) by_message_[keys_[i]] = i;
}

// A label that can be a name as it is has the first say.
void Vocabulary::name_messages() {
    messages_.resize(keys_.size());
    std::unordered_set<std::string> labels;
    std::vector<bool> is_first(keys_.size());
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const auto& [label, payload] = keys_[i];
        messages_[i].label = label;
        is_first[i] = label.empty() || labels.insert(label).second;
        if (is_first[i] && first_choice(label, payload) == label && names_.take(label))
            messages_[i].name = label;
    }
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const auto& [label, payload] = keys_[i];
        if (!messages_[i].name.empty()) continue;
        messages_[i].name = names_.take_like(
            is_first[i] ? first_choice(label, payload) : second_choice(label, payload), "Message");
    }
}

void Vocabulary::name_opaque_types() {
    for (const auto& [label, payload] : keys_) {
        for (const std::string& name : payload) {
            CppType& type = types_.at(name);
            if (type.kind != CppType::opaque || !type.text.empty()) continue;
            type.text = names_.take_like(cpp_name(name, "Type"), "Data");
            opaque_.push_back({type.text, name});
            includes_.insert({"<cstddef>", "<vector>"});
        }
    }
}

void Vocabulary::name_members(const core::File& file, const core::Checked& protocol) {
    // Names of payloads are no part of an automaton: the text has them. The first one counts.
    std::unordered_set<std::uint32_t> places;
    for (const core::Edge& edge : protocol.global.graph.edges) places.insert(edge.at.begin);
    std::map<Key, std::vector<std::string>> given;
    for (const core::Node& node : file.nodes) {
        if (node.step != core::Step::message || places.count(node.at.begin) == 0) continue;
        Key key{std::string(file.text(node.head.name)), {}};
        for (const std::uint32_t type : file.payloads[node.payload])
            key.second.emplace_back(file.text(type));
        auto& names = given[key];
        names.resize(key.second.size());
        const auto members = file.members[node.members];
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i].empty() && members[i] != core::none) names[i] = file.text(members[i]);
        }
    }
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        MessageStruct& message = messages_[i];
        const std::vector<std::string>& payload = keys_[i].second;
        // A member may not change what a type's name means in its struct.
        Scope scope(std::set<std::string, std::less<>>{"label", "members", "mpst", "std"});
        std::size_t values = 0;
        for (const std::string& name : payload) {
            const CppType& type = types_.at(name);
            if (type.kind != CppType::nothing) ++values;
            for (const std::string& word : words_of(type.text)) scope.take(word);
        }
        for (std::size_t at = 0; at < payload.size(); ++at) {
            const CppType& type = types_.at(payload[at]);
            if (type.kind == CppType::nothing) continue;
            std::string name = given[keys_[i]][at];
            if (name.empty()) name = values == 1 ? "value" : "value" + std::to_string(at + 1);
            name = scope.take_like(cpp_name(name, "value"), "_value");
            message.members.push_back({type.text, name});
            // A type of somebody else's may be made of anything, and then cannot be counted.
            message.says_members |= type.kind == CppType::declared;
        }
        message.says_members |= message.members.size() > 6;
        if (message.says_members) includes_.insert("<tuple>");
    }
}

}  // namespace mpst::compiler
