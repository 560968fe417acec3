// SPDX-License-Identifier: AGPL-3.0-or-later
// The files that the tidy test reads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sz::tidy {

struct Source {
    std::string path;  // from the repository's root, with '/'
    std::string text;  // empty for pictures
};
using Tree = std::vector<Source>;

inline constexpr const char* top_folders[] = {"sdk",     "kernel", "plugins", "ui",
                                              "schemas", "packs",  "tests"};

// This very repository: the top folders and the CMake files at its root.
[[nodiscard]] const Tree& repository();

[[nodiscard]] bool is_below(std::string_view path, std::string_view folder);  // or the same
[[nodiscard]] bool is_code(std::string_view path);                            // C or C++
[[nodiscard]] bool is_cmake(std::string_view path);
[[nodiscard]] bool is_test(std::string_view path);  // tests/…, and the tests/ of a plugin

// "a/b/c.cpp" → "a/b"; "c.cpp" → "".
[[nodiscard]] std::string folder_of(const std::string& path);
// `path` as seen from `folder`, without "." and "..".
[[nodiscard]] std::string resolved(const std::string& folder, const std::string& path);

[[nodiscard]] std::string joined(const std::vector<std::string>& lines);

}  // namespace sz::tidy
