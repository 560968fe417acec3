// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/files.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;
using sz::test::TempDir;

namespace {

std::size_t names_in(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

unsigned mode_of(const fs::path& path) {
    return static_cast<unsigned>(fs::status(path).permissions()) & 0777U;
}

// Writing past `bytes` fails as on a full disk, for as long as this lives.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit now{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int);
};

}  // namespace

TEST_CASE("what was written is read again", "[files]") {
    const TempDir dir;
    const std::string content("a\0b\n", 4);
    REQUIRE(write_file(dir / "x", content));
    CHECK(read_file(dir / "x", 100).value() == content);
    REQUIRE(write_file(dir / "x", ""));
    CHECK(read_file(dir / "x", 0).value().empty());
}

TEST_CASE("a file is read at the limit and refused one past it", "[files]") {
    const TempDir dir;
    REQUIRE(write_file(dir / "x", "12345"));
    CHECK(read_file(dir / "x", 5));
    CHECK(read_file(dir / "x", 4).error().code == "SZ-FILE-002");
}

TEST_CASE("a file whose size the system does not tell is read to its end", "[files]") {
    const auto text = read_file("/proc/self/status", 1'000'000);
    REQUIRE(text);
    CHECK_THAT(*text, ContainsSubstring("Pid:"));
    CHECK(read_file("/proc/self/status", 10).error().code == "SZ-FILE-002");
}

TEST_CASE("a missing file, a folder and a pipe cannot be read, and nothing waits for the pipe",
          "[files]") {
    const TempDir dir;
    CHECK(read_file(dir / "none", 5).error().code == "SZ-FILE-001");
    CHECK_THAT(read_file(dir / "none", 5).error().message, ContainsSubstring("it does not exist"));
    CHECK(read_file(dir.path(), 5).error().code == "SZ-FILE-001");
    REQUIRE(::mkfifo((dir / "pipe").c_str(), 0600) == 0);
    CHECK(read_file(dir / "pipe", 5).error().code == "SZ-FILE-001");
}

TEST_CASE("a secret file belongs to its user alone", "[files]") {
    const TempDir dir;
    REQUIRE(write_file(dir / "x", "1"));
    REQUIRE(write_file(dir / "x", "2", FileMode::secret));
    CHECK(mode_of(dir / "x") == 0600);
}

TEST_CASE("a write that fails half way leaves the old content and no rubbish", "[files]") {
    const TempDir dir;
    REQUIRE(write_file(dir / "x", "the old content"));
    Status written;
    {
        const FileSizeLimit limit(64);
        written = write_file(dir / "x", std::string(1000, 'n'));
    }
    REQUIRE(!written);
    CHECK(written.error().code == "SZ-FILE-004");
    CHECK(written.error().kind == ErrorKind::environment);
    CHECK(read_file(dir / "x", 100).value() == "the old content");
    CHECK(names_in(dir.path()) == 1);
}

TEST_CASE("a file cannot be written over a folder", "[files]") {
    const TempDir dir;
    REQUIRE(make_folder(dir / "x"));
    CHECK(write_file(dir / "x", "1").error().code == "SZ-FILE-004");
    CHECK(names_in(dir.path()) == 1);
}

TEST_CASE("a private folder is private, also when it was there before", "[files]") {
    const TempDir dir;
    REQUIRE(make_folder(dir.path() / "a" / "b", true));
    CHECK(mode_of(dir.path() / "a" / "b") == 0700);
    REQUIRE(make_folder(dir / "c"));
    fs::permissions(dir / "c", fs::perms::all);
    REQUIRE(make_folder(dir / "c", true));
    CHECK(mode_of(dir / "c") == 0700);
}

TEST_CASE("a folder cannot be made where a file is", "[files]") {
    const TempDir dir;
    REQUIRE(write_file(dir / "x", "1"));
    CHECK(make_folder(dir / "x").error().code == "SZ-FILE-005");
    CHECK(make_folder(dir / "x", true).error().code == "SZ-FILE-005");
    CHECK(make_folder(dir.path() / "x" / "y").error().code == "SZ-FILE-005");
}

TEST_CASE("a temporary folder goes with everything in it", "[files]") {
    const TempDir dir;
    {
        const auto temp = TempFolder::create(dir.path(), "import-");
        REQUIRE(temp);
        CHECK(temp->path().filename().string().rfind("import-", 0) == 0);
        REQUIRE(write_file(temp->path() / "x", "1"));
    }
    CHECK(names_in(dir.path()) == 0);
}

TEST_CASE("a finished temporary folder takes its place, but never another one's", "[files]") {
    const TempDir dir;
    auto first = TempFolder::create(dir.path(), "t-");
    auto second = TempFolder::create(dir.path(), "t-");
    REQUIRE(first);
    REQUIRE(second);
    REQUIRE(first->keep_as(dir / "done"));
    CHECK(second->keep_as(dir / "done").error().code == "SZ-FILE-006");
    CHECK(fs::is_directory(dir / "done"));
}

TEST_CASE("a temporary folder needs a parent", "[files]") {
    const TempDir dir;
    CHECK(TempFolder::create(dir / "none", "t-").error().code == "SZ-FILE-005");
}
