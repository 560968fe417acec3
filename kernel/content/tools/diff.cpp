// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/diff.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/tools/changes.hpp"
#include "kernel/content/tools/diff_advice.hpp"
#include "kernel/content/tools/walk.hpp"

namespace sz::tools {

namespace {

bool is_word(const std::string& key) {
    constexpr std::array<std::string_view, 10> words{
        "author", "createdAt",     "description", "homepage", "icon",
        "name",   "schemaVersion", "tags",        "title",    "version"};
    return std::find(words.begin(), words.end(), key) != words.end();
}

// The keys of both, in order, without those that are compared elsewhere.
std::set<std::string> keys_of_both(const Json& before, const Json& after,
                                   std::initializer_list<const char*> without) {
    std::set<std::string> keys;
    for (const auto* side : {&before, &after}) {
        if (!side->is_object()) continue;
        for (const auto& [key, value] : side->items()) keys.insert(key);
    }
    keys.erase("$schema");
    for (const char* key : without) keys.erase(key);
    return keys;
}

void diff_own_keys(const Json& before, const Json& after, const Where& where,
                   std::initializer_list<const char*> without, ChangeList& list) {
    for (const auto& key : keys_of_both(before, after, without)) {
        const auto& old_value = member(before, key.c_str());
        const auto& new_value = member(after, key.c_str());
        if (old_value == new_value) continue;
        auto at = where;
        at.key = key;
        const Weight weight = key == "id"    ? Weight::major
                              : is_word(key) ? Weight::patch
                                             : Weight::minor;
        list.add(Change::changed, at, before.contains(key) ? &old_value : nullptr,
                 after.contains(key) ? &new_value : nullptr, weight);
    }
}

Named dependencies_of(const Json& manifest) {
    Named named;
    const auto& listed = member(manifest, "dependencies");
    if (listed.is_array()) {
        for (const auto& one : listed) named.emplace(string_or(one, "id"), &one);
    }
    return named;
}

// A pack that needs more is more to import; one that needs less hurts nobody.
void diff_manifest(const Json& before, const Json& after, ChangeList& list) {
    const Where where{"manifest", {}, {}, {}, {}, manifest_path};
    diff_own_keys(before, after, where, {"dependencies"}, list);
    const auto old_ones = dependencies_of(before);
    const auto new_ones = dependencies_of(after);
    for (const auto& [id, json] : old_ones) {
        const auto found = new_ones.find(id);
        const Where at{"dependency", {}, {}, id, {}, manifest_path};
        if (found == new_ones.end()) {
            list.add(Change::removed, at, json, nullptr, Weight::patch);
        } else if (*json != *found->second) {
            const bool is_other_range =
                string_or(*json, "version") != string_or(*found->second, "version");
            list.add(Change::changed, at, json, found->second,
                     is_other_range ? Weight::minor : Weight::patch);
        }
    }
    for (const auto& [id, json] : new_ones) {
        if (old_ones.contains(id)) continue;
        list.add(Change::added, {"dependency", {}, {}, id, {}, manifest_path}, nullptr, json,
                 Weight::minor);
    }
}

// What is the same when only the id is another; empty when it says too little.
std::string content_of(const Json& json) {
    auto content = json;
    content.erase("id");
    content.erase("$schema");
    content.erase("version");
    const bool says_little = member(json, "topLevelFields").empty() &&
                             member(json, "groups").empty() && member(json, "entries").empty() &&
                             member(json, "sections").empty() &&
                             string_or(json, "description").empty();
    return says_little ? std::string() : content.dump();
}

void diff_entry(const Json& before, const Json& after, const Where& where, ChangeList& list) {
    diff_own_keys(before, after, where, {"topLevelFields", "groups"}, list);
    diff_entry_fields(before, after, where, list);
}

Named entries_of(const Json& object) {
    Named named;
    const auto& entries = member(object, "entries");
    if (entries.is_object()) {
        for (const auto& [id, entry] : entries.items()) named.emplace(id, &entry);
    }
    return named;
}

void diff_entries(const Json& before, const Json& after, const Where& where, ChangeList& list) {
    const auto old_ones = entries_of(before);
    const auto new_ones = entries_of(after);
    const auto pairs = renamed(old_ones, new_ones, content_of);
    std::set<std::string> new_names;
    const auto at = [&](const std::string& id) {
        return Where{"entry", where.object, id, {}, {}, where.file};
    };
    for (const auto& [id, json] : old_ones) {
        const auto same = new_ones.find(id);
        const auto pair = pairs.find(id);
        if (same != new_ones.end()) {
            diff_entry(*json, *same->second, at(id), list);
        } else if (pair != pairs.end()) {
            new_names.insert(pair->second);
            const Json from = id;
            const Json to = pair->second;
            auto place = at(id);
            place.key = "id";
            list.add(Change::renamed, place, &from, &to, Weight::major);
        } else {
            list.add(Change::removed, at(id), json, nullptr, Weight::major);
        }
    }
    for (const auto& [id, json] : new_ones) {
        if (!old_ones.contains(id) && !new_names.contains(id))
            list.add(Change::added, at(id), nullptr, json, Weight::minor);
    }
}

void diff_object(const PackObject& before, const PackObject& after, ChangeList& list) {
    const Where where{after.type.c_str(), after.id, {}, {}, {}, after.path};
    diff_own_keys(before.json, after.json, where, {"entries", "sections"}, list);
    diff_entries(before.json, after.json, where, list);
    diff_sections(before.json, after.json, where, list);
}

using ByTypeAndId = std::map<std::pair<std::string, std::string>, const PackObject*>;

ByTypeAndId objects_of(const CheckedPack& pack) {
    ByTypeAndId objects;
    for (const auto& object : pack.objects)
        objects.emplace(std::pair(object.type, object.id), &object);
    return objects;
}

// New ids by old ids, of one type.
std::map<std::string, std::string> renamed_objects(const ByTypeAndId& before,
                                                   const ByTypeAndId& after,
                                                   const std::string& type) {
    const auto of_type = [&](const ByTypeAndId& objects) {
        Named named;
        for (const auto& [key, object] : objects) {
            if (key.first == type) named.emplace(key.second, &object->json);
        }
        return named;
    };
    return renamed(of_type(before), of_type(after), content_of);
}

void diff_objects(const CheckedPack& before, const CheckedPack& after, ChangeList& list) {
    const auto old_ones = objects_of(before);
    const auto new_ones = objects_of(after);
    std::map<std::string, std::map<std::string, std::string>> pairs;
    for (const char* type : {"dataset", "character-template", "session-template"})
        pairs[type] = renamed_objects(old_ones, new_ones, type);
    std::set<std::pair<std::string, std::string>> new_names;
    for (const auto& [key, object] : old_ones) {
        const Where where{key.first.c_str(), key.second, {}, {}, {}, object->path};
        const auto& of_type = pairs[key.first];
        const auto pair = of_type.find(key.second);
        if (const auto same = new_ones.find(key); same != new_ones.end()) {
            diff_object(*object, *same->second, list);
        } else if (pair != of_type.end()) {
            new_names.insert({key.first, pair->second});
            const Json from = key.second;
            const Json to = pair->second;
            auto at = where;
            at.key = "id";
            list.add(Change::renamed, at, &from, &to, Weight::major);
        } else {
            list.add(Change::removed, where, &object->json, nullptr, Weight::major);
        }
    }
    for (const auto& [key, object] : new_ones) {
        if (old_ones.contains(key) || new_names.contains(key)) continue;
        list.add(Change::added, {key.first.c_str(), key.second, {}, {}, {}, object->path}, nullptr,
                 &object->json, Weight::minor);
    }
}

// Files that are no objects. Only the pack itself shows them, so nothing of others breaks.
void diff_files(const PackFiles& before, const PackFiles& after, ChangeList& list) {
    const auto contents_of = [](const PackFiles& files) {
        std::map<std::string, Json> contents;
        for (const auto& file : files) {
            const bool is_image = file.path.starts_with(images_folder);
            const bool is_document = file.path.find('/') == std::string::npos;
            if (is_image || (is_document && file.path != manifest_path))
                contents.emplace(file.path,
                                 Json::binary({file.content.begin(), file.content.end()}));
        }
        return contents;
    };
    const auto old_ones = contents_of(before);
    const auto new_ones = contents_of(after);
    const auto named = [](const std::map<std::string, Json>& contents) {
        Named all;
        for (const auto& [path, content] : contents) all.emplace(path, &content);
        return all;
    };
    const auto pairs = renamed(named(old_ones), named(new_ones), [](const Json& content) {
        const auto& bytes = content.get_binary();
        return std::string(bytes.begin(), bytes.end());
    });
    std::set<std::string> new_names;
    const auto at = [](const std::string& path) {
        const bool is_image = path.starts_with(images_folder);
        return Where{is_image ? "image" : "document", {}, {}, path, {}, path};
    };
    const auto size_of = [](const Json& content) {
        return Json{{"bytes", content.get_binary().size()}};
    };
    for (const auto& [path, content] : old_ones) {
        const Json old_size = size_of(content);
        if (const auto same = new_ones.find(path); same != new_ones.end()) {
            const Json new_size = size_of(same->second);
            if (content != same->second)
                list.add(Change::changed, at(path), &old_size, &new_size, Weight::patch);
        } else if (const auto pair = pairs.find(path); pair != pairs.end()) {
            new_names.insert(pair->second);
            const Json from = path;
            const Json to = pair->second;
            list.add(Change::renamed, at(path), &from, &to, Weight::patch);
        } else {
            list.add(Change::removed, at(path), &old_size, nullptr, Weight::patch);
        }
    }
    for (const auto& [path, content] : new_ones) {
        const Json new_size = size_of(content);
        if (!old_ones.contains(path) && !new_names.contains(path))
            list.add(Change::added, at(path), nullptr, &new_size, Weight::patch);
    }
}

}  // namespace

Json diff_packs(const DiffSide& before, const DiffSide& after, Findings& findings) {
    ChangeList list;
    diff_manifest(before.pack.manifest, after.pack.manifest, list);
    diff_objects(before.pack, after.pack, list);
    diff_files(before.files, after.files, list);
    const auto left_out = list.left_out();
    Json result = list.take();
    result["advice"] =
        advise_version(before.pack.manifest, after.pack.manifest, list.weight(), findings);
    if (left_out > 0) {
        findings.push_back(
            {"SZ-DIFF-006", Severity::note, "", "", 0, 0,
             "There are " + std::to_string(left_out) + " more changes than are listed here.", ""});
    }
    return result;
}

}  // namespace sz::tools
