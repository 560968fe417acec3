// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/state.hpp"

#include <algorithm>
#include <array>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/effect.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t uuid_bytes = 36;
constexpr std::array<const char*, 4> role_names{"gm", "assistant", "player", "spectator"};

// "i/ID", "l/ID", "f/ID/PATH", "m/CLIENT"; the members' rows make a group of their own, "".
struct RowKey {
    char kind;
    std::string id, path;

    explicit RowKey(const std::string& key) : kind(key.size() > 2 && key[1] == '/' ? key[0] : '?') {
        if (kind == '?') return;
        id = kind == 'm' ? key.substr(2) : key.substr(2, uuid_bytes);
        if (key.size() > uuid_bytes + 3 && kind == 'f') path = key.substr(uuid_bytes + 3);
    }
    [[nodiscard]] std::string group() const { return kind == 'm' ? std::string() : id; }
};

std::string key_of(char kind, const std::string& id) { return std::string(1, kind) + "/" + id; }
std::string field_key(const std::string& id, const std::string& path) {
    return "f/" + id + "/" + path;
}

}  // namespace

const char* role_name(Role role) noexcept { return role_names[static_cast<std::size_t>(role)]; }

std::optional<Role> role_from_name(std::string_view name) noexcept {
    const auto* found = std::find(role_names.begin(), role_names.end(), name);
    if (found == role_names.end()) return std::nullopt;
    return static_cast<Role>(found - role_names.begin());
}

const Instance* State::find(std::string_view id) const {
    const auto found = instances_.find(id);
    return found == instances_.end() ? nullptr : &found->second;
}

const Instance* State::find_living(std::string_view id) const {
    const Instance* found = find(id);
    return found != nullptr && !found->removed ? found : nullptr;
}

const Field* State::find_field(std::string_view id, std::string_view path) const {
    const Instance* instance = find(id);
    if (instance == nullptr) return nullptr;
    const auto found = instance->fields.find(path);
    return found == instance->fields.end() ? nullptr : &found->second;
}

Viewer State::viewer(const std::string& client_id) const {
    const auto member = members_.find(client_id);
    if (member == members_.end()) return {client_id, false, false};
    const Role role = member->second.role;
    return {client_id, role == Role::gm || role == Role::assistant, role != Role::spectator};
}

EventIndex State::last_event() const {
    EventIndex last = 0;
    for (const auto& [id, instance] : instances_) last = std::max(last, instance.revision);
    return last;
}

EventIndex State::last_change(std::string_view instance, std::string_view path) const {
    const Instance* found = find(instance);
    if (found == nullptr) return 0;
    if (path.empty()) return found->marks.last.event;
    const Field* field = find_field(instance, path);
    return field == nullptr ? 0 : field->marks.last.event;
}

Status State::apply(const Record& record, const EventPlace& place) {
    return record.path.empty() ? apply_system(record, place) : apply_field(record, place);
}

Status State::apply_field(const Record& record, const EventPlace& place) {
    const auto instance = instances_.find(record.instance);
    if (instance == instances_.end()) {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-042",
                    "An effect is for an instance that is not there.");
    }
    const auto field = instance->second.fields.find(record.path);
    if (field == instance->second.fields.end()) {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-042",
                    "An effect is for a field that is not there.");
    }
    if (saves_)
        saved_.push_back(
            SavedField{record.instance, record.path, field->second, instance->second.revision});
    SZ_TRY(apply_effect(field->second.value, record.effect));
    field->second.marks.change(place, record.touches);
    instance->second.revision = place.index;
    touch(field_key(record.instance, record.path));
    return {};
}

void State::begin() {
    saves_ = true;
    saved_.clear();
}

void State::keep() {
    saves_ = false;
    saved_.clear();
}

void State::take_back() {
    for (auto saved = saved_.rbegin(); saved != saved_.rend(); ++saved) {
        if (auto* field = std::get_if<SavedField>(&*saved)) {
            Instance& instance = instances_.find(field->instance)->second;
            instance.fields.find(field->path)->second = std::move(field->field);
            instance.revision = field->revision;
            touch(field_key(field->instance, field->path));
        } else if (auto* whole = std::get_if<SavedInstance>(&*saved)) {
            if (const auto now = instances_.find(whole->id); now != instances_.end())
                touch_whole(now->second);
            instances_.erase(whole->id);
            if (whole->instance)
                touch_whole(
                    instances_.emplace(whole->id, std::move(*whole->instance)).first->second);
        } else if (auto* member = std::get_if<SavedMember>(&*saved)) {
            members_.erase(member->id);
            if (member->member) members_.emplace(member->id, *member->member);
            touch(key_of('m', member->id));
        }
    }
    keep();
}

Instance& State::save(const std::string& id) {
    const auto found = instances_.find(id);
    if (saves_) {
        saved_.push_back(SavedInstance{
            id, found == instances_.end() ? std::nullopt : std::optional(found->second)});
    }
    return found == instances_.end() ? instances_[id] : found->second;
}

void State::touch(const std::string& key) {
    unstored_.insert(key);
    unhashed_.insert(key);
}

void State::touch_whole(const Instance& instance) {
    touch(key_of('i', instance.id));
    touch(key_of('l', instance.id));
    for (const auto& [path, field] : instance.fields) touch(field_key(instance.id, path));
}

std::optional<std::string> State::row_text(const std::string& key) const {
    const RowKey row(key);
    if (row.kind == 'm') {
        const auto member = members_.find(row.id);
        if (member == members_.end()) return std::nullopt;
        return canonical_json(
            Json{{"name", member->second.name}, {"role", role_name(member->second.role)}});
    }
    const Instance* instance = find(row.id);
    if (instance == nullptr) return std::nullopt;
    if (row.kind == 'i') return canonical_json(instance_row(*instance));
    if (row.kind == 'l') return canonical_json(layout_row(*instance));
    const auto field = instance->fields.find(row.path);
    if (field == instance->fields.end()) return std::nullopt;
    return canonical_json(field_row(field->second));
}

std::vector<StateRow> State::take_rows() {
    refresh_hash();
    std::vector<StateRow> rows;
    rows.reserve(unstored_.size());
    for (const std::string& key : unstored_) rows.push_back({key, row_text(key)});
    unstored_.clear();
    return rows;
}

std::map<std::string, std::string> State::all_rows() const {
    std::map<std::string, std::string> rows;
    const auto add = [&](std::string key) { rows.emplace(key, row_text(key).value_or("")); };
    for (const auto& [id, member] : members_) add(key_of('m', id));
    for (const auto& [id, instance] : instances_) {
        add(key_of('i', id));
        add(key_of('l', id));
        for (const auto& [path, field] : instance.fields) add(field_key(id, path));
    }
    return rows;
}

void State::refresh_hash() {
    for (const std::string& key : unhashed_) {
        const std::string group = RowKey(key).group();
        if (const auto text = row_text(key)) {
            hash_.set(group, key, *text);
        } else {
            hash_.erase(group, key);
        }
    }
    unhashed_.clear();
}

Digest State::hash() {
    refresh_hash();
    return hash_.root();
}

Result<State> State::from_rows(std::string campaign, std::string host,
                               const std::vector<StateRow>& rows) {
    State state(std::move(campaign), std::move(host));
    const auto damaged = [] {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-041", "The stored state is damaged.");
    };
    for (const StateRow& stored : rows) {
        const RowKey key(stored.key);
        auto json = parse_stored(stored.text.value_or(""));
        if (!json || key.kind == '?') return damaged();
        if (key.kind == 'm') {
            const auto role = role_from_name(string_or(*json, "role"));
            if (!role) return damaged();
            state.members_[key.id] = {string_or(*json, "name"), *role};
            continue;
        }
        Instance& instance = state.instances_[key.id];
        instance.id = key.id;
        if (key.kind == 'i') {
            SZ_TRY(read_instance_row(instance, *json));
        } else if (key.kind == 'l') {
            SZ_TRY(read_layout_row(instance, *json));
        } else if (key.kind == 'f') {
            Field& field = instance.fields[key.path];
            SZ_TRY(read_field_row(field, *json));
            instance.revision = std::max(instance.revision, field.marks.last.event);
        } else {
            return damaged();
        }
    }
    for (const StateRow& stored : rows)
        state.hash_.set(RowKey(stored.key).group(), stored.key, *stored.text);
    return state;
}

}  // namespace sz::campaign
