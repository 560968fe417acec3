// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/restore.hpp"

#include <algorithm>
#include <map>

#include "kernel/campaign/action.hpp"
#include "kernel/campaign/disclosure.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/upgrade.hpp"

namespace sz::campaign {

namespace {

// What an override says, as its effect carries it; null where there is none. `label` is
// "visibility" or "editableBy".
template <class Rules>
Json rule_json(const Rules& rules, const std::string& path, const char* label) {
    const auto found = rules.find(path);
    if (found == rules.end()) return nullptr;
    return {{label, found->second.label}, {"named", found->second.named}};
}

Json restored_member_json(const State& state, const std::string& id, const std::string& name) {
    const auto member = state.members().find(id);
    if (member == state.members().end()) return {{"id", id}, {"name", name}, {"role", nullptr}};
    return {{"id", id}, {"name", member->second.name}, {"role", role_name(member->second.role)}};
}

bool is_same_member(const State& a, const State& b, const std::string& id) {
    return restored_member_json(a, id, "") == restored_member_json(b, id, "");
}

// All that an instance is, but for marks.
bool is_same_instance(const Instance& a, const Instance& b) {
    Json row_a = instance_row(a);
    Json row_b = instance_row(b);
    row_a.erase("marks");
    row_b.erase("marks");
    return row_a == row_b && layout_row(a) == layout_row(b) &&
           std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                      [](const auto& one, const auto& other) {
                          return one.first == other.first && one.second.value == other.second.value;
                      });
}

class Restorer {
  public:
    Restorer(const State& now, const State& then, const Extent& extent, EventIndex event_before)
        : now_(now),
          then_(then),
          extent_(extent),
          inverse_{{"op", system_op::restore_snapshot}, {"args", Json::array({event_before})}} {}

    [[nodiscard]] std::vector<SeenRecord> records() {
        for (const auto& [id, instance] : now_.instances()) {
            if (const Instance* before = then_.find(id)) {
                go_back(instance, *before);
            } else if (!instance.removed && extent_.has(instance, "removed", true)) {
                add(instance.audience(), instance.id, "", {{"removed", true}}, "removed");
            }
        }
        go_back_members();
        // Effects are applied part by part, the widest audience first: here too.
        std::stable_sort(all_.begin(), all_.end(), [](const SeenRecord& a, const SeenRecord& b) {
            return a.audience.before(b.audience);
        });
        std::move(for_readers_.begin(), for_readers_.end(), std::back_inserter(all_));
        return std::move(all_);
    }

  private:
    void add(const Audience& audience, const std::string& instance, const std::string& path,
             Json effect, const std::string& touch) {
        Record record{instance, path, std::move(effect), inverse_, false, {}};
        if (!touch.empty()) record.touches.push_back(touch);
        all_.push_back({audience, std::move(record)});
    }

    void go_back(const Instance& now, const Instance& then) {
        const std::size_t begin = all_.size();
        Instance target = now;
        go_back_rules(now, now.overrides, then.overrides, target.overrides, "visibility",
                      "visibility");
        go_back_rules(now, now.editors, then.editors, target.editors, "editability", "editableBy");
        // For those who know of it afterwards: whoever does not is told to forget it.
        const Audience audience = target.audience();
        if (extent_.has(now, "name", now.name != then.name)) {
            add(audience, now.id, "", {{"name", then.name}}, "name");
            target.name = then.name;
        }
        if (now.removed != then.removed && extent_.has(now, "removed", true))
            add(audience, now.id, "", {{"removed", then.removed}}, "removed");
        if (!is_same_definition(now, then) && extent_.has(now, "definition", true)) {
            go_back_definition(now, then, target, begin);
        } else {
            go_back_fields(now, then, target);
        }
    }

    // Before all else of this instance, from `begin`: who sees a place is said of places that are
    // there then.
    void go_back_definition(const Instance& now, const Instance& then, Instance& target,
                            std::size_t begin) {
        target.template_link = then.template_link;
        target.requires_packs = then.requires_packs;
        target.layout = then.layout;
        target.fields = then.fields;
        auto records = upgrade_records(now, target, inverse_);
        // What was touched since has its record, whatever it was.
        std::set<std::string> said;
        for (const SeenRecord& seen : records) said.insert(seen.record.path);
        for (const auto& [path, field] : now.fields) {
            const auto before = target.fields.find(path);
            if (before == target.fields.end() || said.contains(path)) continue;
            if (extent_.has_field(now.id, path, field))
                add(target.field_audience(path), now.id, path, {{"set", before->second.value}}, "");
        }
        all_.insert(all_.begin() + static_cast<std::ptrdiff_t>(begin), records.begin(),
                    records.end());
        if (now.audience() == target.audience()) return;
        std::set<std::string> changed;
        for (const auto& [path, field] : target.fields) changed.insert(path);
        for (SeenRecord& seen : disclosure_records(now, target, changed))
            for_readers_.push_back(std::move(seen));
    }

    // `op` is the operation that sets such a rule, `label` what the rule calls its people.
    template <class Rules>
    void go_back_rules(const Instance& now, const Rules& is, const Rules& was, Rules& target,
                       const std::string& op, const char* label) {
        std::set<std::string> paths;
        for (const Rules* one : {&is, &was}) {
            for (const auto& [path, rule] : *one) paths.insert(path);
        }
        for (const std::string& path : paths) {
            const Json to = rule_json(was, path, label);
            const std::string touch = op + ":" + path;
            if (!extent_.has(now, touch, rule_json(is, path, label) != to)) continue;
            add(Audience::game_masters(), now.id, "", {{op, {{"path", path}, {"to", to}}}}, touch);
            target.erase(path);
            if (const auto found = was.find(path); found != was.end())
                target.emplace(path, found->second);
        }
    }

    void go_back_fields(const Instance& now, const Instance& then, Instance& target) {
        std::set<std::string> changed;
        for (const auto& [path, field] : now.fields) {
            const auto before = then.fields.find(path);
            if (before == then.fields.end() || !extent_.has_field(now.id, path, field)) continue;
            target.fields.find(path)->second.value = before->second.value;
            add(target.field_audience(path), now.id, path, {{"set", before->second.value}}, "");
            changed.insert(path);
        }
        for (SeenRecord& seen : disclosure_records(now, target, changed))
            for_readers_.push_back(std::move(seen));
    }

    void go_back_members() {
        std::map<std::string, std::string> names;
        for (const State* state : {&now_, &then_}) {
            for (const auto& [id, member] : state->members()) names[id] = member.name;
        }
        const Instance* session = now_.find(now_.campaign());
        for (const auto& [id, name] : names) {
            const std::string touch = "member:" + id;
            if (session == nullptr || is_same_member(now_, then_, id)) continue;
            if (!extent_.has(*session, touch, true)) continue;
            add(Audience::everyone(), session->id, "",
                {{"member", restored_member_json(then_, id, name)}}, touch);
        }
    }

    const State& now_;
    const State& then_;
    const Extent& extent_;
    Json inverse_;
    std::vector<SeenRecord> all_, for_readers_;
};

}  // namespace

Extent Extent::since(EventIndex event) {
    Extent extent;
    extent.since_ = event;
    return extent;
}

Extent Extent::places_of(const std::vector<SeenRecord>& records) {
    Extent extent;
    extent.is_listed_ = true;
    for (const SeenRecord& seen : records) {
        const Record& record = seen.record;
        if (is_for_readers(record)) continue;
        if (!record.path.empty()) extent.listed_.emplace(record.instance, record.path, "");
        for (const std::string& touch : record.touches)
            extent.listed_.emplace(record.instance, record.path, touch);
    }
    return extent;
}

bool Extent::has_field(const std::string& instance, const std::string& path,
                       const Field& field) const {
    return is_listed_ ? listed_.contains({instance, path, ""}) : field.marks.last.event > since_;
}

bool Extent::has(const Instance& instance, const std::string& what, bool differs) const {
    if (is_listed_) return listed_.contains({instance.id, "", what});
    const auto mark = instance.marks.items.find(what);
    return differs || (mark != instance.marks.items.end() && mark->second.event > since_);
}

std::vector<SeenRecord> restoring_records(const State& now, const State& then, const Extent& extent,
                                          EventIndex event_before) {
    return Restorer(now, then, extent, event_before).records();
}

bool is_restored(const State& now, const State& then) {
    for (const auto& [id, instance] : now.instances()) {
        const Instance* before = then.find(id);
        const bool is_same = before == nullptr ? instance.removed
                                               : instance.revision == before->revision ||
                                                     is_same_instance(instance, *before);
        if (!is_same) return false;
    }
    return std::equal(now.members().begin(), now.members().end(), then.members().begin(),
                      then.members().end(), [](const auto& a, const auto& b) {
                          return a.first == b.first && a.second.name == b.second.name &&
                                 a.second.role == b.second.role;
                      });
}

}  // namespace sz::campaign
