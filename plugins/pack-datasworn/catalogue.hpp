// SPDX-License-Identifier: AGPL-3.0-or-later
// What in a package becomes an entry, where it stands in the tree, and which id leads to it.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ids.hpp"
#include "source.hpp"
#include "words.hpp"

namespace datasworn {

enum class Kind {
    collection,
    move,
    asset,
    oracle,
    npc,
    variant,
    truth,
    atlas_entry,
    delve_site,
    site_card,  // a theme or a domain
    rarity,
    rule,
    other,  // of a part of the package that the importer does not know
};

struct Node {
    Kind kind = Kind::other;
    std::string id;       // "starforged/moves/adventure/face_danger"
    std::string pointer;  // in the file
    const Json* json = nullptr;
    const Node* parent = nullptr;  // a collection; the base of a variant; the asset of a move
    std::vector<const Node*> members;
    std::vector<const Node*> collections;
    std::string dataset;
    std::string entry;
    std::string name;  // at most 200 bytes, one line
};

struct Dataset {
    std::string id;    // "moves"
    std::string name;  // "Moves"
    std::vector<const Node*> entries;
};

class Catalogue {
  public:
    // Faults: what should be an object and is none, ids that say another place, names too long.
    Catalogue(const Package& package, Faults& faults);
    Catalogue(const Catalogue&) = delete;
    Catalogue& operator=(const Catalogue&) = delete;

    [[nodiscard]] const Package& package() const { return package_; }
    [[nodiscard]] const std::vector<Dataset>& datasets() const { return datasets_; }
    [[nodiscard]] std::size_t size() const { return nodes_.size(); }

    // The entry that an id names, or that what it names is a part of. An oracle's id may name a
    // collection of oracles. Null if there is none.
    [[nodiscard]] const Node* find(const std::string& id) const;

    // The entries that a pattern with '*' names; a collection for all that it holds.
    [[nodiscard]] std::vector<const Node*> find_all(std::string_view pattern) const;

    // Values of the package that are no entries and of no use to any.
    struct Stray {
        std::string what;
        std::string why;
        std::uint64_t values;
    };
    [[nodiscard]] const std::vector<Stray>& strays() const { return strays_; }

  private:
    Node* add(Kind kind, std::string id, std::string pointer, const Json& json, Node* parent,
              Faults& faults);
    template <class Take>
    void each(const Json& dictionary, const std::string& pointer, Faults& faults, Take take);
    void add_tree(const std::string& part, Kind kind, Faults& faults);
    void add_collection(const std::string& part, Kind kind, const std::string& path,
                        const std::string& pointer, const Json& json, Node* parent, Faults& faults);
    void add_inner(Node& node, Faults& faults);
    void add_flat(const std::string& part, Kind kind, Faults& faults);
    void add_rules(Faults& faults);
    void add_rest(Faults& faults);
    void check_id(Node& node, Faults& faults);
    void name(Node& node, Faults& faults);
    void make_datasets();

    const Package& package_;
    std::deque<Node> nodes_;  // they are pointed at
    std::unordered_map<std::string, const Node*> by_id_;
    std::unordered_map<std::string, UniqueIds> entry_ids_;  // by dataset
    std::vector<Dataset> datasets_;
    std::vector<Stray> strays_;
};

}  // namespace datasworn
