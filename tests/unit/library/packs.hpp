// SPDX-License-Identifier: AGPL-3.0-or-later
// Small packs, written in a test.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "kernel/content/pack_check.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/library/fakes.hpp"

namespace sz::test {

inline Json field(const char* type, Json value) {
    return {{"type", type}, {"value", std::move(value)}};
}

class PackMaker {
  public:
    explicit PackMaker(const std::string& id = "org.example.arms", const std::string& name = "Arms",
                       const std::string& version = "1.0.0") {
        manifest_ = {{"id", id},
                     {"name", name},
                     {"version", version},
                     {"author", "Mira"},
                     {"license", "CC-BY-SA-4.0"},
                     {"description", "Things that cut."},
                     {"createdAt", "2026-01-01T00:00:00Z"},
                     {"sessionZeroVersion", "0.1.0"}};
    }
    PackMaker& needs(const std::string& id, const std::string& version) {
        manifest_["dependencies"].push_back({{"id", id}, {"name", id}, {"version", version}});
        return *this;
    }
    PackMaker& entry(const std::string& dataset, const std::string& id, const std::string& name,
                     Json more = Json::object()) {
        Json entry = std::move(more);
        entry["id"] = id;
        entry["name"] = name;
        datasets_[dataset][id] = std::move(entry);
        return *this;
    }
    PackMaker& dataset(const std::string& id) {
        if (!datasets_.contains(id)) datasets_[id] = Json::object();
        return *this;
    }
    PackMaker& character(const std::string& id, const std::string& name) {
        const Json fields = Json::array(
            {{{"id", "might"}, {"name", "Might"}, {"type", "Number"}, {"defaultValue", 1}}});
        const Json groups = Json::array({{{"id", "main"}, {"name", "Main"}, {"fields", fields}}});
        templates_[id] = {
            {"id", id},
            {"name", name},
            {"szType", "character-template"},
            {"version", "1.0.0"},
            {"schemaVersion", "1.0.0"},
            {"description", "Somebody."},
            {"sections", Json::array({{{"id", "core"}, {"name", "Core"}, {"groups", groups}}})}};
        return *this;
    }
    PackMaker& says(const std::string& key, Json value) {
        manifest_[key] = std::move(value);
        return *this;
    }
    PackMaker& file(const std::string& path, const std::string& content) {
        others_[path] = content;
        return *this;
    }

    [[nodiscard]] PackFiles files() const {
        PackFiles files;
        files.push_back({"szpack.json", manifest_.dump(1)});
        for (const auto& [id, entries] : datasets_.items()) {
            const Json json = {{"id", id},
                               {"name", "The " + id},
                               {"szType", "dataset"},
                               {"datasetType", "things"},
                               {"version", "1.0.0"},
                               {"schemaVersion", "1.0.0"},
                               {"entries", entries}};
            files.push_back({"objects/datasets/" + id + ".json", json.dump(1)});
        }
        for (const auto& [id, json] : templates_.items()) {
            files.push_back({"objects/character-templates/" + id + ".json", json.dump(1)});
        }
        for (const auto& [path, content] : others_.items())
            files.push_back({path, content.get<std::string>()});
        std::sort(files.begin(), files.end(),
                  [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
        return files;
    }
    [[nodiscard]] CheckedPack checked() const {
        Findings findings;
        auto pack = check_pack(
            files(), LibraryFields(), {}, [](auto, auto, auto) { return true; }, findings);
        for (const Finding& finding : findings) {
            if (finding.severity == Severity::error)
                FAIL(finding.file << finding.pointer << ": " << finding.message);
        }
        REQUIRE(pack);
        return std::move(*pack);
    }
    // A file as LibraryFormats reads it.
    std::string write(const std::filesystem::path& path) const {
        Json json = Json::object();
        for (const PackFile& each : files()) json[each.path] = each.content;
        std::ofstream(path) << json.dump();
        return path.string();
    }

  private:
    Json manifest_;
    Json datasets_ = Json::object();
    Json templates_ = Json::object();
    Json others_ = Json::object();
};

inline PackMaker arms(const std::string& version = "1.0.0") {
    PackMaker pack("org.example.arms", "Arms", version);
    pack.entry("weapons", "sword", "Sword",
               {{"description", "A blade of good steel."},
                {"icon", "sword.gif"},
                {"topLevelFields", {{"damage", field("Number", 10)}}},
                {"groups", Json::array({{{"id", "stats"},
                                         {"name", "Stats"},
                                         {"fields", {{"rarity", field("Text", "Common")}}}}})}});
    pack.entry("weapons", "bow", "Long Bow",
               {{"topLevelFields", {{"damage", field("Number", 8)}}}});
    pack.entry("armour", "shield", "Shield", {{"description", "Stops a sword."}});
    pack.character("hero", "Hero");
    pack.file("media/images/sword.gif", "GIF89a");
    return pack;
}

}  // namespace sz::test
