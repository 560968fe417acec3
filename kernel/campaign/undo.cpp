// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/undo.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/snapshots.hpp"

namespace sz::campaign {

namespace {

constexpr std::uint64_t looked_back_max = 10'000;

using Place = std::pair<std::string, std::string>;  // instance, path

Result<Action> parsed_action(const Event& event) {
    if (event.parts.empty())
        return fail(ErrorKind::environment, "SZ-CAMPAIGN-002",
                    "An event of the ledger has no parts.");
    SZ_ASSIGN(const SignedAction signed_action, action_of(event.parts.front()));
    return parse_action(signed_action.bytes);
}

bool concerns_all_fields(const Record& record) {
    return record.effect.contains("create") || record.effect.contains("upgrade");
}

// A whole instance's creation, or its upgrade, is in the way of, and trampled on by, whatever
// happens to any of its fields.
bool makes_instance(const UndoMaterial& material, const std::string& instance) {
    return std::any_of(
        material.records.begin(), material.records.end(), [&](const SeenRecord& seen) {
            return seen.record.instance == instance && concerns_all_fields(seen.record);
        });
}

// What its maker may not know of does not keep them from taking an instance back (that removes it,
// and loses nothing): a refusal would tell that there is something.
bool stands_in_the_way(const SeenRecord& change, const Viewer& viewer,
                       const UndoMaterial& material) {
    const Record& later = change.record;
    if (is_for_readers(later)) return false;
    if (makes_instance(material, later.instance)) return change.audience.includes(viewer);
    return std::any_of(material.records.begin(), material.records.end(),
                       [&](const SeenRecord& seen) {
                           const Record& done = seen.record;
                           return done.instance == later.instance && done.path == later.path &&
                                  !is_for_readers(done) && !commute(done, later);
                       });
}

// The walk from the newest change backwards, several places at once, each event looked at once.
class Walk {
  public:
    Walk(Ledger& ledger, const Viewer& viewer, UndoMaterial& material)
        : ledger_(ledger), viewer_(viewer), material_(material) {}

    void begin_at(const PlaceStart& start) { visit(start.last, {start.instance, start.path}); }

    [[nodiscard]] Status run() {
        while (!to_visit_.empty() && !material_.is_undone && !material_.collision) {
            const auto newest = std::prev(to_visit_.end());
            const EventIndex index = newest->first;
            const std::set<Place> places = std::move(newest->second);
            to_visit_.erase(newest);
            SZ_TRY(look_at(index, places));
        }
        return {};
    }

  private:
    void visit(EventIndex index, Place place) {
        if (index > material_.event) to_visit_[index].insert(std::move(place));
    }

    [[nodiscard]] Status look_at(EventIndex index, const std::set<Place>& places) {
        SZ_ASSIGN(const Event event, ledger_.event(index));
        SZ_ASSIGN(const Action action, parsed_action(event));
        SZ_ASSIGN(const std::vector<SeenRecord> records, records_of(event.parts));
        if (!is_neutral(index, undone_by(action))) {
            for (const SeenRecord& seen : records) {
                const bool is_here = places.contains({seen.record.instance, seen.record.path});
                if (is_here && stands_in_the_way(seen, viewer_, material_)) {
                    material_.collision = Collision{index, event.at, action.author, seen.record};
                    return {};
                }
            }
        }
        for (const Place& place : places) {
            SZ_ASSIGN(const EventIndex before,
                      ledger_.change_before(place.first, place.second, index));
            visit(before, place);
        }
        return {};
    }

    // Taken back since, or itself the taking back of something after our event: as if neither had
    // happened.
    bool is_neutral(EventIndex index, EventIndex undone) {
        if (dead_.contains(index)) return true;
        if (undone == 0) return false;
        if (undone == material_.event) material_.is_undone = true;
        if (undone < material_.event) return false;
        dead_.insert(undone);
        return true;
    }

    Ledger& ledger_;
    const Viewer& viewer_;
    UndoMaterial& material_;
    std::map<EventIndex, std::set<Place>> to_visit_;
    std::set<EventIndex> dead_;
};

}  // namespace

Result<UndoMaterial> read_undone(Ledger& ledger, EventIndex event) {
    SZ_ASSIGN(const Event found, ledger.event(event));
    UndoMaterial material;
    material.event = event;
    SZ_ASSIGN(const Action action, parsed_action(found));
    material.undoes = undone_by(action);
    SZ_ASSIGN(material.records, records_of(found.parts));
    const bool goes_back =
        std::any_of(material.records.begin(), material.records.end(), [](const SeenRecord& seen) {
            return string_or(seen.record.inverse, "op") == system_op::restore_snapshot;
        });
    if (goes_back) {
        SZ_ASSIGN(material.then, state_after(ledger, event - 1));
    }
    return material;
}

std::vector<PlaceStart> places_of(const State& state, const UndoMaterial& material) {
    std::vector<PlaceStart> places;
    for (const SeenRecord& seen : material.records) {
        const Record& done = seen.record;
        if (is_for_readers(done)) continue;
        places.push_back({done.instance, done.path, state.last_change(done.instance, done.path)});
        const Instance* made = concerns_all_fields(done) ? state.find(done.instance) : nullptr;
        if (made == nullptr) continue;
        for (const auto& [path, field] : made->fields)
            places.push_back({done.instance, path, field.marks.last.event});
    }
    return places;
}

Status find_collision(Ledger& ledger, const std::vector<PlaceStart>& places, const Viewer& viewer,
                      UndoMaterial& material) {
    Walk walk(ledger, viewer, material);
    for (const PlaceStart& place : places) walk.begin_at(place);
    return walk.run();
}

Result<EventIndex> last_to_undo(Ledger& ledger, const std::string& author) {
    std::set<EventIndex> dead;
    EventIndex found = 0;
    Status failed;
    SZ_TRY(ledger.newest_first(EventIndex{1} << 53U, looked_back_max, [&](const Event& event) {
        auto action = parsed_action(event);
        if (!action) {
            failed = fail(std::move(action).error());
            return false;
        }
        if (event.index == 1 || dead.contains(event.index)) return true;
        if (const EventIndex undone = undone_by(*action)) {
            dead.insert(undone);
            return true;
        }
        if (action->author == author) found = event.index;
        return found == 0;
    }));
    if (!failed) return fail(std::move(failed).error());
    if (found != 0) return found;
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-026",
                "There is nothing of yours left to take back.",
                "szctl campaign log shows what happened; name an event to take that one back.");
}

namespace {

// Looks for what can be redone, the newest event first.
class RedoSearch {
  public:
    RedoSearch(Ledger& ledger, const std::string& author) : ledger_(ledger), author_(author) {}

    // False ends the search.
    [[nodiscard]] Result<bool> look_at(const Event& event) {
        SZ_ASSIGN(const Action action, parsed_action(event));
        const EventIndex undone = undone_by(action);
        // What was taken back says nothing: the event that did it was looked at.
        if (dead_.contains(event.index)) return true;
        if (undone == 0) return action.author != author_;
        SZ_ASSIGN(const Root root, root_of(undone));
        const bool is_redo = root.steps % 2 == 1;
        if (is_redo || action.author != author_) {
            dead_.insert(undone);
            return true;
        }
        found = Redoable{event.index, root.event};
        return false;
    }

    Redoable found;

  private:
    // The change at the end of a row of undos of undos, and how many of them there are.
    struct Root {
        EventIndex event = 0;
        std::uint64_t steps = 0;
    };
    [[nodiscard]] Result<Root> root_of(EventIndex event) {
        Root root{event, 0};
        while (root.steps < looked_back_max) {
            SZ_ASSIGN(const Event at, ledger_.event(root.event));
            SZ_ASSIGN(const Action action, parsed_action(at));
            const EventIndex next = undone_by(action);
            if (next == 0 || next >= root.event) break;
            root.event = next;
            ++root.steps;
        }
        return root;
    }

    Ledger& ledger_;
    const std::string& author_;
    std::set<EventIndex> dead_;
};

}  // namespace

Result<Redoable> next_to_redo(Ledger& ledger, const std::string& author) {
    RedoSearch search(ledger, author);
    Status failed;
    SZ_TRY(ledger.newest_first(EventIndex{1} << 53U, looked_back_max, [&](const Event& event) {
        const auto goes_on = search.look_at(event);
        if (!goes_on) failed = fail(goes_on.error());
        return goes_on.value_or(false);
    }));
    if (!failed) return fail(std::move(failed).error());
    if (search.found.undo != 0) return search.found;
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-093",
                "There is nothing of yours to be done again.",
                "Only what you took back can be, until you change something else.");
}

}  // namespace sz::campaign
