// SPDX-License-Identifier: AGPL-3.0-or-later
#include "catalogue.hpp"

#include <algorithm>
#include <array>

namespace datasworn {
namespace {

constexpr std::size_t matches_max = 200;  // of a pattern: more is no list to read

const Json* object_in(const Json& object, const std::string& key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_object() ? &*at : nullptr;
}

// Members of a package that say something about it, and are in the manifest.
constexpr std::array about{"_id",     "datasworn_version", "type", "ruleset",
                           "title",   "authors",           "date", "url",
                           "license", "description",       "rules"};

constexpr std::array dataset_order{"collections", "moves",        "assets",   "oracles",
                                   "npcs",        "truths",       "atlas",    "delve-sites",
                                   "site-themes", "site-domains", "rarities", "rules"};

constexpr std::array<std::pair<const char*, Kind>, 5> trees{{{"moves", Kind::move},
                                                             {"assets", Kind::asset},
                                                             {"oracles", Kind::oracle},
                                                             {"npcs", Kind::npc},
                                                             {"atlas", Kind::atlas_entry}}};
constexpr std::array<std::pair<const char*, Kind>, 5> flats{{{"truths", Kind::truth},
                                                             {"delve_sites", Kind::delve_site},
                                                             {"site_themes", Kind::site_card},
                                                             {"site_domains", Kind::site_card},
                                                             {"rarities", Kind::rarity}}};

}  // namespace

Catalogue::Catalogue(const Package& package, Faults& faults) : package_(package) {
    for (const auto& [part, kind] : trees) add_tree(part, kind, faults);
    for (const auto& [part, kind] : flats) add_flat(part, kind, faults);
    add_rules(faults);
    add_rest(faults);
    make_datasets();
}

template <class Take>
void Catalogue::each(const Json& dictionary, const std::string& pointer, Faults& faults,
                     Take take) {
    for (const auto& [key, value] : dictionary.items()) {
        const std::string here = pointer + step(key);
        if (value.is_object()) {
            take(key, value, here);
            continue;
        }
        if (count_values(value) == 0) continue;
        package_.report(faults, Severity::warning, "SZ-DATASWORN-007", here,
                        "An object belongs here, such as {\"_id\": …, \"name\": …}.",
                        "It was left out. Mend the file and import again.");
        strays_.push_back({"values where an object belongs", "they are nothing that is known",
                           count_values(value)});
    }
}

Node* Catalogue::add(Kind kind, std::string id, std::string pointer, const Json& json, Node* parent,
                     Faults& faults) {
    Node& node = nodes_.emplace_back();
    node.kind = kind;
    node.id = std::move(id);
    node.pointer = std::move(pointer);
    node.json = &json;
    node.parent = parent;
    const auto address = address_of(node.id);  // nothing for a path that is far too long
    node.dataset = address ? address->dataset : "other";
    node.entry = entry_ids_[node.dataset].take(address ? address->entry : "unnamed");
    by_id_.emplace(node.id, &node);
    check_id(node, faults);
    name(node, faults);
    if (parent != nullptr)
        (kind == Kind::collection ? parent->collections : parent->members).push_back(&node);
    return &node;
}

void Catalogue::check_id(Node& node, Faults& faults) {
    const std::string said = text_in(*node.json, "_id");
    if (said.empty() || said == node.id) return;
    package_.report(faults, Severity::warning, "SZ-DATASWORN-009", node.pointer + "/_id",
                    "The id does not say where this stands, which is \"" + node.id + "\".",
                    "Links by either id lead here, unless another has it.");
    by_id_.emplace(said, &node);
}

void Catalogue::name(Node& node, Faults& faults) {
    std::string text = one_line(text_in(*node.json, "name"));
    if (text.empty()) text = sentence_case(one_line(text_in(*node.json, "label")));
    if (text.empty() || text == "Unnamed")
        text = sentence_case(node.id.substr(node.id.rfind('/') + 1));
    if (text.size() > limits::name_bytes_max) {
        package_.report(faults, Severity::warning, "SZ-DATASWORN-016", node.pointer + "/name",
                        "The name is longer than 200 bytes and was cut; the field \"fullName\" has "
                        "all of it.",
                        "Give it a shorter name.");
    }
    node.name = shortened(text, limits::name_bytes_max);
}

void Catalogue::add_tree(const std::string& part, Kind kind, Faults& faults) {
    const Json* collections = object_in(package_.root, part);
    if (collections == nullptr) return;
    each(*collections, step(part), faults,
         [&](const std::string& key, const Json& json, const std::string& pointer) {
             add_collection(part, kind, '/' + key, pointer, json, nullptr, faults);
         });
}

void Catalogue::add_collection(const std::string& part, Kind kind, const std::string& path,
                               const std::string& pointer, const Json& json, Node* parent,
                               Faults& faults) {
    Node* collection = add(Kind::collection, package_.id + "/collections/" + part + path, pointer,
                           json, parent, faults);
    if (const Json* contents = object_in(json, "contents")) {
        each(*contents, pointer + "/contents", faults,
             [&](const std::string& key, const Json& inner, const std::string& here) {
                 add_inner(*add(kind, package_.id + '/' + part + path + '/' + key, here, inner,
                                collection, faults),
                           faults);
             });
    }
    if (const Json* collections = object_in(json, "collections")) {
        each(*collections, pointer + "/collections", faults,
             [&](const std::string& key, const Json& inner, const std::string& here) {
                 add_collection(part, kind, path + '/' + key, here, inner, collection, faults);
             });
    }
}

void Catalogue::add_inner(Node& node, Faults& faults) {
    if (const Json* variants = object_in(*node.json, "variants");
        variants != nullptr && node.kind == Kind::npc) {
        each(*variants, node.pointer + "/variants", faults,
             [&](const std::string& key, const Json& json, const std::string& pointer) {
                 add(Kind::variant, node.id + "/variants/" + key, pointer, json, &node, faults);
             });
    }
    const auto abilities = node.json->find("abilities");
    if (node.kind != Kind::asset || abilities == node.json->end() || !abilities->is_array()) return;
    for (std::size_t i = 0; i < abilities->size(); ++i) {
        const std::string path = "/abilities/" + std::to_string(i);
        const Json* moves =
            (*abilities)[i].is_object() ? object_in((*abilities)[i], "moves") : nullptr;
        if (moves == nullptr) continue;
        each(*moves, node.pointer + path + "/moves", faults,
             [&](const std::string& key, const Json& json, const std::string& pointer) {
                 add(Kind::move, node.id + path + "/moves/" + key, pointer, json, &node, faults);
             });
    }
}

void Catalogue::add_flat(const std::string& part, Kind kind, Faults& faults) {
    const Json* entries = object_in(package_.root, part);
    if (entries == nullptr) return;
    each(*entries, step(part), faults,
         [&](const std::string& key, const Json& json, const std::string& pointer) {
             add(kind, package_.id + '/' + part + '/' + key, pointer, json, nullptr, faults);
         });
}

void Catalogue::add_rules(Faults& faults) {
    const Json* rules = object_in(package_.root, "rules");
    if (rules == nullptr) return;
    each(*rules, "/rules", faults,
         [&](const std::string& part, const Json& entries, const std::string& pointer) {
             const std::string path = "rules/" + part;
             each(entries, pointer, faults,
                  [&](const std::string& key, const Json& json, const std::string& here) {
                      if (part == "impacts") {
                          add_collection(path, Kind::rule, '/' + key, here, json, nullptr, faults);
                      } else {
                          add(Kind::rule, package_.id + '/' + path + '/' + key, here, json, nullptr,
                              faults);
                      }
                  });
         });
}

void Catalogue::add_rest(Faults& faults) {
    for (const auto& [key, value] : package_.root.items()) {
        const auto is_key = [&name = key](const auto& one) { return name == one.first; };
        const bool is_tree = std::any_of(trees.begin(), trees.end(), is_key) ||
                             std::any_of(flats.begin(), flats.end(), is_key);
        const bool is_about = std::find(about.begin(), about.end(), key) != about.end();
        const bool is_rules = key == "rules";
        if ((is_tree || is_rules) && value.is_object()) continue;
        const std::uint64_t values = count_values(value);
        if ((is_about && !is_rules) || values == 0) continue;
        package_.report(faults, is_tree || is_rules ? Severity::warning : Severity::note,
                        is_tree || is_rules ? "SZ-DATASWORN-007" : "SZ-DATASWORN-012", step(key),
                        is_tree || is_rules ? "An object belongs here."
                                            : "The importer does not know this part of a package.",
                        value.is_object() ? "It became a dataset of its own, as well as could be."
                                          : "It was left out.");
        if (value.is_object()) {
            each(value, step(key), faults,
                 [&, part = key](const std::string& name, const Json& json,
                                 const std::string& pointer) {
                     add(Kind::other, package_.id + '/' + part + '/' + name, pointer, json, nullptr,
                         faults);
                 });
        } else {
            strays_.push_back({"values of \"" + std::string(shortened(one_line(key), 60)) + '"',
                               "the importer does not know this part of a package", values});
        }
    }
}

void Catalogue::make_datasets() {
    std::unordered_map<std::string, std::size_t> places;
    const auto take = [&](const std::string& id) {
        const auto [at, is_new] = places.emplace(id, datasets_.size());
        if (is_new) {
            std::string key = id;
            std::replace(key.begin(), key.end(), '-', '_');
            datasets_.push_back({id, key == "npcs" ? "NPCs" : sentence_case(key), {}});
        }
        return at->second;
    };
    for (const char* id : dataset_order) take(id);
    for (const Node& node : nodes_) datasets_[take(node.dataset)].entries.push_back(&node);
    std::erase_if(datasets_, [](const Dataset& dataset) { return dataset.entries.empty(); });
}

const Node* Catalogue::find(const std::string& id) const {
    const auto by = [&](const std::string& one) {
        const auto at = by_id_.find(one);
        return at == by_id_.end() ? nullptr : at->second;
    };
    if (const Node* node = by(id)) return node;
    const auto steps = steps_of(id);
    if (steps.size() < 3) return nullptr;
    const std::string begin = std::string(steps[0]) + '/' + std::string(steps[1]);
    if (steps[1] == "truths") return by(begin + '/' + std::string(steps[2]));
    if (steps[1] == "assets" && steps.size() > 5 && steps[4] == "abilities")
        return by(begin + '/' + std::string(steps[2]) + '/' + std::string(steps[3]));
    if (steps[1] == "oracles")
        return by(std::string(steps[0]) + "/collections" + id.substr(steps[0].size()));
    return nullptr;
}

std::vector<const Node*> Catalogue::find_all(std::string_view pattern) const {
    if (pattern.starts_with("*/")) {
        return find_all(package_.id + std::string(pattern.substr(1)));
    }
    if (package_of(pattern) != package_.id) return {};
    const auto steps = steps_of(pattern);
    if (steps.size() > 3 && pattern.ends_with("/*") &&
        pattern.find('*') == pattern.size() - 1) {  // all that a collection holds
        const std::string_view path = pattern.substr(package_.id.size());
        const auto at = by_id_.find(package_.id + "/collections" +
                                    std::string(path.substr(0, path.size() - 2)));
        if (at != by_id_.end()) return {at->second};
    }
    std::vector<const Node*> found;
    for (const Node& node : nodes_) {
        if (found.size() < matches_max && fits(steps_of(node.id), steps)) found.push_back(&node);
    }
    return found;
}

}  // namespace datasworn
