// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/pack_folders.hpp"

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;
using namespace sz::library;
namespace fs = std::filesystem;

namespace {

bool go_on(std::uint64_t, std::uint64_t, std::string_view) { return true; }

}  // namespace

TEST_CASE("what is put is what is read, and nothing else is listed") {
    const test::TempDir dir;
    RealDisk disk;
    PackFolders folders(dir.path(), disk);
    const PackFiles files{
        {"a/b/c.txt", std::string("\0x", 2)}, {"szpack.json", "{}"}, {"z.txt", ""}};
    REQUIRE(folders.put({"one", "1.0.0"}, files, go_on));
    REQUIRE(folders.put({"one", "1.0.1"}, files, go_on));
    const auto read = folders.read({"one", "1.0.0"});
    REQUIRE(read);
    REQUIRE(read->size() == 3);
    CHECK(read->at(0).path == "a/b/c.txt");
    CHECK(read->at(0).content == std::string("\0x", 2));
    CHECK(digest_of(*read) == digest_of(files));
    std::ofstream(dir / "stray.txt") << "x";
    fs::create_directories(dir / "one/not a version");
    fs::create_directories(dir / "one/3.0.0");  // without szpack.json
    CHECK(folders.list() == std::vector<PackName>{{"one", "1.0.0"}, {"one", "1.0.1"}});
}

TEST_CASE("putting where something is fails and leaves it") {
    const test::TempDir dir;
    RealDisk disk;
    PackFolders folders(dir.path(), disk);
    REQUIRE(folders.put({"one", "1.0.0"}, {{"szpack.json", "old"}}, go_on));
    CHECK(folders.put({"one", "1.0.0"}, {{"szpack.json", "new"}}, go_on).error().code ==
          "SZ-FILE-006");
    CHECK(folders.read({"one", "1.0.0"})->at(0).content == "old");
    CHECK_FALSE(folders.has_leftovers());
}

TEST_CASE("leftovers are swept and packs are not") {
    const test::TempDir dir;
    RealDisk disk;
    PackFolders folders(dir.path(), disk);
    REQUIRE(folders.put({"one", "1.0.0"}, {{"szpack.json", "{}"}}, go_on));
    fs::create_directories(dir / ".import-abc/objects");
    fs::create_directories(dir / ".removed-abc");
    CHECK(folders.has_leftovers());
    folders.sweep();
    CHECK_FALSE(folders.has_leftovers());
    CHECK(folders.list().size() == 1);
}

TEST_CASE("the digest depends on every path and every byte") {
    const std::string one = digest_of({{"a", "bc"}});
    CHECK(one != digest_of({{"ab", "c"}}));
    CHECK(one != digest_of({{"a", "bd"}}));
    CHECK(one != digest_of({{"a", "bc"}, {"d", ""}}));
    CHECK(one == digest_of({{"a", "bc"}}));
    CHECK(bytes_of({{"a", "bc"}, {"d", "e"}}) == 3);
}

TEST_CASE("paths that lead out of the folder are refused") {
    const test::TempDir dir;
    RealDisk disk;
    for (const char* path : {"../x", "a/../../x", "/tmp/x", ""}) {
        INFO(path);
        const Status written = write_files(
            disk, dir / ("f" + std::to_string(std::string(path).size())), {{path, "x"}}, go_on);
        REQUIRE_FALSE(written);
        CHECK(written.error().code == "SZ-LIB-024");
    }
    CHECK_FALSE(fs::exists(dir / "x"));
}
