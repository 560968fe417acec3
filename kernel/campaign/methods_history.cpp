// SPDX-License-Identifier: AGPL-3.0-or-later
// Moments of a campaign on the bus: kept, gone back to, compared, told.
#include <array>
#include <nlohmann/json.hpp>

#include "kernel/campaign/difference.hpp"
#include "kernel/campaign/methods.hpp"
#include "kernel/campaign/moment.hpp"
#include "kernel/campaign/snapshots.hpp"
#include "kernel/campaign/undo.hpp"

namespace sz::campaign {

namespace {

std::string id_of(const Call& call) { return string_or(call.params(), "id"); }

Json snapshot_json(const Snapshot& snapshot) {
    return {{"snapshot", "s" + std::to_string(snapshot.number)},
            {"event", snapshot.event},
            {"event_at", format_time(snapshot.event_at)},
            {"at", format_time(snapshot.at)},
            {"kind", snapshot_kind_name(snapshot.kind)},
            {"note", snapshot.note},
            {"bytes", snapshot.bytes}};
}

void take_snapshot(CampaignFiles& files, const Call& call) {
    files.snapshot(id_of(call), SnapshotKind::hand, string_or(call.params(), "note"),
                   [call](const Result<Snapshot>& made) {
                       if (!made) return call.answer(fail(made.error()));
                       call.answer(snapshot_json(*made));
                   });
}

void list_all_snapshots(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, id_of(call), [call](const std::shared_ptr<Host>& host) {
        host->read<std::vector<Snapshot>>(list_snapshots,
                                          [call](const Result<std::vector<Snapshot>>& all) {
                                              if (!all) return call.answer(fail(all.error()));
                                              Json list = Json::array();
                                              for (const Snapshot& one : *all)
                                                  list.push_back(snapshot_json(one));
                                              call.answer(Json{{"snapshots", std::move(list)}});
                                          });
    });
}

void drop_snapshot(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, id_of(call), [&files, call](const std::shared_ptr<Host>& host) {
        const std::string name = string_or(call.params(), "snapshot");
        const auto moment = parse_moment(name, files.services().sources.now_ms());
        if (!moment) return call.answer(fail(moment.error()));
        host->read<bool>(
            [number = moment->number](Ledger& ledger) -> Result<bool> {
                SZ_TRY(remove_snapshot(ledger, number));
                return true;
            },
            [call, name](const Result<bool>& removed) {
                if (!removed) return call.answer(fail(removed.error()));
                call.answer(Json{{"removed", name}});
            });
    });
}

// Finds the moments that the parameters of these names say, then calls `fn` with them.
using Points = std::vector<Point>;
void with_moments(CampaignFiles& files, const Call& call, const std::shared_ptr<Host>& host,
                  const std::vector<std::string>& keys,
                  std::function<void(const Points& points)> fn) {
    std::vector<Moment> moments;
    for (const std::string& key : keys) {
        auto moment =
            parse_moment(string_or(call.params(), key, "now"), files.services().sources.now_ms());
        if (!moment) return call.answer(fail(std::move(moment).error()));
        moments.push_back(*moment);
    }
    host->read<Points>(
        [moments = std::move(moments)](Ledger& ledger) -> Result<Points> {
            Points points;
            for (const Moment& moment : moments) {
                SZ_ASSIGN(const Point point, find_moment(ledger, moment));
                points.push_back(point);
            }
            return points;
        },
        [call, fn = std::move(fn)](const Result<Points>& points) {
            if (!points) return call.answer(fail(points.error()));
            fn(*points);
        });
}

void restore_snapshot(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, id_of(call), [&files, call](const std::shared_ptr<Host>& host) {
        with_moments(files, call, host, {"to"}, [&files, call, host](const Points& points) {
            const EventIndex event = points.front().event;
            if (event == 0) {
                return call.answer(fail(ErrorKind::input, "SZ-CAMPAIGN-048",
                                        "The campaign had not begun then.",
                                        "szctl campaign log shows what happened when."));
            }
            host->act(files.services().identity,
                      {{host->state().campaign(), "", std::string(system_op::restore_snapshot),
                        Json::array({event}), std::nullopt}},
                      answer_accepted(call, [event](const Accepted& accepted, Json& result) {
                          result.erase("revision");
                          result["restored"] = event;
                          result["instances"] = accepted.instances;
                      }));
        });
    });
}

void redo_event(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, id_of(call), [&files, call](const std::shared_ptr<Host>& host) {
        auto author = files.services().identity.active();
        if (!author) return call.answer(fail(std::move(author).error()));
        host->read<Redoable>(
            [author = *author](Ledger& ledger) { return next_to_redo(ledger, author); },
            [&files, call, host](const Result<Redoable>& found) {
                if (!found) return call.answer(fail(found.error()));
                host->act(files.services().identity,
                          {{host->state().campaign(), "", std::string(system_op::redo),
                            Json::array({found->undo}), std::nullopt}},
                          answer_accepted(call, [redo = *found](const Accepted&, Json& result) {
                              result.erase("revision");
                              result["undo"] = redo.undo;
                              result["redone"] = redo.event;
                          }));
            });
    });
}

using States = std::vector<std::shared_ptr<const State>>;

// Answers what is different between two moments as whoever "as" names saw them; `add` says the
// rest.
void answer_difference(CampaignFiles& files, const Call& call, const std::shared_ptr<Host>& host,
                       const Points& points, std::function<void(Json& result)> add) {
    host->read<States>(
        [points](Ledger& ledger) -> Result<States> {
            States states;
            for (const Point& point : points) {
                SZ_ASSIGN(auto state, state_after(ledger, point.event));
                states.push_back(std::move(state));
            }
            return states;
        },
        [&files, call, host, add = std::move(add)](const Result<States>& states) {
            if (!states) return call.answer(fail(states.error()));
            const State& before = *states->front();
            // Without a second one: now.
            const State& after = states->size() > 1 ? *states->back() : host->state();
            const auto viewer = viewer_of(after, call.params());
            if (!viewer) return call.answer(fail(viewer.error()));
            // Whoever was no member yet saw what everybody may see.
            Json result = difference({before, before.viewer(viewer->client_id)}, {after, *viewer},
                                     computing(files));
            add(result);
            call.answer(std::move(result));
        });
}

Json point_json(const Point& point) {
    return {{"event", point.event}, {"at", format_time(point.at)}};
}

void diff_campaign(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, id_of(call), [&files, call](const std::shared_ptr<Host>& host) {
        with_moments(files, call, host, {"from", "to"}, [&files, call, host](const Points& points) {
            answer_difference(files, call, host, points, [points](Json& result) {
                result["from"] = point_json(points.front());
                result["to"] = point_json(points.back());
            });
        });
    });
}

// No number of an event is told: those of hidden ones would show.
void recap_campaign(CampaignFiles& files, const Call& call) {
    with_campaign(files, call, id_of(call), [&files, call](const std::shared_ptr<Host>& host) {
        with_moments(files, call, host, {"since"}, [&files, call, host](const Points& points) {
            answer_difference(files, call, host, points, [at = points.front().at](Json& result) {
                result["since"] = format_time(at);
            });
        });
    });
}

constexpr std::array<MethodTable, 7> history_table{{
    {"campaign.snapshot", "Keeps a campaign's state as it is now.", take_snapshot},
    {"campaign.snapshots", "Lists a campaign's snapshots, the newest first.", list_all_snapshots},
    {"campaign.remove-snapshot", "Removes a snapshot; the ledger keeps its moment.", drop_snapshot},
    {"campaign.restore-snapshot", "Takes a campaign back to a moment by a new event.",
     restore_snapshot},
    {"campaign.redo", "Does again what was taken back last.", redo_event},
    {"campaign.diff", "Compares two moments of a campaign.", diff_campaign},
    {"campaign.recap", "Tells what changed since a moment, as one member saw it.", recap_campaign},
}};

}  // namespace

Status add_history_methods(CampaignFiles& files) {
    return add_table(files, history_table.data(), history_table.size());
}

}  // namespace sz::campaign
