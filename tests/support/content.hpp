// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the content that the repository does not hold stands, if it is there at all.
#pragma once

#include <cstdlib>
#include <filesystem>

namespace sz::test {

// SZ_CONTENT, or shared/content beside the repository. The folder that holds open5e-srd-2024.
// tests/szctl/szctl.py has the same rule.
inline std::filesystem::path content_folder() {
    const char* const named = std::getenv("SZ_CONTENT");
    if (named != nullptr && *named != '\0') return named;
    return std::filesystem::path(SZ_REPOSITORY).parent_path() / "shared" / "content";
}

}  // namespace sz::test
