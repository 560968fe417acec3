// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/entry_path.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace sz::library {

namespace {

constexpr std::size_t listed_max = 12;

// How a person's text and an id or name agree; less is better.
enum class Likeness : std::uint8_t { id, name, folded, none };

Likeness likeness(std::string_view text, const std::string& id, const std::string& name,
                  const Words& words) {
    if (text.empty()) return Likeness::none;
    if (text == id) return Likeness::id;
    if (text == name) return Likeness::name;
    const std::string key = words.key(text);
    if (!key.empty() && (words.key(id) == key || words.key(name) == key)) return Likeness::folded;
    return Likeness::none;
}

// Keeps the places of the least number seen so far.
struct Best {
    int rank = 1000;
    std::vector<FieldPlace> places;

    void add(int with_rank, FieldPlace place) {
        if (with_rank > rank) return;
        if (with_rank < rank) places.clear();
        rank = with_rank;
        places.push_back(std::move(place));
    }
};

template <class Visit>
void each_field(const Json& fields, const Visit& visit) {
    if (!fields.is_object()) return;
    for (const auto& [id, field] : fields.items()) {
        if (field.is_object()) visit(id, field);
    }
}

// Tries every dot of `path` as the one between group and field.
void in_group(const Json& group, std::string_view path, const Words& words, Best& best) {
    const std::string id = string_or(group, "id");
    const std::string name = string_or(group, "name");
    const auto fields = group.find("fields");
    if (fields == group.end()) return;
    const auto look = [&](std::string_view wanted, int base) {
        each_field(*fields, [&](const std::string& field, const Json& json) {
            const auto found = likeness(wanted, field, string_or(json, "name"), words);
            if (found != Likeness::none)
                best.add(base + static_cast<int>(found), {id, field, &json});
        });
    };
    for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
        const auto of_group = likeness(path.substr(0, dot), id, name, words);
        if (of_group != Likeness::none)
            look(path.substr(dot + 1), 10 + 3 * static_cast<int>(of_group));
    }
    look(path, 100);
}

void each_group(const Json& entry, const std::function<void(const Json&)>& visit) {
    const auto groups = entry.find("groups");
    if (groups == entry.end() || !groups->is_array()) return;
    for (const auto& group : *groups) {
        if (group.is_object()) visit(group);
    }
}

std::string path_of(const FieldPlace& place) {
    return (place.group.empty() ? "" : place.group + ".") + place.field;
}

std::string all_paths(const Json& entry) {
    std::string text;
    std::size_t count = 0;
    const auto add = [&](const std::string& group, const Json& fields) {
        each_field(fields, [&](const std::string& field, const Json&) {
            if (++count <= listed_max)
                text += (text.empty() ? "" : ", ") + path_of({group, field, nullptr});
        });
    };
    if (const auto top = entry.find("topLevelFields"); top != entry.end()) add({}, *top);
    each_group(entry, [&](const Json& group) {
        add(string_or(group, "id"), group.value("fields", Json::object()));
    });
    return count > listed_max ? text + ", …" : text;
}

}  // namespace

std::vector<FieldPlace> fields_at(const Json& entry, std::string_view path, const Words& words) {
    Best best;
    if (const auto top = entry.find("topLevelFields"); top != entry.end()) {
        each_field(*top, [&](const std::string& field, const Json& json) {
            const auto found = likeness(path, field, string_or(json, "name"), words);
            if (found != Likeness::none) best.add(static_cast<int>(found), {{}, field, &json});
        });
    }
    each_group(entry, [&](const Json& group) { in_group(group, path, words, best); });
    return std::move(best.places);
}

const Json* field_in(const Json& entry, const std::string& group, const std::string& field) {
    const Json* found = nullptr;
    const auto look = [&](const Json& holder, const char* key) {
        const auto fields = holder.find(key);
        if (fields == holder.end() || !fields->is_object()) return;
        if (const auto one = fields->find(field); one != fields->end()) found = &*one;
    };
    if (group.empty()) {
        look(entry, "topLevelFields");
    } else {
        each_group(entry, [&](const Json& one) {
            if (string_or(one, "id") == group) look(one, "fields");
        });
    }
    return found;
}

Result<FoundField> field_at(const Catalogue& catalogue, const PackRow& pack,
                            const ObjectRow& dataset, std::string_view path, const Words& words) {
    std::vector<FoundField> found;
    std::string fields_of_entry;
    bool is_entry = false;
    for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
        SZ_ASSIGN(const auto entries, catalogue.entries_named(dataset, path.substr(0, dot)));
        for (const EntryRow& row : entries) {
            is_entry = true;
            SZ_ASSIGN(const Json entry, catalogue.entry_json(row.row));
            if (fields_of_entry.empty()) fields_of_entry = all_paths(entry);
            for (const FieldPlace& place : fields_at(entry, path.substr(dot + 1), words)) {
                found.push_back({row, place.group, place.field, *place.json});
            }
        }
    }
    if (found.size() == 1) return std::move(found.front());
    if (found.size() > 1) {
        std::string candidates;
        for (std::size_t i = 0; i < found.size() && i < listed_max; ++i) {
            candidates += (i == 0 ? "" : ", ") + found[i].entry.id + "." +
                          path_of({found[i].group, found[i].field, nullptr});
        }
        return fail(ErrorKind::input, "SZ-LIB-002",
                    "The path “" + std::string(path) + "” means several fields.",
                    "Write one of " + candidates + ".", std::string(path));
    }
    if (!is_entry) {
        SZ_ASSIGN(const auto whole, catalogue.entries_named(dataset, path));
        if (whole.empty()) {
            return fail(ErrorKind::not_found, "SZ-LIB-004",
                        "The dataset “" + dataset.name + "” of “" + pack.name +
                            "” has no entry that “" + std::string(path) + "” begins with.",
                        "A path is written EntryName.FieldName or EntryName.GroupName.FieldName.",
                        std::string(path));
        }
        SZ_ASSIGN(const Json entry, catalogue.entry_json(whole.front().row));
        fields_of_entry = all_paths(entry);
    }
    return fail(ErrorKind::not_found, "SZ-LIB-005",
                "No field of the entry is meant by “" + std::string(path) + "”.",
                fields_of_entry.empty() ? "The entry has no fields."
                                        : "The entry has the fields " + fields_of_entry + ".",
                std::string(path));
}

}  // namespace sz::library
