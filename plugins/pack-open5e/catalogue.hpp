// SPDX-License-Identifier: AGPL-3.0-or-later
// The records by what becomes of them: entries with their ids, parts under their parents, and what
// is left out.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fixtures.hpp"
#include "mapping.hpp"

namespace open5e {

struct Node {
    enum class Fate : std::uint8_t { entry, part, variant, left_out };

    const Record* record = nullptr;
    const FamilyRule* rule = nullptr;  // null: a family that the mapping does not know
    Fate fate = Fate::left_out;
    std::string id;    // of the entry in its dataset, or of the row in its table
    std::string name;  // of the entry
    // Entries or parts that name this one as their parent, by family, then in order.
    std::vector<Node*> children;
    std::vector<const Node*> variants;  // other records of the same pk that say something else
    Node* parent = nullptr;
};

struct Dataset {
    std::string id;
    std::string title;
    std::string summary;
    const FamilyRule* rule = nullptr;
    std::vector<const Node*> entries;
};

// How many records were left out, by what they are and why.
using LeftOut = std::map<std::pair<std::string, std::string>, std::uint64_t>;

class Catalogue {
  public:
    // Faults: duplicate keys, missing parents, names that had to be shortened.
    Catalogue(const Fixtures& fixtures, const Tick& tick, Faults& faults);
    Catalogue(const Catalogue&) = delete;
    Catalogue& operator=(const Catalogue&) = delete;

    // It was told to stop, and is not whole.
    [[nodiscard]] bool is_cancelled() const { return is_cancelled_; }

    // The documents' records, in order; and the key of the one that the pack is made of.
    [[nodiscard]] const std::vector<const Record*>& documents() const { return documents_; }
    [[nodiscard]] const std::string& document() const { return document_; }

    [[nodiscard]] const std::vector<Dataset>& datasets() const { return datasets_; }
    [[nodiscard]] const LeftOut& left_out() const { return left_out_; }
    [[nodiscard]] std::uint64_t count(Node::Fate fate) const;

    // The entry that `key` names: its pk, the key that it describes, its id, or its name. Null if
    // there is none.
    [[nodiscard]] const Node* find(std::string_view family, std::string_view key) const;
    // Null if there are no records of that family.
    [[nodiscard]] const Dataset* find_dataset(std::string_view family) const;

    // The family that a rule's "@field" names in this record, or the rule's own.
    [[nodiscard]] static std::string_view family_of(std::string_view target,
                                                    const Value::Object& fields);

  private:
    using ByKey = std::unordered_map<std::string_view, Node*>;

    void find_documents();
    void take_records(const Fixtures& fixtures, const Tick& tick, Faults& faults);
    void take_again(const Fixtures& fixtures, Node& node, Node& first, Faults& faults);
    void name_entries(const Fixtures& fixtures, Faults& faults);
    void place_parts(const Fixtures& fixtures, Faults& faults);
    void sort_children();
    void leave_out(Node& node, std::string what, std::string why);
    [[nodiscard]] std::string own_key(const Node& node) const;

    std::vector<Node> nodes_;
    std::vector<const Record*> documents_;
    std::string document_;
    std::vector<Dataset> datasets_;
    std::unordered_map<std::string_view, std::size_t> dataset_by_family_;
    std::unordered_map<std::string_view, ByKey> by_pk_;  // every record, by family
    // Entries, by family.
    std::unordered_map<std::string_view, std::unordered_map<std::string, Node*>> by_alias_;
    LeftOut left_out_;
    bool is_cancelled_ = false;
};

}  // namespace open5e
