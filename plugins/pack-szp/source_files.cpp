// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_files.hpp"

#include <algorithm>

namespace szp {

std::vector<SourceFile> choose_files(std::vector<SourceFile> found, const Limits& limits,
                                     Faults& faults) {
    NameSet names;
    std::vector<SourceFile> chosen;
    std::vector<std::string> left_out;
    std::vector<std::string> paths;
    for (auto& file : found) {
        if (!check_path(file.path, limits, faults) || !names.add(file.path, file.is_folder, faults))
            continue;
        if (is_left_out(file.path)) {
            left_out.push_back(file.path);
        } else if (!file.is_folder) {
            paths.push_back(file.path);
            chosen.push_back(std::move(file));
        }
    }
    note_left_out(left_out, faults);
    if (const auto folder = wrapping_folder(paths); !folder.empty()) {
        for (auto& file : chosen) file.path.erase(0, folder.size());
        faults.warning("SZ-SZP-025", "",
                       "The pack stands in the folder " + quote(folder) +
                           " instead of at the top; it was read from there.",
                       "Pack the content of that folder, not the folder.");
    }
    std::sort(chosen.begin(), chosen.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return chosen;
}

}  // namespace szp
