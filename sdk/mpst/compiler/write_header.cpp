// SPDX-License-Identifier: AGPL-3.0-or-later
#include "write_header.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "print_automaton.hpp"
#include "protocol_hash.hpp"

namespace mpst::compiler {

namespace {

constexpr std::size_t columns_max = 100;
constexpr std::size_t comment_lines_max = 200;

// "begin a, b, …end", broken behind commas; further lines begin below the first item.
std::string list_text(const std::string& begin, const std::vector<std::string>& items,
                      const std::string& end) {
    std::string text, line = begin;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string item = items[i] + (i + 1 < items.size() ? "," : end);
        if (i > 0 && line.size() + 1 + item.size() > columns_max) {
            text += line + '\n';
            line = std::string(begin.size(), ' ') + item;
        } else {
            line += (i > 0 ? " " : "") + item;
        }
    }
    return text + line + (items.empty() ? end : "") + '\n';
}

std::string comment_text(const std::string& indent, const std::string& sentence) {
    std::string text, line = indent + "//";
    for (std::size_t at = 0; at < sentence.size();) {
        const std::size_t end = std::min(sentence.find(' ', at), sentence.size());
        if (line.size() + 1 + end - at > columns_max && line.size() > indent.size() + 2) {
            text += line + '\n';
            line = indent + "//";
        }
        line += ' ' + sentence.substr(at, end - at);
        at = end + 1;
    }
    return text + line + '\n';
}

std::string upper(std::string text) {
    for (char& c : text) {
        const auto byte = static_cast<unsigned char>(c);
        c = std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_';
    }
    return text;
}

// A name may hold anything that a file system takes; a comment ends with its line.
std::string one_line(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') c = '?';
    }
    return text;
}

class HeaderWriter {
  public:
    HeaderWriter(const Automaton& automaton, const Vocabulary& vocabulary,
                 const HeaderOrigin& origin)
        : in_(automaton),
          vocabulary_(vocabulary),
          origin_(origin),
          role_(vocabulary.role(automaton.role)) {
        Scope scope = vocabulary.names();
        for (const State& state : in_.states)
            names_.push_back(state.transitions.empty()
                                 ? "End"
                                 : scope.take_like(cpp_name(state.name, "State"), "State"));
    }

    std::string run() {
        // The same header twice, from two build folders, is one; another one is an error.
        const std::string shared = shared_block();
        const std::uint64_t hash = hash_of_text(origin_.hash, origin_.name_space + shared);
        const std::string prefix = "SZ_MPST_" + upper(in_.protocol) + '_';
        const std::string guard = prefix + upper(hash_digits(hash));
        const std::string own_guard =
            prefix + upper(role_) + '_' + upper(hash_digits(hash_of_text(hash, role_)));
        std::string text = head();
        text += "#ifndef " + own_guard + "\n#define " + own_guard + "\n\n" + includes();
        text += "// What the headers of all roles share.\n";
        text += "#ifndef " + guard + "\n#define " + guard + "\n\n";
        text += begin_namespace() + shared + end_namespace();
        text += "\n#endif\n\n" + begin_namespace() + role_struct() + end_namespace();
        return text + "\n#endif\n";
    }

  private:
    std::string head() {
        std::string text =
            comment_text("", std::string(header_begin.substr(3)) + one_line(origin_.file) +
                                 ". Do not edit it: it is made again when the protocol changes.");
        text += "//\n";
        const auto local = scribble_text(in_, std::size_t{64} << 10U);
        const auto lines =
            local ? static_cast<std::size_t>(std::count(local->begin(), local->end(), '\n')) : 0;
        if (!local || lines > comment_lines_max)
            return text + comment_text("", "The local protocol at " + in_.role +
                                               " is too long to stand here; “szmpst project” "
                                               "prints it.");
        for (std::size_t at = 0; at < local->size();) {
            const std::size_t end = local->find('\n', at);
            text += "//   " + local->substr(at, end - at) + '\n';
            at = end + 1;
        }
        return text;
    }

    std::string includes() {
        std::string text = "#include <sz/mpst/operations.hpp>\n\n";
        std::set<std::string> all = vocabulary_.includes();
        all.insert({"<cstdint>", "<string_view>"});
        for (const bool is_own : {false, true}) {
            std::string group;
            for (const std::string& include : all) {
                if ((include.front() == '"') == is_own) group += "#include " + include + '\n';
            }
            if (!group.empty()) text += group + '\n';
        }
        return text;
    }

    std::string begin_namespace() { return "namespace " + origin_.name_space + " {\n\n"; }
    std::string end_namespace() { return "\n}  // namespace " + origin_.name_space + "\n"; }

    std::string shared_block() {
        std::string text;
        for (const OpaqueType& type : vocabulary_.opaque_types()) text += opaque_text(type);
        for (const MessageStruct& message : vocabulary_.messages()) text += message_text(message);
        text += '\n';
        for (const std::string& role : in_.roles)
            text += "struct " + vocabulary_.role(role) + ";\n";
        return text;
    }

    static std::string opaque_text(const OpaqueType& type) {
        std::string comment =
            "The protocol says no more of " + type.in_protocol + " than its name.";
        // Of several parts, it cannot be declared.
        if (type.in_protocol.find('.') == std::string::npos)
            comment +=
                " For a type of your own write at its top: type <cpp> \"your::Type\" from "
                "\"your/header.hpp\" as " +
                type.in_protocol + ";";
        return comment_text("", comment) + "struct " + type.name +
               " {\n    std::vector<std::byte> bytes;\n};\n\n";
    }
    static std::string message_text(const MessageStruct& message) {
        std::string inside;
        if (message.name != message.label)
            inside += "    static constexpr std::string_view label = \"" + message.label + "\";\n";
        std::vector<std::string> members;
        for (const MessageStruct::Member& member : message.members) {
            inside += "    " + member.type + ' ' + member.name + ";\n";
            members.push_back("self." + member.name);
        }
        if (message.says_members)
            inside += "    static auto members(auto& self) {\n" +
                      list_text("        return std::tie(", members, ");") + "    }\n";
        return "struct " + message.name + (inside.empty() ? " {};\n" : " {\n" + inside + "};\n");
    }

    std::string role_struct() {
        std::vector<std::string> states, peers;
        std::string text = "struct " + role_ + " {\n";
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const auto& transitions = in_.states[i].transitions;
            if (transitions.empty()) continue;
            states.push_back(names_[i]);
            text += "    struct " + names_[i] + ";\n";
        }
        for (const std::string& role : in_.roles) {
            if (talks_to(role)) peers.push_back(vocabulary_.role(role));
        }
        text += "\n    using Start = " + names_.front() + ";\n";
        text += "    using End = mpst::end<" + role_ + ">;\n";
        text += list_text("    using peers = mpst::roles<", peers, ">;");
        text += list_text("    using states = mpst::states<", states, ">;");
        text += "    static constexpr std::uint64_t protocol_hash = 0x" +
                hash_digits(origin_.hash) + "ULL;\n";
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (!in_.states[i].transitions.empty()) text += '\n' + state_text(i);
        }
        return text + "};\n";
    }
    [[nodiscard]] bool talks_to(const std::string& role) const {
        return std::any_of(in_.states.begin(), in_.states.end(), [&](const State& state) {
            return std::any_of(state.transitions.begin(), state.transitions.end(),
                               [&](const Transition& one) { return one.peer == role; });
        });
    }

    std::string state_text(std::size_t index) {
        const auto& transitions = in_.states[index].transitions;
        const std::string& name = names_[index];
        const bool is_send = transitions.front().is_send;
        const std::string peer = vocabulary_.role(transitions.front().peer);
        std::vector<std::string> arguments{name, role_, peer};
        for (const Transition& transition : transitions)
            arguments.push_back(way_text(transition, transitions.front().peer));
        return comment_text("    ", what_it_does(transitions, peer) + ' ' + where(transitions)) +
               "    struct [[nodiscard(\"" + role_ + "::" + name + " was not used\")]] " + name +
               '\n' +
               list_text(std::string("        : mpst::") + (is_send ? "sends<" : "receives<"),
                         arguments, "> {};");
    }

    // Where a state sends to several roles, each message that is not for the first says for whom.
    std::string way_text(const Transition& transition, const std::string& usual) {
        const std::string rest =
            vocabulary_.message(transition).name + ", " + names_[transition.to] + ">";
        if (transition.peer == usual) return "mpst::to<" + rest;
        return "mpst::towards<" + vocabulary_.role(transition.peer) + ", " + rest;
    }

    // "Sends Id to Server."
    std::string what_it_does(const std::vector<Transition>& transitions, const std::string& peer) {
        constexpr std::size_t most = 12;
        const bool is_send = transitions.front().is_send;
        std::string text = is_send ? "Sends " : "Waits for ";
        if (transitions.size() > most)
            text += "one of " + std::to_string(transitions.size()) + " messages";
        bool has_one_peer = true;
        for (const Transition& one : transitions)
            has_one_peer = has_one_peer && one.peer == transitions.front().peer;
        for (std::size_t i = 0; i < transitions.size() && transitions.size() <= most; ++i) {
            text += (i > 0 ? " or " : "") + vocabulary_.message(transitions[i]).name;
            if (!has_one_peer) text += " to " + vocabulary_.role(transitions[i].peer);
        }
        if (has_one_peer) text += (is_send ? " to " : " from ") + peer;
        if (transitions.size() > 1) text += is_send ? ", as it chooses" : ", which chooses";
        return text + '.';
    }
    // "(adder.scr:4, 7)"
    std::string where(const std::vector<Transition>& transitions) {
        std::set<std::uint32_t> lines;
        for (const Transition& transition : transitions)
            lines.insert(origin_.lines.of(transition.at.begin).line);
        std::string text;
        for (const std::uint32_t line : lines)
            text +=
                (text.empty() ? '(' + one_line(origin_.file) + ':' : ", ") + std::to_string(line);
        return text + ')';
    }

    const Automaton& in_;
    const Vocabulary& vocabulary_;
    const HeaderOrigin& origin_;
    const std::string& role_;
    std::vector<std::string> names_;  // by state
};

}  // namespace

std::optional<Refusal> refusal_of(const Automaton& automaton) {
    constexpr std::size_t most = 10'000;
    std::size_t messages = 0;
    for (const State& state : automaton.states) messages += state.transitions.size();
    if (messages > most)
        return Refusal{{},
                       "The role “" + automaton.role + "” has " + std::to_string(messages) +
                           " messages in its states; a C++ header holds at most " +
                           std::to_string(most) + ". Split the protocol into smaller ones."};
    return std::nullopt;
}

std::string header_text(const Automaton& automaton, const Vocabulary& vocabulary,
                        const HeaderOrigin& origin) {
    return HeaderWriter(automaton, vocabulary, origin).run();
}

}  // namespace mpst::compiler
