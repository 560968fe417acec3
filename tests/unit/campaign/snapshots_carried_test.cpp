// SPDX-License-Identifier: AGPL-3.0-or-later
// Snapshots made by hand go along when a campaign is exported, imported or repaired.
#include <sqlite3.h>

#include "kernel/campaign/snapshots.hpp"
#include "tests/unit/campaign/played.hpp"

using namespace sz;
using namespace sz::test;

namespace {

Snapshot make(const std::filesystem::path& file, SnapshotKind kind, const std::string& note,
              UnixMs at) {
    const auto made = make_snapshot(*open_ledger(file), kind, note, at);
    REQUIRE(made);
    return *made;
}

// A played campaign with snapshots at its end and in its past: s1 by hand, s2 by time, s3 by hand
// at event 5.
struct Kept {
    Kept() {
        play_an_evening(evening);
        make(evening.file(), SnapshotKind::hand, "the end, 終", 1'700'000'000'000);
        make(evening.file(), SnapshotKind::time, "", 1'700'000'000'001);
        Snapshot earlier;
        earlier.number = 3;
        earlier.event = 5;
        earlier.at = 1'700'000'000'002;
        earlier.note = "before";
        REQUIRE(keep_snapshot(*open_ledger(evening.file()), earlier));
        check_verifies(evening.file());
    }
    Evening evening;
};

// Newest first, as text.
std::vector<std::string> snapshots_in(const std::filesystem::path& file) {
    std::vector<std::string> texts;
    const auto all = list_snapshots(*open_ledger(file));
    REQUIRE(all);
    for (const Snapshot& one : *all)
        texts.push_back("s" + std::to_string(one.number) + " " + std::to_string(one.event) + " " +
                        snapshot_kind_name(one.kind) + " " + std::to_string(one.at % 1000) + " " +
                        one.note);
    return texts;
}
const std::vector<std::string> by_hand{"s3 5 hand 2 before", "s1 9 hand 0 the end, 終"};

std::vector<std::string> rebuilt(LedgerSource& source) {
    const TempDir folder;
    const auto file = folder / (campaign_id + ".sqlite");
    const auto done = rebuild(source, file, goes_on);
    REQUIRE(done);
    check_verifies(file);
    const auto there = snapshots_in(file);
    CHECK(done->snapshots == there.size());
    return there;
}

PackFile& lines_of(PackFiles& files) {
    for (PackFile& file : files) {
        if (file.path == "campaign/snapshots-0001.jsonl") return file;
    }
    throw std::runtime_error("no snapshots in the pack");
}

// A file with a statement run on it.
std::unique_ptr<FileSource> changed(const Kept& kept, const TempDir& folder, const char* sql) {
    const auto file = folder / "changed.sqlite";
    std::filesystem::copy_file(kept.evening.file(), file);
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    auto source = FileSource::open(file, folder.path(), true);
    REQUIRE(source);
    return std::move(*source);
}

}  // namespace

TEST_CASE("snapshots by hand go out with a campaign and come in again") {
    const Kept kept;
    Packed out = packed(kept.evening.file(), nullptr);
    CHECK(lines_of(out.files).content ==
          "{\"at\":1700000000000,\"event\":9,\"note\":\"the end, 終\",\"number\":1}\n"
          "{\"at\":1700000000002,\"event\":5,\"note\":\"before\",\"number\":3}\n");
    auto source = PackSource::open(out.files);
    REQUIRE(source);
    CHECK(rebuilt(**source) == by_hand);
}

TEST_CASE("a repair keeps the snapshots by hand of what it keeps") {
    const Kept kept;
    const TempDir whole, shorter, none;
    CHECK(rebuilt(*changed(kept, whole, "SELECT 1")) == by_hand);
    CHECK(rebuilt(*changed(kept, shorter, "DELETE FROM events WHERE idx = 7")) ==
          std::vector<std::string>{by_hand[0]});
    CHECK(rebuilt(*changed(kept, none, "DROP TABLE snapshots")).empty());
}

TEST_CASE("what a snapshot in a file says of the state is not believed, nor what cannot be") {
    const Kept kept;
    const TempDir one, two, three;
    CHECK(rebuilt(*changed(kept, one, "UPDATE snapshots SET state = x'00', hash = x'00'")) ==
          by_hand);
    CHECK(rebuilt(*changed(kept, two,
                           "UPDATE snapshots SET note = 'a' || char(10) WHERE number = 1;"
                           "UPDATE snapshots SET number = 9223372036854775807 WHERE number = 3"))
              .empty());
    CHECK(rebuilt(*changed(kept, three, "UPDATE snapshots SET note = CAST(x'ff' AS TEXT)")) ==
          std::vector<std::string>{"s3 5 hand 2 \xef\xbf\xbd", "s1 9 hand 0 \xef\xbf\xbd"});

    Packed out = packed(kept.evening.file(), nullptr);
    lines_of(out.files).content =
        "{\"at\":1,\"event\":10,\"note\":\"\",\"number\":1}\n"  // no such event
        "{\"at\":1,\"event\":2,\"note\":\"\",\"number\":2}\n"
        "{\"at\":1,\"event\":3,\"note\":\"\",\"number\":2}\n"  // taken
        "{\"at\":1,\"event\":0,\"note\":\"\",\"number\":3}\n"
        "{\"at\":-1,\"event\":2,\"note\":\"\",\"number\":4}\nnothing\n"
        "{\"at\":1,\"event\":2,\"note\":\"a\\nb\",\"number\":5}\n";
    auto source = PackSource::open(out.files);
    REQUIRE(source);
    CHECK(rebuilt(**source) == std::vector<std::string>{"s2 2 hand 1 "});
}

TEST_CASE("no more snapshots by hand come in than there may be") {
    const Kept kept;
    Packed out = packed(kept.evening.file(), nullptr);
    std::string& lines = lines_of(out.files).content;
    lines.clear();
    for (std::size_t i = 1; i <= limits::snapshots_by_hand_max + 1; ++i)
        lines += "{\"at\":1,\"event\":2,\"note\":\"\",\"number\":" + std::to_string(i) + "}\n";
    auto source = PackSource::open(out.files);
    REQUIRE(source);
    CHECK(rebuilt(**source).size() == limits::snapshots_by_hand_max);
}
