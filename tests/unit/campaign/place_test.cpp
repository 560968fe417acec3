// SPDX-License-Identifier: AGPL-3.0-or-later
// May a file from elsewhere stand where a copy of the same campaign stands? And which copies stay.
#include "kernel/campaign/files/limits.hpp"
#include "tests/unit/campaign/played.hpp"

using namespace sz;
using namespace sz::test;

namespace fs = std::filesystem;

namespace {

constexpr UnixMs noon = 1'763'812'800'000;  // 2025-11-22T12:00:00Z
constexpr UnixMs minute = 60'000, day = 24 * 60 * minute;

// A copy of a campaign's file as an import makes it.
Incoming incoming_of(const fs::path& file, bool is_sealed, const TempDir& place) {
    auto folder = TempFolder::create(place.path(), "in-");
    REQUIRE(folder);
    Incoming incoming{std::make_shared<TempFolder>(std::move(*folder)), {}, {}, is_sealed};
    auto source = FileSource::open(file, incoming.folder->path(), false);
    REQUIRE(source);
    incoming.file = incoming.folder->path() / (campaign_id + ".sqlite");
    auto rebuilt = rebuild(**source, incoming.file, goes_on);
    REQUIRE(rebuilt);
    REQUIRE(rebuilt->is_whole());
    incoming.ledger = *rebuilt;
    return incoming;
}

// Two copies of one campaign: here, and on another machine.
struct TwoCopies {
    TwoCopies() {
        play_an_evening(evening);
        fs::copy_file(evening.file(), elsewhere / "copy.sqlite");
    }
    // The other machine plays on.
    void play_there(int times) { play(elsewhere / "copy.sqlite", times, 1); }
    void play_here(int times) { play(evening.file(), times, 2); }

    [[nodiscard]] Result<Placed> put(bool is_sealed, bool force) {
        const Incoming incoming = incoming_of(elsewhere / "copy.sqlite", is_sealed, evening.folder);
        return place(evening.file(), incoming, backups, noon, force);
    }

    Evening evening;
    TempDir elsewhere;
    Backups backups{evening.folder / "backups" / campaign_id};

  private:
    void play(const fs::path& file, int times, int by) {
        const auto aside = elsewhere / "aside";
        const bool is_here = file == evening.file();
        if (!is_here) {
            fs::rename(evening.file(), aside);
            fs::rename(file, evening.file());
        }
        REQUIRE(evening.reopen());
        for (int i = 0; i < times; ++i) Evening::must(evening.change(strength, "add", {by}));
        evening.close();
        if (!is_here) {
            fs::rename(evening.file(), file);
            fs::rename(aside, evening.file());
        }
    }
};

}  // namespace

TEST_CASE(
    "a longer copy takes the place by itself when its host sealed it, and the old one stays") {
    TwoCopies two;
    two.play_there(2);
    const auto refused = two.put(false, false);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CAMPAIGN-065");
    CHECK(heads_of(two.evening.file()).size() == played_events + 1);
    const auto placed = two.put(true, false);
    REQUIRE(placed);
    CHECK(placed->state == "continued");
    CHECK(placed->summary.events == played_events + 2);
    const Incoming there = incoming_of(two.elsewhere / "copy.sqlite", false, two.elsewhere);
    CHECK(heads_of(two.evening.file()) == heads_of(there.file));
    check_verifies(two.evening.file());
    const auto kept = two.backups.list();
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].kind == "replaced");
    CHECK(kept[0].events == played_events);
    CHECK(kept[0].file == placed->kept);
    CHECK(kept[0].at == noon);
}

TEST_CASE("a copy with the same events changes nothing") {
    TwoCopies two;
    const auto placed = two.put(false, false);
    REQUIRE(placed);
    CHECK(placed->state == "same");
    CHECK(two.backups.list().empty());
}

TEST_CASE("a copy that is behind takes the place only when asked to") {
    TwoCopies two;
    two.play_here(3);
    const auto refused = two.put(true, false);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CAMPAIGN-063");
    CHECK(refused.error().message.find("12 events, the file 9") != std::string::npos);
    const auto placed = two.put(true, true);
    REQUIRE(placed);
    CHECK(placed->state == "replaced");
    CHECK(placed->summary.events == played_events);
    REQUIRE(two.backups.list().size() == 1);
    CHECK(two.backups.list()[0].events == 12);
}

TEST_CASE("two copies that parted are not joined, and it is said where they parted") {
    TwoCopies two;
    two.play_here(1);
    two.play_there(3);
    const auto refused = two.put(true, false);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CAMPAIGN-064");
    CHECK(refused.error().message.find("up to event 9") != std::string::npos);
    CHECK(heads_of(two.evening.file()).size() == 11);
    const auto placed = two.put(true, true);
    REQUIRE(placed);
    CHECK(placed->state == "replaced");
    CHECK(
        heads_of(placed->kept.parent_path().parent_path().parent_path() / (campaign_id + ".sqlite"))
            .size() == 13);
}

TEST_CASE("a file that cannot be opened makes room, and is kept") {
    TwoCopies two;
    change_database(two.evening.file(),
                    "UPDATE parts SET audience = 'gm' WHERE event = 3; DELETE FROM cache");
    const auto placed = two.put(false, false);
    REQUIRE(placed);
    CHECK(placed->state == "repaired");
    check_verifies(two.evening.file());
    REQUIRE(two.backups.list().size() == 1);
    CHECK(two.backups.list()[0].kind == "damaged");
    CHECK(fs::exists(placed->kept));
}

TEST_CASE("the log beside a damaged file is not taken for that of the file that comes") {
    TwoCopies two;
    write_bytes(two.evening.file(), "This is no database.");
    write_bytes(two.evening.file().string() + "-wal", "and this no log");
    const auto placed = two.put(false, false);
    REQUIRE(placed);
    CHECK_FALSE(fs::exists(two.evening.file().string() + "-wal"));
    CHECK(bytes_of_file(placed->kept) == "This is no database.");
    check_verifies(two.evening.file());
}

TEST_CASE("another host's campaign of the same id never takes the place") {
    TwoCopies two;
    Incoming incoming = incoming_of(two.elsewhere / "copy.sqlite", true, two.evening.folder);
    incoming.ledger.host = TestKey(8).client_id();
    for (const bool force : {false, true}) {
        const auto refused = place(two.evening.file(), incoming, two.backups, noon, force);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "SZ-CAMPAIGN-066");
    }
}

namespace {

Digest head_number(int number) {
    Digest head{};
    head[0] = static_cast<std::uint8_t>(number);
    head[1] = static_cast<std::uint8_t>(number >> 8);
    return head;
}

// A copy of `at` of head `number`, finished as the program does it.
Status add_copy(const Backups& backups, UnixMs at, int number) {
    SZ_ASSIGN(const auto unfinished, backups.begin());
    {
        SZ_ASSIGN(Database copy, Database::open(unfinished, {}));
        SZ_TRY(copy.script("CREATE TABLE t(a)"));
    }
    return backups.finish(
        unfinished, backups.name("copy", at, static_cast<EventIndex>(number), head_number(number)));
}

}  // namespace

TEST_CASE("of the copies the five newest stay, and the last of each of seven days") {
    const TempDir folder;
    const Backups backups(folder / "backups" / campaign_id);
    int number = 0;
    for (int days = 9; days >= 1; --days) {
        REQUIRE(add_copy(backups, noon - days * day, ++number));
        REQUIRE(add_copy(backups, noon - days * day + minute, ++number));
    }
    for (int i = 0; i < 7; ++i) REQUIRE(add_copy(backups, noon + i * minute, ++number));
    std::vector<UnixMs> kept;
    for (const Backup& backup : backups.list()) kept.push_back(backup.at);
    CHECK(kept == std::vector<UnixMs>{noon + 6 * minute, noon + 5 * minute, noon + 4 * minute,
                                      noon + 3 * minute, noon + 2 * minute, noon - 1 * day + minute,
                                      noon - 2 * day + minute, noon - 3 * day + minute,
                                      noon - 4 * day + minute, noon - 5 * day + minute,
                                      noon - 6 * day + minute});
}

TEST_CASE("what was replaced or damaged is never removed") {
    const TempDir folder;
    const Backups backups(folder / "backups" / campaign_id);
    REQUIRE(add_copy(backups, noon - 100 * day, 1));
    write_bytes(backups.name("damaged", noon - 90 * day, 0, {}), "x");
    write_bytes(backups.name("replaced", noon - 80 * day, 4, head_number(4)), "xyz");
    for (int i = 0; i < 20; ++i) REQUIRE(add_copy(backups, noon + i * minute, 10 + i));
    const auto all = backups.list();
    REQUIRE(all.size() == 8);
    CHECK(all[5].kind == "replaced");
    CHECK(all[5].bytes == 3);
    CHECK(all[6].kind == "damaged");
    CHECK(all[7].events == 1);  // the last of its day, and there are only two days
}

TEST_CASE("a copy is due when something happened, and ten minutes after the one before it") {
    const TempDir folder;
    const Backups backups(folder / "backups" / campaign_id);
    CHECK(backups.is_due(noon, head_number(1)));
    REQUIRE(add_copy(backups, noon, 1));
    CHECK_FALSE(backups.is_due(noon + day, head_number(1)));
    CHECK_FALSE(backups.is_due(noon + limits::backup_interval_ms - 1, head_number(2)));
    CHECK(backups.is_due(noon + limits::backup_interval_ms, head_number(2)));
    CHECK(backups.is_due(noon - day, head_number(2)));  // the clock was set back
    CHECK(backups.name("copy", noon, 42, head_number(1)).filename() ==
          "2025-11-22T12-00-00.000Z-42-0100000000000000.sqlite");
}

TEST_CASE("a damaged copy drives out none that is whole") {
    const TempDir folder;
    const Backups backups(folder / "backups" / campaign_id);
    for (int i = 0; i < 5; ++i) REQUIRE(add_copy(backups, noon + i * minute, i + 1));
    // One that is no database, and one of which only a page is lost: it opens.
    for (const bool opens : {false, true}) {
        const auto unfinished = backups.begin();
        REQUIRE(unfinished);
        write_bytes(*unfinished, opens ? "" : "This is no database.");
        if (opens) {
            change_database(*unfinished, "CREATE TABLE t(a); INSERT INTO t VALUES(1)");
            std::string bytes = bytes_of_file(*unfinished);
            bytes.replace(4096, 4096, 4096, '\xff');
            write_bytes(*unfinished, bytes);
            REQUIRE(Database::open(*unfinished, {.check = false}));
        }
        const auto finished =
            backups.finish(*unfinished, backups.name("copy", noon + day, 9, head_number(9)));
        REQUIRE_FALSE(finished);
        CHECK(finished.error().code == "SZ-CAMPAIGN-076");
        CHECK(backups.list().size() == 5);
        CHECK_FALSE(fs::exists(*unfinished));
    }
}

TEST_CASE("a campaign is copied when it is closed, once for each of its last events") {
    Evening evening;
    const Backups backups(evening.folder / "backups" / campaign_id);
    play_an_evening(evening);
    const auto heads = heads_of(evening.file());
    {
        const auto ledger = open_ledger(evening.file());
        REQUIRE(backups.copy_at_end(*ledger, noon));
        REQUIRE(backups.copy_at_end(*ledger, noon + day));
    }
    const auto all = backups.list();
    REQUIRE(all.size() == 1);
    CHECK(all[0].events == played_events);
    CHECK(all[0].head == to_hex(heads.back()).substr(0, 16));
    // It is a campaign's file like any other.
    const TempDir elsewhere;
    const Incoming incoming = incoming_of(all[0].file, false, elsewhere);
    CHECK(incoming.ledger.head == heads.back());
}
