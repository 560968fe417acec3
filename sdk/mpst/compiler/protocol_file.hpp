// SPDX-License-Identifier: AGPL-3.0-or-later
// A file that has been read and checked.
#pragma once

#include <sz/mpst/core/check.hpp>

#include <memory>
#include <optional>
#include <string>

#include "automaton.hpp"
#include "command.hpp"
#include "report.hpp"

namespace mpst::compiler {

// A file's bytes, few more than the limit; nothing, and a sentence on standard error, when it
// cannot be read.
[[nodiscard]] std::optional<std::string> read_text(const std::string& path, std::size_t bytes_max);

struct ProtocolFile {
    std::string path;
    std::string text;
    Lines lines;
    core::Check check;  // refers to `text`

    ProtocolFile(std::string where, std::string what, const core::Options& options)
        : path(std::move(where)), text(std::move(what)), lines(text), check(text, options) {
        check.run();
    }
    ProtocolFile(const ProtocolFile&) = delete;
    ProtocolFile& operator=(const ProtocolFile&) = delete;

    // nullptr when it cannot be read.
    [[nodiscard]] static std::unique_ptr<ProtocolFile> open(const std::string& path, bool is_fair);

    // The named protocol; the only one that is no part of others when `name` is empty. nullptr, and
    // a sentence on standard error, when there is none or several.
    [[nodiscard]] const core::Checked* find(const std::string& name) const;
};

// The automata of one role, or of all when `role` is empty; none, and a sentence on standard error,
// when there is no such role.
[[nodiscard]] std::vector<Automaton> automata_of(const ProtocolFile& file,
                                                 const core::Checked& protocol,
                                                 const std::string& role);

}  // namespace mpst::compiler
