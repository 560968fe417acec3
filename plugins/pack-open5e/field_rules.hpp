// SPDX-License-Identifier: AGPL-3.0-or-later
// What becomes of the fields of each family of records: one table a family, for mapping.cpp alone.
#pragma once

#include "mapping.hpp"

namespace open5e::rules {

using enum Kind;

constexpr FieldRule a_name{"name", name};
constexpr FieldRule a_description{"desc", description, "", "description"};
constexpr FieldRule a_document{"document", document};
constexpr FieldRule a_parent{"parent", parent};

// "…Description" families give a text for a key that all documents share: an ability, a skill, a
// condition.
constexpr FieldRule describing[] = {{"describes", described}, a_description, a_document};

constexpr GroupRule creature_groups[] = {
    {"abilities", "Abilities"}, {"savingThrows", "Saving throws"},
    {"skills", "Skills"},       {"speed", "Speed"},
    {"senses", "Senses"},       {"defenses", "Defenses"},
};
constexpr FieldRule creature_fields[] = {
    a_name,
    a_document,
    {"size"},
    {"type", link, "creaturetypedescription"},
    {"subcategory"},
    {"category"},
    {"alignment", link, "alignmentdescription"},
    {"challenge_rating", decimal},
    {"experience_points_integer", plain, "", "experiencePoints"},
    {"proficiency_bonus"},
    {"armor_class"},
    {"armor_detail"},
    {"hit_points"},
    {"hit_dice"},
    {"initiative_bonus"},
    {"ability_score_*", plain, "", "", "abilities"},
    {"saving_throw_*", plain, "", "", "savingThrows"},
    {"skill_bonus_*", plain, "", "", "skills"},
    {"walk", plain, "", "", "speed"},
    {"fly", plain, "", "", "speed"},
    {"hover", plain, "", "", "speed"},
    {"swim", plain, "", "", "speed"},
    {"climb", plain, "", "", "speed"},
    {"burrow", plain, "", "", "speed"},
    {"unit", plain, "", "", "speed"},
    {"passive_perception", plain, "", "", "senses"},
    {"normal_sight_range", plain, "", "normalSight", "senses"},
    {"darkvision_range", plain, "", "darkvision", "senses"},
    {"blindsight_range", plain, "", "blindsight", "senses"},
    {"tremorsense_range", plain, "", "tremorsense", "senses"},
    {"truesight_range", plain, "", "truesight", "senses"},
    {"telepathy_range", plain, "", "telepathy", "senses"},
    {"damage_vulnerabilities", links, "damagetypedescription", "", "defenses"},
    {"damage_vulnerabilities_display", plain, "", "damageVulnerabilitiesText", "defenses"},
    {"damage_resistances", links, "damagetypedescription", "", "defenses"},
    {"damage_resistances_display", plain, "", "damageResistancesText", "defenses"},
    {"damage_immunities", links, "damagetypedescription", "", "defenses"},
    {"damage_immunities_display", plain, "", "damageImmunitiesText", "defenses"},
    {"condition_immunities", links, "conditiondescription", "", "defenses"},
    {"condition_immunities_display", plain, "", "conditionImmunitiesText", "defenses"},
    {"nonmagical_attack_resistance", plain, "", "", "defenses"},
    {"nonmagical_attack_immunity", plain, "", "", "defenses"},
    {"languages"},
    {"languages_desc", plain, "", "languagesText"},
    {"environments"},
    {"weight", decimal},
    {"illustration"},
};
constexpr FieldRule trait_fields[] = {a_name, a_parent, {"type"}, {"order"}, a_description};
constexpr FieldRule action_fields[] = {
    a_name,
    a_parent,
    {"action_type", plain, "", "type"},
    {"order_in_statblock", plain, "", "order"},
    {"legendary_action_cost", plain, "", "legendaryCost"},
    {"uses_type"},
    {"uses_param", plain, "", "uses"},
    {"limited_to_form"},
    a_description,
};
constexpr FieldRule attack_fields[] = {
    a_name,
    a_parent,
    {"attack_type", plain, "", "type"},
    {"to_hit_mod", plain, "", "toHit"},
    {"reach"},
    {"range"},
    {"long_range"},
    {"distance_unit"},
    {"target_creature_only"},
    {"damage_die_count"},
    {"damage_die_type"},
    {"damage_bonus"},
    {"damage_type", link, "damagetypedescription"},
    {"extra_damage_die_count"},
    {"extra_damage_die_type"},
    {"extra_damage_bonus"},
    {"extra_damage_type", link, "damagetypedescription"},
};

constexpr GroupRule spell_groups[] = {{"casting", "Casting"}, {"effect", "Effect"}};
constexpr FieldRule spell_fields[] = {
    a_name,
    a_description,
    a_document,
    {"level"},
    {"school", link, "spellschool"},
    {"classes", links, "characterclass"},
    {"casting_time", plain, "", "time", "casting"},
    {"reaction_condition", plain, "", "", "casting"},
    {"ritual", plain, "", "", "casting"},
    {"range_text", plain, "", "", "casting"},
    {"range", plain, "", "", "casting"},
    {"range_unit", plain, "", "", "casting"},
    {"verbal", plain, "", "", "casting"},
    {"somatic", plain, "", "", "casting"},
    {"material", plain, "", "", "casting"},
    {"material_specified", plain, "", "materials", "casting"},
    {"material_cost", decimal, "", "", "casting"},
    {"material_consumed", plain, "", "", "casting"},
    {"duration", plain, "", "", "effect"},
    {"concentration", plain, "", "", "effect"},
    {"target_type", plain, "", "", "effect"},
    {"target_count", plain, "", "", "effect"},
    {"shape_type", plain, "", "", "effect"},
    {"shape_size", plain, "", "", "effect"},
    {"shape_size_unit", plain, "", "", "effect"},
    {"attack_roll", plain, "", "", "effect"},
    {"saving_throw_ability", link, "abilitydescription", "savingThrow", "effect"},
    {"damage_roll", plain, "", "", "effect"},
    {"damage_types", links, "damagetypedescription", "", "effect"},
    {"higher_level", markdown},
};
constexpr FieldRule casting_option_fields[] = {
    a_parent,  {"type"},       {"damage_roll"},   {"target_count"}, {"duration"},
    {"range"}, {"shape_size"}, {"concentration"}, a_description,
};

constexpr GroupRule thing_groups[] = {{"durability", "As an object"}};
constexpr FieldRule item_fields[] = {
    a_name,
    a_description,
    a_document,
    {"category", link, "itemcategory"},
    {"rarity"},
    {"requires_attunement"},
    {"attunement_detail"},
    {"cost", decimal},
    {"weight", decimal},
    {"weapon", link, "weapon"},
    {"armor", link, "armor"},
    {"size", plain, "", "", "durability"},
    {"armor_class", plain, "", "", "durability"},
    {"armor_detail", plain, "", "", "durability"},
    {"hit_points", plain, "", "", "durability"},
    {"hit_dice", plain, "", "", "durability"},
    {"damage_vulnerabilities", links, "damagetypedescription", "", "durability"},
    {"damage_resistances", links, "damagetypedescription", "", "durability"},
    {"damage_immunities", links, "damagetypedescription", "", "durability"},
    {"nonmagical_attack_resistance", plain, "", "", "durability"},
    {"nonmagical_attack_immunity", plain, "", "", "durability"},
};
constexpr FieldRule weapon_fields[] = {
    a_name,
    a_document,
    {"is_simple"},
    {"is_improvised"},
    {"damage_dice"},
    {"damage_type", link, "damagetypedescription"},
    {"range"},
    {"long_range"},
    {"distance_unit"},
};
constexpr FieldRule weapon_property_fields[] = {a_name, a_description, a_document, {"type"}};
constexpr FieldRule assignment_fields[] = {
    {"weapon", parent}, {"property", link, "weaponproperty"}, {"detail"}, a_document};
constexpr FieldRule armor_fields[] = {
    a_name,
    a_document,
    {"ac_base", plain, "", "armorClass"},
    {"ac_add_dexmod", plain, "", "addDexterity"},
    {"ac_cap_dexmod", plain, "", "dexterityCap"},
    {"strength_score_required", plain, "", "strengthRequired"},
    {"grants_stealth_disadvantage", plain, "", "stealthDisadvantage"},
};
constexpr FieldRule named_fields[] = {a_name, a_description, a_document};

constexpr FieldRule class_fields[] = {
    a_name,
    a_description,
    a_document,
    {"subclass_of", link, "characterclass"},
    {"hit_dice"},
    {"caster_type"},
    {"primary_abilities", links, "abilitydescription"},
    {"saving_throws", links, "abilitydescription"},
};
constexpr FieldRule feature_fields[] = {a_name,
                                        a_description,
                                        a_document,
                                        {"parent", parent, "", "class"},
                                        {"feature_type", plain, "", "type"}};
constexpr FieldRule feature_item_fields[] = {
    a_parent, {"level"}, {"column_value", plain, "", "value"}, {"detail"}};
constexpr FieldRule species_fields[] = {
    a_name, a_description, a_document, {"subspecies_of", link, "species"}};
constexpr FieldRule feat_fields[] = {a_name, a_description, a_document, {"type"}, {"prerequisite"}};
constexpr FieldRule ruleset_fields[] = {a_name, a_description, a_document};
constexpr FieldRule rule_fields[] = {
    a_name,     a_description,
    a_document, {"ruleset", parent},
    {"index"},  {"initialHeaderLevel", plain, "", "headerLevel"},
};
constexpr FieldRule service_fields[] = {
    a_name, a_description, a_document, {"cost", decimal}, {"detail"}};
constexpr FieldRule document_fields[] = {
    a_name,
    a_description,
    {"display_name", plain, "", "shortName"},
    {"author"},
    {"publisher"},
    {"gamesystem", plain, "", "gameSystem"},
    {"licenses"},
    {"publication_date"},
    {"permalink"},
    {"distance_unit"},
    {"weight_unit"},
};
constexpr FieldRule cross_reference_fields[] = {
    {"anchor"},
    {"reference_object_key", link, "@reference_content_type", "target"},
    {"reference_content_type", plain, "", "targetType"},
    {"source_object_key", parent},
    {"source_content_type", consumed},
    a_document,
};

constexpr ParentRule none{};

}  // namespace open5e::rules
