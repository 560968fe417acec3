// SPDX-License-Identifier: AGPL-3.0-or-later
#include <filesystem>

#include "kernel/app/profile.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

TEST_CASE("plugins and packs are looked for beside the folder of the program", "[app]") {
    const std::filesystem::path build = SZ_BUILD;
    const auto paths = install_paths();
    if (std::filesystem::is_directory(build / "plugins")) {
        CHECK(paths.plugins == build / "plugins");
        CHECK(paths.packs == build / "packs");
    } else {
        CHECK(paths.plugins == build / "lib/sessionzero/plugins");
        CHECK(paths.packs == build / "share/sessionzero/packs");
    }
}
