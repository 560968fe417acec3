// SPDX-License-Identifier: AGPL-3.0-or-later
// Packs written for a person: build, unpack, import with an output.
#include <fstream>
#include <sstream>

#include "kernel/crypto/crypto.hpp"
#include "tests/unit/library/fixture.hpp"

using namespace sz::test;
using sz::Json;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

fs::path unpacked(LibraryFixture& library, const PackMaker& pack) {
    const fs::path folder = library.dir / "source";
    for (const auto& file : pack.files()) {
        fs::create_directories((folder / file.path).parent_path());
        std::ofstream(folder / file.path) << file.content;
    }
    return folder;
}

Texts names_in(const fs::path& folder) {
    Texts names;
    for (const auto& each : fs::directory_iterator(folder))
        names.push_back(each.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

TEST_CASE("a build writes the archive and tells its size and hash") {
    LibraryFixture library;
    const fs::path output = library.dir / "arms.szp";
    const auto built =
        library.task("pack.build", {{"dir", unpacked(library, arms())}, {"output", output}});
    REQUIRE(built);
    CHECK(built->at("ok") == true);
    CHECK(built->at("file") == output.string());
    CHECK(built->at("bytes") == fs::file_size(output));
    CHECK(built->at("sha256") == sz::sha256_hex(text_of(output)));
    CHECK(names_in(library.dir.path()) == Texts{"arms.szp", "profile", "source"});
    library.task("pack.import", {{"paths", {output}}}).value();
    CHECK(library.listed() == Texts{"org.example.arms@1.0.0"});
}

TEST_CASE("what is there is not written over, unless asked for") {
    LibraryFixture library;
    const fs::path output = library.dir / "arms.szp";
    std::ofstream(output) << "mine";
    const fs::path source = unpacked(library, arms());
    const auto refused = library.task("pack.build", {{"dir", source}, {"output", output}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-LIB-023");
    CHECK(text_of(output) == "mine");
    const auto forced =
        library.task("pack.build", {{"dir", source}, {"output", output}, {"force", true}});
    REQUIRE(forced);
    CHECK(text_of(output) != "mine");
    fs::create_directory(library.dir / "folder");
    CHECK(library
              .task("pack.build",
                    {{"dir", source}, {"output", library.dir / "folder"}, {"force", true}})
              .error()
              .code == "SZ-LIB-023");
    CHECK(library.task("pack.build", {{"dir", source}, {"output", library.dir / "no/arms.szp"}})
              .error()
              .code == "SZ-FILE-004");
    CHECK(library.task("pack.build", {{"dir", source}, {"output", "arms.szp"}}).error().code ==
          "SZ-LIB-026");
}

TEST_CASE("a build that fails leaves nothing, and not less than was there") {
    LibraryFixture library;
    const fs::path output = library.dir / "arms.szp";
    std::ofstream(output) << "mine";
    library.formats.write_fails = true;
    CHECK_FALSE(library.task(
        "pack.build", {{"dir", unpacked(library, arms())}, {"output", output}, {"force", true}}));
    CHECK(text_of(output) == "mine");
    CHECK(names_in(library.dir.path()) == Texts{"arms.szp", "profile", "source"});
}

TEST_CASE("a pack with an error is not built, and its faults are told") {
    LibraryFixture library;
    PackMaker pack = arms();
    pack.entry("weapons", "bad", "Bad", {{"topLevelFields", {{"n", field("Number", "x")}}}});
    const auto built = library.task(
        "pack.build", {{"dir", unpacked(library, pack)}, {"output", library.dir / "arms.szp"}});
    REQUIRE(built);
    CHECK(built->at("ok") == false);
    CHECK_FALSE(built->contains("file"));
    CHECK_FALSE(fs::exists(library.dir / "arms.szp"));
}

TEST_CASE("an archive is unpacked into a new folder or an empty one, faults and all") {
    LibraryFixture library;
    PackMaker pack = arms();
    pack.entry("weapons", "bad", "Bad", {{"topLevelFields", {{"n", field("Number", "x")}}}});
    const std::string file = pack.write(library.dir / "a.szp");
    const auto done = library.task("pack.unpack", {{"file", file}, {"dir", library.dir / "out"}});
    REQUIRE(done);
    CHECK(done->at("ok") == true);
    CHECK(done->at("files") == 5);
    for (const auto& each : pack.files())
        CHECK(text_of(library.dir / "out" / each.path) == each.content);
    CHECK(
        library.task("pack.unpack", {{"file", file}, {"dir", library.dir / "out"}}).error().code ==
        "SZ-LIB-023");
    fs::create_directory(library.dir / "empty");
    CHECK(library.task("pack.unpack",
                       {{"file", file}, {"dir", (library.dir / "empty").string() + "/"}}));
    CHECK(fs::exists(library.dir / "empty/szpack.json"));
    CHECK(names_in(library.dir.path()) == Texts{"a.szp", "empty", "out", "profile"});
}

TEST_CASE("an unpacked file never leaves its folder") {
    LibraryFixture library;
    const std::string file = PackMaker().file("../escaped.txt", "out").write(library.dir / "a.szp");
    CHECK_FALSE(library.task("pack.unpack", {{"file", file}, {"dir", library.dir / "out"}}));
    CHECK(names_in(library.dir.path()) == Texts{"a.szp", "profile"});
}

TEST_CASE("an import with an output converts and does not install") {
    LibraryFixture library;
    const fs::path output = library.dir / "converted.szp";
    const auto done = library.task(
        "pack.import", {{"paths", {arms().write(library.dir / "a.foreign")}}, {"output", output}});
    REQUIRE(done);
    CHECK(done->at("ok") == true);
    CHECK(done->at("file") == output.string());
    CHECK(done->at("read") == 5);
    CHECK(done->at("packs").at(0).at("entries") == 3);
    CHECK(fs::exists(output));
    CHECK(library.listed().empty());
    CHECK(library.told().empty());
    const std::string another = arms("2.0.0").write(library.dir / "b.szp");
    CHECK(library.task("pack.import", {{"paths", {another}}, {"output", output}}).error().code ==
          "SZ-LIB-023");
    CHECK(
        library
            .task("pack.import", {{"paths", {another, another}}, {"output", library.dir / "c.szp"}})
            .error()
            .code == "SZ-LIB-027");
}
