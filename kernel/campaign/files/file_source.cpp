// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/file_source.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "kernel/base/files.hpp"
#include "kernel/campaign/files/limits.hpp"
#include "kernel/campaign/files/mend.hpp"
#include "kernel/campaign/files/repair_command.hpp"
#include "kernel/campaign/files/session_pack.hpp"
#include "kernel/campaign/sql_values.hpp"

namespace sz::campaign {

namespace {

constexpr std::string_view sqlite_magic{"SQLite format 3\0", 16};
constexpr std::uint64_t event_file_bytes_min = 150;  // ids, keys and a signature are longer
constexpr std::array<const char*, 5> ledger_tables{"campaign", "events", "parts", "streams",
                                                   "verdicts"};

tl::unexpected<Error> no_campaign_file(const std::filesystem::path& file, const char* why) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-060",
                "“" + file.filename().string() + "” is not a campaign's file: " + why,
                "Give a session datapack (.szp) that szctl campaign export wrote, or a campaign's "
                ".sqlite file.",
                file.string());
}

// An event that is not as it should be: the words go on after “event N: ”.
tl::unexpected<Error> bad_row(const char* what) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-061", what);
}

// Each table's definition as text. A hostile file may call something else by its name: a view that
// never ends, a column that is computed.
Result<std::map<std::string, std::string>> table_texts(Database& database) {
    std::map<std::string, std::string> texts;
    SZ_TRY(database.query("SELECT name, sql FROM sqlite_schema WHERE type = 'table'", {},
                          [&](const Row& row) {
                              texts.emplace(row.text(0), row.text(1));
                              return true;
                          }));
    return texts;
}

Result<bool> has_our_tables(Database& database, const std::map<std::string, std::string>& ours) {
    SZ_ASSIGN(const auto theirs, table_texts(database));
    return std::all_of(ledger_tables.begin(), ledger_tables.end(), [&](const char* table) {
        const auto found = theirs.find(table);
        return found != theirs.end() && found->second == ours.at(table);
    });
}

// A file that this program just made: what the tables should be, and how a first page looks.
Result<std::map<std::string, std::string>> make_model(const std::filesystem::path& file) {
    const std::string nobody(36, '0');
    SZ_ASSIGN(const auto ledger, Ledger::empty(file, nobody, nobody));
    SZ_TRY(ledger->checkpoint());
    return table_texts(ledger->database());
}

Result<Database> open_copy(const std::filesystem::path& copy,
                           const std::map<std::string, std::string>& ours) {
    SZ_ASSIGN(Database database, Database::open(copy, {.check = false}));
    SZ_ASSIGN(const bool is_ours, has_our_tables(database, ours));
    if (!is_ours)
        return fail(ErrorKind::input, "SZ-CAMPAIGN-060", "its tables are not those of one.");
    return database;
}

}  // namespace

bool is_database(const std::filesystem::path& file) {
    std::array<char, sqlite_magic.size()> begin{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(begin.data(), begin.size());
    return stream.gcount() == static_cast<std::streamsize>(begin.size()) &&
           std::string_view(begin.data(), begin.size()) == sqlite_magic;
}

Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& file,
                                                     const std::filesystem::path& folder,
                                                     bool mends) {
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(file, failed);
    if (failed)
        return fail(ErrorKind::environment, "SZ-FILE-001",
                    "“" + file.string() + "” cannot be opened.", "Check the path.", file.string());
    if (bytes > limits::campaign_file_bytes_max)
        return fail(ErrorKind::limit, "SZ-CAMPAIGN-067", "The file is larger than any campaign's.",
                    "Check that it is the right file.", file.string());
    const auto model = folder / "model.sqlite";
    const auto copy = folder / "copy.sqlite";
    SZ_ASSIGN(const auto ours, make_model(model));
    SZ_TRY(copy_database(file, copy));
    if (mends) SZ_TRY(mend_header(copy, model));
    auto database = open_copy(copy, ours);
    if (!database && mends) {
        SZ_TRY(mend_first_page(copy, model));
        database = open_copy(copy, ours);
    }
    if (!database &&
        (database.error().code == "SZ-STORE-002" || database.error().code == "SZ-STORE-003"))
        return fail(ErrorKind::input, "SZ-CAMPAIGN-002",
                    "The campaign's file is damaged: " + database.error().message,
                    repair_command(file) + " saves what holds.", file.string());
    if (!database) return no_campaign_file(file, database.error().message.c_str());
    return std::unique_ptr<FileSource>(
        new FileSource(std::move(*database), bytes / event_file_bytes_min + 1));
}

EventIndex FileSource::last() {
    std::int64_t last = 0;
    // Each may meet a damaged page; the numbers that can be read say how far the ledger went.
    for (const char* question : {"SELECT max(idx) FROM events", "SELECT idx FROM cache"}) {
        const auto found = database_.integer(question);
        if (found) last = std::max(last, found->value_or(0));
    }
    (void)database_.query("SELECT idx FROM events ORDER BY idx", {}, [&](const Row& row) {
        last = std::max(last, row.integer(0));
        return true;
    });
    return std::min(static_cast<EventIndex>(last), events_max_);
}

Result<Event> FileSource::event(EventIndex index) {
    Event event;
    const auto read = database_.query("SELECT at, head FROM events WHERE idx = ?", {sql(index)},
                                      [&](const Row& row) {
                                          event.index = index;
                                          event.at = row.integer(0);
                                          event.head = digest_of(row.text(1));
                                          return false;
                                      });
    if (!read) return bad_row("its part of the file is damaged");
    if (event.index == 0) return bad_row("it is missing");
    SZ_TRY(read_parts(event));
    return event;
}

Status FileSource::read_parts(Event& event) {
    std::int64_t expected = 0;
    const auto read = database_.query(
        "SELECT n, kind, audience, salt, content FROM parts WHERE event = ?1 AND "
        "length(content) <= ?2 AND length(audience) <= ?3 AND length(kind) <= ?3 AND "
        "length(salt) <= ?3 ORDER BY n LIMIT ?4",
        {sql(event.index), sql(limits::event_bytes_max), sql(limits::part_label_bytes_max),
         sql(limits::event_parts_max + 1)},
        [&](const Row& row) {
            if (row.integer(0) != expected++) return false;
            event.parts.push_back({std::string(row.text(1)), std::string(row.text(2)),
                                   std::string(row.text(3)), std::string(row.text(4))});
            return true;
        });
    if (!read) return bad_row("its part of the file is damaged");
    if (event.parts.size() > limits::event_parts_max) return bad_row("it has too many parts");
    return {};
}

Result<std::vector<Stream>> FileSource::streams() {
    std::vector<Stream> streams;
    SZ_TRY(database_.query(
        "SELECT id, author, stream FROM streams WHERE length(author) <= ?1 AND length(stream) <= "
        "?1 ORDER BY id LIMIT ?2",
        {sql(limits::id_bytes_max), sql(limits::campaign_streams_max)}, [&](const Row& row) {
            if (row.integer(0) > 0)
                streams.push_back({static_cast<std::uint64_t>(row.integer(0)),
                                   std::string(row.text(1)),
                                   std::string(row.text(2)),
                                   0,
                                   {}});
            return true;
        }));
    return streams;
}

Result<std::optional<Verdict>> FileSource::verdict(std::uint64_t stream, std::uint64_t seq) {
    std::optional<Verdict> found;
    SZ_TRY(database_.query(
        "SELECT event, action, refusal, chain FROM verdicts WHERE stream = ?1 AND seq = ?2 AND "
        "length(refusal) <= ?3 AND length(action) <= ?3 AND length(chain) <= ?3",
        {sql(stream), sql(seq), sql(limits::refusal_bytes_max)}, [&](const Row& row) {
            found = Verdict{stream,
                            seq,
                            static_cast<EventIndex>(row.integer(0)),
                            digest_of(row.text(1)),
                            std::string(row.text(2)),
                            digest_of(row.text(3))};
            return false;
        }));
    return found;
}

// Each within the limits of a line of a datapack. A file from before there were snapshots has none.
std::vector<Snapshot> FileSource::snapshots() {
    std::vector<Snapshot> all;
    (void)database_.query(
        "SELECT number, idx, at, note FROM snapshots WHERE kind = 'hand' AND length(note) <= ?1 "
        "ORDER BY idx, number LIMIT ?2",
        {sql(limits::snapshot_note_bytes_max), sql(limits::snapshots_by_hand_max)},
        [&](const Row& row) {
            Snapshot read;
            read.number = static_cast<std::uint64_t>(row.integer(0));
            read.event = static_cast<EventIndex>(row.integer(1));
            read.at = row.integer(2);
            read.note = row.text(3);
            if (auto good = parse_snapshot_line(snapshot_line(read)))
                all.push_back(std::move(*good));
            return true;
        });
    return all;
}

}  // namespace sz::campaign
