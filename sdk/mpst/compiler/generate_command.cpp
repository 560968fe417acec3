// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>

#include "protocol_file.hpp"
#include "protocol_hash.hpp"
#include "write_header.hpp"

namespace mpst::compiler {

namespace {

namespace fs = std::filesystem;

// Empty when it is none, after a sentence on standard error.
std::string name_space_of(const std::string& typed, const std::string& protocol) {
    if (typed.empty()) return cpp_namespace(protocol);
    for (std::size_t at = 0; at <= typed.size();) {
        const std::size_t end = std::min(typed.find("::", at), typed.size());
        const std::string part = typed.substr(at, end - at);
        if (!is_cpp_name(part) || part == "std" || part == "mpst") {
            std::cerr << "szmpst: “" << typed << "” is no namespace to write into: “" << part
                      << "” is not a name of C++, or taken.\n";
            return {};
        }
        at = end + 2;
    }
    return typed;
}

void print(const ProtocolFile& file, const Refusal& refusal) {
    const Position at = file.lines.of(refusal.at.begin);
    std::cerr << file.path << ':' << at.line << ':' << at.column << ": error: " << refusal.sentence
              << '\n';
}

// Nothing that depends on it is made again when it stays as it is; nobody sees half of it.
bool write_changed(const fs::path& path, const std::string& text) {
    std::error_code failed;
    if (fs::is_regular_file(path, failed) && fs::file_size(path, failed) == text.size()) {
        std::ifstream in(path, std::ios::binary);
        const std::string known{std::istreambuf_iterator<char>(in), {}};
        if (in && known == text) return true;
    }
    fs::path fresh = path;
    fresh += '.' + std::to_string(std::random_device{}()) + ".new";
    std::ofstream out(fresh, std::ios::binary);
    out << text;
    out.close();
    if (out) fs::rename(fresh, path, failed);
    if (out && !failed) return true;
    fs::remove(fresh, failed);
    return false;
}

// Headers of roles that the protocol had once: who includes them is to learn that they are gone.
void remove_others(const fs::path& folder, const std::vector<Automaton>& automata) {
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        const bool is_role =
            std::any_of(automata.begin(), automata.end(), [&entry](const Automaton& automaton) {
                return entry.path().filename() == file_name(automaton.role) + ".hpp";
            });
        if (is_role || entry.path().extension() != ".hpp") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string begin(header_begin.size(), '\0');
        in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
        if (begin == header_begin) fs::remove(entry.path(), failed);
    }
}

// Two protocols of a file whose names differ in what a file's name cannot tell would write into one
// folder.
bool is_alone(const ProtocolFile& file, const std::string& name) {
    for (const core::Checked& one : file.check.protocols()) {
        const std::string other(
            file.check.file().text(file.check.file().protocols[one.protocol].name.name));
        if (other == name || file_name(other) != file_name(name)) continue;
        std::cerr << "szmpst: The protocols “" << name << "” and “" << other
                  << "” would be written into one folder. Call one of them otherwise.\n";
        return false;
    }
    return true;
}

int write_headers(const fs::path& folder, const std::vector<Automaton>& automata,
                  const std::vector<std::string>& texts) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    for (std::size_t i = 0; i < automata.size(); ++i) {
        const fs::path path = folder / (file_name(automata[i].role) + ".hpp");
        if (!failed && write_changed(path, texts[i])) continue;
        std::cerr << "szmpst: “" << path.string()
                  << "” cannot be written. Check the permissions and the room of its folder.\n";
        return environment;
    }
    return done;
}

}  // namespace

int generate_command(const Arguments& arguments) {
    if (arguments.out.empty()) {
        std::cerr << "szmpst: “generate” wants a folder to write to: --out DIR.\n";
        return usage;
    }
    const auto file = ProtocolFile::open(arguments.files.front(), arguments.fair);
    if (file == nullptr) return environment;
    if (!file->check.findings().empty()) {
        print_findings(std::cerr, file->path, file->lines, file->check);
        return at_fault;
    }
    const core::Checked* protocol = file->find(arguments.protocol);
    if (protocol == nullptr) return usage;
    const auto all = automata_of(*file, *protocol, {});
    const auto automata = automata_of(*file, *protocol, arguments.role);
    if (automata.empty()) return usage;
    const std::string& name = all.front().protocol;
    const std::string name_space = name_space_of(arguments.name_space, name);
    if (name_space.empty()) return usage;
    if (!is_alone(*file, name)) return at_fault;

    std::vector<Refusal> refusals;
    for (const Automaton& automaton : automata) {
        if (auto refusal = refusal_of(automaton)) refusals.push_back(*std::move(refusal));
    }
    const auto vocabulary = Vocabulary::create(file->check.file(), *protocol, all, refusals);
    for (const Refusal& refusal : refusals) print(*file, refusal);
    if (!refusals.empty() || !vocabulary) return at_fault;

    const HeaderOrigin origin{fs::path(file->path).filename().string(), file->lines, name_space,
                              protocol_hash(all)};
    std::vector<std::string> texts;
    for (const Automaton& automaton : automata)
        texts.push_back(header_text(automaton, *vocabulary, origin));
    const fs::path folder = fs::path(arguments.out) / file_name(name);
    const int code = write_headers(folder, automata, texts);
    if (code == done && automata.size() == all.size()) remove_others(folder, automata);
    return code;
}

}  // namespace mpst::compiler
