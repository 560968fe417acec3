// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/pack_skeleton.hpp"

#include <nlohmann/json.hpp>

#include "kernel/base/ids.hpp"
#include "kernel/bus/bus.hpp"

namespace sz::library {

namespace {

// In the order that a person would write, which is not the order of a Json object.
using Written = nlohmann::ordered_json;

constexpr const char* first_version = "1.0.0";

constexpr const char* schemas = skeleton_schemas;

Written field(const char* id, const char* name, const char* type) {
    return {{"id", id}, {"name", name}, {"type", type}};
}

Written head_of(const char* id, const char* kind, const char* name, const char* description) {
    return {{"$schema", std::string("../../") + schemas + kind + ".json"},
            {"id", id},
            {"szType", kind},
            {"name", name},
            {"description", description},
            {"version", first_version},
            {"schemaVersion", first_version}};
}

Written section(const char* id, const char* name, Written fields) {
    return {
        {"id", id},
        {"name", name},
        {"groups", Written::array({{{"id", id}, {"name", name}, {"fields", std::move(fields)}}})}};
}

Written entry(const char* id, const char* name, const char* description, Written fields) {
    return {{"id", id},
            {"name", name},
            {"description", description},
            {"topLevelFields", std::move(fields)}};
}

Written dataset() {
    Written items = head_of("items", "dataset", "Items", "What characters may carry.");
    const auto weighing = [](int number) {
        return Written{{"type", "Number"}, {"min", 0}, {"unit", "lb"}, {"value", number}};
    };
    Written charm = entry("charm", "Charm", "Whoever carries it is a little braver.",
                          {{"weight", weighing(0)}});
    charm["effects"] = Written::array({{{"field", "nerve"}, {"add", 1}}});
    items["entries"] = {
        {"lantern", entry("lantern", "Lantern",
                          "It lights a room, and tells everybody where you are. Beside it lies a "
                          "[charm](entry:items/charm).",
                          {{"weight", weighing(2)}})},
        {"charm", std::move(charm)}};
    return items;
}

Written tables() {
    const auto row = [](const char* id, int from, int to, const char* text) {
        return Written{{"id", id}, {"from", from}, {"to", to}, {"text", text}};
    };
    const Written weather{{"dice", "1d6"},
                          {"rows", Written::array({row("fair", 1, 3, "A fair day."),
                                                   row("rain", 4, 5, "Rain, and more to come."),
                                                   row("fog", 6, 6, "Fog: nobody sees far.")})}};
    Written tables = head_of("tables", "dataset", "Tables", "What is rolled for at the table.");
    tables["entries"] = {
        {"weather", entry("weather", "Weather", "Roll when a new day begins.",
                          {{"sky", {{"type", "RandomTable"}, {"value", weather}}}})}};
    return tables;
}

Written link_to(const std::string& pack, const char* member, const char* id) {
    return {{"datapackId", pack}, {member, id}, {"version", first_version}};
}

Written about_fields(const std::string& pack) {
    Written level = field("level", "Level", "Number");
    level["defaultValue"] = 1;
    level["min"] = 1;
    Written nerve = field("nerve", "Nerve", "Number");
    nerve["defaultValue"] = 2;
    nerve["help"] = "What is carried may add to it.";
    Written health = field("health", "Health", "Resource");
    health["formula"] = "8 + 2 * level";
    health["rules"] = Written::array({{{"id", "rest"}, {"name", "Rest"}, {"to", "maximum"}}});
    Written keepsake = field("keepsake", "Keepsake", "DatasetLink");
    keepsake["datasetLink"] = link_to(pack, "datasetId", "items");
    keepsake["help"] = "One of the items, dear to the character.";
    return Written::array({field("look", "Look", "Text"), level, nerve, health,
                           field("traits", "Traits", "Tags"), keepsake});
}

Written character_template(const std::string& pack) {
    Written sheet =
        head_of("character", "character-template", "Character", "The sheet of a character.");
    Written carried = field("carried", "Carried", "List");
    carried["datasetLink"] = link_to(pack, "datasetId", "items");
    carried["effects"] = true;
    Written load = field("load", "Load", "Formula");
    load["formula"] = "sum(carried.weight)";
    load["unit"] = "lb";
    Written secret = field("secret", "Secret", "MultiText");
    secret["visibility"] = "gm";
    secret["help"] = "Only the game master sees this.";
    sheet["sections"] =
        Written::array({section("about", "About", about_fields(pack)),
                        section("things", "Things", Written::array({carried, load})),
                        section("hidden", "Hidden", Written::array({secret}))});
    return sheet;
}

Written session_template(const std::string& pack) {
    Written session =
        head_of("campaign", "session-template", "Campaign", "What the whole table shares.");
    session["characterTemplateLink"] = link_to(pack, "templateId", "character");
    session["requiredDatasets"] = Written::array({link_to(pack, "datasetId", "items")});
    session["sections"] = Written::array({section(
        "notes", "Notes", Written::array({field("story", "The Story So Far", "MultiText")}))});
    return session;
}

constexpr const char* emblem =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
  <rect x="2" y="2" width="60" height="60" rx="8" fill="#2f4858"/>
  <circle cx="32" cy="32" r="16" fill="#f6ae2d"/>
</svg>
)";

}  // namespace

PackFiles skeleton_schema_files() {
    PackFiles files;
    for (const std::string name : {"character-template", "dataset", "definitions",
                                   "session-template", "szpack", "translation"}) {
        files.push_back({schemas + name + ".json", std::string(embedded_schema("v1/" + name))});
    }
    return files;
}

Status check_new_id(const std::string& id) {
    if (is_object_id(id)) return {};
    return fail(ErrorKind::usage, "SZ-LIB-034", "“" + id + "” cannot be the id of a pack.",
                "Use letters, digits, “-”, “_” and “.”, or leave it out: then one is made that "
                "nobody else has.");
}

Result<PackFiles> pack_skeleton(const NewPack& wanted) {
    SZ_TRY(check_new_id(wanted.id));
    Written manifest{{"$schema", std::string(schemas) + "szpack.json"},
                     {"id", wanted.id},
                     {"name", wanted.name},
                     {"version", first_version}};
    if (!wanted.author.empty()) manifest["author"] = wanted.author;
    if (!wanted.license.empty()) manifest["license"] = wanted.license;
    manifest["description"] = "Say here what the pack is about.";
    manifest["icon"] = "emblem.svg";
    manifest["dependencies"] = Written::array();
    const auto text = [](const Written& json) { return json.dump(2) + "\n"; };
    PackFiles files = skeleton_schema_files();
    files.push_back({"media/images/emblem.svg", emblem});
    files.push_back(
        {"objects/character-templates/character.json", text(character_template(wanted.id))});
    files.push_back({"objects/datasets/items.json", text(dataset())});
    files.push_back({"objects/datasets/tables.json", text(tables())});
    files.push_back({"objects/session-templates/campaign.json", text(session_template(wanted.id))});
    files.push_back({"szpack.json", text(manifest)});
    return files;
}

}  // namespace sz::library
