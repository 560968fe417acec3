// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/snapshots.hpp"

#include <algorithm>
#include <array>

#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/sql_values.hpp"

namespace sz::campaign {

namespace {

constexpr std::array<const char*, 4> snapshot_kinds{"hand", "time", "upgrade", "restore"};
constexpr const char* snapshot_columns =
    "SELECT s.number, s.idx, e.at, s.at, s.kind, s.note, length(s.state) FROM snapshots s JOIN "
    "events e ON e.idx = s.idx ";

Snapshot snapshot_row(const Row& row) {
    Snapshot snapshot;
    snapshot.number = static_cast<std::uint64_t>(row.integer(0));
    snapshot.event = static_cast<EventIndex>(row.integer(1));
    snapshot.event_at = row.integer(2);
    snapshot.at = row.integer(3);
    const auto* kind = std::find(snapshot_kinds.begin(), snapshot_kinds.end(), row.text(4));
    if (kind != snapshot_kinds.end())
        snapshot.kind = static_cast<SnapshotKind>(kind - snapshot_kinds.begin());
    snapshot.note = row.text(5);
    snapshot.bytes = static_cast<std::uint64_t>(row.integer(6));
    return snapshot;
}

// Over all that a row says, so that a changed one is found out.
Digest seal_of(std::int64_t number, std::int64_t event, std::int64_t at, std::string_view kind,
               std::string_view note, std::string_view head, std::string_view hash) {
    return Hasher("SessionZero snapshot v1")
        .add(static_cast<std::uint64_t>(number))
        .add(static_cast<std::uint64_t>(event))
        .add(static_cast<std::uint64_t>(at))
        .add(kind)
        .add(note)
        .add(head)
        .add(hash)
        .finish();
}

tl::unexpected<Error> no_snapshot(std::uint64_t number) {
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-091",
                "The campaign has no snapshot s" + std::to_string(number) + ".",
                "szctl campaign snapshots lists them.");
}

tl::unexpected<Error> snapshot_not_saved(const Error& cause) {
    return fail(ErrorKind::environment, "SZ-CAMPAIGN-030",
                "The snapshot could not be saved: " + cause.message,
                cause.hint.empty() ? "Make room on the disk, then try again." : cause.hint,
                cause.where);
}

class Maker {
  public:
    Maker(Ledger& ledger, SnapshotKind kind) : database_(ledger.database()), kind_(kind) {}

    [[nodiscard]] Status make(const std::string& note, UnixMs at) {
        SZ_TRY(read_cache());
        if (kind_ != SnapshotKind::hand) {
            SZ_TRY(find_at_event());
            if (number_ != 0) return {};
        } else {
            SZ_TRY(check_room());
        }
        SZ_ASSIGN(const std::string packed, pack_state());
        SZ_ASSIGN(const auto last, database_.integer("SELECT max(number) FROM snapshots"));
        number_ = last.value_or(0) + 1;
        SZ_TRY(insert(note, at, packed));
        return kind_ == SnapshotKind::hand ? Status{} : thin_out();
    }

    // One whose state, `after` its event with this head, is not the stored one.
    [[nodiscard]] Status keep(const Snapshot& snapshot, State after, const Digest& head) {
        SZ_TRY(check_room());
        std::vector<StateRow> rows;
        for (auto& [key, text] : after.all_rows()) rows.push_back({key, text});
        SZ_ASSIGN(const std::string packed, pack_rows(rows, limits::snapshot_bytes_max));
        number_ = sql(snapshot.number);
        event_ = sql(snapshot.event);
        head_ = bytes_of(head);
        hash_ = bytes_of(after.hash());
        return insert(snapshot.note, snapshot.at, packed);
    }

    [[nodiscard]] std::uint64_t number() const { return static_cast<std::uint64_t>(number_); }

  private:
    [[nodiscard]] static std::string bytes_of(const Digest& digest) {
        return {reinterpret_cast<const char*>(digest.data()), digest.size()};
    }

    [[nodiscard]] Status insert(const std::string& note, UnixMs at, const std::string& packed) {
        const std::string kind = snapshot_kind_name(kind_);
        const Digest seal = seal_of(number_, event_, at, kind, note, head_, hash_);
        return database_.execute(
            "INSERT INTO snapshots(number, idx, at, kind, note, head, hash, seal, state) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {number_, event_, at, kind, note, Blob{head_}, Blob{hash_}, blob(seal), Blob{packed}});
    }

    [[nodiscard]] Status read_cache() {
        return database_.query("SELECT idx, head, hash FROM cache", {}, [&](const Row& row) {
            event_ = row.integer(0);
            head_ = row.text(1);
            hash_ = row.text(2);
            return false;
        });
    }

    [[nodiscard]] Status find_at_event() {
        SZ_ASSIGN(
            const auto found,
            database_.integer("SELECT number FROM snapshots WHERE idx = ? LIMIT 1", {event_}));
        number_ = found.value_or(0);
        return {};
    }

    [[nodiscard]] Status check_room() {
        SZ_ASSIGN(const auto there,
                  database_.integer("SELECT count(*) FROM snapshots WHERE kind = 'hand'"));
        if (there.value_or(0) < static_cast<std::int64_t>(limits::snapshots_by_hand_max)) return {};
        return fail(ErrorKind::limit, "SZ-CAMPAIGN-096",
                    "There are " + std::to_string(limits::snapshots_by_hand_max) +
                        " snapshots made by hand already: as many as there may be.",
                    "Remove one that is not needed: szctl campaign snapshots ID --remove sN.");
    }

    [[nodiscard]] Result<std::string> pack_state() {
        std::vector<StateRow> rows;
        SZ_TRY(database_.query("SELECT key, text FROM state ORDER BY key", {}, [&](const Row& row) {
            rows.push_back({std::string(row.text(0)), std::string(row.text(1))});
            return true;
        }));
        return pack_rows(rows, limits::snapshot_bytes_max);
    }

    // Drops the one that is missed least: whose neighbours are nearest for their age. The first and
    // the last stay, so that the moments kept lie the thinner the older they are.
    [[nodiscard]] Status thin_out() {
        std::vector<std::pair<std::int64_t, double>> all;  // number, event
        SZ_TRY(database_.query("SELECT number, idx FROM snapshots WHERE kind = ? ORDER BY idx",
                               {std::string(snapshot_kind_name(kind_))}, [&](const Row& row) {
                                   all.emplace_back(row.integer(0),
                                                    static_cast<double>(row.integer(1)));
                                   return true;
                               }));
        if (all.size() <= limits::snapshots_kept_max) return {};
        std::size_t least = 1;
        double least_cost = 0;
        for (std::size_t i = 1; i + 1 < all.size(); ++i) {
            const double gap = all[i + 1].second - all[i - 1].second;
            const double cost = gap / (1 + all.back().second - all[i].second);
            if (i == 1 || cost < least_cost) {
                least = i;
                least_cost = cost;
            }
        }
        return database_.execute("DELETE FROM snapshots WHERE number = ?", {all[least].first});
    }

    Database& database_;
    SnapshotKind kind_;
    std::int64_t number_ = 0, event_ = 0;
    std::string head_, hash_;
};

// The state that a snapshot holds, or nothing when it is not as it was made: it is passed over.
std::optional<State> state_in(Ledger& ledger, const StoredSnapshot& stored) {
    auto rows = unpack_rows(stored.packed, limits::snapshot_bytes_max);
    if (!stored.is_sealed || !rows) return std::nullopt;
    auto state = State::from_rows(ledger.campaign(), ledger.host(), *rows);
    if (!state || state->hash() != stored.hash) return std::nullopt;
    return std::move(*state);
}

// From the nearest good snapshot at or before `event`, else from the beginning.
Result<Fold> fold_near(Ledger& ledger, EventIndex event) {
    SZ_ASSIGN(const auto places, snapshot_places(ledger.database()));
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
        if (place->first > event) continue;
        SZ_ASSIGN(const StoredSnapshot stored, stored_snapshot(ledger.database(), place->second));
        const auto at = ledger.event(stored.event);
        const bool belongs = at && at->head == stored.head;
        if (auto state = belongs ? state_in(ledger, stored) : std::nullopt)
            return Fold(std::move(*state), stored.head, stored.event, at->at);
        log::warning("campaign", "snapshot s" + std::to_string(stored.number) + " of campaign " +
                                     ledger.campaign() + " is damaged; another one is used");
    }
    return Fold(ledger.campaign(), ledger.host());
}

}  // namespace

const char* snapshot_kind_name(SnapshotKind kind) noexcept {
    return snapshot_kinds[static_cast<std::size_t>(kind)];
}

Status check_note(const std::string& note) {
    const bool has_control = std::any_of(note.begin(), note.end(),
                                         [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (!has_control && note.size() <= limits::snapshot_note_bytes_max) return {};
    return fail(
        ErrorKind::input, "SZ-CAMPAIGN-097", "That cannot be a snapshot's note.",
        "Write one line of at most " + std::to_string(limits::snapshot_note_bytes_max) + " bytes.");
}

Result<Snapshot> make_snapshot(Ledger& ledger, SnapshotKind kind, const std::string& note,
                               UnixMs at) {
    SZ_TRY(check_note(note));
    Maker maker(ledger, kind);
    const Status made = ledger.database().transaction([&] { return maker.make(note, at); });
    if (!made && made.error().code.starts_with("SZ-STORE")) return snapshot_not_saved(made.error());
    if (!made) return fail(made.error());
    return find_snapshot(ledger, maker.number());
}

Status keep_snapshot(Ledger& ledger, const Snapshot& snapshot) {
    SZ_TRY(check_note(snapshot.note));
    SZ_ASSIGN(const Event event, ledger.event(snapshot.event));
    SZ_ASSIGN(const auto state, state_after(ledger, snapshot.event));
    Maker maker(ledger, SnapshotKind::hand);
    const Status kept =
        ledger.database().transaction([&] { return maker.keep(snapshot, *state, event.head); });
    if (!kept && kept.error().code.starts_with("SZ-STORE")) return snapshot_not_saved(kept.error());
    return kept;
}

Result<std::vector<Snapshot>> list_snapshots(Ledger& ledger) {
    std::vector<Snapshot> all;
    SZ_TRY(ledger.database().query(std::string(snapshot_columns) + "ORDER BY s.number DESC", {},
                                   [&](const Row& row) {
                                       all.push_back(snapshot_row(row));
                                       return true;
                                   }));
    return all;
}

Result<Snapshot> find_snapshot(Ledger& ledger, std::uint64_t number) {
    std::optional<Snapshot> found;
    SZ_TRY(ledger.database().query(std::string(snapshot_columns) + "WHERE s.number = ?",
                                   {sql(number)}, [&](const Row& row) {
                                       found = snapshot_row(row);
                                       return false;
                                   }));
    if (!found) return no_snapshot(number);
    return std::move(*found);
}

Status remove_snapshot(Ledger& ledger, std::uint64_t number) {
    SZ_TRY(find_snapshot(ledger, number));
    const auto removed =
        ledger.database().execute("DELETE FROM snapshots WHERE number = ?", {sql(number)});
    return removed ? Status{} : snapshot_not_saved(removed.error());
}

Result<std::shared_ptr<const State>> state_after(Ledger& ledger, EventIndex event) {
    if (event != 0) SZ_TRY(ledger.event(event));
    SZ_ASSIGN(Fold fold, fold_near(ledger, event));
    Status folded;
    const auto add = [&](const Event& next) {
        if (fold.events() >= event) return false;
        folded = fold.add(next);
        return folded.has_value();
    };
    if (fold.events() < event) SZ_TRY(ledger.in_order(add, fold.events()));
    if (!folded || fold.events() != event) {
        return fail(ErrorKind::environment, "SZ-CAMPAIGN-002",
                    "The campaign's ledger does not hold at event " +
                        std::to_string(fold.events() + 1) +
                        (folded ? "." : ": " + folded.error().message + "."),
                    "szctl campaign verify says more.", ledger.campaign());
    }
    return std::make_shared<const State>(std::move(fold.state()));
}

Result<std::vector<std::pair<EventIndex, std::uint64_t>>> snapshot_places(Database& database) {
    std::vector<std::pair<EventIndex, std::uint64_t>> places;
    SZ_ASSIGN(const auto has_table,
              database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'snapshots'"));
    if (has_table.value_or(0) == 0) return places;
    SZ_TRY(database.query("SELECT idx, number FROM snapshots ORDER BY idx, number", {},
                          [&](const Row& row) {
                              places.emplace_back(static_cast<EventIndex>(row.integer(0)),
                                                  static_cast<std::uint64_t>(row.integer(1)));
                              return true;
                          }));
    return places;
}

Result<StoredSnapshot> stored_snapshot(Database& database, std::uint64_t number) {
    std::optional<StoredSnapshot> found;
    SZ_TRY(database.query(
        "SELECT idx, at, kind, note, head, hash, seal, state FROM snapshots WHERE number = ?",
        {sql(number)}, [&](const Row& row) {
            const Digest seal = seal_of(sql(number), row.integer(0), row.integer(1), row.text(2),
                                        row.text(3), row.text(4), row.text(5));
            found = StoredSnapshot{number,
                                   static_cast<EventIndex>(row.integer(0)),
                                   digest_of(row.text(4)),
                                   digest_of(row.text(5)),
                                   std::string(row.text(7)),
                                   seal == digest_of(row.text(6))};
            return false;
        }));
    if (!found) return no_snapshot(number);
    return std::move(*found);
}

}  // namespace sz::campaign
