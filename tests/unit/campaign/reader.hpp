// SPDX-License-Identifier: AGPL-3.0-or-later
// A member's copy of a campaign, made of nothing but the events that the member gets. It knows
// nothing of State: it does what README.md says of readers.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "kernel/campaign/effect.hpp"
#include "kernel/campaign/received_event.hpp"
#include "kernel/campaign/views.hpp"
#include "tests/unit/campaign/evening.hpp"

namespace sz::test {

// For laws over many campaigns that no test switches off in the middle.
inline Ledger::Options not_synced() {
    Ledger::Options options;
    options.durability = Durability::normal;
    return options;
}

inline std::vector<Event> all_events(Evening& evening) {
    std::vector<Event> events;
    evening.host->read<bool>(
        [&](Ledger& ledger) -> Result<bool> {
            SZ_TRY(ledger.in_order([&](Event event) {
                events.push_back(std::move(event));
                return true;
            }));
            return true;
        },
        [](const Result<bool>&) {});
    evening.run();
    return events;
}

struct Sheet {
    std::string name;
    bool removed = false;
    std::map<std::string, Json> fields;
    bool operator==(const Sheet&) const = default;
};
using Sheets = std::map<std::string, Sheet>;

// Whoever sees everything loses nothing: hides are for the others.
class Reader {
  public:
    explicit Reader(bool sees_all) : sees_all_(sees_all) {}

    void take(const ReceivedEvent& event) {
        std::vector<Part> parts;
        for (const ReceivedPart& part : event.parts) {
            if (const auto* full = std::get_if<Part>(&part)) parts.push_back(*full);
        }
        const auto records = records_of(parts);
        if (!records) throw std::runtime_error(records.error().message);
        for (const SeenRecord& seen : *records) {
            if (!sees_all_ && step_of(seen.record) == Step::hide) hide(seen.record);
        }
        for (const Step step : {Step::reveal, Step::rest}) {
            for (const SeenRecord& seen : *records) {
                if (step_of(seen.record) == step) apply(seen.record);
            }
        }
    }
    [[nodiscard]] Sheets living() const {
        Sheets all = sheets_;
        std::erase_if(all, [](const auto& one) { return one.second.removed; });
        return all;
    }

  private:
    enum class Step : std::uint8_t { hide, reveal, rest };
    static Step step_of(const Record& record) {
        const std::string& kind = record.effect.begin().key();
        if (kind == "hide") return Step::hide;
        return kind == "create" || kind == "reveal" ? Step::reveal : Step::rest;
    }

    void hide(const Record& record) {
        const auto path = record.effect["hide"].get<std::string>();
        if (path.empty()) {
            sheets_.erase(record.instance);
        } else if (sheets_.contains(record.instance)) {
            sheets_.at(record.instance).fields.erase(path);
        }
    }

    void apply(const Record& record) {
        const std::string& kind = record.effect.begin().key();
        const Json& what = record.effect.begin().value();
        if (!record.path.empty()) {
            Json& value = sheets_.at(record.instance).fields.at(record.path);
            if (!apply_effect(value, record.effect)) throw std::runtime_error("an unfit effect");
        } else if (kind == "create" || (kind == "reveal" && what.contains("kind"))) {
            Sheet& sheet = sheets_[record.instance];
            sheet.name = what["name"];
            put(sheet, what["sections"]);
        } else if (kind == "reveal") {
            put(sheets_.at(record.instance), what["sections"]);
        } else if (kind == "upgrade") {
            Sheet& sheet = sheets_.at(record.instance);
            if (what.contains("template")) sheet.fields.clear();
            put(sheet, what.value("sections", Json::array()));
        } else if (kind == "name") {
            sheets_.at(record.instance).name = what;
        } else if (kind == "removed") {
            sheets_.at(record.instance).removed = what;
        }
    }

    static void put(Sheet& sheet, const Json& sections) {
        for (const Json& section : sections) {
            for (const Json& group : section["groups"]) {
                for (const Json& field : group["fields"]) {
                    sheet.fields[field_path(
                        section["id"].get<std::string>(), group["id"].get<std::string>(),
                        field["definition"]["id"].get<std::string>())] = field["value"];
                }
            }
        }
    }

    bool sees_all_;
    Sheets sheets_;
};

// What a member has who was there from the beginning.
inline Sheets read_by(Evening& evening, const std::string& client_id) {
    const Viewer viewer = evening.host->state().viewer(client_id);
    Reader reader(viewer.sees_all);
    for (const Event& event : all_events(evening)) reader.take(redact(event, viewer));
    return reader.living();
}

// The same as the host shows it.
inline Sheets shown_to(Evening& evening, const std::string& client_id) {
    const State& state = evening.host->state();
    const Viewer viewer = state.viewer(client_id);
    Sheets all;
    for (const auto& [id, instance] : state.instances()) {
        if (visible_instance(state, id, viewer) == nullptr) continue;
        const Json view =
            character_view(state, instance, viewer, {evening.fields, evening.templates});
        Sheet& sheet = all[id];
        sheet.name = view["name"];
        for (const auto& [path, field] : view["fields"].items())
            sheet.fields[path] = field["value"];
    }
    return all;
}

}  // namespace sz::test
