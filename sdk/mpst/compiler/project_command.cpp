// SPDX-License-Identifier: AGPL-3.0-or-later
#include <iostream>
#include <nlohmann/json.hpp>

#include "print_automaton.hpp"
#include "protocol_file.hpp"
#include "protocol_hash.hpp"

namespace mpst::compiler {

namespace {

int print_scribble(const std::vector<Automaton>& automata) {
    for (const Automaton& automaton : automata) {
        const auto text = scribble_text(automaton);
        if (!text) {
            std::cerr << "szmpst: The local protocol of “" << automaton.role
                      << "” is longer than 16 MiB as text. Take --format dot or json.\n";
            return at_fault;
        }
        std::cout << (&automaton == automata.data() ? "" : "\n") << *text;
    }
    return done;
}

}  // namespace

int project_command(const Arguments& arguments) {
    const auto file = ProtocolFile::open(arguments.files.front(), arguments.fair);
    if (file == nullptr) return environment;
    if (!file->check.findings().empty()) {
        print_findings(std::cerr, file->path, file->lines, file->check);
        return at_fault;
    }
    const core::Checked* protocol = file->find(arguments.protocol);
    if (protocol == nullptr) return usage;
    const auto automata = automata_of(*file, *protocol, arguments.role);
    if (automata.empty()) return usage;
    if (arguments.format.empty() || arguments.format == "scribble") return print_scribble(automata);
    if (arguments.format == "dot") {
        for (const Automaton& automaton : automata) std::cout << dot_text(automaton);
        return done;
    }
    // One role is an object, as a file for `compatible`; all are a list of them.
    nlohmann::json all = nlohmann::json::array();
    const std::string hash = hash_digits(
        protocol_hash(arguments.role.empty() ? automata : automata_of(*file, *protocol, {})));
    for (const Automaton& automaton : automata) {
        all.push_back(automaton_json(automaton, &file->lines));
        all.back()["protocolHash"] = hash;
    }
    std::cout << (arguments.role.empty() ? all : all.front()).dump(2) << '\n';
    return done;
}

}  // namespace mpst::compiler
