// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "source.hpp"
#include "tests/support/catch.hpp"

using namespace szp;
using namespace szp::test;
namespace fs = std::filesystem;

namespace {

void put_pack(const fs::path& folder) {
    put_file(folder / "szpack.json", "{}");
    put_file(folder / "objects/datasets/a.json", "{\"id\": \"a\"}");
    put_file(folder / "media/images/x/y.png", "picture");
}

}  // namespace

TEST_CASE("a folder gives its files in order of their names") {
    const sz::test::TempDir folder;
    put_pack(folder.path());
    const auto outcome = read(folder.path());
    CHECK(outcome.status == SZ_OK);
    CHECK(outcome.codes() == Strings{});
    CHECK(outcome.order ==
          Strings{"media/images/x/y.png", "objects/datasets/a.json", "szpack.json"});
    CHECK(outcome.packs.at(0).at("media/images/x/y.png") == "picture");
}

TEST_CASE("hidden files of a folder are left out and named in one note") {
    const sz::test::TempDir folder;
    put_pack(folder.path());
    put_file(folder / ".git/objects/00/1234", "not ours");
    put_file(folder / "objects/datasets/a.json~", "old");
    put_file(folder / "media/.DS_Store", "");
    fs::create_symlink("nowhere", folder / ".#lock");  // some editors lock a file so
    const auto outcome = read(folder.path());
    CHECK(outcome.status == SZ_OK);
    CHECK(outcome.order.size() == 3);
    CHECK(outcome.codes() == Strings{"SZ-SZP-026", "SZ-SZP-026"});
    CHECK(outcome.findings[0].severity == SZ_SEVERITY_NOTE);
    CHECK(outcome.findings[0].message ==
          "Hidden files and the copies of editors were left out: “.#lock”, “.git”.");
    CHECK(outcome.findings[1].message ==
          "Hidden files and the copies of editors were left out: “media/.DS_Store”, "
          "“objects/datasets/a.json~”.");
}

TEST_CASE("the schemas for an author's editor are left out without a word") {
    const sz::test::TempDir folder;
    put_pack(folder.path());
    put_file(folder / ".schemas/szpack.json", "{}");
    const auto outcome = read(folder.path());
    CHECK(outcome.codes() == Strings{});
    CHECK(outcome.order.size() == 3);
    put_file(folder / "media/.schemas", "no folder");
    CHECK(read(folder.path()).codes() == Strings{"SZ-SZP-026"});
}

TEST_CASE("links and devices in a folder are refused, not followed") {
    const sz::test::TempDir folder;
    put_pack(folder.path());
    fs::create_symlink("/etc/passwd", folder / "objects/datasets/b.json");
    fs::create_directory_symlink("/", folder / "root");
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    const auto outcome = read(folder.path());
    CHECK(outcome.status == SZ_ERR_INVALID);
    CHECK(outcome.codes() == Strings{"SZ-SZP-016", "SZ-SZP-016", "SZ-SZP-016"});
    CHECK(outcome.packs.empty());
}

TEST_CASE("a folder has limits like an archive") {
    const sz::test::TempDir folder;
    put_pack(folder.path());
    Limits limits;
    limits.files = 7;  // three files in four folders
    CHECK(read(folder.path(), limits).status == SZ_OK);
    limits.files = 6;
    CHECK(read(folder.path(), limits).codes() == Strings{"SZ-SZP-005"});
    limits = {};
    limits.file_bytes = 11;
    CHECK(read(folder.path(), limits).status == SZ_OK);
    limits.file_bytes = 10;
    CHECK(read(folder.path(), limits).codes() == Strings{"SZ-SZP-006"});
    limits = {};
    limits.total_bytes = 20;  // 2 + 11 + 7
    CHECK(read(folder.path(), limits).status == SZ_OK);
    limits.total_bytes = 19;
    CHECK(read(folder.path(), limits).codes() == Strings{"SZ-SZP-007"});
    limits = {};
    limits.path_parts = 4;
    CHECK(read(folder.path(), limits).status == SZ_OK);
    limits.path_parts = 3;
    CHECK(read(folder.path(), limits).codes() == Strings{"SZ-SZP-010"});
}

TEST_CASE("a folder that is deeper than can be walked is refused") {
    const sz::test::TempDir folder;
    put_pack(folder.path());
    auto deep = folder.path();
    for (int i = 0; i < 40; ++i) deep /= "d";
    put_file(deep / "x.png", "");
    const auto outcome = read(folder.path());
    CHECK(outcome.status == SZ_ERR_LIMIT);
    CHECK(outcome.codes().front() == "SZ-SZP-010");
}

TEST_CASE("names that could not be packed are refused in a folder too") {
    const sz::test::TempDir folder;
    put_pack(folder.path());
    put_file(folder / "a\\b", "");
    put_file(folder / "Media.png", "");
    put_file(folder / "media.PNG", "");
    put_file(folder / "x\nname", "");
    const auto outcome = read(folder.path());
    CHECK(outcome.status == SZ_ERR_INVALID);
    CHECK(outcome.codes() == Strings{"SZ-SZP-015", "SZ-SZP-018", "SZ-SZP-012"});
}

TEST_CASE("what cannot be read is the environment's fault") {
    const sz::test::TempDir folder;
    CHECK(read(folder / "no-such-folder").status == SZ_ERR_ENVIRONMENT);
    if (::geteuid() == 0) SKIP("the superuser may read everything");
    put_pack(folder.path());
    fs::permissions(folder / "szpack.json", fs::perms::none);
    const auto outcome = read(folder.path());
    CHECK(outcome.status == SZ_ERR_ENVIRONMENT);
    CHECK(outcome.codes() == Strings{"SZ-SZP-001"});
}

TEST_CASE("a pack that stands one folder deeper is found") {
    const sz::test::TempDir folder;
    put_pack(folder / "my-pack");
    const auto outcome = read(folder.path());
    CHECK(outcome.status == SZ_OK);
    CHECK(outcome.codes() == Strings{"SZ-SZP-025"});
    CHECK(outcome.order ==
          Strings{"media/images/x/y.png", "objects/datasets/a.json", "szpack.json"});
}

TEST_CASE("a path is told to be a pack by its name and its first bytes") {
    const sz::test::TempDir folder;
    const SzpFormat format;
    const auto probe = [&](const std::string& name) {
        return format.probe((folder / name).string());
    };
    put_file(folder / "a.szp", "PK\3\4...");
    put_file(folder / "b.SZPACK", "PK\3\4...");
    put_file(folder / "broken.szp", "");
    put_file(folder / "c.zip", "PK\3\4...");
    put_file(folder / "d.json", "{}");
    put_pack(folder / "pack");
    put_pack(folder / "outer/pack");
    fs::create_directories(folder / "begun/objects");
    put_file(folder / "other/Document.json", "[]");
    CHECK(probe("a.szp") == 100);
    CHECK(probe("b.SZPACK") == 100);
    CHECK(probe("broken.szp") == 60);
    CHECK(probe("c.zip") == 40);
    CHECK(probe("d.json") == 0);
    CHECK(probe("pack") == 100);
    CHECK(probe("outer") == 60);
    CHECK(probe("begun") == 50);
    CHECK(probe("other") == 0);
    CHECK(probe("nothing") == 0);
}
