// SPDX-License-Identifier: AGPL-3.0-or-later
// Acknowledged means on the disk, whatever happens to the disk, the program or the power.
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/support/fault_vfs.hpp"
#include "tests/support/forgetful_disk.hpp"
#include "tests/unit/campaign/evening.hpp"

using namespace sz;
using namespace sz::test;

namespace {

Operation add_one() { return {thorn_id, strength, "add", Json::array({1}), {}}; }

// Strength began at 10: what is there now is how many of these actions the campaign holds.
int held(Evening& evening) { return evening.value(strength).get<int>() - 10; }

void check_whole(Evening& evening) {
    const Proof proof = verify_file(evening.file());
    INFO((proof.first_bad ? proof.first_bad->reason : ""));
    CHECK_FALSE(proof.first_bad);
}

}  // namespace

TEST_CASE(
    "when a write fails every caller is told, memory goes back to the disk, and the campaign goes "
    "on") {
    for (const int code : {SQLITE_FULL, SQLITE_IOERR_WRITE}) {
        int failures = 0;
        for (long n = 0; n < 12; ++n) {
            INFO("write " << n << " fails with " << code);
            FaultVfs vfs("fault-campaign");
            Evening evening({.vfs = vfs.name()});
            evening.begun();
            Evening::must(evening.act_as_gm({add_one()}));
            vfs.fail_after(n, code);
            int acknowledged = 1;
            int refused = 0;
            for (int i = 0; i < 5; ++i) {
                evening.host->act(evening.gm, {add_one()}, [&](const Result<Accepted>& result) {
                    acknowledged += result ? 1 : 0;
                    refused += result ? 0 : 1;
                    if (!result) {
                        CHECK(result.error().kind == ErrorKind::environment);
                    }
                });
            }
            evening.run();
            CHECK(acknowledged + refused == 6);
            failures += refused;
            vfs.repair();
            CHECK_FALSE(evening.host->is_broken());
            CHECK(held(evening) == acknowledged);
            Evening::must(evening.act_as_gm({add_one()}));
            CHECK(held(evening) == acknowledged + 1);
            REQUIRE(evening.reopen());
            CHECK(held(evening) == acknowledged + 1);
            check_whole(evening);
        }
        CHECK(failures > 0);
    }
}

TEST_CASE(
    "wherever the power goes, the campaign has what was acknowledged, and no half of anything") {
    bool survived = false;
    int deaths = 0;
    for (long n = 0; !survived; ++n) {
        INFO("the power goes at step " << n);
        REQUIRE(n < 400);
        ForgetfulDisk disk("forgetful-campaign");
        int acknowledged = 0;
        Evening evening({.vfs = disk.name()});
        evening.begun();
        disk.lose_power_after(n);
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 2; ++i) {
                evening.host->act(evening.gm, {add_one()}, [&](const Result<Accepted>& result) {
                    acknowledged += result ? 1 : 0;
                });
            }
            evening.run();
        }
        evening.close();  // checkpoints: the power may go in the middle of that
        survived = !disk.is_dead();
        deaths += disk.is_dead() ? 1 : 0;
        Ledger::Options plain;
        auto ledger = Ledger::open(evening.file(), plain);
        REQUIRE(ledger);
        auto loaded = (*ledger)->load();
        REQUIRE(loaded);
        // All that was acknowledged, and at most the one transaction that was being written: on
        // this disk SQLite fills the sector up after its sync, and whoever waited for the answer
        // went with the power.
        const auto* field = loaded->state.find_field(thorn_id, strength);
        REQUIRE(field != nullptr);
        const int there = field->value.get<int>() - 10;
        CHECK(there >= acknowledged);
        CHECK(there <= acknowledged + (disk.is_dead() ? 1 : 0));
        CHECK_FALSE(loaded->was_refolded);
        ledger->reset();
        check_whole(evening);
    }
    CHECK(deaths > 10);
}

TEST_CASE("a campaign whose beginning fails is not there, and nothing is left of it") {
    bool begun = false;
    for (long n = 0; !begun; ++n) {
        INFO("write " << n << " fails");
        REQUIRE(n < 200);
        FaultVfs vfs("fault-begin");
        Evening evening({.vfs = vfs.name()});
        vfs.fail_after(n, SQLITE_FULL);
        const auto accepted = evening.act_as_gm(
            {{campaign_id,
              "",
              "create",
              Json::array({{{"template", "Test/evening"}, {"name", "Nightfall"}}}),
              {}},
             {campaign_id,
              "",
              "member",
              Json::array(
                  {{{"id", evening.gm.key().client_id()}, {"name", "Mira"}, {"role", "gm"}}}),
              {}}});
        vfs.repair();
        begun = accepted.has_value();
        if (begun) break;
        CHECK(accepted.error().code == "SZ-CAMPAIGN-030");
        CHECK(evening.host->is_broken());
        CHECK(std::filesystem::is_empty(evening.folder.path()));
    }
}

namespace {

// The child: acts as fast as it can and writes one byte for each acknowledged action, until it is
// killed.
[[noreturn]] void act_until_killed(Evening& evening, int pipe_end) {
    while (true) {
        for (int i = 0; i < 3; ++i) {
            evening.host->act(evening.gm, {add_one()}, [&](const Result<Accepted>& result) {
                if (!result || ::write(pipe_end, "x", 1) != 1) ::_exit(1);
            });
        }
        evening.run();
    }
}

}  // namespace

TEST_CASE("killed at any moment, the campaign has every acknowledged action, once") {
    Evening evening;
    evening.begun();
    int acknowledged = 0;
    for (int round = 0; round < 12; ++round) {
        evening.close();
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(ends[0]);
            if (!evening.reopen()) ::_exit(1);
            act_until_killed(evening, ends[1]);
        }
        ::close(ends[1]);
        // Killed after so many acknowledgements: at another moment of its work in each round.
        char byte = 0;
        int heard = 0;
        for (int wanted = 1 + round * 7; heard < wanted && ::read(ends[0], &byte, 1) == 1;) ++heard;
        ::kill(child, SIGKILL);
        while (::read(ends[0], &byte, 1) == 1) ++heard;
        ::close(ends[0]);
        ::waitpid(child, nullptr, 0);
        acknowledged += heard;
        REQUIRE(evening.reopen());
        // What was committed but not yet heard of may be there too: at most one group of three.
        CHECK(held(evening) >= acknowledged);
        CHECK(held(evening) <= acknowledged + 3);
        acknowledged = held(evening);
        check_whole(evening);
    }
}
