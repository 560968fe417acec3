// SPDX-License-Identifier: AGPL-3.0-or-later
// Several files of an author's folder changed together: all of them or none.
//
// The new contents are written beside the old ones under hidden names, then a list of them, then
// each takes its place by a rename. Until the list is there a crash leaves the old files; from then
// on the next call of finish_edit puts the rest in place. [worker-thread]
#pragma once

#include <string>
#include <vector>

#include "kernel/content/library/disk.hpp"
#include "kernel/content/tools/migrate.hpp"

namespace sz::library {

// SZ-LIB-035: a file is not what it was when it was read; nothing was changed. SZ-FILE-0xx: nothing
// was changed, or, when even taking back failed, what finish_edit will complete.
[[nodiscard]] Status edit_folder(Disk& disk, const std::filesystem::path& folder,
                                 const std::vector<tools::FileChange>& changes);

// Was an edit of this folder interrupted after its list was written?
[[nodiscard]] bool has_unfinished_edit(const std::filesystem::path& folder);

// Puts what is left of it in place. Only objects and szpack.json are ever touched, whatever the
// list says. SZ-LIB-036: the list cannot be read.
[[nodiscard]] Status finish_edit(Disk& disk, const std::filesystem::path& folder);

}  // namespace sz::library
