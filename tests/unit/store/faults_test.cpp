// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/database.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/temp_dir.hpp"

using sz::Database;
using sz::Status;

namespace {

Status two_rows(Database& database, int first) {
    return database.transaction([&]() -> Status {
        SZ_TRY(database.execute("INSERT INTO t VALUES(?)", {std::int64_t{first}}));
        return database.execute("INSERT INTO t VALUES(?)", {std::int64_t{first + 1}});
    });
}

}  // namespace

TEST_CASE("whichever write fails, a transaction is there as a whole or not at all") {
    for (const int code : {SQLITE_FULL, SQLITE_IOERR_WRITE}) {
        bool committed = false;
        for (long n = 0; !committed; ++n) {
            INFO("write " << n << " fails with " << code);
            REQUIRE(n < 50);
            const sz::test::TempDir dir;
            sz::test::FaultVfs vfs("fault-store");
            {
                auto database = Database::open(dir / "a.sqlite", {.vfs = vfs.name()});
                REQUIRE(database);
                REQUIRE(database->script("CREATE TABLE t(a)"));
                REQUIRE(two_rows(*database, 1));
                vfs.fail_after(n, code);
                const Status second = two_rows(*database, 3);
                committed = second.has_value();
                if (!committed) {
                    CHECK(second.error().kind == sz::ErrorKind::environment);
                }
                vfs.repair();
                CHECK(database->integer("SELECT count(*) FROM t").value() == (committed ? 4 : 2));
            }
            auto again = Database::open(dir / "a.sqlite", {});
            REQUIRE(again);
            CHECK(again->integer("SELECT count(*) FROM t").value() == (committed ? 4 : 2));
        }
    }
}
