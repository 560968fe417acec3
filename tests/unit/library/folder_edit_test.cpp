// SPDX-License-Identifier: AGPL-3.0-or-later
// All files of an edit or none, whatever step of it fails.
#include "kernel/content/library/folder_edit.hpp"

#include <fstream>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/library/faulty_disk.hpp"

using namespace sz;
using namespace sz::test;

namespace folder_edit_test {

namespace {

const std::vector<tools::FileChange> changes{
    {"objects/datasets/a.json", "old a", "new a"},
    {"objects/datasets/b.json", "old b", "new b"},
    {"szpack.json", "old pack", "new pack"},
};

void write(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

void fill(const std::filesystem::path& folder) {
    for (const auto& change : changes) write(folder / change.path, change.before);
}

// "old", "new" or "mixed".
std::string state_of(const std::filesystem::path& folder) {
    std::size_t old_ones = 0;
    std::size_t new_ones = 0;
    for (const auto& change : changes) {
        const auto text = read(folder / change.path);
        old_ones += text == change.before ? 1U : 0U;
        new_ones += text == change.after ? 1U : 0U;
    }
    if (old_ones == changes.size()) return "old";
    return new_ones == changes.size() ? "new" : "mixed";
}

std::size_t files_in(const std::filesystem::path& folder) {
    std::size_t files = 0;
    for (const auto& one : std::filesystem::recursive_directory_iterator(folder))
        files += one.is_regular_file() ? 1U : 0U;
    return files;
}

Status edit_with(const std::filesystem::path& folder, FaultyDisk::Plan plan,
                 long* steps = nullptr) {
    const auto shared = std::make_shared<FaultyDisk::Plan>(plan);
    FaultyDisk disk(shared);
    auto done = library::edit_folder(disk, folder, changes);
    if (steps != nullptr) *steps = shared->steps;
    return done;
}

}  // namespace

TEST_CASE("an edit of several files leaves the new ones and nothing else") {
    TempDir dir;
    fill(dir / "p");
    REQUIRE(edit_with(dir / "p", {}));
    CHECK(state_of(dir / "p") == "new");
    CHECK(files_in(dir / "p") == changes.size());
    CHECK_FALSE(library::has_unfinished_edit(dir / "p"));
}

TEST_CASE("a step that fails leaves the old files, all of them") {
    long steps = 0;
    {
        TempDir dir;
        fill(dir / "p");
        REQUIRE(edit_with(dir / "p", {}, &steps));
    }
    REQUIRE(steps > 12);
    for (long n = 0; n < steps; ++n) {
        INFO("step " << n << " of " << steps);
        TempDir dir;
        const auto folder = dir / "p";
        fill(folder);
        const auto done = edit_with(folder, {n, false, 0});
        CHECK_FALSE(done);
        // Past the last file only tidying can fail: then the next run has that left to do.
        if (library::has_unfinished_edit(folder)) {
            library::RealDisk disk;
            REQUIRE(library::finish_edit(disk, folder));
            CHECK(state_of(folder) == "new");
        } else {
            CHECK(state_of(folder) == "old");
        }
        CHECK(files_in(folder) == changes.size());
    }
}

TEST_CASE("a crash at any step is put right by the next run") {
    long steps = 0;
    {
        TempDir dir;
        fill(dir / "p");
        REQUIRE(edit_with(dir / "p", {}, &steps));
    }
    bool was_finished_later = false;
    for (long n = 0; n < steps; ++n) {
        INFO("step " << n << " of " << steps);
        TempDir dir;
        const auto folder = dir / "p";
        fill(folder);
        CHECK_FALSE(edit_with(folder, {n, true, 0}));
        library::RealDisk disk;
        if (library::has_unfinished_edit(folder)) {
            was_finished_later = true;
            REQUIRE(library::finish_edit(disk, folder));
            CHECK(state_of(folder) == "new");
            CHECK_FALSE(library::has_unfinished_edit(folder));
            CHECK(files_in(folder) == changes.size());
        } else {
            CHECK(state_of(folder) == "old");
            REQUIRE(library::edit_folder(disk, folder, changes));
            CHECK(state_of(folder) == "new");
            CHECK(files_in(folder) == changes.size());
        }
    }
    CHECK(was_finished_later);
}

TEST_CASE("a file that has changed since it was read stays its author's") {
    TempDir dir;
    fill(dir / "p");
    write(dir / "p/szpack.json", "mine");
    library::RealDisk disk;
    const auto done = library::edit_folder(disk, dir / "p", changes);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "SZ-LIB-035");
    CHECK(read(dir / "p/objects/datasets/a.json") == "old a");
    std::filesystem::remove(dir / "p/szpack.json");
    CHECK_FALSE(library::edit_folder(disk, dir / "p", changes));
}

TEST_CASE("a list that comes from elsewhere leads nowhere") {
    TempDir dir;
    library::RealDisk disk;
    for (const char* list :
         {"nonsense", "{}", R"({"files": 7})", R"({"files": [7]})", R"({"files": ["../x.json"]})",
          R"({"files": ["objects/../../x.json"]})", R"({"files": ["/etc/x.json"]})",
          R"({"files": ["objects/datasets/deeper/x.json"]})", R"({"files": ["README.md"]})"}) {
        INFO(list);
        const auto folder = dir / "p";
        fill(folder);
        write(folder / ".sz-edit.json", list);
        write(dir / ".x.json.sz-new", "evil");
        const auto done = library::finish_edit(disk, folder);
        REQUIRE_FALSE(done);
        CHECK(done.error().code == "SZ-LIB-036");
        CHECK_FALSE(std::filesystem::exists(dir / "x.json"));
        CHECK(state_of(folder) == "old");
    }
}

}  // namespace folder_edit_test
