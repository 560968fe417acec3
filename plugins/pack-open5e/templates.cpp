// SPDX-License-Identifier: AGPL-3.0-or-later
#include "templates.hpp"

#include <algorithm>
#include <span>

#include "words.hpp"

namespace open5e {
namespace {

// `entries_of`: one field for each entry of that family. `options` is JSON that is put into the
// definition as it stands.
struct SheetField {
    std::string_view id;
    std::string_view name;
    std::string_view type;
    std::string_view family;
    std::string_view options;
    bool one_each = false;
};
struct SheetGroup {
    std::string_view id;
    std::string_view name;
    std::span<const SheetField> fields;
};
struct SheetSection {
    std::string_view id;
    std::string_view name;
    std::span<const SheetGroup> groups;
};

constexpr SheetField who[] = {
    {"species", "Species", "DatasetLink", "species", ""},
    {"class", "Class", "DatasetLink", "characterclass", ""},
    {"subclass", "Subclass", "DatasetLink", "characterclass", ""},
    {"background", "Background", "DatasetLink", "background", ""},
    {"alignment", "Alignment", "DatasetLink", "alignmentdescription", ""},
    {"level", "Level", "Number", "", R"("defaultValue":1,"min":1,"max":20)"},
    {"experience", "Experience", "Number", "", R"("defaultValue":0,"min":0)"},
    {"portrait", "Portrait", "Image", "", ""},
};
constexpr SheetField abilities[] = {
    {"", "", "Number", "abilitydescription", R"("defaultValue":10,"min":1,"max":30)", true}};
constexpr SheetField combat[] = {
    {"armorClass", "Armor class", "Number", "", R"("defaultValue":10,"min":0)"},
    {"hitPoints", "Hit points", "Number", "", R"("defaultValue":0)"},
    {"hitPointsMax", "Hit points, at most", "Number", "", R"("defaultValue":0,"min":0)"},
    {"speed", "Speed", "Number", "", R"("defaultValue":30,"min":0)"},
    {"proficiencyBonus", "Proficiency bonus", "Number", "", R"("defaultValue":2,"min":0)"},
    {"conditions", "Conditions", "List", "conditiondescription", ""},
};
constexpr SheetField skills[] = {
    {"", "", "Number", "skilldescription", R"("defaultValue":0)", true}};
constexpr SheetField talents[] = {
    {"features", "Class features", "List", "classfeature", ""},
    {"feats", "Feats", "List", "feat", ""},
    {"spells", "Spells", "List", "spell", ""},
};
constexpr SheetField gear[] = {
    {"equipment", "Equipment", "List", "item", ""},
    {"magicItems", "Magic items", "List", "magicitem", ""},
    {"coins", "Gold pieces", "Number", "", R"("defaultValue":0,"min":0)"},
};
constexpr SheetField notes[] = {
    {"story", "Story", "MultiText", "", ""},
    {"secrets", "Game master's notes", "MultiText", "", R"("visibility":"gm","editableBy":"gm")"},
};
constexpr SheetGroup character[] = {{"who", "Who", who}, {"combat", "Combat", combat}};
constexpr SheetGroup numbers[] = {{"abilities", "Abilities", abilities},
                                  {"skills", "Skills", skills}};
constexpr SheetGroup belongings[] = {{"talents", "Talents", talents}, {"gear", "Gear", gear}};
constexpr SheetGroup story[] = {{"notes", "Notes", notes}};
constexpr SheetSection character_sheet[] = {
    {"character", "Character", character},
    {"numbers", "Abilities and skills", numbers},
    {"belongings", "Talents and gear", belongings},
    {"story", "Story", story},
};

constexpr SheetField plan[] = {
    {"premise", "Premise", "MultiText", "", ""},
    {"log", "What has happened", "MultiText", "", ""},
};
constexpr SheetField prepared[] = {
    {"creatures", "Creatures at hand", "List", "creature",
     R"("visibility":"gm","editableBy":"gm")"},
    {"treasure", "Treasure at hand", "List", "magicitem", R"("visibility":"gm","editableBy":"gm")"},
    {"secrets", "Secrets", "MultiText", "", R"("visibility":"gm","editableBy":"gm")"},
};
constexpr SheetGroup campaign[] = {{"table", "For everyone", plan},
                                   {"prepared", "Prepared", prepared}};
constexpr SheetSection campaign_sheet[] = {{"campaign", "Campaign", campaign}};

class Sheet {
  public:
    Sheet(const Catalogue& catalogue, const FieldWriter& fields)
        : catalogue_(catalogue), fields_(fields) {}

    void begin(std::string_view id, std::string_view type, std::string_view name,
               std::string_view description) {
        out_.open('{');
        out_.member("id", id);
        out_.member("szType", type);
        out_.member("name", name);
        out_.member("description", description);
        out_.member("version", fields_.pack().version);
        out_.member("schemaVersion", "1.0.0");
    }
    void links() {
        out_.key("characterTemplateLink");
        out_.open('{');
        out_.member("datapackId", fields_.pack().id);
        out_.member("templateId", "character");
        out_.member("version", fields_.pack().version);
        out_.close('}');
        out_.key("requiredDatasets");
        out_.open('[');
        for (const Dataset& dataset : catalogue_.datasets())
            fields_.dataset_link(out_, dataset.entries.front()->record->family);
        out_.close(']');
    }
    std::string sections(std::span<const SheetSection> sections) {
        out_.key("sections");
        out_.open('[');
        for (const SheetSection& section : sections) {
            named(section.id, section.name, "groups");
            for (const SheetGroup& group : section.groups) {
                named(group.id, group.name, "fields");
                for (const SheetField& each : group.fields) field(each);
                out_.text += "]}";
            }
            out_.text += "]}";
        }
        out_.close(']');
        out_.close('}');
        out_.text += '\n';
        return std::move(out_.text);
    }

  private:
    void named(std::string_view id, std::string_view name, std::string_view list) {
        out_.open('{');
        out_.member("id", id);
        out_.member("name", name);
        out_.key(list);
        out_.open('[');
    }
    void field(const SheetField& each) {
        const Dataset* dataset =
            each.family.empty() ? nullptr : catalogue_.find_dataset(each.family);
        if (!each.family.empty() && dataset == nullptr) return;
        if (!each.one_each) {
            definition(each.id, each.name, each, dataset);
            return;
        }
        for (const Node* entry : dataset->entries)
            definition(camel_case(entry->id), entry->name, each, nullptr);
    }
    void definition(std::string_view id, std::string_view name, const SheetField& each,
                    const Dataset* dataset) {
        out_.open('{');
        out_.member("id", id);
        out_.member("name", name);
        out_.member("type", each.type);
        if (dataset != nullptr) {
            out_.key("datasetLink");
            fields_.dataset_link(out_, each.family);
        }
        if (!each.options.empty()) {
            out_.next();
            out_.text += each.options;
        }
        out_.close('}');
    }

    const Catalogue& catalogue_;
    const FieldWriter& fields_;
    JsonOut out_;
};

}  // namespace

std::vector<TemplateFile> templates_of(const Catalogue& catalogue, const FieldWriter& fields) {
    if (catalogue.find_dataset("characterclass") == nullptr) return {};
    Sheet sheet(catalogue, fields);
    sheet.begin("character", "character-template", "Character",
                "A plain sheet for characters of these rules.");
    std::vector<TemplateFile> files{
        {"objects/character-templates/character.json", sheet.sections(character_sheet)}};
    Sheet session(catalogue, fields);
    session.begin("campaign", "session-template", "Campaign", "A plain campaign with these rules.");
    session.links();
    files.push_back({"objects/session-templates/campaign.json", session.sections(campaign_sheet)});
    return files;
}

}  // namespace open5e
