// SPDX-License-Identifier: AGPL-3.0-or-later
// Pipes where a file should be: opening one waits until somebody writes to it.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source.hpp"
#include "tests/support/catch.hpp"

using namespace szp;
using namespace szp::test;

namespace {

// Held open and full of bytes, so that reading it would not wait but go wrong.
class Pipe {
  public:
    Pipe(const std::filesystem::path& path, const std::string& content) {
        REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
        end_ = ::open(path.c_str(), O_RDWR | O_NONBLOCK);
        REQUIRE(end_ >= 0);
        REQUIRE(::write(end_, content.data(), content.size()) ==
                static_cast<ssize_t>(content.size()));
    }
    ~Pipe() { ::close(end_); }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

  private:
    int end_ = -1;
};

int probe(const std::filesystem::path& path) { return SzpFormat().probe(path.string()); }

}  // namespace

TEST_CASE("a pipe is no archive, whatever comes out of it") {
    const sz::test::TempDir dir;
    const Pipe pipe(dir / "a.szp", "PK\3\4");
    CHECK(probe(dir / "a.szp") == 0);
    CHECK(read(dir / "a.szp").is_refused_with("SZ-SZP-016"));
}

TEST_CASE("a folder whose szpack.json is a pipe or a link is no pack's folder") {
    const sz::test::TempDir dir;
    std::filesystem::create_directory(dir / "pipe");
    const Pipe pipe(dir / "pipe/szpack.json", "{}");
    CHECK(probe(dir / "pipe") == 0);
    CHECK(read(dir / "pipe").is_refused_with("SZ-SZP-016"));
    put_file(dir / "real.json", "{}");
    std::filesystem::create_directory(dir / "link");
    std::filesystem::create_symlink(dir / "real.json", dir / "link/szpack.json");
    CHECK(probe(dir / "link") == 0);
}

TEST_CASE("a link to an archive that a person gives is followed") {
    const sz::test::TempDir dir;
    REQUIRE(write({{"szpack.json", "{}"}}, dir / "a.szp").status == SZ_OK);
    std::filesystem::create_symlink(dir / "a.szp", dir / "b.szp");
    CHECK(probe(dir / "b.szp") == 100);
    CHECK(read(dir / "b.szp").status == SZ_OK);
}
