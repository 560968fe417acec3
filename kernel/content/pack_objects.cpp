// SPDX-License-Identifier: AGPL-3.0-or-later
// What a schema cannot say about objects: ids that must differ, names that must agree.
#include <algorithm>
#include <map>
#include <set>

#include "kernel/base/limits.hpp"
#include "kernel/base/text.hpp"
#include "kernel/content/pack_contents.hpp"
#include "kernel/content/pointer.hpp"
#include "kernel/content/schema_words.hpp"

namespace sz {

namespace {

// The name's limit counts bytes. Where it has too many characters, its schema has said so.
bool has_too_many_bytes(const std::string& name) {
    return name.size() > limits::name_bytes_max &&
           static_cast<std::size_t>(std::count_if(name.begin(), name.end(), [](char c) {
               return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
           })) <= limits::name_bytes_max;
}

const Json& member(const Json& object, const char* key) {
    static const Json none;
    if (!object.is_object()) return none;
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}

class ObjectCheck {
  public:
    ObjectCheck(const LoadedObject& object, PackReport& report)
        : object_(object), report_(report) {}

    std::size_t run() {
        check_name(object_.json);
        check_file_name();
        check_schema_version();
        const auto& entries = member(object_.json, "entries");
        const Pointer::Part part(pointer_, "entries");
        if (entries.is_object()) {
            for (const auto& [key, entry] : entries.items()) check_entry(key, entry);
        }
        return object_.type == "dataset" && entries.is_object() ? entries.size() : 0;
    }

    void check_sections() {
        const auto& sections = member(object_.json, "sections");
        const Pointer::Part part(pointer_, "sections");
        check_ids(sections, "section");
        for_each(sections, [&](const Json& section) {
            const auto& groups = member(section, "groups");
            const Pointer::Part in_section(pointer_, "groups");
            check_ids(groups, "group");
            for_each(groups, [&](const Json& group) {
                const Pointer::Part in_group(pointer_, "fields");
                check_ids(member(group, "fields"), "field");
            });
        });
    }

    void check_name(const Json& named) {
        if (!has_too_many_bytes(string_or(named, "name"))) return;
        error("SZ-PACK-018", pointer_.with("name"),
              "The name is longer than " + std::to_string(limits::name_bytes_max) + " bytes.",
              "Shorten it; letters with accents and of other scripts count two to four.");
    }

  private:
    template <class Visit>
    void for_each(const Json& list, Visit visit) {
        if (!list.is_array()) return;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Pointer::Part part(pointer_, i);
            visit(list[i]);
        }
    }

    void error(const char* code, std::string pointer, std::string message, std::string hint) {
        report_.error(code, object_.path, std::move(pointer), std::move(message), std::move(hint));
    }

    void check_file_name() {
        const auto id = string_or(object_.json, "id");
        const auto file = object_.path.substr(object_.path.rfind('/') + 1);
        if (id.empty() || file == id + ".json") return;
        error("SZ-PACK-022", "/id",
              "The object's id is " + quote(id) + ", but its file is " + quote(file) + ".",
              "Rename the file to " + quote(id + ".json") + ", or correct the id.");
    }

    void check_schema_version() {
        const auto version = string_or(object_.json, "schemaVersion");
        if (!is_version(version) || version.substr(0, version.find('.')) == "1") return;
        error("SZ-PACK-017", "/schemaVersion",
              "The object follows version " + version + " of the schemas; this program knows 1.",
              "Use a version of SessionZero that knows it, or write \"1.0.0\".");
    }

    void check_entry(const std::string& key, const Json& entry) {
        const Pointer::Part part(pointer_, key);
        const auto id = string_or(entry, "id");
        if (!id.empty() && id != key) {
            error("SZ-PACK-024", pointer_.with("id"),
                  "The entry stands under " + quote(key) + ", but its id is " + quote(id) + ".",
                  "Write the same in both places.");
        }
        check_name(entry);
        const auto& groups = member(entry, "groups");
        if (groups.is_null()) return;
        const Pointer::Part in_entry(pointer_, "groups");
        check_ids(groups, "group");
    }

    // `list` is where the pointer stands.
    void check_ids(const Json& list, const char* what) {
        std::set<std::string> seen;
        for_each(list, [&](const Json& one) {
            const auto id = string_or(one, "id");
            if (id.empty() || seen.insert(id).second) return;
            error("SZ-PACK-025", pointer_.with("id"),
                  std::string("Another ") + what + " here has the id " + quote(id) + " already.",
                  "Give each its own id.");
        });
    }

    const LoadedObject& object_;
    PackReport& report_;
    Pointer pointer_;
};

}  // namespace

std::size_t check_objects(const PackContents& contents, PackReport& report) {
    std::size_t entries = 0;
    // As a file system that does not tell 'a' from 'A' sees them.
    std::map<std::string, const LoadedObject*> by_id;
    for (const auto& object : contents.objects) {
        if (!object.is_readable) continue;
        ObjectCheck check(object, report);
        entries += check.run();
        check.check_sections();
        const auto [other, is_new] = by_id.try_emplace(ascii_lower(object.id), &object);
        if (is_new) continue;
        report.error(
            "SZ-PACK-023", object.path, "/id",
            "The id " + quote(object.id) + " is taken by " + other->second->path + ".",
            "Give each object of a pack an id of its own; upper and lower case count as the same.");
    }
    if (contents.manifest.is_object() && has_too_many_bytes(string_or(contents.manifest, "name"))) {
        report.error(
            "SZ-PACK-018", manifest_path, "/name",
            "The name is longer than " + std::to_string(limits::name_bytes_max) + " bytes.",
            "Shorten it.");
    }
    if (contents.objects.empty()) {
        report.warning("SZ-PACK-026", "", "", "The pack has no objects.",
                       "Datasets and templates stand below objects/, one file each.");
    }
    return entries;
}

}  // namespace sz
