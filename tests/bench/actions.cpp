// SPDX-License-Identifier: AGPL-3.0-or-later
// Actions signed, checked, committed and answered, against SQLite alone writing as many bytes with
// the same durability.
#include <sqlite3.h>

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

#include "tests/bench/measure.hpp"

namespace sz::bench {

namespace {

constexpr int per_group = 64;

struct Campaign {
    std::unique_ptr<Profile> profile;
    std::string character;
    std::string path;
};

Campaign begin(const Setup& setup) {
    Campaign campaign{new_profile(setup, "actions"), {}, {}};
    const std::filesystem::path pack =
        std::filesystem::path(SZ_REPOSITORY) / "tests" / "bench" / "pack";
    (void)run_task(*campaign.profile, "pack.import", Json{{"paths", Json::array({pack.string()})}});
    Bus& bus = campaign.profile->bus();
    const Json made = must(
        bus.call_and_wait("campaign.new", Json{{"template", "Bench/evening"}, {"name", "Bench"}}));
    const Json character = must(bus.call_and_wait(
        "character.new",
        Json{{"campaign", made.at("id")}, {"template", "Bench/hero"}, {"name", "Runner"}}));
    campaign.character = character.at("id").get<std::string>();
    campaign.path = "core.stats.hits";
    return campaign;
}

Json one_action(const Campaign& campaign) {
    return Json{{"id", campaign.character},
                {"path", campaign.path},
                {"op", "add"},
                {"args", Json::array({1})}};
}

double one_by_one(Campaign& campaign, int actions) {
    return time_ms([&] {
        for (int i = 0; i < actions; ++i)
            (void)must(campaign.profile->bus().call_and_wait("character.do", one_action(campaign)));
    });
}

// `per_group` calls on their way at any time.
double in_groups(Campaign& campaign, int actions) {
    std::mutex mutex;
    std::condition_variable room;
    int waiting = 0;
    return time_ms([&] {
        for (int i = 0; i < actions; ++i) {
            std::unique_lock<std::mutex> lock(mutex);
            room.wait(lock, [&] { return waiting < per_group; });
            ++waiting;
            lock.unlock();
            (void)campaign.profile->bus().call(
                "character.do", one_action(campaign), {}, [&](Result<Json> result) {
                    if (!result) stop_with(result.error());
                    const std::lock_guard<std::mutex> answered(mutex);
                    --waiting;
                    room.notify_one();
                });
        }
        std::unique_lock<std::mutex> lock(mutex);
        room.wait(lock, [&] { return waiting == 0; });
    });
}

// Bare SQLite: one table, WAL, synchronous=FULL, `group` rows of 1 KiB a transaction.
double bare_sqlite(const Setup& setup, int actions, int group) {
    const std::string file = (setup.folder / ("bare" + std::to_string(group) + ".sqlite")).string();
    sqlite3* database = nullptr;
    sqlite3_open(file.c_str(), &database);
    sqlite3_exec(database,
                 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t "
                 "(id INTEGER PRIMARY KEY, "
                 "body BLOB);",
                 nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(database, "INSERT INTO t (body) VALUES (?)", -1, &insert, nullptr);
    const std::string body(1024, 'x');
    const double ms = time_ms([&] {
        for (int done = 0; done < actions; done += group) {
            sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
            for (int i = 0; i < group; ++i) {
                sqlite3_bind_blob(insert, 1, body.data(), static_cast<int>(body.size()),
                                  SQLITE_STATIC);
                sqlite3_step(insert);
                sqlite3_reset(insert);
            }
            sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
        }
    });
    sqlite3_finalize(insert);
    sqlite3_close(database);
    return ms;
}

}  // namespace

Rows measure_actions(const Setup& setup) {
    Campaign campaign = begin(setup);
    const int actions = setup.smoke ? 64 : 1024;
    const int rounds = setup.smoke ? 1 : 3;
    std::vector<double> single;
    std::vector<double> single_bare;
    std::vector<double> grouped;
    std::vector<double> grouped_bare;
    const auto per_second = [actions](double ms) { return actions * 1000.0 / ms; };
    for (int i = 0; i < rounds; ++i) {
        single.push_back(per_second(one_by_one(campaign, actions)));
        single_bare.push_back(per_second(bare_sqlite(setup, actions, 1)));
        grouped.push_back(per_second(in_groups(campaign, actions)));
        grouped_bare.push_back(per_second(bare_sqlite(setup, actions, per_group)));
    }
    return {{"actions committed, one after the other", median(single), median(single_bare), "1/s",
             "bare SQLite, a row a commit", 0, true, "WAL, synchronous=FULL"},
            {"actions committed, 64 on their way", median(grouped), median(grouped_bare), "1/s",
             "bare SQLite, 64 rows a commit", 0, true, ""}};
}

}  // namespace sz::bench
