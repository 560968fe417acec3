// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/disclosure.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "kernel/campaign/blueprint.hpp"

namespace sz::campaign {

namespace {

void hide(std::vector<SeenRecord>& records, const Instance& instance, const std::string& path,
          const Audience& from) {
    records.push_back({from, reader_record(instance.id, {{"hide", path}})});
}

// The whole of it, to people who may not even have known that it is there.
void reveal_instance(std::vector<SeenRecord>& records, const Instance& before,
                     const Instance& after, bool has_other_values) {
    const bool is_forgotten = has_other_values || !after.audience().covers(before.audience());
    if (is_forgotten) hide(records, after, "", before.audience());
    const auto has_changed = [&](const Audience& audience) {
        return std::any_of(after.fields.begin(), after.fields.end(), [&](const auto& field) {
            return after.field_audience(field.first) == audience &&
                   before.field_audience(field.first) != audience;
        });
    };
    for (SeenRecord& made : creation_records(after)) {
        if (made.audience == Audience::game_masters()) continue;
        if (made.record.effect.contains("create")) {
            Json what = std::move(made.record.effect["create"]);
            what.erase("visibility");
            records.push_back(
                {made.audience, reader_record(after.id, {{"reveal", std::move(what)}})});
        } else if (is_forgotten || has_changed(made.audience)) {
            records.push_back(std::move(made));
        }
    }
}

void reveal_fields(std::vector<SeenRecord>& records, const Instance& before, const Instance& after,
                   const std::set<std::string>& changed) {
    std::map<Audience, std::set<std::string>, WiderFirst> shown;
    for (const auto& [path, field] : after.fields) {
        const Audience had = before.field_audience(path);
        const Audience has = after.field_audience(path);
        if (had == has) continue;
        const bool is_lost = changed.contains(path) || !has.covers(had);
        if (is_lost && had != Audience::game_masters()) hide(records, after, path, had);
        if (has != Audience::game_masters()) shown[has].insert(path);
    }
    for (const auto& [audience, paths] : shown) {
        const auto is_in = [&](const std::string& path) { return paths.contains(path); };
        const auto is_there = [&](const std::string& path) {
            return after.field_audience(path).covers(audience);
        };
        Json sections = sheet_part(after, is_in, is_there);
        records.push_back(
            {audience, reader_record(after.id, {{"reveal", {{"sections", std::move(sections)}}}})});
    }
}

}  // namespace

std::vector<SeenRecord> disclosure_records(const Instance& before, const Instance& after,
                                           const std::set<std::string>& changed) {
    std::vector<SeenRecord> records;
    if (before.audience() != after.audience()) {
        reveal_instance(records, before, after, !changed.empty());
    } else {
        reveal_fields(records, before, after, changed);
    }
    return records;
}

}  // namespace sz::campaign
