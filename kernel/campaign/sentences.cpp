// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/sentences.hpp"

#include "kernel/campaign/conflict.hpp"
#include "kernel/campaign/fold.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/views.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t clauses_max = 3;

std::string quoted(const std::string& text) { return "“" + text + "”"; }

class Teller {
  public:
    Teller(const State& state, const FieldTypes& fields) : state_(state), fields_(fields) {}

    // What happened, without who did it.
    [[nodiscard]] std::string clause(const Record& record) const {
        const std::string& kind = record.effect.begin().key();
        const Json& what = record.effect.begin().value();
        return record.path.empty() ? about_instance(record, kind, what)
                                   : about_field(record, kind, what);
    }

  private:
    [[nodiscard]] std::string name_of(const std::string& instance) const {
        const Instance* found = state_.find(instance);
        return found == nullptr ? "something" : found->name;
    }

    [[nodiscard]] std::string about_instance(const Record& record, const std::string& kind,
                                             const Json& what) const {
        if (kind == "create") {
            const Json* link = read::member(what, "template");
            const std::string from = link == nullptr ? "" : string_or(*link, "name");
            if (record.instance == state_.campaign())
                return "began the campaign " + quoted(string_or(what, "name"));
            return "made " + quoted(string_or(what, "name")) + " from " + quoted(from);
        }
        if (kind == "name" && what.is_string()) {
            const Json& before = read::list(record.inverse, "args");
            const std::string old =
                before.size() == 1 && before[0].is_string() ? before[0].get<std::string>() : "it";
            return "renamed " + quoted(old) + " to " + quoted(what.get<std::string>());
        }
        if (kind == "removed")
            return (what == true ? "removed " : "brought back ") + quoted(name_of(record.instance));
        if (kind == "member") {
            const std::string role = string_or(what, "role");
            const std::string who = quoted(string_or(what, "name"));
            if (role.empty()) return "took " + who + " off the table";
            return "made " + who + " " + (role == "gm" ? "game master" : role);
        }
        if (kind == "upgrade") {
            const Json* link = read::member(what, "template");
            if (link == nullptr) return {};  // more of the same
            return "brought " + quoted(name_of(record.instance)) + " to " +
                   string_or(*link, "pack") + " " + string_or(*link, "version");
        }
        if (kind == "visibility" || kind == "editability") {
            const std::string path = string_or(what, "path");
            return std::string(kind == "visibility" ? "changed who sees " : "changed who edits ") +
                   (path.empty() ? "" : field_name(record.instance, path) + " of ") +
                   quoted(name_of(record.instance));
        }
        return "changed " + quoted(name_of(record.instance));
    }

    [[nodiscard]] std::string field_name(const std::string& instance,
                                         const std::string& path) const {
        const Field* field = state_.find_field(instance, path);
        return quoted(field == nullptr ? path : string_or(field->definition, "name", path));
    }

    [[nodiscard]] std::string about_field(const Record& record, const std::string& kind,
                                          const Json& what) const {
        const std::string place =
            field_name(record.instance, record.path) + " of " + quoted(name_of(record.instance));
        if (kind == "set") return "set " + place + " to " + value(record, what);
        if (kind == "insert") return "added an item to " + place;
        if (kind == "remove") return "removed an item from " + place;
        if (kind == "move") return "moved an item in " + place;
        return "changed an item in " + place;
    }

    [[nodiscard]] std::string value(const Record& record, const Json& what) const {
        const Field* field = state_.find_field(record.instance, record.path);
        const bool is_plain = !what.is_object() && !what.is_array();
        if (field == nullptr || is_plain) return short_text(what);
        return short_text(Json(value_text(fields_, field->definition, what)));
    }

    const State& state_;
    const FieldTypes& fields_;
};

// What kind of change it was, when it went back to something.
std::string preface(const Action& action) {
    const EventIndex undone = undone_by(action);
    if (undone != 0 && action.operations.front().op == system_op::redo)
        return "did again what event " + std::to_string(undone) + " had taken back: ";
    if (undone != 0) return "took back event " + std::to_string(undone) + ": ";
    if (const EventIndex moment = restored_by(action)) {
        return "took the campaign back to how it was after event " + std::to_string(moment) + ": ";
    }
    return {};
}

}  // namespace

std::string event_sentence(const State& state, const FieldTypes& fields, const Action& action,
                           const std::vector<SeenRecord>& records) {
    const Teller teller(state, fields);
    std::vector<std::string> clauses;
    for (const SeenRecord& seen : records) {
        const bool is_own_membership = action.operations.front().op == system_op::create &&
                                       seen.record.effect.contains("member");
        if (!is_for_readers(seen.record) && !is_own_membership)
            clauses.push_back(teller.clause(seen.record));
        if (!clauses.empty() && clauses.back().empty()) clauses.pop_back();
    }
    std::string sentence = member_name(state, action.author) + " ";
    sentence += preface(action);
    for (std::size_t i = 0; i < clauses.size() && i < clauses_max; ++i)
        sentence += (i == 0 ? "" : ", ") + clauses[i];
    if (clauses.size() > clauses_max)
        sentence += " and " + std::to_string(clauses.size() - clauses_max) + " more";
    return sentence + ".";
}

}  // namespace sz::campaign
