// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_reach.hpp"

#include "kernel/content/schema_words.hpp"

namespace sz {

namespace {

template <class Visit>
void for_each_in(const Json& holder, const char* key, const Visit& visit) {
    if (!holder.is_object()) return;
    const auto list = holder.find(key);
    if (list == holder.end() || !list->is_array()) return;
    for (const Json& one : *list) {
        if (one.is_object()) visit(one);
    }
}

void add_fields(PackReach::Ends& ends, const Json& sheet) {
    for_each_in(sheet, "sections", [&](const Json& section) {
        for_each_in(section, "groups", [&](const Json& group) {
            for_each_in(group, "fields", [&](const Json& field) {
                std::string path = string_or(section, "id") + "." + string_or(group, "id") + "." +
                                   string_or(field, "id");
                const std::string type = string_or(field, "type");
                ends[path].insert(type);
                for (auto dot = path.find('.'); dot != path.npos; dot = path.find('.')) {
                    path.erase(0, dot + 1);
                    ends[path].insert(type);
                }
            });
        });
    });
}

void add_keys(std::set<std::string>& names, const Json& holder, const char* key) {
    const auto fields = holder.find(key);
    if (fields == holder.end() || !fields->is_object()) return;
    for (const auto& [name, field] : fields->items()) names.insert(name);
}

const Json& dependencies_of(const Json& manifest) {
    static const Json none = Json::array();
    if (!manifest.is_object()) return none;
    const auto list = manifest.find("dependencies");
    return list != manifest.end() && list->is_array() ? *list : none;
}

}  // namespace

const PackReach::Ends& PackReach::own_fields() {
    if (!own_fields_) {
        own_fields_.emplace();
        for (const auto& object : contents_.objects) {
            if (object.is_readable) add_fields(*own_fields_, object.json);
        }
    }
    return *own_fields_;
}

const std::optional<PackReach::Ends>& PackReach::other_fields() {
    if (other_fields_) return *other_fields_;
    Ends ends;
    other_fields_.emplace();
    for (const Json& one : dependencies_of(contents_.manifest)) {
        const auto* objects = objects_of(string_or(one, "id"));
        if (objects == nullptr) return *other_fields_;
        for (const PackObject& object : *objects) add_fields(ends, object.json);
    }
    *other_fields_ = std::move(ends);
    return *other_fields_;
}

// Those of the newest version that the dependency admits.
const std::vector<PackObject>* PackReach::objects_of(const std::string& pack) {
    const auto [known, is_new] = objects_.try_emplace(pack);
    auto& objects = known->second;
    if (is_new && others_.versions && others_.objects) {
        std::string best;
        for (const Json& one : dependencies_of(contents_.manifest)) {
            if (string_or(one, "id") != pack) continue;
            for (const std::string& version : others_.versions(pack)) {
                if (version_satisfies(version, string_or(one, "version")) &&
                    (best.empty() || version_less(best, version)))
                    best = version;
            }
        }
        if (!best.empty()) objects = others_.objects(pack, best);
    }
    return objects ? &*objects : nullptr;
}

const Json* PackReach::dataset(const std::string& pack, const std::string& id) {
    const auto find = [&id](const auto& objects) -> const Json* {
        for (const auto& object : objects) {
            if (object.id == id && object.type == "dataset") return &object.json;
        }
        return nullptr;
    };
    if (pack == contents_.id) return find(contents_.objects);
    const auto* objects = objects_of(pack);
    return objects == nullptr ? nullptr : find(*objects);
}

const std::set<std::string>* PackReach::columns(const Json& dataset_link) {
    const Json* set =
        dataset(string_or(dataset_link, "datapackId"), string_or(dataset_link, "datasetId"));
    if (set == nullptr || !set->is_object()) return nullptr;
    const auto entries = set->find("entries");
    if (entries == set->end() || !entries->is_object() || entries->empty()) return nullptr;
    const auto [known, is_new] = columns_.try_emplace(set);
    auto& names = known->second;
    if (!is_new) return &names;
    names.insert("name");
    for (const Json& entry : *entries) {
        if (!entry.is_object()) continue;
        add_keys(names, entry, "topLevelFields");
        for_each_in(entry, "groups", [&](const Json& group) {
            names.insert(string_or(group, "id"));
            add_keys(names, group, "fields");
        });
    }
    return &names;
}

std::string PackReach::did_you_mean(const std::string& word, const std::vector<std::string>& known,
                                    std::string otherwise) {
    if (suggestions_ == suggestions_max) return otherwise;
    ++suggestions_;
    const auto meant = nearest_word(word, known);
    return meant ? "Did you mean " + quote(*meant) + "?" : otherwise;
}

}  // namespace sz
