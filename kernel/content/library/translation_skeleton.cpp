// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/translation_skeleton.hpp"

#include <nlohmann/json.hpp>

#include "kernel/base/ids.hpp"
#include "kernel/base/language_tags.hpp"
#include "kernel/content/translation.hpp"

namespace sz::library {

namespace {

using Written = nlohmann::ordered_json;

constexpr const char* version = "1.0.0";

// Where a path leads in what is being written; made on the way.
Written& place_of(Written& root, const std::vector<std::string>& path) {
    Written* at = &root;
    for (const auto& part : path) at = &(*at)[part];
    return *at;
}

void write_object(const PackObject& object, Written& written) {
    Json json = object.json;
    if (object.type == "dataset") json.erase("entries");
    TextSlots slots([&](const TextSlot& slot) {
        if (slot.kind != TextSlot::Kind::node)
            place_of(written, slot.path) = Written(text_of_slot(slot));
    });
    slots.object(json);
}

// What entries say of a field of theirs is said once, as long as they say the same.
void write_entries(const PackObject& object, Written& written) {
    Json originals = object.json.value("entries", Json::object());
    Written entries = Written::object();
    for (auto& [id, entry] : originals.items()) {
        Written own = Written::object();
        TextSlots slots([&](const TextSlot& slot) {
            if (slot.kind == TextSlot::Kind::node) return;
            const auto text = Written(text_of_slot(slot));
            if (may_be_common(slot)) {
                Written& common = place_of(written, slot.path);
                if (common.is_null()) common = text;
                if (common == text) return;
            }
            place_of(own, slot.path) = text;
        });
        slots.entry(entry);
        entries[id] = std::move(own);
    }
    written["entries"] = std::move(entries);
}

Written manifest_of(const NewTranslation& wanted) {
    const NewPack& pack = wanted.pack;
    Written manifest{{"$schema", std::string(skeleton_schemas) + "szpack.json"},
                     {"id", pack.id},
                     {"name", pack.name},
                     {"version", version},
                     {"packType", "translation"},
                     {"language", wanted.language},
                     {"translates", wanted.of.id}};
    if (!pack.author.empty()) manifest["author"] = pack.author;
    if (!pack.license.empty()) manifest["license"] = pack.license;
    manifest["description"] = wanted.of.name + ", in " + wanted.language + ".";
    manifest["dependencies"] = Written::array({Written{
        {"id", wanted.of.id}, {"name", wanted.of.name}, {"version", "^" + wanted.of.version}}});
    return manifest;
}

}  // namespace

Result<PackFiles> translation_skeleton(const NewTranslation& wanted,
                                       const std::vector<PackObject>& objects) {
    SZ_TRY(check_new_id(wanted.pack.id));
    if (!is_language_tag(wanted.language)) {
        return fail(ErrorKind::usage, "SZ-LIB-039", "“" + wanted.language + "” is no language tag.",
                    "Write it as de, pt-BR or zh-Hant.");
    }
    PackFiles files = skeleton_schema_files();
    for (const PackObject& object : objects) {
        if (object.type == "translation") continue;
        Written written{{"$schema", std::string("../../") + skeleton_schemas + "translation.json"},
                        {"id", object.id},
                        {"szType", "translation"},
                        {"schemaVersion", version}};
        write_object(object, written);
        if (object.type == "dataset") write_entries(object, written);
        files.push_back({"objects/translations/" + object.id + ".json", written.dump(2) + "\n"});
    }
    if (files.size() == skeleton_schema_files().size()) {
        return fail(ErrorKind::input, "SZ-LIB-040",
                    "“" + wanted.of.name + "” has nothing to translate.",
                    "Name the pack that the texts come from, not a translation of it.");
    }
    files.push_back({"szpack.json", manifest_of(wanted).dump(2) + "\n"});
    return files;
}

}  // namespace sz::library
