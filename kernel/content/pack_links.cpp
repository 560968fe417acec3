// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_links.hpp"
#include "kernel/base/text.hpp"

#include <algorithm>
#include <set>

#include "kernel/base/limits.hpp"
#include "kernel/content/pointer.hpp"
#include "kernel/content/schema_words.hpp"

namespace sz {

namespace {

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : between) + word;
    return text;
}

std::vector<std::string> keys_of(const Json& object) {
    std::vector<std::string> keys;
    if (object.is_object()) {
        for (const auto& [key, value] : object.items()) keys.push_back(key);
    }
    return keys;
}

// The installed versions that a range admits, lowest first.
std::vector<std::string> admitted(const OtherPacks& others, const std::string& pack,
                                  const std::string& range) {
    std::vector<std::string> versions;
    if (others.versions) versions = others.versions(pack);
    versions.erase(std::remove_if(versions.begin(), versions.end(),
                                  [&](const std::string& version) {
                                      return !version_satisfies(version, range);
                                  }),
                   versions.end());
    std::sort(versions.begin(), versions.end(), version_less);
    return versions;
}

}  // namespace

PackLinks::PackLinks(const PackContents& contents, const OtherPacks& others, PackReport& report)
    : contents_(contents), others_(others), report_(report) {
    for (const auto& object : contents.objects) objects_.emplace(object.id, &object);
    for (const auto& image : contents.images) images_.insert_or_assign(ascii_lower(image), &image);
    if (!contents.manifest.is_object()) return;
    const auto listed = contents.manifest.find("dependencies");
    if (listed == contents.manifest.end() || !listed->is_array()) return;
    for (std::size_t i = 0; i < listed->size(); ++i) add_dependency((*listed)[i], i);
}

void PackLinks::add_dependency(const Json& dependency, std::size_t index) {
    Dependency one;
    one.id = string_or(dependency, "id");
    one.name = string_or(dependency, "name", one.id);
    one.range = string_or(dependency, "version");
    one.pointer = "/dependencies/" + std::to_string(index);
    if (one.id.empty()) return;
    one.versions = admitted(others_, one.id, one.range);
    by_pack_.try_emplace(one.id, dependencies_.size());
    dependencies_.push_back(std::move(one));
}

// A suggestion compares a word with every other there is: only the first faults get one.
std::string PackLinks::did_you_mean(const std::string& word, const std::vector<std::string>& known,
                                    const std::string& otherwise) {
    if (report_.is_full() || suggestions_ == suggestions_max ||
        words_compared_ > words_compared_max)
        return otherwise;
    ++suggestions_;
    words_compared_ += known.size();
    const auto meant = nearest_word(word, known);
    return meant ? "Did you mean " + quote(*meant) + "?" : otherwise;
}

const std::vector<std::string>& PackLinks::object_ids() {
    if (object_ids_.empty()) {
        for (const auto& [id, object] : objects_) object_ids_.push_back(id);
        std::sort(object_ids_.begin(), object_ids_.end());
    }
    return object_ids_;
}

const std::vector<std::string>& PackLinks::entry_ids(const LoadedObject& object) {
    const auto [place, is_new] = entry_ids_.try_emplace(&object);
    if (is_new) {
        if (const auto entries = object.json.find("entries"); entries != object.json.end())
            place->second = keys_of(*entries);
    }
    return place->second;
}

// The way from `pack` back to the pack that is being checked, through what is installed; empty if
// there is none.
std::vector<std::string> PackLinks::circle_through(const std::string& pack,
                                                   const std::string& range) const {
    struct Step {
        std::string pack, range;
        std::vector<std::string> way;
    };
    std::vector<Step> steps{{pack, range, {}}};
    std::set<std::string> seen;
    while (!steps.empty()) {
        auto step = std::move(steps.back());
        steps.pop_back();
        step.way.push_back(step.pack);
        if (step.pack == contents_.id) return step.way;
        const auto versions = admitted(others_, step.pack, step.range);
        if (versions.empty() || !others_.dependencies || !seen.insert(step.pack).second) continue;
        for (auto& next : others_.dependencies(step.pack, versions.back()))
            steps.push_back({std::move(next.id), std::move(next.version), step.way});
    }
    return {};
}

void PackLinks::check_dependencies() {
    std::set<std::string> seen;
    for (const auto& one : dependencies_) {
        if (!seen.insert(one.id).second) {
            report_.error("SZ-PACK-047", manifest_path, one.pointer,
                          "The pack " + quote(one.name) + " is listed twice.", "Keep one of them.");
            continue;
        }
        if (!is_version_range(one.range)) {
            if (one.range.empty()) continue;  // its schema has said so
            report_.error("SZ-PACK-048", manifest_path, one.pointer + "/version",
                          quote(one.range) + " is neither a version nor a range of versions.",
                          "Write it as \"1.2.0\", \"^1.2.0\", \"~1.2.0\" or \">=1.0.0 <2.0.0\".");
            continue;
        }
        if (const auto circle = circle_through(one.id, one.range); !circle.empty()) {
            report_.error("SZ-PACK-045", manifest_path, one.pointer,
                          circle.size() == 1
                              ? "The pack needs itself."
                              : "The pack needs itself through " + joined(circle, " → ") + ".",
                          "Remove the dependency; a link to the pack itself needs none.");
            continue;
        }
        if (!one.versions.empty() || !others_.versions) continue;
        const auto installed = others_.versions(one.id);
        report_.warning(
            "SZ-PACK-042", manifest_path, one.pointer,
            "The pack " + quote(one.name) + " is not installed in version " + one.range +
                ", so links into it are not checked.",
            installed.empty() ? "Import it." : "Installed: " + joined(installed, ", ") + ".");
    }
}

void PackLinks::check_icon(const Json& object, const std::string& file,
                           const std::string& pointer) {
    const auto icon = string_or(object, "icon");
    if (!icon.empty()) check_image(icon, file, Pointer(pointer).with("icon"));
}

void PackLinks::check_manifest() { check_icon(contents_.manifest, manifest_path, ""); }

void PackLinks::check_own_link(const Json& link, const char* id_key, const char* type,
                               const std::string& file, const std::string& pointer) {
    Link one{string_or(link, "datapackId"), string_or(link, id_key), "", string_or(link, "version"),
             type};
    if (!one.pack.empty() && !one.object.empty()) check_link(one, file, pointer);
}

void PackLinks::check_object(const LoadedObject& object, Pulse& pulse) {
    if (!object.json.is_object()) return;
    check_icon(object.json, object.path, "");
    if (const auto entries = object.json.find("entries");
        entries != object.json.end() && entries->is_object()) {
        for (const auto& [key, entry] : entries->items()) {
            if (!pulse.goes_on()) return;
            if (entry.is_object() && entry.contains("icon"))
                check_icon(entry, object.path, Pointer("/entries").with(key));
        }
    }
    if (const auto link = object.json.find("characterTemplateLink"); link != object.json.end())
        check_own_link(*link, "templateId", "character-template", object.path,
                       "/characterTemplateLink");
    const auto required = object.json.find("requiredDatasets");
    if (required == object.json.end() || !required->is_array()) return;
    for (std::size_t i = 0; i < required->size(); ++i)
        check_own_link((*required)[i], "datasetId", "dataset", object.path,
                       "/requiredDatasets/" + std::to_string(i));
}

void PackLinks::check_link(const Link& link, const std::string& file, const std::string& pointer) {
    if (!link.version.empty() && !is_version_range(link.version)) {
        report_.error("SZ-PACK-048", file, Pointer(pointer).with("version"),
                      quote(link.version) + " is neither a version nor a range of versions.",
                      "Write it as \"1.2.0\", \"^1.2.0\", \"~1.2.0\" or \">=1.0.0 <2.0.0\".");
        return;
    }
    if (link.pack == contents_.id) return check_link_inside(link, file, pointer);
    if (const auto dependency = by_pack_.find(link.pack); dependency != by_pack_.end())
        return check_link_outside(link, dependencies_[dependency->second], file, pointer);
    // Without szpack.json nobody knows which pack this is: that is reported once, not at each link.
    if (contents_.id.empty()) return;
    report_.error(
        "SZ-PACK-041", file, pointer,
        "The link leads into the pack " + quote(link.pack) + ", which is not a dependency.",
        "List it under “dependencies” in szpack.json, or correct the link. The pack's own id is " +
            quote(contents_.id) + ".");
}

void PackLinks::check_link_inside(const Link& link, const std::string& file,
                                  const std::string& pointer) {
    const auto found = objects_.find(link.object);
    if (found == objects_.end()) {
        report_.error(
            "SZ-PACK-040", file, pointer,
            "The link leads to " + quote(link.object) + ", which this pack does not have.",
            did_you_mean(link.object, object_ids(), "Correct the link, or add the object."));
        return;
    }
    const auto& object = *found->second;
    if (!object.is_readable) return;  // what is in it is not known
    if (object.type != link.type) {
        report_.error("SZ-PACK-040", file, pointer,
                      "The link leads to " + quote(link.object) + ", which is a " + object.type +
                          ", not a " + link.type + ".",
                      "Correct the link.");
        return;
    }
    const auto version = string_or(object.json, "version");
    if (!link.version.empty() && !version_satisfies(contents_.version, link.version) &&
        !version_satisfies(version, link.version)) {
        report_.warning("SZ-PACK-044", file, Pointer(pointer).with("version"),
                        "The link asks for version " + link.version + " of this pack, which is " +
                            contents_.version + ".",
                        "Write \"^" + contents_.version + "\".");
    }
    if (link.entry.empty()) return;
    const auto entries = object.json.find("entries");
    if (entries != object.json.end() && entries->is_object() && entries->contains(link.entry))
        return;
    report_.error(
        "SZ-PACK-040", file, pointer,
        "The link leads to " + quote(link.entry) + ", which " + quote(link.object) +
            " does not have.",
        did_you_mean(link.entry, entry_ids(object), "Correct the link, or add the entry."));
}

void PackLinks::check_link_outside(const Link& link, const Dependency& dependency,
                                   const std::string& file, const std::string& pointer) {
    if (dependency.versions.empty()) return;  // reported once, at the dependency
    auto versions = dependency.versions;
    if (!link.version.empty()) {
        versions.erase(std::remove_if(versions.begin(), versions.end(),
                                      [&](const std::string& version) {
                                          return !version_satisfies(version, link.version);
                                      }),
                       versions.end());
    }
    if (versions.empty()) {
        report_.warning("SZ-PACK-044", file, Pointer(pointer).with("version"),
                        "The link asks for version " + link.version + " of " +
                            quote(dependency.name) + ", but the versions installed for it are " +
                            joined(dependency.versions, ", ") + ".",
                        "Write the range that szpack.json has: \"" + dependency.range + "\".");
        return;
    }
    const bool exists =
        !others_.has ||
        std::any_of(versions.begin(), versions.end(), [&](const std::string& version) {
            return others_.has(link.pack, version, link.object, link.entry);
        });
    if (exists) return;
    const auto what =
        link.entry.empty() ? quote(link.object) : quote(link.entry) + " in " + quote(link.object);
    report_.error("SZ-PACK-043", file, pointer,
                  "The link leads to " + what + ", which " + quote(dependency.name) + " " +
                      versions.back() + " does not have.",
                  "Correct the link, or ask for a version that has it.");
}

void PackLinks::check_image(const std::string& path, const std::string& file,
                            const std::string& pointer) {
    if (contents_.images.find(path) != contents_.images.end()) return;
    const auto has = [&](const char* text) { return path.find(text) != std::string::npos; };
    if (path.front() == '/' || has("\\") || has("..") || has("//") || has(":")) {
        report_.error("SZ-PACK-051", file, pointer,
                      quote(path) + " is not a path below media/images.",
                      "Write it with '/' between folders, such as \"weapons/sword.png\".");
        return;
    }
    std::string hint = "Add the file, or correct the path.";
    if (path.compare(0, images_folder.size(), images_folder) == 0) {
        hint = "Leave out “media/images/”: paths begin below it.";
    } else if (const auto like = images_.find(ascii_lower(path)); like != images_.end()) {
        hint = "There is " + quote(*like->second) + ": upper and lower case matter.";
    }
    report_.warning("SZ-PACK-050", file, pointer,
                    "There is no image " + quote(path) + " below media/images.", hint);
}

}  // namespace sz
