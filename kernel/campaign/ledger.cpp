// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/ledger.hpp"

#include <array>

#include "kernel/base/files.hpp"
#include "kernel/base/log.hpp"
#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/sql_values.hpp"

namespace sz::campaign {

namespace {

constexpr std::int64_t format = 1;

constexpr std::array<std::string_view, 3> migrations{
    R"(
CREATE TABLE campaign(id TEXT NOT NULL, host TEXT NOT NULL, format INTEGER NOT NULL);
CREATE TABLE events(idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, head BLOB NOT NULL);
CREATE TABLE parts(event INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL,
    audience TEXT NOT NULL, salt BLOB NOT NULL,
                   content BLOB NOT NULL, PRIMARY KEY(event, n)) WITHOUT ROWID;
CREATE TABLE streams(id INTEGER PRIMARY KEY, author TEXT NOT NULL, stream TEXT NOT NULL);
CREATE TABLE verdicts(stream INTEGER NOT NULL, seq INTEGER NOT NULL, event INTEGER NOT NULL,
    action BLOB NOT NULL,
                      refusal TEXT NOT NULL, chain BLOB NOT NULL, PRIMARY KEY(stream,
                      seq)) WITHOUT ROWID;
CREATE TABLE state(key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cache(idx INTEGER NOT NULL, head BLOB NOT NULL, hash BLOB NOT NULL,
    verdicts INTEGER NOT NULL);
)",
    R"(
CREATE TABLE snapshots(number INTEGER PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    kind TEXT NOT NULL, note TEXT NOT NULL, head BLOB NOT NULL, hash BLOB NOT NULL,
    seal BLOB NOT NULL, state BLOB NOT NULL);
CREATE INDEX snapshots_idx ON snapshots(idx);
)",
    // Which event changed which place: the host's own, for records go to people who may not see
    // every change of a place. States had a member more ("shown") before: they are folded anew.
    R"(
CREATE TABLE changes(instance TEXT NOT NULL, path TEXT NOT NULL, event INTEGER NOT NULL,
    PRIMARY KEY(instance, path, event)) WITHOUT ROWID;
INSERT OR IGNORE INTO changes
    SELECT CASE r.type WHEN 'object' THEN json_extract(r.value, '$.instance') END,
        CASE r.type WHEN 'object' THEN json_extract(r.value, '$.path') END, p.event
    FROM parts p, json_each(CASE WHEN json_valid(CAST(p.content AS TEXT))
                            THEN CAST(p.content AS TEXT) ELSE '[]' END) r
    WHERE p.kind = 'effects' AND CASE r.type WHEN 'object' THEN
        json_type(r.value, '$.effect.reveal') IS NULL
        AND json_type(r.value, '$.effect.hide') IS NULL
    END;
UPDATE cache SET idx = 0, head = x'', hash = x'';
DELETE FROM snapshots;
)"};

tl::unexpected<Error> file_damaged(const std::string& why, const std::filesystem::path& file) {
    return fail(ErrorKind::environment, "SZ-CAMPAIGN-002", "The campaign's file is damaged: " + why,
                damaged_hint, file.string());
}

// A database's file with what SQLite keeps beside it.
void remove_database(const std::filesystem::path& file) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(file.string() + suffix, ignored);
}

tl::unexpected<Error> not_saved(const Error& cause) {
    return fail(ErrorKind::environment, "SZ-CAMPAIGN-030",
                "The change could not be saved: " + cause.message,
                cause.hint.empty() ? "Make room on the disk, then try again." : cause.hint,
                cause.where);
}

Event event_row(const Row& row) {
    Event event;
    event.index = static_cast<EventIndex>(row.integer(0));
    event.at = row.integer(1);
    event.head = digest_of(row.text(2));
    return event;
}

}  // namespace

Digest stream_start(std::string_view campaign, std::string_view author, std::string_view stream) {
    return Hasher("SessionZero stream v1").add(campaign).add(author).add(stream).finish();
}

Digest verdict_chain(const Digest& previous, const Verdict& verdict) {
    return Hasher("SessionZero verdict v1")
        .add(previous)
        .add(verdict.seq)
        .add(verdict.event)
        .add(verdict.action)
        .add(verdict.refusal)
        .finish();
}

Result<std::unique_ptr<Ledger>> Ledger::found(const std::filesystem::path& file,
                                              const std::string& campaign, const std::string& host,
                                              const Batch& batch, const Options& options) {
    std::filesystem::path unfinished = file;
    unfinished += ".unfinished";
    remove_database(unfinished);
    if (auto made = make_unfinished(unfinished, campaign, host, batch, options); !made) {
        remove_database(unfinished);
        return not_saved(made.error());
    }
    std::error_code failed;
    std::filesystem::rename(unfinished, file, failed);
    remove_database(unfinished);
    const Status placed = failed ? fail(ErrorKind::environment, "SZ-FILE-006",
                                        "the file could not be put in its place.")
                                 : sync_folder(file.parent_path());
    auto opened =
        placed ? open(file, options) : Result<std::unique_ptr<Ledger>>(fail(placed.error()));
    if (opened) return opened;
    // Nobody was told of it yet, so it goes as a whole.
    if (!failed) remove_database(file);
    return not_saved(opened.error());
}

Status Ledger::make_unfinished(const std::filesystem::path& file, const std::string& campaign,
                               const std::string& host, const Batch& batch,
                               const Options& options) {
    SZ_ASSIGN(const auto ledger, empty(file, campaign, host, options));
    SZ_TRY(ledger->commit(batch));
    // Closing checkpoints too, but cannot say that it failed; and a file that is renamed leaves its
    // WAL behind.
    return ledger->checkpoint();
}

Result<std::unique_ptr<Ledger>> Ledger::empty(const std::filesystem::path& file,
                                              const std::string& campaign, const std::string& host,
                                              const Options& options) {
    SZ_ASSIGN(Database database, Database::open(file, options));
    SZ_TRY(database.migrate(migrations));
    std::unique_ptr<Ledger> ledger(new Ledger(std::move(database)));
    ledger->campaign_ = campaign;
    ledger->host_ = host;
    SZ_TRY(ledger->database_.execute("INSERT INTO campaign(id, host, format) VALUES(?, ?, ?)",
                                     {campaign, host, format}));
    SZ_TRY(ledger->database_.execute(
        "INSERT INTO cache(idx, head, hash, verdicts) VALUES(0, x'', x'', 0)", {}));
    return ledger;
}

Status Ledger::checkpoint() {
    bool is_complete = false;
    SZ_TRY(database_.query("PRAGMA wal_checkpoint(TRUNCATE)", {}, [&](const Row& row) {
        is_complete = row.integer(0) == 0;
        return false;
    }));
    if (is_complete) return {};
    return fail(ErrorKind::environment, "SZ-CAMPAIGN-030", "the new file is in use.");
}

Status Ledger::raw(const Batch& batch) {
    return database_.transaction([&] { return write(batch); });
}

Result<bool> Ledger::copy_some(const std::filesystem::path& target, int pages) {
    if (copy_ && copy_target_ != target) copy_.reset();
    if (!copy_) {
        SZ_ASSIGN(copy_, DatabaseBackup::begin(database_, target));
        copy_target_ = target;
    }
    auto done = copy_->step(pages);
    if (!done || *done) copy_.reset();
    return done;
}

Result<std::unique_ptr<Ledger>> Ledger::open(const std::filesystem::path& file,
                                             const Options& options) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
        return fail(ErrorKind::not_found, "SZ-CAMPAIGN-001", "There is no campaign of that id.",
                    "szctl campaign list shows what there is.", file.stem().string());
    }
    auto database = Database::open(file, options);
    if (!database && database.error().code == "SZ-STORE-002")
        return file_damaged(database.error().message, file);
    if (!database) return fail(std::move(database).error());
    std::unique_ptr<Ledger> ledger(new Ledger(std::move(*database)));
    const auto version = ledger->database_.integer("PRAGMA user_version");
    if (!version) return file_damaged(version.error().message, file);
    if (version->value_or(0) == 0) return file_damaged("there is no campaign in it.", file);
    if (!options.read_only) SZ_TRY(ledger->database_.migrate(migrations));
    if (auto read = ledger->read_names(file.stem().string()); !read)
        return file_damaged(read.error().message, file);
    return ledger;
}

Status Ledger::read_names(const std::string& expected_id) {
    std::int64_t rows = 0;
    std::int64_t stored_format = 0;
    SZ_TRY(database_.query("SELECT id, host, format FROM campaign", {}, [&](const Row& row) {
        ++rows;
        campaign_ = row.text(0);
        host_ = row.text(1);
        stored_format = row.integer(2);
        return true;
    }));
    const auto bad = [](const char* why) { return fail(ErrorKind::input, "SZ-CAMPAIGN-002", why); };
    if (rows != 1) return bad("it does not say which campaign it is.");
    if (campaign_ != expected_id) return bad("it holds another campaign than its name says.");
    if (!client_id_key(host_)) return bad("its host is no Client ID.");
    if (stored_format != format) return bad("its format is not known.");
    return {};
}

Status Ledger::commit(const Batch& batch) {
    if (has_failed_)
        return not_saved(
            {ErrorKind::environment, "SZ-CAMPAIGN-030", "a change before it was lost.", {}, {}});
    auto done = database_.transaction([&] { return write(batch); });
    if (done) return {};
    has_failed_ = true;
    return not_saved(done.error());
}

// A damaged event that is saved from a file has none.
Status Ledger::write_changes(const Event& event) {
    const auto records = records_of(event.parts);
    for (const SeenRecord& seen : records.value_or(std::vector<SeenRecord>{})) {
        if (is_for_readers(seen.record)) continue;
        SZ_TRY(database_.execute(
            "INSERT OR IGNORE INTO changes(instance, path, event) VALUES(?, ?, ?)",
            {seen.record.instance, seen.record.path, sql(event.index)}));
    }
    return {};
}

Status Ledger::write(const Batch& batch) {
    for (const Event& event : batch.events) {
        SZ_TRY(database_.execute("INSERT INTO events(idx, at, head) VALUES(?, ?, ?)",
                                 {sql(event.index), event.at, blob(event.head)}));
        std::int64_t n = 0;
        for (const Part& part : event.parts) {
            SZ_TRY(
                database_.execute("INSERT INTO parts(event, n, kind, audience, salt, content) "
                                  "VALUES(?, ?, ?, ?, ?, ?)",
                                  {sql(event.index), n++, part.kind, part.audience, Blob{part.salt},
                                   Blob{part.content}}));
        }
        SZ_TRY(write_changes(event));
    }
    for (const Stream& stream : batch.streams) {
        SZ_TRY(database_.execute("INSERT INTO streams(id, author, stream) VALUES(?, ?, ?)",
                                 {sql(stream.number), stream.author, stream.stream}));
    }
    for (const Verdict& verdict : batch.verdicts) {
        SZ_TRY(
            database_.execute("INSERT INTO verdicts(stream, seq, event, action, refusal, chain) "
                              "VALUES(?, ?, ?, ?, ?, ?)",
                              {sql(verdict.stream), sql(verdict.seq), sql(verdict.event),
                               blob(verdict.action), verdict.refusal, blob(verdict.chain)}));
    }
    for (const StateRow& row : batch.rows) {
        if (row.text) {
            SZ_TRY(database_.execute_borrowed(
                "INSERT INTO state(key, text) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET text = "
                "excluded.text",
                {std::string_view(row.key), std::string_view(*row.text)}));
        } else {
            SZ_TRY(database_.execute("DELETE FROM state WHERE key = ?", {row.key}));
        }
    }
    // The number of verdicts shows that the last ones of a stream are not lost: nothing follows
    // upon them.
    return database_.execute(
        "UPDATE cache SET idx = ?, head = ?, hash = ?, verdicts = verdicts + ?",
        {sql(batch.last), blob(batch.head), blob(batch.state_hash), sql(batch.verdicts.size())});
}

Result<Loaded> Ledger::load() {
    Loaded loaded{State(campaign_, host_), 0, 0, {}, {}, {}, false};
    SZ_TRY(read_tail(loaded));
    SZ_TRY(read_streams(loaded));
    SZ_TRY(read_last_snapshot(loaded));
    SZ_ASSIGN(auto stored, stored_state(loaded.events, loaded.head));
    if (stored) {
        loaded.state = std::move(*stored);
    } else {
        SZ_TRY(refold(loaded));
    }
    has_failed_ = false;
    return loaded;
}

Status Ledger::read_tail(Loaded& loaded) {
    SZ_TRY(database_.query("SELECT idx, at, head FROM events ORDER BY idx DESC LIMIT ?",
                           {sql(recent_heads_max)}, [&](const Row& row) {
                               const Event event = event_row(row);
                               if (loaded.recent_heads.empty()) {
                                   loaded.events = event.index;
                                   loaded.at = event.at;
                                   loaded.head = event.head;
                               }
                               loaded.recent_heads.push_front(event.head);
                               return true;
                           }));
    if (loaded.events == 0)
        return fail(ErrorKind::environment, "SZ-CAMPAIGN-002",
                    "The campaign's file holds no event.", damaged_hint, campaign_);
    if (loaded.recent_heads.size() < recent_heads_max)
        loaded.recent_heads.push_front(genesis_head(campaign_, host_));
    return {};
}

Status Ledger::read_streams(Loaded& loaded) {
    return database_.query(
        "SELECT s.id, s.author, s.stream, v.seq, v.chain FROM streams s LEFT JOIN verdicts v ON "
        "v.stream = s.id AND v.seq = "
        "(SELECT max(seq) FROM verdicts WHERE stream = s.id)",
        {}, [&](const Row& row) {
            Stream stream{static_cast<std::uint64_t>(row.integer(0)), std::string(row.text(1)),
                          std::string(row.text(2)), static_cast<std::uint64_t>(row.integer(3)),
                          digest_of(row.text(4))};
            auto key = std::pair(stream.author, stream.stream);
            loaded.streams.emplace(std::move(key), std::move(stream));
            return true;
        });
}

Status Ledger::read_last_snapshot(Loaded& loaded) {
    SZ_TRY(database_.query("SELECT idx, at FROM snapshots ORDER BY number DESC LIMIT 1", {},
                           [&](const Row& row) {
                               loaded.snapshot_event = static_cast<EventIndex>(row.integer(0));
                               loaded.snapshot_at = row.integer(1);
                               return false;
                           }));
    if (loaded.snapshot_event != 0) return {};
    SZ_ASSIGN(const auto begun, database_.integer("SELECT at FROM events WHERE idx = 1"));
    loaded.snapshot_at = begun.value_or(0);
    return {};
}

Result<std::optional<State>> Ledger::stored_state(EventIndex last, const Digest& head) {
    Digest hash{};
    bool belongs = false;
    SZ_TRY(database_.query("SELECT idx, head, hash FROM cache", {}, [&](const Row& row) {
        belongs = row.integer(0) == sql(last) && digest_of(row.text(1)) == head;
        hash = digest_of(row.text(2));
        return false;
    }));
    if (!belongs) return std::optional<State>();
    std::vector<StateRow> rows;
    SZ_TRY(database_.query("SELECT key, text FROM state", {}, [&](const Row& row) {
        rows.push_back({std::string(row.text(0)), std::string(row.text(1))});
        return true;
    }));
    auto state = State::from_rows(campaign_, host_, rows);
    if (!state || state->hash() != hash) return std::optional<State>();
    return std::optional<State>(std::move(*state));
}

Status Ledger::refold(Loaded& loaded) {
    log::warning("campaign", "the stored state of campaign " + campaign_ +
                                 " does not belong to its ledger; it is folded anew");
    Fold fold(campaign_, host_);
    Status folded;
    SZ_TRY(in_order([&](const Event& event) {
        folded = fold.add(event);
        return folded.has_value();
    }));
    if (!folded) {
        return fail(ErrorKind::environment, "SZ-CAMPAIGN-002",
                    "The campaign's ledger does not hold at event " +
                        std::to_string(fold.events() + 1) + ": " + folded.error().message + ".",
                    damaged_hint, campaign_);
    }
    (void)fold.state().take_rows();
    Batch batch;
    for (auto& [key, text] : fold.state().all_rows()) batch.rows.push_back({key, text});
    batch.last = fold.events();
    batch.head = fold.head();
    batch.state_hash = fold.state().hash();
    const auto store_anew = [&]() -> Status {
        SZ_TRY(database_.execute("DELETE FROM state", {}));
        SZ_TRY(database_.execute("DELETE FROM cache", {}));
        SZ_TRY(
            database_.execute("INSERT INTO cache SELECT 0, x'', x'', count(*) FROM verdicts", {}));
        return write(batch);
    };
    SZ_TRY(database_.transaction(store_anew));
    loaded.state = std::move(fold.state());
    loaded.was_refolded = true;
    return {};
}

}  // namespace sz::campaign
