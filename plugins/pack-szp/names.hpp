// SPDX-License-Identifier: AGPL-3.0-or-later
// Which names the files of a pack may have. What passes here can be written on every system and
// never leaves its folder.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "faults.hpp"
#include "limits.hpp"

namespace szp {

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

// What editors, version control and desktops leave in folders: ".git", ".DS_Store", "x~",
// "__MACOSX", …  Any part of the path.
[[nodiscard]] bool is_left_out(std::string_view path);

// The schemas that “szctl pack new” puts into an author's folder, for the author's editor.
[[nodiscard]] bool is_for_editors(std::string_view path);

// Reports what is wrong with one path ('/' between parts, none at its end). True when nothing is.
[[nodiscard]] bool check_path(std::string_view path, const Limits& limits, Faults& faults);

// Finds names that are the same, or would be on a system that does not tell upper from lower case,
// and files that stand where another path needs a folder.
class NameSet {
  public:
    // Reports a collision with an earlier path. True when there is none.
    bool add(const std::string& path, bool is_folder, Faults& faults);

  private:
    struct Seen {
        std::string path;  // as it was first written
        bool is_folder;
        bool is_own;  // named itself, not only as the folder of another path
    };
    std::unordered_map<std::string, Seen> seen_;  // by the path in lower case
};

// The folder that all paths stand in and that holds szpack.json ("my-pack/"), when the top has
// none. Else empty.
[[nodiscard]] std::string wrapping_folder(const std::vector<std::string>& paths);

// Says in one note what was left out.
void note_left_out(const std::vector<std::string>& paths, Faults& faults);

}  // namespace szp
