// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_translations.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "kernel/content/pack_schemas.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/translation.hpp"
#include "kernel/content/translation_check.hpp"

namespace sz {

namespace {

constexpr const char* translation = "translation";  // packType, szType and schema

// The range of the dependency on the pack that is translated; empty when it is none.
std::string range_of(const Json& manifest, const std::string& target) {
    const auto list = manifest.find("dependencies");
    if (list == manifest.end() || !list->is_array()) return {};
    for (const Json& one : *list) {
        if (string_or(one, "id") == target) return string_or(one, "version");
    }
    return {};
}

// False when the rest need not be looked at.
bool check_manifest(const PackContents& contents, PackReport& report) {
    const Json& manifest = contents.manifest;
    const std::string target = string_or(manifest, "translates");
    if (target.empty()) {
        report.error("SZ-PACK-063", manifest_path, "/packType",
                     "The pack is a translation, and does not say of what.",
                     "Write the id of the other pack as “translates”.");
    } else if (range_of(manifest, target).empty()) {
        report.error("SZ-PACK-063", manifest_path, "/translates",
                     "The pack " + quote(target) +
                         " is translated, and does not stand under “dependencies”.",
                     "List it there, with the versions that the translation is for.");
    }
    if (string_or(manifest, "language").empty()) {
        report.error("SZ-PACK-063", manifest_path, "/packType",
                     "The pack is a translation, and does not say into which language.",
                     "Write a language tag as “language”, such as \"de\" or \"pt-BR\".");
    }
    for (const LoadedObject& object : contents.objects) {
        if (object.type == translation) continue;
        report.error("SZ-PACK-064", object.path, "/szType",
                     "A pack that translates another one holds translations only.",
                     "Put the " + object.type + " into a pack of its own.");
    }
    return !target.empty() && !range_of(manifest, target).empty();
}

// Nothing is translated in a pack that does not say so.
void refuse_translations(const PackContents& contents, PackReport& report) {
    if (contents.manifest.is_object() && contents.manifest.contains("translates")) {
        report.error("SZ-PACK-064", manifest_path, "/translates",
                     "“translates” is for packs that are translations.",
                     "Write \"packType\": \"translation\", or leave it out.");
    }
    for (const LoadedObject& object : contents.objects) {
        if (object.type != translation) continue;
        report.error("SZ-PACK-064", object.path, "/szType",
                     "Translations stand in a pack of their own.",
                     "Write \"packType\": \"translation\" in its szpack.json.");
    }
}

std::string newest(const OtherPacks& others, const std::string& pack, const std::string& range) {
    std::string best;
    if (!others.versions) return best;
    for (const std::string& version : others.versions(pack)) {
        if (version_satisfies(version, range) && (best.empty() || version_less(best, version)))
            best = version;
    }
    return best;
}

void report_untranslated(const std::set<std::string>& objects, PackReport& report) {
    if (objects.empty()) return;
    std::string list;
    for (const std::string& id : objects) list += (list.empty() ? "" : ", ") + quote(id);
    report.warning("SZ-PACK-068", manifest_path, "/translates",
                   "Nothing is translated of " + list + ".",
                   "Add objects/translations/ID.json for each.");
}

}  // namespace

std::optional<TextCount> check_translations(const PackContents& contents, const FieldTypes& types,
                                            const OtherPacks& others, PackLinks& links,
                                            Pulse& pulse, PackReport& report) {
    if (string_or(contents.manifest, "packType") != translation) {
        refuse_translations(contents, report);
        return std::nullopt;
    }
    if (!check_manifest(contents, report) || !others.objects) return std::nullopt;
    const std::string target = string_or(contents.manifest, "translates");
    const std::string version = newest(others, target, range_of(contents.manifest, target));
    if (version.empty()) return std::nullopt;  // reported at the dependency
    std::map<std::string, PackObject> originals;
    for (PackObject& object : others.objects(target, version)) {
        if (object.type != translation) originals.emplace(object.id, std::move(object));
    }
    std::set<std::string> untranslated;
    for (const auto& [id, object] : originals) untranslated.insert(id);
    TextCount texts;
    for (const LoadedObject& object : contents.objects) {
        if (object.type != translation || !object.is_readable) continue;
        if (!pulse.goes_on()) return std::nullopt;
        const auto original = originals.find(object.id);
        untranslated.erase(object.id);
        if (original == originals.end()) {
            std::vector<std::string> known;
            for (const auto& [id, json] : originals) known.push_back(id);
            const auto meant = nearest_word(object.id, known);
            report.warning("SZ-PACK-065", object.path, "/id",
                           "The pack that is translated has no object " + quote(object.id) + ".",
                           meant ? "Did you mean " + quote(*meant) + "?"
                                 : "Correct the id, or remove the file.");
            continue;
        }
        // One that does not fit its schema is mended first.
        bool has_unknown = false;
        if (pack_schema(translation).faults(object.json, has_unknown).empty())
            texts +=
                check_translation({object, original->second, target}, types, links, pulse, report);
    }
    for (const std::string& id : untranslated)
        texts += count_untranslated(originals.find(id)->second, pulse);
    report_untranslated(untranslated, report);
    return texts;
}

}  // namespace sz
