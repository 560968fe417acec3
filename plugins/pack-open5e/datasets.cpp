// SPDX-License-Identifier: AGPL-3.0-or-later
#include "datasets.hpp"

#include <algorithm>

#include "words.hpp"

namespace open5e {
namespace {

// The children of one family, which stand together in `children`.
std::vector<const Node*> of_family(const std::vector<Node*>& children, const FamilyRule* rule) {
    std::vector<const Node*> out;
    for (const Node* child : children) {
        if (child->rule == rule) out.push_back(child);
    }
    return out;
}

// The families of the nodes' children, in the mapping's order.
std::vector<const FamilyRule*> child_families(const std::vector<const Node*>& nodes) {
    std::vector<const FamilyRule*> out;
    for (const Node* node : nodes) {
        for (const Node* child : node->children) {
            if (std::find(out.begin(), out.end(), child->rule) == out.end())
                out.push_back(child->rule);
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

// Is it a part that is shown as a group?
bool is_group(const Node& node) {
    return node.fate == Node::Fate::part && node.rule->parent.shown == Shown::groups;
}

}  // namespace

FamilyPlan& DatasetWriter::plan_of(const Node& node) {
    return plans_.try_emplace(node.record->family, node.rule).first->second;
}

bool DatasetWriter::write(const Dataset& dataset, const std::function<bool()>& go_on,
                          std::string& out_text) {
    JsonOut out;
    out.open('{');
    out.member("id", dataset.id);
    out.member("szType", "dataset");
    out.member("datasetType", dataset.id);
    out.member("name", dataset.title);
    out.member("description", dataset.summary);
    out.member("version", fields_.pack().version);
    out.member("schemaVersion", "1.0.0");
    out.key("entries");
    out.open('{');
    std::size_t written = 0;
    for (const Node* node : dataset.entries) {
        if (++written % 64 == 0 && !go_on()) return false;
        out.key(node->id);
        entry(out, *node);
    }
    out.close('}');
    out.close('}');
    out.text += '\n';
    out_text = std::move(out.text);
    return true;
}

bool DatasetWriter::is_field(const FieldPlan& plan, const Value& value, const Node& node) const {
    const bool entry = node.fate == Node::Fate::entry;
    switch (plan.kind) {
        case Kind::name:
            return !(entry || is_group(node)) ||
                   (value.text() == nullptr && value.number() == nullptr);
        case Kind::described: return value.text() == nullptr || *value.text() != node.id;
        case Kind::description: return !entry || value.text() == nullptr;
        case Kind::document:
            return value.text() == nullptr || *value.text() != catalogue_.document();
        case Kind::parent: return entry;
        case Kind::consumed: return false;
        default: return true;
    }
}

void DatasetWriter::entry(JsonOut& out, const Node& node) {
    const Fields& fields = plan_of(node).fields_of(node.record->fields);
    out.open('{');
    out.member("id", node.id);
    out.member("name", node.name);
    for (const auto& [plan, value] : fields) {
        if (plan->kind == Kind::description && value->text() != nullptr)
            out.member("description", *value->text());
    }
    out.key("topLevelFields");
    out.open('{');
    top_level_fields(out, node, fields);
    children(out, node);
    other_versions(out, node);
    out.close('}');
    const std::size_t before_groups = out.text.size();
    out.key("groups");
    out.open('[');
    if (node.rule != nullptr) groups(out, node, fields);
    part_groups(out, node);
    if (out.text.back() == '[') {
        out.text.resize(before_groups);
    } else {
        out.close(']');
    }
    out.close('}');
}

void DatasetWriter::top_level_fields(JsonOut& out, const Node& node, const Fields& fields) {
    for (const auto& [plan, value] : fields) {
        if (!plan->group.empty() || !is_field(*plan, *value, node)) continue;
        out.key(plan->key);
        fields_.field(out, *plan, *value, *node.record);
    }
    const Value* name = find(node.record->fields, "name");
    if (name != nullptr && name->text() != nullptr &&
        name->text()->size() > limits::name_bytes_max) {
        out.key("fullName");
        out.open('{');
        out.member("name", "Full name");
        out.member("type", "MultiText");
        out.member("value", *name->text());
        out.close('}');
    }
}

void DatasetWriter::groups(JsonOut& out, const Node& node, const Fields& fields) {
    for (const GroupRule& group : node.rule->groups) {
        bool begun = false;
        for (const auto& [plan, value] : fields) {
            if (plan->group != group.id || !is_field(*plan, *value, node)) continue;
            if (!begun) {
                out.open('{');
                out.member("id", group.id);
                out.member("name", group.name);
                out.key("fields");
                out.open('{');
                begun = true;
            }
            out.key(plan->key);
            fields_.field(out, *plan, *value, *node.record);
        }
        if (begun) out.text += "}}";
    }
}

// Parts that are read rather than compared: each a group under its own name, with its own parts as
// tables in it.
void DatasetWriter::part_groups(JsonOut& out, const Node& node) {
    std::size_t number = 0;
    for (const Node* part : node.children) {
        if (!is_group(*part)) continue;
        ++number;
        const std::string_view kind = part->rule->parent.key;
        const Value* written = find(part->record->fields, "name");
        const std::string* name = written == nullptr ? nullptr : written->text();
        const bool named = name != nullptr && !name->empty();
        out.open('{');
        out.member("id", std::string(kind) + '-' + part->id);
        const std::string made = sentence_case(kind) + ' ' + std::to_string(number);
        out.member("name",
                   named ? shortened(*name, limits::name_bytes_max) : std::string_view(made));
        out.key("fields");
        out.open('{');
        top_level_fields(out, *part, plan_of(*part).fields_of(part->record->fields));
        children(out, *part);
        out.text += "}}";
    }
}

void DatasetWriter::children(JsonOut& out, const Node& node) {
    for (const FamilyRule* rule : child_families({&node})) {
        if (rule->dataset.empty() && rule->parent.shown == Shown::groups) continue;
        const Rows all = of_family(node.children, rule);
        out.key(rule->parent.key);
        if (!rule->dataset.empty()) {
            links_to(out, *rule, all);
            continue;
        }
        const Shape shape = shape_of(all);
        out.open('{');
        out.member("name", sentence_case(rule->parent.key));
        out.member("type", "Table");
        out.key("columns");
        columns(out, shape);
        out.key("value");
        rows(out, shape, all);
        out.close('}');
    }
}

void DatasetWriter::links_to(JsonOut& out, const FamilyRule& rule, const Rows& entries) {
    out.open('{');
    out.member("name", sentence_case(rule.parent.key));
    out.member("type", "List");
    out.key("datasetLink");
    fields_.dataset_link(out, entries.front()->record->family);
    out.key("value");
    out.open('[');
    for (const Node* entry : entries) {
        out.next();
        append_string(out.text, entry->id);
    }
    out.close(']');
    out.close('}');
}

namespace {

constexpr std::size_t rows_max = 10'000;  // more than these a table does not take

std::unordered_map<std::string_view, const Value*> members_by_name(const Value::Object& object) {
    std::unordered_map<std::string_view, const Value*> members;
    for (const Member& member : object) members.emplace(member.name, &member.value);
    return members;
}

}  // namespace

// What other records of the same pk say differently: file, field and value.
void DatasetWriter::other_versions(JsonOut& out, const Node& node) {
    if (node.variants.empty()) return;
    out.key("otherVersions");
    out.text += R"({"name":"Other versions","type":"Table",)"
                R"("columns":[{"id":"file","name":"File","type":"Text"},)"
                R"({"id":"field","name":"Field","type":"Text"},)"
                R"({"id":"value","name":"Value","type":"MultiText"}],"value":[)";
    std::size_t number = 0;
    const auto row = [&](const Record& record, std::string_view field, const Value* value) {
        out.open('{');
        out.member("id", std::to_string(++number));
        out.key("cells");
        out.open('{');
        out.member("file", fixtures_.files()[record.file].name);
        out.member("field", field);
        std::string text;
        if (value != nullptr && value->text() != nullptr) {
            text = *value->text();
        } else if (value != nullptr) {
            append_json(text, *value);
        }
        out.member("value", text.empty() ? "null" : text);
        out.text += "}}";
    };
    const Value::Object& ours = node.record->fields;
    const auto by_name = members_by_name(ours);
    for (const Node* variant : node.variants) {
        const Value::Object& theirs = variant->record->fields;
        for (const Member& member : theirs) {
            if (number == rows_max) break;
            const auto other = by_name.find(member.name);
            if (other == by_name.end() || !(*other->second == member.value))
                row(*variant->record, member.name, &member.value);
        }
        const auto their_names = members_by_name(theirs);
        for (const Member& member : ours) {
            if (number == rows_max) break;
            if (!their_names.contains(member.name)) row(*variant->record, member.name, nullptr);
        }
        if (number == rows_max) break;
    }
    if (number == rows_max) cut_.push_back(&node);
    out.text += "]}";
}

DatasetWriter::Shape DatasetWriter::shape_of(const Rows& rows) {
    // With how many rows have a value.
    std::unordered_map<const FieldPlan*, std::pair<FieldType, std::size_t>> types;
    for (const Node* row : rows) {
        for (const auto& [plan, value] : plan_of(*row).fields_of(row->record->fields)) {
            if (!is_field(*plan, *value, *row)) continue;
            FieldType type = fields_.type_of(*plan, *value, *row->record);
            if (type == FieldType::group)
                type = FieldType::markdown;  // as JSON text: columns have no groups
            auto& [widest, count] = types.try_emplace(plan, type, 0).first->second;
            widest = FieldWriter::wider(widest, type);
            ++count;
        }
    }
    Shape shape;
    for (const auto& [plan, found] : types) {
        // A cell that is left out becomes its type's default. Zero and false would say what the
        // record does not; "" is nothing.
        const bool invents = found.first == FieldType::number || found.first == FieldType::boolean;
        const FieldType type =
            invents && found.second < rows.size() ? FieldType::text : found.first;
        shape.columns.push_back(
            {plan, type, plan->target.starts_with('@') ? std::string_view{} : plan->target});
    }
    std::sort(shape.columns.begin(), shape.columns.end(), [](const Column& a, const Column& b) {
        return FieldPlan::earlier(*a.plan, *b.plan);
    });
    for (const FamilyRule* child : child_families(rows)) {
        Rows all;
        for (const Node* row : rows) {
            const Rows own = of_family(row->children, child);
            all.insert(all.end(), own.begin(), own.end());
        }
        shape.tables.emplace_back(child, shape_of(all));
    }
    return shape;
}

void DatasetWriter::columns(JsonOut& out, const Shape& shape) {
    out.open('[');
    for (const Column& column : shape.columns)
        fields_.column(out, *column.plan, column.type, column.family);
    for (const auto& [rule, table] : shape.tables) {
        out.open('{');
        out.member("id", rule->parent.key);
        out.member("name", sentence_case(rule->parent.key));
        out.member("type", "Table");
        out.key("columns");
        columns(out, table);
        out.close('}');
    }
    out.close(']');
}

void DatasetWriter::rows(JsonOut& out, const Shape& shape, const Rows& rows) {
    out.open('[');
    for (const Node* row : rows) {
        out.open('{');
        out.member("id", row->id);
        out.key("cells");
        cells(out, shape, *row);
        out.close('}');
    }
    out.close(']');
}

void DatasetWriter::cells(JsonOut& out, const Shape& shape, const Node& row) {
    const Fields& fields = plan_of(row).fields_of(row.record->fields);
    out.open('{');
    auto field = fields.begin();  // fields and columns stand in the same order
    for (const Column& column : shape.columns) {
        while (field != fields.end() && FieldPlan::earlier(*field->first, *column.plan)) ++field;
        if (field == fields.end() || field->first != column.plan) continue;
        out.key(column.plan->key);
        fields_.value(out, *column.plan, column.type, *field->second, *row.record,
                      !column.family.empty());
    }
    for (const auto& [rule, table] : shape.tables) {
        const Rows own = of_family(row.children, rule);
        if (own.empty()) continue;
        out.key(rule->parent.key);
        rows(out, table, own);
    }
    out.close('}');
}

void DatasetWriter::report_cut(Faults& faults) const {
    for (const Node* node : cut_) {
        fixtures_.report(faults, Severity::warning, "SZ-OPEN5E-017", *node->record, "",
                         "The " + std::string(node->record->family) + " \"" + node->record->pk +
                             "\" stands in the folder so often that its other versions fill a "
                             "table of " +
                             std::to_string(rows_max) + " rows; the rest is left out of it.",
                         "Leave one of these records in the folder and import again.");
    }
}

void DatasetWriter::report_unknown(Faults& faults) const {
    std::vector<std::string_view> families;
    for (const auto& [family, plan] : plans_) families.push_back(family);
    std::sort(families.begin(), families.end());
    for (const std::string_view family : families) {
        if (find_family(family) == nullptr) {
            const Dataset& dataset = *catalogue_.find_dataset(family);
            faults.add({Severity::note,
                        "SZ-OPEN5E-012",
                        "",
                        "",
                        {},
                        "The importer does not know records of the kind \"" + std::string(family) +
                            "\"; " + std::to_string(dataset.entries.size()) +
                            " became entries of the dataset \"" + dataset.id + "\".",
                        "Their fields are typed by their JSON types."});
            continue;
        }
        for (const FieldPlan* plan : plans_.at(family).unknown()) {
            faults.add({Severity::note,
                        "SZ-OPEN5E-012",
                        "",
                        "",
                        {},
                        "The importer does not know the field \"" + std::string(plan->from) +
                            "\" of " + std::string(family) + "; it was kept as \"" + plan->key +
                            "\".",
                        "It is typed by its JSON type."});
        }
    }
}

}  // namespace open5e
