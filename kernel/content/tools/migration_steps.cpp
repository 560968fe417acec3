// SPDX-License-Identifier: AGPL-3.0-or-later
// The steps from older forms of a pack's files to the current one. A new version of the schemas
// adds a row to the table at the end, and a function.
#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "kernel/content/pointer.hpp"
#include "kernel/content/tools/migrate.hpp"
#include "kernel/content/tools/walk.hpp"

namespace sz::tools {

namespace {

using Edits = std::vector<JsonEdit>;

// --- Spelling: the source document's models are C# classes, whose members begin with a capital.

enum class Place : std::uint8_t {
    manifest,
    dependency,
    dataset,
    entry,
    entry_group,
    entry_field,
    sheet,
    section,
    sheet_group,
    sheet_field,
    link
};
enum class Shape : std::uint8_t { one, list, map };  // map: its keys are the author's

struct Child {
    std::string_view key;
    Shape shape;
    Place place;
};

struct Spelling {
    std::vector<std::string_view> keys;  // those that the schemas name
    std::vector<Child> children;
};

const Spelling& spelling_of(Place place) {
    static const std::map<Place, Spelling> all{
        {Place::manifest,
         {{"id", "name", "version", "author", "license", "description", "icon", "createdAt",
           "sessionZeroVersion", "packType", "tags", "homepage"},
          {{"dependencies", Shape::list, Place::dependency}}}},
        {Place::dependency, {{"id", "name", "version"}, {}}},
        {Place::dataset,
         {{"id", "name", "szType", "datasetType", "description", "icon", "version",
           "schemaVersion"},
          {{"entries", Shape::map, Place::entry}}}},
        {Place::entry,
         {{"id", "name", "description", "icon", "tags"},
          {{"topLevelFields", Shape::map, Place::entry_field},
           {"groups", Shape::list, Place::entry_group}}}},
        {Place::entry_group, {{"id", "name"}, {{"fields", Shape::map, Place::entry_field}}}},
        {Place::entry_field, {{"type"}, {{"value", Shape::one, Place::link}}}},
        {Place::sheet,
         {{"id", "name", "szType", "description", "icon", "version", "schemaVersion"},
          {{"sections", Shape::list, Place::section},
           {"characterTemplateLink", Shape::one, Place::link},
           {"requiredDatasets", Shape::list, Place::link}}}},
        {Place::section,
         {{"id", "name", "description"}, {{"groups", Shape::list, Place::sheet_group}}}},
        {Place::sheet_group,
         {{"id", "name", "description"}, {{"fields", Shape::list, Place::sheet_field}}}},
        {Place::sheet_field,
         {{"id", "name", "type", "defaultValue", "help", "required"},
          {{"datasetLink", Shape::one, Place::link}}}},
        {Place::link, {{"datapackId", "datasetId", "templateId", "entryId", "version"}, {}}},
    };
    return all.at(place);
}

std::string capitalised(std::string_view key) {
    std::string text(key);
    if (text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

void respell(const Json& json, Place place, const std::string& pointer, Edits& edits);

// The key as it is written, in either spelling; renamed if need be. Null: it is not there.
const Json* respelled(const Json& json, std::string_view key, const std::string& pointer,
                      std::string& written, Edits& edits) {
    written = key;
    if (const auto found = json.find(written); found != json.end()) return &*found;
    const auto large = json.find(capitalised(key));
    if (large == json.end()) return nullptr;
    edits.push_back({JsonEdit::Kind::rename, Pointer(pointer).with(large.key()), written, {}, {}});
    written = large.key();
    return &*large;
}

void respell_child(const Json& value, const Child& child, const std::string& pointer,
                   Edits& edits) {
    if (child.shape == Shape::one) return respell(value, child.place, pointer, edits);
    if (child.shape == Shape::list && value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            respell(value[i], child.place, pointer + "/" + std::to_string(i), edits);
    }
    if (child.shape == Shape::map && value.is_object()) {
        for (const auto& [key, one] : value.items())
            respell(one, child.place, Pointer(pointer).with(key), edits);
    }
}

void respell(const Json& json, Place place, const std::string& pointer, Edits& edits) {
    if (!json.is_object()) return;
    const auto& spelling = spelling_of(place);
    std::string written;
    for (const auto key : spelling.keys) (void)respelled(json, key, pointer, written, edits);
    for (const auto& child : spelling.children) {
        const auto* value = respelled(json, child.key, pointer, written, edits);
        if (value != nullptr) respell_child(*value, child, Pointer(pointer).with(written), edits);
    }
}

void correct_spelling(const MigratedFile& file, Edits& edits) {
    const auto place = file.type == "szpack"    ? Place::manifest
                       : file.type == "dataset" ? Place::dataset
                                                : Place::sheet;
    respell(file.json, place, {}, edits);
}

// --- What the schemas ask for and the rest of the pack tells.

// "1", "1.2" and 1.2 as three numbers; empty when it is no such thing.
std::string whole_version(const Json& version) {
    auto text = version.is_string()   ? version.get<std::string>()
                : version.is_number() ? version.dump()
                                      : std::string();
    if (text.empty() || is_version(text)) return {};
    for (const char* rest : {".0", ".0.0"}) {
        if (is_version(text + rest)) return text + rest;
    }
    return {};
}

void complete_version(const Json& json, const char* key, Edits& edits) {
    auto whole = whole_version(member(json, key));
    if (!whole.empty())
        edits.push_back({JsonEdit::Kind::set, std::string("/") + key, {}, std::move(whole), {}});
}

std::string stem_of(const std::string& path) {
    const auto name = path.substr(path.rfind('/') + 1);
    return name.substr(0, name.rfind('.'));
}

// What a link into that pack asks for when it does not say: this very version of the pack itself,
// or what szpack.json asks of the other.
std::string version_for(const std::string& pack, const Json& manifest) {
    if (pack == string_or(manifest, "id")) return string_or(manifest, "version");
    const auto& listed = member(manifest, "dependencies");
    if (!listed.is_array()) return {};
    for (const auto& one : listed) {
        if (string_or(one, "id") == pack) return string_or(one, "version");
    }
    return {};
}

void complete_links(const Json& json, const std::string& pointer, const Json& manifest,
                    Edits& edits) {
    if (json.is_array()) {
        for (std::size_t i = 0; i < json.size(); ++i)
            complete_links(json[i], pointer + "/" + std::to_string(i), manifest, edits);
    }
    if (!json.is_object()) return;
    const auto pack = string_or(json, "datapackId");
    const char* target = member(json, "templateId").is_string() ? "templateId" : "datasetId";
    if (!pack.empty() && member(json, target).is_string() && !json.contains("version")) {
        auto version = version_for(pack, manifest);
        if (!version.empty())
            edits.push_back({JsonEdit::Kind::add, pointer, "version", std::move(version), target});
    }
    for (const auto& [key, value] : json.items())
        complete_links(value, Pointer(pointer).with(key), manifest, edits);
}

void complete(const MigratedFile& file, Edits& edits) {
    complete_version(file.json, "version", edits);
    if (file.type == "szpack") return;
    const auto& json = file.json;
    if (!json.contains("id"))
        edits.push_back({JsonEdit::Kind::add, "", "id", stem_of(file.path), {}});
    if (!json.contains("szType"))
        edits.push_back({JsonEdit::Kind::add, "", "szType", file.type, "id"});
    const auto& entries = member(json, "entries");
    if (entries.is_object()) {
        for (const auto& [id, entry] : entries.items()) {
            if (entry.is_object() && !entry.contains("id"))
                edits.push_back({JsonEdit::Kind::add, Pointer("/entries").with(id), "id", id, {}});
        }
    }
    complete_links(json, {}, file.manifest, edits);
}

// --- The version itself.

void stamp(const MigratedFile& file, Edits& edits) {
    if (file.type == "szpack") return;
    const auto& version = member(file.json, "schemaVersion");
    if (version.is_null() && !file.json.contains("schemaVersion")) {
        const char* behind = file.json.contains("version") ? "version" : "id";
        edits.push_back({JsonEdit::Kind::add, "", "schemaVersion", current_schema_version, behind});
    } else if (version != current_schema_version) {
        edits.push_back({JsonEdit::Kind::set, "/schemaVersion", {}, current_schema_version, {}});
    }
}

constexpr std::array all_steps{
    MigrationStep{"0.0.0", "0.1.0", "keys are written with a small letter", correct_spelling},
    MigrationStep{"0.1.0", "0.2.0", "what the rest of the pack tells is written down", complete},
    MigrationStep{"0.2.0", "1.0.0", "the version of the schemas", stamp},
};

}  // namespace

std::span<const MigrationStep> migration_steps() { return all_steps; }

}  // namespace sz::tools
