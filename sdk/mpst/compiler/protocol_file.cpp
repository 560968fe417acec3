// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol_file.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace mpst::compiler {

std::optional<std::string> read_text(const std::string& path, std::size_t bytes_max) {
    std::error_code failed;
    std::ifstream in(path, std::ios::binary);
    // A folder opens, and then gives nothing.
    if (in && !std::filesystem::is_directory(path, failed)) {
        std::string text;
        char piece[4096];
        while (text.size() <= bytes_max && (in.read(piece, sizeof piece), in.gcount() > 0))
            text.append(piece, static_cast<std::size_t>(in.gcount()));
        if (!in.bad()) return text;
    }
    std::cerr << "szmpst: “" << path << "” cannot be read. Check its name and its permissions.\n";
    return std::nullopt;
}

std::unique_ptr<ProtocolFile> ProtocolFile::open(const std::string& path, bool is_fair) {
    core::Options options;
    options.is_fair = is_fair;
    auto text = read_text(path, options.limits.text_bytes);
    if (!text) return nullptr;
    return std::make_unique<ProtocolFile>(path, *std::move(text), options);
}

const core::Checked* ProtocolFile::find(const std::string& name) const {
    const core::Checked* found = nullptr;
    std::string names;
    for (const core::Checked& one : check.protocols()) {
        const std::string its(check.file().text(check.file().protocols[one.protocol].name.name));
        if (name.empty() ? check.protocols().size() == 1 : its == name) found = &one;
        names += (names.empty() ? "" : ", ") + its;
    }
    if (found != nullptr) return found;
    std::cerr << "szmpst: ";
    if (names.empty()) {
        std::cerr << path << " has no protocol that stands by itself (all are “aux”).\n";
    } else if (name.empty()) {
        std::cerr << path << " has several protocols. Choose with --protocol: " << names << ".\n";
    } else {
        std::cerr << path << " has no protocol “" << name << "”. There are: " << names << ".\n";
    }
    return nullptr;
}

std::vector<Automaton> automata_of(const ProtocolFile& file, const core::Checked& protocol,
                                   const std::string& role) {
    std::vector<Automaton> found;
    std::string names;
    const auto& declared = file.check.file().protocols[protocol.protocol].roles;
    for (core::Role i = 0; i < declared.size(); ++i) {
        const auto inside = file.check.file().text(declared[i].inside.name);
        const auto outside = file.check.file().text(declared[i].declared.name);
        names += (names.empty() ? "" : ", ") + std::string(inside);
        if (role.empty() || role == inside || role == outside)
            found.push_back(automaton_of(file.check.file(), protocol, i));
    }
    if (found.empty())
        std::cerr << "szmpst: There is no role “" << role << "”. There are: " << names << ".\n";
    return found;
}

}  // namespace mpst::compiler
