// SPDX-License-Identifier: AGPL-3.0-or-later
// Snapshots in a campaign's file: kept, thinned, damaged, and how moments are written.
#include "kernel/campaign/snapshots.hpp"

#include "kernel/base/limits.hpp"
#include "kernel/campaign/moment.hpp"
#include "tests/unit/campaign/history.hpp"

using namespace sz;
using namespace sz::test;

namespace {

std::string moment(std::string_view text) {
    const auto found = parse_moment(text, 1'700'000'000'000);  // 2023-11-14T22:13:20Z
    if (!found) return found.error().code;
    switch (found->kind) {
        case Moment::Kind::now: return "now";
        case Moment::Kind::event: return "event " + std::to_string(found->number);
        case Moment::Kind::snapshot: return "snapshot " + std::to_string(found->number);
        case Moment::Kind::time: return format_time(found->at);
    }
    return "";
}

}  // namespace

TEST_CASE("a snapshot says what it is of, and stays when the campaign is opened again") {
    Evening evening;
    evening.begun();
    const auto first = snapshot(evening, "before the dragon");
    REQUIRE(first);
    CHECK(first->number == 1);
    CHECK(first->event == 4);
    CHECK(first->note == "before the dragon");
    Evening::must(evening.change(strength, "set", {12}));
    REQUIRE(snapshot(evening, {}, SnapshotKind::upgrade));
    REQUIRE(evening.reopen());
    const auto listed = snapshots(evening);
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].event == 5);
    CHECK(listed[0].kind == SnapshotKind::upgrade);
    CHECK(listed[1].note == "before the dragon");
    CHECK(fault(evening) == "");
    CHECK(on_ledger<Snapshot>(evening, [](Ledger& ledger) { return find_snapshot(ledger, 3); })
              .error()
              .code == "SZ-CAMPAIGN-091");
    CHECK(evening.host->events() == 5);  // it is no event
}

TEST_CASE("one by time is made after a thousand events, or after a day when something happens") {
    Evening evening;
    evening.begun();
    for (int i = 0; i < 995; ++i)
        evening.host->act(evening.gm, {{thorn_id, strength, "add", Json::array({1}), {}}},
                          [](const Result<Accepted>&) {});
    evening.run();
    CHECK(evening.host->events() == 999);
    CHECK(snapshots(evening).empty());
    Evening::must(evening.change(strength, "add", {1}));
    REQUIRE(snapshots(evening).size() == 1);
    CHECK(snapshots(evening)[0].event == 1000);
    CHECK(snapshots(evening)[0].kind == SnapshotKind::time);
    evening.now += snapshot_ms;
    REQUIRE(evening.reopen());
    CHECK(snapshots(evening).size() == 1);  // nothing has happened
    Evening::must(evening.change(strength, "add", {1}));
    CHECK(snapshots(evening).size() == 2);
    Evening::must(evening.change(strength, "add", {1}));
    CHECK(snapshots(evening).size() == 2);
    // What happened before a day without play is kept when the campaign is opened.
    evening.now += snapshot_ms;
    REQUIRE(evening.reopen());
    evening.run();
    REQUIRE(snapshots(evening).size() == 3);
    CHECK(snapshots(evening)[0].event == 1002);
    CHECK(fault(evening) == "");
}

TEST_CASE("of those made by themselves a bounded number is kept, of those by hand all") {
    Evening evening;
    evening.begun();
    REQUIRE(snapshot(evening, "mine"));
    const std::size_t rounds = limits::snapshots_kept_max + 20;
    for (std::size_t i = 0; i < rounds; ++i) {
        Evening::must(evening.change(strength, "add", {1}));
        REQUIRE(snapshot(evening, {}, SnapshotKind::time));
        REQUIRE(snapshot(evening, {}, SnapshotKind::time));  // the same moment: once
    }
    std::vector<EventIndex> events;
    for (const Snapshot& one : snapshots(evening)) events.push_back(one.event);
    REQUIRE(events.size() == limits::snapshots_kept_max + 1);
    CHECK(events.front() == 4 + rounds);
    CHECK(events[1] == 3 + rounds);            // close together lately,
    CHECK(events[events.size() - 2] == 5);     // from the first on,
    CHECK(events[events.size() - 3] - 5 > 2);  // and further apart long ago
    CHECK(snapshots(evening).back().note == "mine");
    CHECK(fault(evening) == "");
}

TEST_CASE("a note and the number by hand have limits") {
    Evening evening;
    evening.begun();
    const std::string longest(limits::snapshot_note_bytes_max, 'x');
    REQUIRE(snapshot(evening, longest));
    CHECK(snapshot(evening, longest + "x").error().code == "SZ-CAMPAIGN-097");
    CHECK(snapshot(evening, "a\nb").error().code == "SZ-CAMPAIGN-097");
    for (std::size_t i = 1; i < limits::snapshots_by_hand_max; ++i) REQUIRE(snapshot(evening));
    CHECK(snapshot(evening).error().code == "SZ-CAMPAIGN-096");
    CHECK(on_ledger<bool>(evening, [](Ledger& ledger) -> Result<bool> {
              SZ_TRY(remove_snapshot(ledger, 7));
              return true;
          }).has_value());
    CHECK(snapshot(evening).has_value());
}

TEST_CASE("rows are packed within a limit and come out as they went in") {
    const std::vector<StateRow> rows{{"a", "{}"}, {"bb", std::string(100'000, 'x')}, {"c", ""}};
    const std::size_t bytes = 1 + 2 + 2 + 2 + 100'000 + 2 + 1 + 2;
    CHECK(pack_rows(rows, bytes - 1).error().code == "SZ-CAMPAIGN-096");
    const auto packed = pack_rows(rows, bytes);
    REQUIRE(packed);
    CHECK(packed->size() < 2'000);
    CHECK(unpack_rows(*packed, bytes - 1).error().code == "SZ-CAMPAIGN-096");
    const auto unpacked = unpack_rows(*packed, bytes);
    REQUIRE(unpacked);
    REQUIRE(unpacked->size() == 3);
    CHECK((*unpacked)[1].key == "bb");
    CHECK((*unpacked)[1].text == rows[1].text);
    CHECK((*unpacked)[2].text == "");
    CHECK(unpack_rows(packed->substr(0, packed->size() / 2), bytes).error().code ==
          "SZ-CAMPAIGN-092");
    CHECK(unpack_rows("not at all", bytes).error().code == "SZ-CAMPAIGN-092");
}

TEST_CASE("a damaged snapshot is passed over, and the proof of the file names it") {
    for (const char* damage :
         {"UPDATE snapshots SET state = x'00' WHERE number = 2",
          "UPDATE snapshots SET idx = 5 WHERE number = 2",
          "UPDATE snapshots SET note = 'other' WHERE number = 2",
          "UPDATE snapshots SET at = at + 1 WHERE number = 2",
          "UPDATE snapshots SET kind = 'time' WHERE number = 2",
          "UPDATE snapshots SET hash = zeroblob(32) WHERE number = 2",
          "UPDATE snapshots SET head = zeroblob(32) WHERE number = 2",
          "UPDATE snapshots SET state = (SELECT state FROM snapshots WHERE number = 1) "
          "WHERE number = 2"}) {
        INFO(damage);
        Evening evening;
        evening.begun();
        REQUIRE(snapshot(evening));
        for (int i = 0; i < 3; ++i) Evening::must(evening.change(strength, "add", {1}));
        REQUIRE(snapshot(evening));
        const auto expected = evening.host->state().all_rows();
        Evening::must(evening.change(strength, "add", {1}));
        evening.close();
        {
            auto database = Database::open(evening.file(), {});
            REQUIRE(database);
            REQUIRE(database->execute(damage, {}));
        }
        CHECK(fault(evening) == "Snapshot s2 is not what the ledger comes to.");
        REQUIRE(evening.reopen());
        const auto state = on_ledger<std::shared_ptr<const State>>(
            evening, [](Ledger& ledger) { return state_after(ledger, 7); });
        REQUIRE(state);
        CHECK((*state)->all_rows() == expected);
    }
}

TEST_CASE("a file of the first schema is verified, opened and gets the tables that came later") {
    Evening evening;
    evening.begun();
    Evening::must(evening.change(strength, "set", Json::array({12})));
    const auto changes = [&] {
        auto database = Database::open(evening.file(), {});
        REQUIRE(database);
        std::vector<std::string> rows;
        REQUIRE(database->query("SELECT instance || path || event FROM changes ORDER BY 1", {},
                                [&](const Row& row) {
                                    rows.emplace_back(row.text(0));
                                    return true;
                                }));
        return rows;
    };
    evening.close();
    const std::vector<std::string> before = changes();
    // The session sheet is changed by each of three members, and Thorn is made, and stronger.
    CHECK(before == std::vector<std::string>{campaign_id + "1", campaign_id + "2",
                                             campaign_id + "3", thorn_id + "4",
                                             thorn_id + strength + "5"});
    {
        auto database = Database::open(evening.file(), {});
        REQUIRE(database);
        REQUIRE(
            database->script("DROP TABLE snapshots; DROP TABLE changes; PRAGMA user_version = 1"));
    }
    CHECK(fault(evening) == "");
    REQUIRE(evening.reopen());
    CHECK(changes() == before);
    CHECK(snapshot(evening).has_value());
    CHECK(fault(evening) == "");
}

TEST_CASE("a moment is an event, a snapshot, now, a time or how long ago") {
    CHECK(moment("now") == "now");
    CHECK(moment("0") == "event 0");
    CHECK(moment("17") == "event 17");
    CHECK(moment("s3") == "snapshot 3");
    CHECK(moment("2h") == "2023-11-14T20:13:20.000Z");
    CHECK(moment("45s") == "2023-11-14T22:12:35.000Z");
    CHECK(moment("30m") == "2023-11-14T21:43:20.000Z");
    CHECK(moment("3d") == "2023-11-11T22:13:20.000Z");
    CHECK(moment("1w") == "2023-11-07T22:13:20.000Z");
    CHECK(moment("99999999w") == "1970-01-01T00:00:00.000Z");
    CHECK(moment("2026-11-22") == "2026-11-22T00:00:00.000Z");
    CHECK(moment("2026-11-22T18:00") == "2026-11-22T18:00:00.000Z");
    CHECK(moment("2026-11-22 18:00") == "2026-11-22T18:00:00.000Z");
    CHECK(moment("2026-11-22T18:00:05Z") == "2026-11-22T18:00:05.000Z");
    CHECK(moment("2026-11-22T18:00:05.250Z") == "2026-11-22T18:00:05.250Z");
    CHECK(moment("2026-11-22T18:00:05+01:30") == "2026-11-22T16:30:05.000Z");
    CHECK(moment("2026-11-22T18:00-05:00") == "2026-11-22T23:00:00.000Z");
    CHECK(moment("2024-02-29") == "2024-02-29T00:00:00.000Z");
    for (const char* wrong : {"",
                              "yesterday",
                              "s",
                              "sx",
                              "-1",
                              "2x",
                              "h",
                              "2026-13-01",
                              "2026-02-29",
                              "2026-11-22T",
                              "2026-11-22T25:00",
                              "2026-11-22T18",
                              "2026-11-22Z",
                              "2026-11-22T18:00+1",
                              "2026-11-22T18:00+25:00",
                              "1969-12-31",
                              "12 ",
                              "9007199254740993",
                              "99999999999999999999999999",
                              "2026/11/22",
                              "Now"}) {
        INFO(wrong);
        CHECK(moment(wrong) == "SZ-CAMPAIGN-090");
    }
    const std::string digits(limits::moment_bytes_max - 1, '0');
    CHECK(moment(digits + "7") == "event 7");
    CHECK(moment(digits + "07") == "SZ-CAMPAIGN-090");
}

TEST_CASE("a time leads to the last event before it") {
    Evening evening;
    evening.begun();
    std::vector<UnixMs> times;
    for (EventIndex i = 1; i <= 4; ++i)
        times.push_back(
            on_ledger<Event>(evening, [i](Ledger& ledger) { return ledger.event(i); })->at);
    const auto at = [&](UnixMs time) {
        return on_ledger<Point>(evening,
                                [time](Ledger& ledger) {
                                    return find_moment(ledger, {Moment::Kind::time, 0, time});
                                })
            .value()
            .event;
    };
    CHECK(at(times[0] - 1) == 0);
    for (EventIndex i = 1; i <= 4; ++i) {
        CHECK(at(times[i - 1]) == i);
        CHECK(at(times[i - 1] + 1) == i);
        CHECK(at(times[i - 1] - 1) == i - 1);
    }
    CHECK(at(times[3] + 1'000'000) == 4);
}
