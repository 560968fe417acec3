// SPDX-License-Identifier: AGPL-3.0-or-later
// schemas/examples for plugin.json and bundle.json, read as the kernel reads them.
#include "kernel/plugin/manifest.hpp"
#include "tests/plugins_bad/faulty.hpp"
#include "tests/support/catch.hpp"

namespace fs = std::filesystem;
using namespace sz;
using namespace sz::test;

namespace {

std::vector<fs::path> examples(const std::string& folder) {
    std::vector<fs::path> files;
    for (const auto& entry :
         fs::directory_iterator(fs::path(SZ_REPOSITORY) / "schemas/examples" / folder))
        files.push_back(entry.path());
    return files;
}

Status read_as_bundle(const fs::path& file) {
    const TempDir dir;
    fs::copy_file(file, dir / "bundle.json");
    SZ_TRY(read_bundle(dir.path(), check_schema));
    return {};
}

}  // namespace

TEST_CASE("every valid example of a manifest is read, every invalid one is refused by the schema") {
    for (const auto& file : examples("valid/plugin")) {
        INFO(file.string());
        const auto manifest = parse_manifest(read_text(file), check_schema);
        CHECK(manifest);
    }
    for (const auto& file : examples("invalid/plugin")) {
        INFO(file.string());
        const auto manifest = parse_manifest(read_text(file), check_schema);
        REQUIRE_FALSE(manifest);
        CHECK(manifest.error().code == "SZ-PLUGIN-002");
    }
}

TEST_CASE("every valid example of a bundle is read, every invalid one is refused") {
    for (const auto& file : examples("valid/bundle")) {
        INFO(file.string());
        CHECK(read_as_bundle(file));
    }
    for (const auto& file : examples("invalid/bundle")) {
        INFO(file.string());
        CHECK_FALSE(read_as_bundle(file));
    }
}
