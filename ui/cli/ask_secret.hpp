// SPDX-License-Identifier: AGPL-3.0-or-later
// A secret is never a word on the command line, where others can read it: it stands in a file, or
// is typed unseen.
#pragma once

#include <string>

#include "kernel/base/result.hpp"

namespace sz::cli {

// The file's content without its line's end.
[[nodiscard]] Result<std::string> secret_in_file(const std::string& path);

// Asks on the terminal without showing what is typed. SZ-CLI-005 when there is no terminal;
// `option` could have given it in a file. SZ-CLI-010: Ctrl+C.
[[nodiscard]] Result<std::string> ask_secret(const std::string& question,
                                             const std::string& option = "--passphrase-file");

}  // namespace sz::cli
