// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/verify.hpp"

#include <set>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/snapshots.hpp"
#include "kernel/campaign/sql_values.hpp"

namespace sz::campaign {

namespace {

class Verifier {
  public:
    Verifier(Ledger& ledger, const std::atomic<bool>& stop)
        : ledger_(ledger), stop_(stop), fold_(ledger.campaign(), ledger.host()) {}

    [[nodiscard]] Proof prove() {
        Proof proof;
        proof.first_bad = first_bad();
        proof.events = fold_.events();
        proof.head = fold_.head();
        return proof;
    }

  private:
    using Bad = std::optional<FirstBad>;

    [[nodiscard]] Bad first_bad() {
        if (auto checked = ledger_.database().check(); !checked)
            return FirstBad{0, checked.error().message};
        // One moment of the file, whatever the host commits meanwhile.
        if (auto begun = ledger_.database().execute("BEGIN", {}); !begun)
            return FirstBad{0, begun.error().message};
        Bad bad = read_streams();
        if (!bad) bad = read_snapshots();
        if (!bad) bad = prove_events();
        if (!bad) bad = prove_verdicts();
        if (!bad) bad = prove_state();
        if (!bad) bad = prove_cache();
        if (!bad) bad = prove_changes();
        (void)ledger_.database().execute("COMMIT", {});
        return bad;
    }

    // The reason of whatever failed first: the query itself, or what was found in a row.
    [[nodiscard]] static Bad outcome(const Status& queried, const Bad& found) {
        if (found || queried) return found;
        return FirstBad{0, queried.error().message};
    }

    [[nodiscard]] Bad read_streams() {
        Bad bad;
        const Status queried = ledger_.database().query(
            "SELECT id, author, stream FROM streams ORDER BY id", {}, [&](const Row& row) {
                const auto number = static_cast<std::uint64_t>(row.integer(0));
                std::string author(row.text(1));
                std::string stream(row.text(2));
                starts_[number] = stream_start(ledger_.campaign(), author, stream);
                if (!numbers_.emplace(std::pair(std::move(author), std::move(stream)), number)
                         .second) {
                    bad = FirstBad{0, "A stream of actions is listed twice."};
                }
                return !bad;
            });
        return outcome(queried, bad);
    }

    [[nodiscard]] Bad read_snapshots() {
        const auto places = snapshot_places(ledger_.database());
        if (!places) return FirstBad{0, places.error().message};
        for (const auto& [event, number] : *places) snapshots_[event].push_back(number);
        return {};
    }

    // A snapshot must hold what the events up to its own come to.
    [[nodiscard]] Bad prove_snapshots(EventIndex event) {
        const auto here = snapshots_.find(event);
        if (here == snapshots_.end()) return {};
        const auto expected = fold_.state().all_rows();
        for (const std::uint64_t number : here->second) {
            const auto stored = stored_snapshot(ledger_.database(), number);
            const auto rows = stored ? unpack_rows(stored->packed, limits::snapshot_bytes_max)
                                     : Result<std::vector<StateRow>>(fail(stored.error()));
            std::map<std::string, std::string> held;
            for (const StateRow& row : rows.value_or(std::vector<StateRow>{}))
                held.emplace(row.key, row.text.value_or(""));
            const bool fits = rows && stored->is_sealed && stored->head == fold_.head() &&
                              stored->hash == fold_.state().hash() && held == expected;
            if (!fits)
                return FirstBad{
                    0, "Snapshot s" + std::to_string(number) + " is not what the ledger comes to."};
        }
        snapshots_.erase(here);
        return {};
    }

    [[nodiscard]] Bad prove_events() {
        Bad bad;
        const Status queried = ledger_.in_order([&](const Event& event) {
            if (stop_) {
                bad = FirstBad{0, "The check was ended before its end."};
            } else if (auto added = fold_.add(event); !added) {
                bad = FirstBad{fold_.events() + 1, added.error().message};
            } else if (auto reason = verdict_fault(event); !reason.empty()) {
                bad = FirstBad{event.index, std::move(reason)};
            } else {
                note_changes(event);
                bad = prove_snapshots(event.index);
            }
            return !bad;
        });
        bad = outcome(queried, bad);
        if (bad) return bad;
        if (!snapshots_.empty())
            return FirstBad{0, "There is a snapshot of an event that is not in the ledger."};
        if (fold_.events() == 0) return FirstBad{0, "The ledger holds no event."};
        const auto strays = ledger_.database().integer(
            "SELECT count(*) FROM parts WHERE event NOT IN (SELECT idx FROM events)");
        if (!strays || strays->value_or(0) != 0)
            return FirstBad{0, "There are parts of events that are not in the ledger."};
        return {};
    }

    // What the ledger should have in `changes`, in whatever order: the hashes of its rows, each
    // laid over the others with XOR.
    static void add_change(Digest& all, std::string_view instance, std::string_view path,
                           EventIndex event) {
        const Digest one =
            Hasher("SessionZero changed place").add(instance).add(path).add(event).finish();
        for (std::size_t i = 0; i < all.size(); ++i) all[i] ^= one[i];
    }
    void note_changes(const Event& event) {
        const auto records = records_of(event.parts);
        std::set<std::pair<std::string, std::string>> places;
        for (const SeenRecord& seen : records.value_or(std::vector<SeenRecord>{})) {
            if (!is_for_readers(seen.record))
                places.emplace(seen.record.instance, seen.record.path);
        }
        for (const auto& [instance, path] : places)
            add_change(changes_, instance, path, event.index);
    }
    // A file of an older schema gets the table when it is opened to be written.
    [[nodiscard]] Bad prove_changes() {
        const auto has_table =
            ledger_.database().integer("SELECT count(*) FROM sqlite_schema WHERE name = 'changes'");
        if (!has_table) return FirstBad{0, has_table.error().message};
        if (has_table->value_or(0) == 0) return {};
        Digest stored{};
        const Status queried = ledger_.database().query(
            "SELECT instance, path, event FROM changes", {}, [&](const Row& row) {
                add_change(stored, row.text(0), row.text(1),
                           static_cast<EventIndex>(row.integer(2)));
                return true;
            });
        const Bad bad = stored == changes_
                            ? Bad()
                            : FirstBad{0, "Which event changed what is not as the ledger says."};
        return outcome(queried, bad);
    }

    // An event's action must have the verdict that it became this event.
    [[nodiscard]] std::string verdict_fault(const Event& event) {
        const Action& action = fold_.action();
        const auto number = numbers_.find({action.author, action.stream});
        if (number == numbers_.end()) return "the stream of its action is not listed";
        const auto verdict = ledger_.verdict(number->second, action.seq);
        if (!verdict) return verdict.error().message;
        if (!*verdict) return "its action has no verdict";
        const auto signed_action = action_of(event.parts.front());
        const bool fits = (*verdict)->event == event.index && (*verdict)->refusal.empty() &&
                          signed_action && (*verdict)->action == action_hash(signed_action->bytes);
        return fits ? "" : "its action's verdict is another one";
    }

    [[nodiscard]] Bad prove_verdicts() {
        Bad bad;
        EventIndex accepted = 0;
        EventIndex last_event = 0;
        Verdict last;
        const auto wrong = [&](const char* reason) {
            bad = FirstBad{0, reason};
            return false;
        };
        const Status queried = ledger_.database().query(
            "SELECT stream, seq, event, action, refusal, chain FROM verdicts ORDER BY stream, seq",
            {}, [&](const Row& row) {
                Verdict verdict{static_cast<std::uint64_t>(row.integer(0)),
                                static_cast<std::uint64_t>(row.integer(1)),
                                static_cast<EventIndex>(row.integer(2)),
                                digest_of(row.text(3)),
                                std::string(row.text(4)),
                                digest_of(row.text(5))};
                const auto start = starts_.find(verdict.stream);
                if (start == starts_.end())
                    return wrong("A verdict is for a stream that is not listed.");
                const bool is_first = verdict.stream != last.stream;
                if (is_first) last_event = 0;
                if (verdict.seq != (is_first ? 1 : last.seq + 1))
                    return wrong("A verdict is missing from a stream of actions.");
                const Digest& previous = is_first ? start->second : last.chain;
                if (verdict_chain(previous, verdict) != verdict.chain)
                    return wrong("A verdict was changed.");
                if (verdict.event != 0 && verdict.event <= last_event)
                    return wrong("A stream's events are out of order.");
                if (verdict.event != 0) last_event = verdict.event;
                accepted += verdict.event != 0 ? 1 : 0;
                ++verdicts_;
                with_verdicts_.insert(verdict.stream);
                last = std::move(verdict);
                return true;
            });
        bad = outcome(queried, bad);
        if (bad) return bad;
        if (accepted != fold_.events())
            return FirstBad{0, "There are verdicts for events that are not in the ledger."};
        if (with_verdicts_.size() != starts_.size())
            return FirstBad{0, "A stream is listed that no action came by."};
        return {};
    }

    [[nodiscard]] Bad prove_state() {
        Bad bad;
        auto expected = fold_.state().all_rows();
        const Status queried = ledger_.database().query(
            "SELECT key, text FROM state ORDER BY key", {}, [&](const Row& row) {
                const auto found = expected.find(std::string(row.text(0)));
                if (found == expected.end() || found->second != row.text(1)) {
                    bad = FirstBad{0, "The stored state is not what the ledger comes to (" +
                                          std::string(row.text(0).substr(0, 80)) + ")."};
                    return false;
                }
                expected.erase(found);
                return true;
            });
        bad = outcome(queried, bad);
        if (!bad && !expected.empty())
            bad = FirstBad{0, "The stored state lacks something that the ledger comes to."};
        return bad;
    }

    [[nodiscard]] Bad prove_cache() {
        bool fits = false;
        std::int64_t rows = 0;
        const Digest hash = fold_.state().hash();
        const Status queried = ledger_.database().query(
            "SELECT idx, head, hash, verdicts FROM cache", {}, [&](const Row& row) {
                ++rows;
                fits = row.integer(0) == sql(fold_.events()) &&
                       digest_of(row.text(1)) == fold_.head() && digest_of(row.text(2)) == hash &&
                       row.integer(3) == sql(verdicts_);
                return true;
            });
        const Bad bad = fits && rows == 1
                            ? Bad()
                            : FirstBad{0,
                                       "The stored state's hash or head, or the number of "
                                       "verdicts, is not that of the ledger."};
        return outcome(queried, bad);
    }

    Ledger& ledger_;
    const std::atomic<bool>& stop_;
    Fold fold_;
    std::map<std::uint64_t, Digest> starts_;
    std::map<std::pair<std::string, std::string>, std::uint64_t> numbers_;
    std::set<std::uint64_t> with_verdicts_;
    std::map<EventIndex, std::vector<std::uint64_t>> snapshots_;  // not proven yet
    std::uint64_t verdicts_ = 0;
    Digest changes_{};
};

}  // namespace

Proof verify_file(const std::filesystem::path& file, const Ledger::Options& options,
                  const std::atomic<bool>& stop) {
    Ledger::Options read_only = options;
    read_only.read_only = true;
    auto ledger = Ledger::open(file, read_only);
    if (!ledger) return {0, {}, FirstBad{0, ledger.error().message}};
    return Verifier(**ledger, stop).prove();
}

Proof verify_file(const std::filesystem::path& file, const Ledger::Options& options) {
    const std::atomic<bool> never = false;
    return verify_file(file, options, never);
}

}  // namespace sz::campaign
