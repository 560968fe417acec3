// SPDX-License-Identifier: AGPL-3.0-or-later
// Automata from JSON, as `project --format json` prints them: an object, or a list of them.
//
// {"role": text, "states": [{"id": number, "transitions": [{"action": "send" | "receive",
//   "peer": text, "label": text, "to": number}]}]}
//
// and, where it is wished: "protocol", "roles": [text], "initial": number (else the first state is
// the beginning); in a state "name", "kind"; in a transition "payload": [text], "line".
#pragma once

#include <sz/mpst/core/machines.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "json_tree.hpp"
#include "report.hpp"

namespace mpst::compiler {

struct JsonFile {
    std::string path;
    std::string text;
    Lines lines;
    JsonTree tree;

    JsonFile(std::string where, std::string what)
        : path(std::move(where)), text(std::move(what)), lines(text) {}
};

// A value in one of the files.
struct Spot {
    std::uint32_t file = core::none;
    std::uint32_t byte = 0;
    std::string pointer;
};

// What is wrong with the data.
struct DataFault {
    core::Fault what{};
    Spot at;
    std::array<std::string, 3> words;  // what the sentence names
    std::optional<Spot> other;         // the second place involved
};

struct Automata {
    std::vector<std::unique_ptr<JsonFile>> files;
    core::Names names;
    core::Lists payloads;  // names of types

    // By role.
    struct Machine {
        core::Name role = core::none;
        std::uint32_t file = 0;
        JsonTree::Index value = 0;
        std::vector<JsonTree::Index> states;       // by number; the first is the beginning
        std::vector<JsonTree::Index> transitions;  // by edge
    };
    std::vector<Machine> machines;
    std::vector<core::Local> locals;

    std::vector<DataFault> faults;
    bool has_more = false;  // faults than are kept

    [[nodiscard]] Spot spot(std::uint32_t file, JsonTree::Index value) const {
        const JsonTree& tree = files[file]->tree;
        return {file, tree.byte(value), tree.pointer(value)};
    }
};

struct Source {
    std::string path, text;
};

// With faults, `locals` are not complete. A text of more than `limits.text_bytes` is a fault.
[[nodiscard]] std::unique_ptr<Automata> read_automata(std::vector<Source> sources,
                                                      const core::Limits& limits);

}  // namespace mpst::compiler
