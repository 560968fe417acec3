// SPDX-License-Identifier: AGPL-3.0-or-later
#include <unistd.h>

#include "kernel/base/files.hpp"
#include "kernel/base/sys/file_lock.hpp"
#include "kernel/base/sys/local_socket.hpp"
#include "kernel/base/sys/mapped_page.hpp"
#include "kernel/base/sys/process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;
using sz::test::TempDir;

TEST_CASE("a locked file says who has it, and is free when its owner is gone", "[sys]") {
    const TempDir dir;
    {
        const auto first = sys::lock_file(dir / "lock");
        REQUIRE(first);
        const auto second = sys::lock_file(dir / "lock");
        REQUIRE(!second);
        CHECK(second.error() == std::errc::resource_unavailable_try_again);
        CHECK(sys::lock_owner(dir / "lock") == ::getpid());
    }
    CHECK(sys::lock_file(dir / "lock"));
    CHECK(sys::lock_owner(dir / "none") == 0);
}

TEST_CASE("what was written to a mapped page is in its file", "[sys]") {
    const TempDir dir;
    {
        const auto page = sys::MappedPage::open(dir / "page", 16);
        REQUIRE(page);
        REQUIRE(page->bytes().size() == 16);
        page->bytes()[3] = std::byte{'x'};
    }
    CHECK(read_file(dir / "page", 100).value() ==
          std::string("\0\0\0x", 4) + std::string(12, '\0'));
    const auto again = sys::MappedPage::open(dir / "page", 16);
    REQUIRE(again);
    CHECK(again->bytes()[3] == std::byte{'x'});
}

TEST_CASE("a socket's address is its path when that fits, and short when it does not", "[sys]") {
    const TempDir dir;
    CHECK(sys::SocketAddress::of("/run/x.sock")->text() == "/run/x.sock");
    const auto deep = dir.path() / std::string(120, 'd');
    REQUIRE(make_folder(deep));
    const auto address = sys::SocketAddress::of(deep / "bus.sock");
    REQUIRE(address);
    CHECK(address->text().size() < 108);
    CHECK(fs::equivalent(fs::path(address->text()).parent_path(), deep));
    CHECK(!sys::SocketAddress::of(dir.path() / std::string(120, 'n') / "bus.sock"));
}

TEST_CASE("a program knows its own path", "[sys]") {
    CHECK(sys::executable_path().filename() == "unit_base");
}
