// SPDX-License-Identifier: AGPL-3.0-or-later
#include "catalogue.hpp"

#include <algorithm>
#include <charconv>

#include "words.hpp"

namespace open5e {
namespace {

constexpr std::size_t id_bytes_max =
    120;  // the format allows 128: room for a number that makes it unique

std::string_view text_of(const Value::Object& fields, std::string_view name) {
    const Value* value = find(fields, name);
    if (value == nullptr) return {};
    if (const auto* text = value->text()) return *text;
    if (const auto* number = value->number()) return *number;
    return {};
}

std::int64_t number_of(const Value::Object& fields, std::string_view name) {
    const Value* value = find(fields, name);
    const std::string* digits = value == nullptr ? nullptr : value->number();
    std::int64_t number = 0;
    if (digits != nullptr) std::from_chars(digits->data(), digits->data() + digits->size(), number);
    return number;
}

std::string_view field_of_kind(const FamilyRule* rule, Kind kind) {
    if (rule == nullptr) return kind == Kind::name ? "name" : std::string_view{};
    for (const FieldRule& field : rule->fields) {
        if (field.kind == kind) return field.from;
    }
    return {};
}

// In order of the mapping's families, those it does not know last.
bool earlier(const Node* a, const Node* b) {
    if (a->rule != b->rule) return a->rule < b->rule;
    std::string_view keys = a->rule == nullptr ? std::string_view{} : a->rule->parent.sort_by;
    while (!keys.empty()) {
        const std::size_t end = std::min(keys.find(' '), keys.size());
        const std::string_view key = keys.substr(0, end);
        const std::pair x(number_of(a->record->fields, key), text_of(a->record->fields, key));
        const std::pair y(number_of(b->record->fields, key), text_of(b->record->fields, key));
        if (x != y) return x < y;
        keys.remove_prefix(std::min(end + 1, keys.size()));
    }
    return false;
}

}  // namespace

std::string_view Catalogue::family_of(std::string_view target, const Value::Object& fields) {
    if (target.empty() || target.front() != '@') return target;
    const Value* value = open5e::find(fields, target.substr(1));
    if (value != nullptr && value->list() != nullptr && !value->list()->empty())
        value = &value->list()->back();
    return value != nullptr && value->text() != nullptr ? std::string_view(*value->text())
                                                        : std::string_view{};
}

Catalogue::Catalogue(const Fixtures& fixtures, const Tick& tick, Faults& faults) {
    nodes_.reserve(fixtures.records().size());  // nodes are pointed at: they must not move
    take_records(fixtures, tick, faults);
    if (is_cancelled_) return;
    find_documents();
    name_entries(fixtures, faults);
    place_parts(fixtures, faults);
    sort_children();
}

void Catalogue::find_documents() {
    for (const Node& node : nodes_) {
        if (node.record->family == "document" && node.fate == Node::Fate::entry)
            documents_.push_back(node.record);
    }
    if (!documents_.empty()) {
        document_ = documents_.front()->pk;
        return;
    }
    for (const Node& node : nodes_) {
        document_ = text_of(node.record->fields, "document");
        if (!document_.empty()) return;
    }
}

void Catalogue::take_records(const Fixtures& fixtures, const Tick& tick, Faults& faults) {
    constexpr std::size_t records_per_tick = 256;
    const std::uint64_t files = fixtures.files().size();
    for (const Record& record : fixtures.records()) {
        if (nodes_.size() % records_per_tick == 0 &&
            !tick(files, 2 * files, fixtures.files()[record.file].name)) {
            is_cancelled_ = true;
            return;
        }
        Node& node = nodes_.emplace_back();
        node.record = &record;
        node.rule = find_family(record.family);
        const auto [at, is_new] = by_pk_[record.family].emplace(record.pk, &node);
        if (!is_new) {
            take_again(fixtures, node, *at->second, faults);
        } else {
            node.fate = node.rule != nullptr && node.rule->dataset.empty() ? Node::Fate::part
                                                                           : Node::Fate::entry;
        }
    }
}

void Catalogue::take_again(const Fixtures& fixtures, Node& node, Node& first, Faults& faults) {
    const std::string there = fixtures.files()[first.record->file].name;
    if (same_members(node.record->fields, first.record->fields)) {
        leave_out(
            node,
            std::string(node.record->family) + " in " + fixtures.files()[node.record->file].name,
            "the same records stand in " + there);
        return;
    }
    const bool entry = first.fate == Node::Fate::entry;
    node.fate = entry ? Node::Fate::variant : Node::Fate::part;
    if (entry) first.variants.push_back(&node);
    fixtures.report(faults, Severity::warning, "SZ-OPEN5E-008", *node.record, "",
                    "The " + std::string(node.record->family) + " \"" + node.record->pk +
                        "\" stands in " + there + " already and says something else there.",
                    entry ? "The first is used; what this one says differently is kept in the "
                            "entry's field \"otherVersions\"."
                          : "Both are kept.");
}

std::string Catalogue::own_key(const Node& node) const {
    std::string_view key = node.record->pk;
    std::string_view document = text_of(node.record->fields, "document");
    if (document.empty()) document = document_;
    if (key.size() > document.size() + 1 && key.starts_with(document) &&
        key[document.size()] == '_') {
        key.remove_prefix(document.size() + 1);
    }
    return std::string(key);
}

void Catalogue::name_entries(const Fixtures& fixtures, Faults& faults) {
    for (const FamilyRule& rule : family_rules()) {
        if (rule.dataset.empty() || !by_pk_.contains(rule.family)) continue;
        dataset_by_family_.emplace(rule.family, datasets_.size());
        datasets_.push_back({std::string(rule.dataset),
                             std::string(rule.title),
                             std::string(rule.summary),
                             &rule,
                             {}});
    }
    UniqueIds dataset_ids;
    for (const FamilyRule& rule : family_rules()) dataset_ids.take(std::string(rule.dataset));
    std::unordered_map<std::string_view, UniqueIds> entry_ids;

    for (Node& node : nodes_) {
        if (node.fate != Node::Fate::entry) continue;
        const Record& record = *node.record;
        if (const auto [at, is_new] = dataset_by_family_.emplace(record.family, datasets_.size());
            is_new) {
            const std::string id =
                dataset_ids.take(std::string(shortened(slug(record.family), id_bytes_max)));
            datasets_.push_back({id,
                                 title_case(id),
                                 "Records of a kind that the importer does not know.",
                                 nullptr,
                                 {}});
        }
        datasets_[dataset_by_family_[record.family]].entries.push_back(&node);

        const std::string key = own_key(node);
        UniqueIds& ids = entry_ids[record.family];
        std::string id(shortened(slug(key), id_bytes_max));
        if (ids.has(id)) id = shortened(slug(record.pk), id_bytes_max);
        node.id = ids.take(std::move(id));

        const std::string_view described =
            text_of(record.fields, field_of_kind(node.rule, Kind::described));
        std::string_view name = text_of(record.fields, field_of_kind(node.rule, Kind::name));
        node.name = !name.empty()
                        ? std::string(name)
                        : title_case(described.empty() ? std::string_view(key) : described);
        if (const auto word = word_for(described); !word.empty()) node.name = word;
        if (node.name.size() > limits::name_bytes_max) {
            fixtures.report(faults, Severity::warning, "SZ-OPEN5E-016", record, "/fields/name",
                            "The name is longer than 200 bytes and was cut; the field \"fullName\" "
                            "has all of it.",
                            "Give it a shorter name.");
            node.name = shortened(node.name, limits::name_bytes_max);
        }
        auto& aliases = by_alias_[record.family];
        for (std::string alias : {std::string(described), node.id, slug(node.name)}) {
            if (!alias.empty()) aliases.emplace(std::move(alias), &node);
        }
    }
}

void Catalogue::place_parts(const Fixtures& fixtures, Faults& faults) {
    // In the mapping's order a family's parents come before it, so a part whose parent is left out
    // is seen after that.
    std::vector<Node*> nodes;
    for (Node& node : nodes_) nodes.push_back(&node);
    std::stable_sort(nodes.begin(), nodes.end(),
                     [](const Node* a, const Node* b) { return a->rule < b->rule; });
    for (Node* node : nodes) {
        if (node->rule == nullptr || node->rule->parent.field.empty()) continue;
        if (node->fate != Node::Fate::part && node->fate != Node::Fate::entry) continue;
        const Record& record = *node->record;
        const ParentRule& relation = node->rule->parent;
        const std::string_view family = family_of(relation.family, record.fields);
        const std::string_view key = text_of(record.fields, relation.field);
        const auto peers = by_pk_.find(family);
        Node* parent = nullptr;
        if (peers != by_pk_.end()) {
            if (const auto at = peers->second.find(key); at != peers->second.end())
                parent = at->second;
        }
        const bool to_any = relation.family.starts_with('@');
        if (parent != nullptr &&
            (parent->fate == Node::Fate::entry || (parent->fate == Node::Fate::part && !to_any))) {
            node->parent = parent;
            parent->children.push_back(node);
            if (node->fate == Node::Fate::part) {
                std::string_view own = record.pk;
                if (own.size() > key.size() + 1 && own.starts_with(key) && own[key.size()] == '_')
                    own.remove_prefix(key.size() + 1);
                node->id = shortened(slug(own == record.pk ? own_key(*node) : std::string(own)),
                                     id_bytes_max);
            }
            continue;
        }
        fixtures.report(faults, Severity::warning, "SZ-OPEN5E-007", record,
                        "/fields/" + std::string(relation.field),
                        "The " + std::string(record.family) + " \"" + record.pk +
                            "\" belongs to \"" + std::string(key) +
                            "\", which is not in this folder.",
                        node->fate == Node::Fate::part
                            ? "It was left out. Add the file with its parent and import again."
                            : "It was imported without its parent.");
        if (node->fate == Node::Fate::part) {
            leave_out(*node,
                      std::string(record.family) + " in " + fixtures.files()[record.file].name,
                      "what they belong to is not in the folder");
        }
    }
}

void Catalogue::sort_children() {
    for (Node& node : nodes_) {
        std::stable_sort(node.children.begin(), node.children.end(), earlier);
        std::unordered_map<const FamilyRule*, UniqueIds> row_ids;
        for (Node* child : node.children) {
            if (child->fate == Node::Fate::part)
                child->id = row_ids[child->rule].take(std::move(child->id));
        }
    }
}

void Catalogue::leave_out(Node& node, std::string what, std::string why) {
    node.fate = Node::Fate::left_out;
    ++left_out_[{std::move(what), std::move(why)}];
}

std::uint64_t Catalogue::count(Node::Fate fate) const {
    return static_cast<std::uint64_t>(std::count_if(
        nodes_.begin(), nodes_.end(), [fate](const Node& n) { return n.fate == fate; }));
}

const Node* Catalogue::find(std::string_view family, std::string_view key) const {
    if (const auto records = by_pk_.find(family); records != by_pk_.end()) {
        const auto at = records->second.find(key);
        if (at != records->second.end() && at->second->fate == Node::Fate::entry) return at->second;
    }
    const auto aliases = by_alias_.find(family);
    if (aliases == by_alias_.end()) return nullptr;
    auto at = aliases->second.find(std::string(key));
    if (at == aliases->second.end()) at = aliases->second.find(slug(key));
    return at == aliases->second.end() ? nullptr : at->second;
}

const Dataset* Catalogue::find_dataset(std::string_view family) const {
    const auto at = dataset_by_family_.find(family);
    return at == dataset_by_family_.end() ? nullptr : &datasets_[at->second];
}

}  // namespace open5e
