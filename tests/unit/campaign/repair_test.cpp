// SPDX-License-Identifier: AGPL-3.0-or-later
// What is saved of a damaged campaign: the longest run of events that is proven, and the truth
// about the rest.
#include "kernel/campaign/files/limits.hpp"
#include "tests/unit/campaign/played.hpp"

using namespace sz;
using namespace sz::test;

namespace {

// Repairs into a folder of its own.
struct Repaired {
    explicit Repaired(const std::filesystem::path& damaged) {
        auto source = FileSource::open(damaged, folder.path(), true);
        if (!source) {
            result = fail(source.error());
            return;
        }
        auto names = names_of(**source);
        if (!names) {
            result = fail(names.error());
            return;
        }
        file = folder / (names->campaign + ".sqlite");
        result = rebuild(**source, file, goes_on);
    }
    TempDir folder;
    std::filesystem::path file;
    Result<Rebuilt> result = fail(Error{});
};

// A played campaign's file, and what it said when it was whole.
struct Played {
    Played() {
        play_an_evening(evening);
        heads = heads_of(evening.file());
        bytes = bytes_of_file(evening.file());
    }
    // What came out is a beginning of what was there, and verifies.
    void check_prefix(const Repaired& repaired) const {
        REQUIRE(repaired.result);
        const Rebuilt& done = *repaired.result;
        REQUIRE(done.events >= 1);
        REQUIRE(done.events < heads.size());
        CHECK(done.head == heads[done.events]);
        check_verifies(repaired.file);
        const auto kept = heads_of(repaired.file);
        CHECK(kept ==
              std::vector<Digest>(heads.begin(),
                                  heads.begin() + static_cast<std::ptrdiff_t>(done.events) + 1));
    }
    Evening evening;
    std::vector<Digest> heads;
    std::string bytes;
};

}  // namespace

TEST_CASE("a whole campaign's file comes out of a repair as it was") {
    const Played played;
    const Repaired repaired(played.evening.file());
    played.check_prefix(repaired);
    CHECK(repaired.result->events == played_events);
    CHECK(repaired.result->is_whole());
    CHECK(bytes_of_file(played.evening.file()) == played.bytes);
}

TEST_CASE("the events before a damaged one are saved, and what is lost is said") {
    struct Case {
        const char* change;
        EventIndex kept, later;
        const char* reason;
    };
    const Case cases[] = {
        {"UPDATE parts SET content = replace(content, 'rope', 'Rope') WHERE event = 7 AND n = 1", 6,
         3, "hash chain"},
        {"DELETE FROM events WHERE idx = 4", 3, 5, "missing"},
        {"DELETE FROM parts WHERE event = 6 AND n = 1", 5, 4, "hash chain"},
        {"UPDATE events SET at = 5 WHERE idx = 8", 7, 2, "before the event before it"},
        {"UPDATE events SET head = x'00' WHERE idx = 9", 8, 1, "hash chain"},
        {"DELETE FROM events WHERE idx >= 8", 7, 0, "missing"},
        // Its signature was changed; the chain says so first.
        {"UPDATE parts SET content = x'00' || substr(content, 2) WHERE event = 2 AND n = 0", 1, 7,
         "hash chain"},
    };
    for (const Case& one : cases) {
        INFO(one.change);
        const Played played;
        change_database(played.evening.file(), one.change);
        const Repaired repaired(played.evening.file());
        played.check_prefix(repaired);
        CHECK(repaired.result->events == one.kept);
        CHECK(repaired.result->last == played_events);
        CHECK(repaired.result->later_readable == one.later);
        REQUIRE(repaired.result->fault);
        CHECK(repaired.result->fault->index == one.kept + 1);
        CHECK(repaired.result->fault->reason.find(one.reason) != std::string::npos);
    }
}

TEST_CASE("what follows from the events is made anew, however much of it is lost") {
    for (const char* change :
         {"DELETE FROM state", "DELETE FROM cache", "DELETE FROM campaign", "DELETE FROM streams",
          "DELETE FROM verdicts WHERE event > 0", "UPDATE campaign SET host = 'nobody'",
          "UPDATE streams SET id = id + 7", "UPDATE verdicts SET chain = x'00'",
          "INSERT INTO state VALUES('m/somebody', '{}')",
          "INSERT INTO parts VALUES(99, 0, 'effects', 'gm', x'00', x'00')",
          "INSERT INTO streams VALUES(70, 'a', 'b')", "DELETE FROM verdicts"}) {
        INFO(change);
        const Played played;
        change_database(played.evening.file(), change);
        const Repaired repaired(played.evening.file());
        REQUIRE(repaired.result);
        CHECK(repaired.result->events == played_events);
        CHECK(repaired.result->head == played.heads.back());
        check_verifies(repaired.file);
    }
}

TEST_CASE("a refusal whose words are lost keeps its place, and the events after it stay") {
    const Played played;
    change_database(played.evening.file(), "DELETE FROM verdicts WHERE event = 0 AND seq = 2");
    const Repaired repaired(played.evening.file());
    played.check_prefix(repaired);
    CHECK(repaired.result->events == played_events);
    CHECK_FALSE(repaired.result->is_whole());
    CHECK(repaired.result->verdicts_lost == 1);
    auto database = Database::open(repaired.file, {.read_only = true});
    REQUIRE(database);
    std::string refusal;
    REQUIRE(database->query("SELECT refusal FROM verdicts WHERE event = 0 AND seq = 2", {},
                            [&](const Row& row) {
                                refusal = row.text(0);
                                return false;
                            }));
    CHECK(Json::parse(refusal)["code"] == "SZ-CAMPAIGN-075");
}

TEST_CASE("a repaired campaign opens and goes on") {
    Played played;
    change_database(played.evening.file(), "DELETE FROM parts WHERE event = 8");
    const Repaired repaired(played.evening.file());
    REQUIRE(repaired.result);
    CHECK(repaired.result->events == 7);
    std::filesystem::copy_file(repaired.file, played.evening.file(),
                               std::filesystem::copy_options::overwrite_existing);
    REQUIRE(played.evening.reopen());
    CHECK(played.evening.value(strength) == 12);
    CHECK(Evening::must(played.evening.change(strength, "add", {1})).event == 8);
    played.evening.close();
    check_verifies(played.evening.file());
}

TEST_CASE("wherever bytes are flipped, what is saved is a beginning of the campaign") {
    const Played played;
    const auto damaged = played.evening.folder / "damaged.sqlite";
    int saved = 0;
    int all = 0;
    for (std::size_t at = 0; at < played.bytes.size(); at += 1531) {
        std::string bytes = played.bytes;
        for (std::size_t i = at; i < std::min(at + 8, bytes.size()); ++i)
            bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
        write_bytes(damaged, bytes);
        INFO("bytes from " << at << " on");
        const Repaired repaired(damaged);
        ++all;
        if (!repaired.result) {
            CHECK(repaired.result.error().code == "SZ-CAMPAIGN-068");
            continue;
        }
        played.check_prefix(repaired);
        saved += repaired.result->events == played_events ? 1 : 0;
    }
    CHECK(all > 30);
    CHECK(saved * 4 > all);  // much of a file is free space, the state, or what is made anew
}

TEST_CASE("a page that is lost takes no more with it than it held") {
    const Played played;
    constexpr std::size_t page = 4096;
    const auto damaged = played.evening.folder / "damaged.sqlite";
    int saved = 0;
    for (std::size_t at = 0; at < played.bytes.size(); at += page) {
        std::string bytes = played.bytes;
        bytes.replace(at, page, page, '\xff');
        write_bytes(damaged, bytes);
        INFO("page " << at / page + 1);
        const Repaired repaired(damaged);
        // The first page says where everything is, and is known.
        if (at == 0) REQUIRE(repaired.result);
        if (!repaired.result) {
            CHECK(repaired.result.error().code == "SZ-CAMPAIGN-068");
            continue;
        }
        played.check_prefix(repaired);
        saved += repaired.result->events == played_events ? 1 : 0;
    }
    CHECK(saved >= 4);  // first page, campaign, state, cache
}

TEST_CASE("of a file that was cut short what is left is saved") {
    const Played played;
    const auto damaged = played.evening.folder / "damaged.sqlite";
    for (std::size_t length = played.bytes.size(); length > 4096; length -= 1777) {
        write_bytes(damaged, played.bytes.substr(0, length));
        INFO(length << " bytes of " << played.bytes.size());
        const Repaired repaired(damaged);
        if (repaired.result) {
            played.check_prefix(repaired);
        } else {
            CHECK(repaired.result.error().code == "SZ-CAMPAIGN-068");
        }
        if (length < 1777) break;
    }
}

TEST_CASE("a file that is no campaign's is said to be none") {
    const TempDir folder;
    const auto file = folder / "other.sqlite";
    {
        auto database = Database::open(file, {});
        REQUIRE(database);
        REQUIRE(database->script("CREATE VIEW events AS SELECT 1 AS idx; CREATE TABLE t(a)"));
    }
    const TempDir copies;
    const auto strict = FileSource::open(file, copies.path(), false);
    REQUIRE_FALSE(strict);
    CHECK(strict.error().code == "SZ-CAMPAIGN-060");
    write_bytes(folder / "text.sqlite", "This is a letter.");
    const Repaired repaired(folder / "text.sqlite");
    REQUIRE_FALSE(repaired.result);
    CHECK(repaired.result.error().kind == ErrorKind::input);
}

TEST_CASE("a file past the limit is not even read") {
    const TempDir folder;
    const auto file = folder / "big.sqlite";
    write_bytes(file, "x");
    std::filesystem::resize_file(file, limits::campaign_file_bytes_max + 1);  // takes no room
    const auto source = FileSource::open(file, folder.path(), true);
    REQUIRE_FALSE(source);
    CHECK(source.error().code == "SZ-CAMPAIGN-067");
}

TEST_CASE("an event has at most so many parts, of at most so many bytes") {
    struct Case {
        std::size_t parts, content, label;
        bool fits;
    };
    for (const Case& one :
         {Case{limits::event_parts_max, 1, 1, true}, Case{limits::event_parts_max + 1, 1, 1, false},
          Case{2, limits::event_bytes_max, limits::part_label_bytes_max, true},
          Case{2, limits::event_bytes_max + 1, 1, false},
          Case{2, 1, limits::part_label_bytes_max + 1, false}}) {
        INFO(one.parts << " " << one.content << " " << one.label);
        const TempDir folder;
        const auto file = folder / (campaign_id + ".sqlite");
        {
            auto ledger = Ledger::empty(file, campaign_id, "somebody");
            REQUIRE(ledger);
            Batch batch;
            batch.events.push_back({1, 5, {}, {}});
            for (std::size_t i = 0; i < one.parts; ++i)
                batch.events[0].parts.push_back({"effects", std::string(one.label, 'a'), "salt",
                                                 std::string(one.content, 'x')});
            REQUIRE((*ledger)->raw(batch));
        }
        const TempDir copies;
        auto source = FileSource::open(file, copies.path(), false);
        REQUIRE(source);
        const auto event = (*source)->event(1);
        CHECK((event && event->parts.size() == one.parts) == one.fits);
    }
}

TEST_CASE("so many lost refusals in a row are replaced, and not one more") {
    for (const std::uint64_t more : {0U, 1U}) {
        Evening evening;
        evening.begun();
        const std::uint64_t refusals = limits::lost_verdicts_max + more;
        int refused = 0;
        for (std::uint64_t seq = 1; seq <= refusals + 1; ++seq) {
            const bool is_last = seq == refusals + 1;
            evening.host->submit(
                evening.signed_by(evening.player, player_stream, seq,
                                  {{thorn_id,
                                    is_last ? strength : "core.stats.curse",
                                    "add",
                                    Json::array({1}),
                                    {}}}),
                [&](const Result<Accepted>& result) { refused += result ? 0 : 1; });
        }
        evening.run();
        REQUIRE(refused == static_cast<int>(refusals));
        evening.close();
        change_database(evening.file(), "DELETE FROM verdicts WHERE event = 0");
        const Repaired repaired(evening.file());
        REQUIRE(repaired.result);
        CHECK(repaired.result->events == (more == 0 ? 5U : 4U));
        check_verifies(repaired.file);
    }
}
