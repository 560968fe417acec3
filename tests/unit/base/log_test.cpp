// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/log.hpp"

#include <algorithm>

#include "kernel/base/files.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;
using sz::test::TempDir;

namespace {

struct OpenLog {
    OpenLog(const fs::path& folder, log::Level level) { log::open(folder, level); }
    ~OpenLog() { log::close(); }
    OpenLog(const OpenLog&) = delete;
    OpenLog& operator=(const OpenLog&) = delete;
};

}  // namespace

TEST_CASE("a line of the log has a time, a level, a source and a message", "[log]") {
    const TempDir dir;
    {
        const OpenLog open(dir.path(), log::Level::info);
        log::warning("content", "A pack is odd.");
    }
    const auto text = read_file(dir / "sessionzero.log", 10'000).value();
    REQUIRE(text.size() > 25);
    CHECK(text[10] == 'T');
    CHECK(text.substr(24) == " warning content A pack is odd.\n");
}

TEST_CASE("what is below the level is not written", "[log]") {
    const TempDir dir;
    {
        const OpenLog open(dir.path(), log::Level::info);
        log::debug("content", "too much");
        log::info("content", "enough");
    }
    const auto text = read_file(dir / "sessionzero.log", 10'000).value();
    CHECK(text.find("too much") == std::string::npos);
    CHECK_THAT(text, ContainsSubstring("enough"));
}

TEST_CASE("a message from outside cannot write lines of its own", "[log]") {
    const TempDir dir;
    {
        const OpenLog open(dir.path(), log::Level::info);
        log::error("plugin:a b", "x\n2026-01-01T00:00:00.000Z info kernel forged\x1b[2J");
    }
    const auto text = read_file(dir / "sessionzero.log", 10'000).value();
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK_THAT(text, ContainsSubstring("error plugin:a\\x20b x\\x0a2026"));
    CHECK_THAT(text, ContainsSubstring("forged\\x1b[2J"));
}

TEST_CASE("a log folder that cannot be written stops nothing", "[log]") {
    const TempDir dir;
    const OpenLog open(dir.path() / "missing", log::Level::error);
    log::info("content", "nobody hears this");
    CHECK(!fs::exists(dir.path() / "missing"));
}
