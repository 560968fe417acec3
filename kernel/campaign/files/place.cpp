// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/place.hpp"

#include <algorithm>

#include "kernel/campaign/sql_values.hpp"

namespace sz::campaign {

namespace {

namespace fs = std::filesystem;

constexpr const char* force_hint =
    "To put it in the place of the one that is here, which goes to the backups, use --force.";

Result<Digest> head_at(Ledger& ledger, EventIndex index) {
    if (index == 0) return genesis_head(ledger.campaign(), ledger.host());
    SZ_ASSIGN(const Event event, ledger.event(index));
    return event.head;
}

// The last event up to which both have the same heads; each head stands for all before it.
Result<EventIndex> last_common(Ledger& a, Ledger& b, EventIndex most) {
    EventIndex good = 0;
    EventIndex bad = most + 1;
    while (bad - good > 1) {
        const EventIndex middle = good + (bad - good) / 2;
        SZ_ASSIGN(const Digest left, head_at(a, middle));
        SZ_ASSIGN(const Digest right, head_at(b, middle));
        (left == right ? good : bad) = middle;
    }
    return good;
}

tl::unexpected<Error> not_placed(const fs::path& file) {
    return fail(ErrorKind::environment, "SZ-CAMPAIGN-030",
                "The campaign's file could not be put in its place.",
                "Check that you may write to the folder and that there is room.", file.string());
}

// The old file under another name in the backups, complete, while it is still in its place.
Status keep_old(const fs::path& here, const fs::path& kept) {
    SZ_TRY(make_folder(kept.parent_path().parent_path(), true));
    SZ_TRY(make_folder(kept.parent_path(), true));
    std::error_code failed;
    fs::create_hard_link(here, kept, failed);
    if (failed) fs::copy_file(here, kept, failed);
    if (failed) return not_placed(kept);
    // A log that stayed beside it would be taken for that of the file that comes. A sound file was
    // closed before, and has none.
    std::error_code ignored;
    const fs::path log = here.string() + "-wal";
    if (fs::exists(log, ignored)) fs::rename(log, kept.string() + "-wal", failed);
    fs::remove(here.string() + "-shm", ignored);
    if (failed) return not_placed(kept);
    return sync_folder(kept.parent_path());
}

}  // namespace

Result<Compared> compare(const fs::path& here, const Incoming& incoming) {
    std::error_code ignored;
    if (!fs::exists(here, ignored)) return Compared{};
    // Opened for writing: closing it again empties the log that a crash may have left.
    auto mine = Ledger::open(here);
    if (!mine && mine.error().code == "SZ-CAMPAIGN-002") return Compared{Relation::damaged, 0, 0};
    if (!mine) return fail(mine.error());
    if ((*mine)->host() != incoming.ledger.host) return Compared{Relation::other_host, 0, 0};
    SZ_ASSIGN(const auto theirs, Ledger::open(incoming.file));
    auto loaded = (*mine)->load();
    if (!loaded) return Compared{Relation::damaged, 0, 0};
    const EventIndex ours = loaded->events;
    const EventIndex shorter = std::min(ours, incoming.ledger.events);
    const auto common = last_common(**mine, *theirs, shorter);
    if (!common) return Compared{Relation::damaged, ours, 0};
    Relation relation = Relation::forks;
    if (*common == shorter) {
        relation = ours == incoming.ledger.events  ? Relation::same
                   : ours < incoming.ledger.events ? Relation::continues
                                                   : Relation::is_behind;
    }
    return Compared{relation, ours, *common};
}

Status may_take_place(const Compared& compared, const Incoming& incoming, bool force) {
    const std::string id = incoming.ledger.campaign;
    const std::string here = std::to_string(compared.here);
    const std::string there = std::to_string(incoming.ledger.events);
    switch (compared.relation) {
        case Relation::none_here:
        case Relation::same:
        case Relation::damaged: return {};
        case Relation::continues:
            if (incoming.is_sealed || force) return {};
            return fail(ErrorKind::conflict, "SZ-CAMPAIGN-065",
                        "The file goes on where the campaign here ends (event " + here + " of " +
                            there +
                            "), but its host did not seal it: anybody may have written "
                            "its end.",
                        std::string("Export it with szctl campaign export where its host's "
                                    "identity is. If you trust the file: ") +
                            force_hint,
                        id);
        case Relation::is_behind:
            if (force) return {};
            return fail(ErrorKind::conflict, "SZ-CAMPAIGN-063",
                        "The campaign here has gone further: it has " + here +
                            " events, the file " + there + " of the same.",
                        force_hint, id);
        case Relation::forks:
            if (force) return {};
            return fail(ErrorKind::conflict, "SZ-CAMPAIGN-064",
                        "The campaign here and the file have parted: up to event " +
                            std::to_string(compared.common) +
                            " they are the same, and each went on by itself (" + here + " and " +
                            there +
                            " events). One campaign has one history; they cannot be "
                            "joined.",
                        std::string("Go on with the one that was played last. ") + force_hint, id);
        case Relation::other_host: break;
    }
    return fail(ErrorKind::conflict, "SZ-CAMPAIGN-066",
                "A campaign of the same id is here, with another host: they are not one campaign.",
                "Ask whoever gave you the file. To have it nevertheless, take the one here off the "
                "list first: szctl campaign remove.",
                id);
}

Result<Placed> place(const fs::path& here, const Incoming& incoming, const Backups& backups,
                     UnixMs now, bool force) {
    SZ_ASSIGN(const Compared compared, compare(here, incoming));
    SZ_TRY(may_take_place(compared, incoming, force));
    Placed placed;
    if (compared.relation == Relation::same) {
        placed.state = "same";
    } else {
        placed.state = compared.relation == Relation::none_here   ? "new"
                       : compared.relation == Relation::damaged   ? "repaired"
                       : compared.relation == Relation::continues ? "continued"
                                                                  : "replaced";
        if (compared.relation != Relation::none_here) {
            const bool is_damaged = compared.relation == Relation::damaged;
            Digest head{};
            if (!is_damaged) {
                SZ_ASSIGN(const auto ledger, Ledger::open(here));
                SZ_ASSIGN(head, head_at(*ledger, compared.here));
            }
            placed.kept =
                backups.name(is_damaged ? "damaged" : "replaced", now, compared.here, head);
            SZ_TRY(keep_old(here, placed.kept));
        }
        std::error_code failed;
        fs::rename(incoming.file, here, failed);
        if (failed) return not_placed(here);
        SZ_TRY(sync_folder(here.parent_path()));
    }
    SZ_ASSIGN(const auto ledger, Ledger::open(here));
    SZ_ASSIGN(placed.summary, ledger->summary());
    return placed;
}

}  // namespace sz::campaign
