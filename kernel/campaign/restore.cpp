// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/restore.hpp"

#include <algorithm>
#include <map>

#include "kernel/campaign/action.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

Json override_json(const Instance& instance, const std::string& path) {
    const auto found = instance.overrides.find(path);
    if (found == instance.overrides.end()) return nullptr;
    return {{"visibility", found->second.label}, {"named", found->second.named}};
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
        // Effects are applied part by part, the widest audience first: those of one place must come
        // in that order here too, because each names the one before it.
        std::stable_sort(all_.begin(), all_.end(), [](const SeenRecord& a, const SeenRecord& b) {
            return a.audience.before(b.audience);
        });
        std::move(for_readers_.begin(), for_readers_.end(), std::back_inserter(all_));
        return std::move(all_);
    }

  private:
    void add(const Audience& audience, const std::string& instance, const std::string& path,
             Json effect, const std::string& touch) {
        Record record{instance, path, std::move(effect), inverse_, false, {}, 0};
        if (!touch.empty()) record.touches.push_back(touch);
        all_.push_back({audience, std::move(record)});
    }

    void go_back(const Instance& now, const Instance& then) {
        const Audience audience = now.audience();
        if (extent_.has(now, "name", now.name != then.name))
            add(audience, now.id, "", {{"name", then.name}}, "name");
        if (now.removed != then.removed && extent_.has(now, "removed", true))
            add(audience, now.id, "", {{"removed", then.removed}}, "removed");
        Instance target = now;
        go_back_overrides(now, then, target);
        go_back_fields(now, then, target);
    }

    void go_back_overrides(const Instance& now, const Instance& then, Instance& target) {
        std::set<std::string> paths;
        for (const Instance* one : {&now, &then}) {
            for (const auto& [path, visibility] : one->overrides) paths.insert(path);
        }
        for (const std::string& path : paths) {
            const Json was = override_json(then, path);
            const std::string touch = "visibility:" + path;
            if (!extent_.has(now, touch, override_json(now, path) != was)) continue;
            add(Audience::game_masters(), now.id, "",
                {{"visibility", {{"path", path}, {"to", was}}}}, touch);
            target.overrides.erase(path);
            if (const auto found = then.overrides.find(path); found != then.overrides.end())
                target.overrides.emplace(path, found->second);
        }
    }

    void go_back_fields(const Instance& now, const Instance& then, Instance& target) {
        std::map<Audience, std::set<std::string>, WiderFirst> hidden;
        std::map<Audience, std::set<std::string>, WiderFirst> shown;
        for (const auto& [path, field] : now.fields) {
            const auto before = then.fields.find(path);
            const bool goes_back =
                before != then.fields.end() && extent_.has_field(now.id, path, field);
            const Audience seen_now = now.field_audience(path);
            const Audience seen_then = target.field_audience(path);
            if (goes_back) {
                target.fields.find(path)->second.value = before->second.value;
                add(seen_then, now.id, path, {{"set", before->second.value}}, "");
            }
            if (seen_now == seen_then) continue;
            if (goes_back || !seen_then.covers(seen_now)) hidden[seen_now].insert(path);
            shown[seen_then].insert(path);
        }
        hidden.erase(Audience::game_masters());
        shown.erase(Audience::game_masters());
        for (const auto& [audience, paths] : hidden) {
            for (const std::string& path : paths)
                for_readers_.push_back({audience, reader_record(now.id, {{"hide", path}})});
        }
        for (const auto& [audience, paths] : shown) reveal(target, audience, paths);
    }

    // All that an audience gets of an instance at once, so that each finds its neighbour there.
    void reveal(const Instance& target, const Audience& audience,
                const std::set<std::string>& paths) {
        const auto is_in = [&](const std::string& path) { return paths.contains(path); };
        const auto is_there = [&](const std::string& path) {
            return target.field_audience(path).covers(audience);
        };
        Json sections = sheet_part(target, is_in, is_there);
        for_readers_.push_back(
            {audience,
             reader_record(target.id, {{"reveal", {{"sections", std::move(sections)}}}})});
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
