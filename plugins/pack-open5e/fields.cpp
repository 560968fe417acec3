// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fields.hpp"

#include <algorithm>

#include "words.hpp"

namespace open5e {
namespace {

constexpr std::size_t line_bytes_max = 200;  // longer text of unknown fields is taken for Markdown
constexpr std::size_t parts_max = 64;        // an object of more members is kept as its JSON text

// As text that a person can read: text as it is, everything else as JSON.
std::string spelled(const Value& value) {
    if (const auto* text = value.text()) return *text;
    std::string out;
    append_json(out, value);
    return out;
}

bool all_of(const Value::List& items, bool (*test)(const Value&)) {
    return std::all_of(items.begin(), items.end(), test);
}
bool is_number(const Value& value) {
    return value.number() != nullptr && decimal_text(*value.number()).has_value();
}
bool is_text(const Value& value) { return value.text() != nullptr; }

FieldType type_of_text(std::string_view text, bool known) {
    const bool lines = text.find_first_of("\r\n") != std::string_view::npos;
    return lines || (!known && text.size() > line_bytes_max) ? FieldType::markdown
                                                             : FieldType::text;
}

}  // namespace

std::string_view name_of(FieldType type) {
    switch (type) {
        case FieldType::number: return "Number";
        case FieldType::boolean: return "Boolean";
        case FieldType::text: return "Text";
        case FieldType::markdown: return "MultiText";
        case FieldType::link: return "DatasetLink";
        case FieldType::group: return "Group";
        case FieldType::links:
        case FieldType::texts:
        case FieldType::numbers: break;
    }
    return "List";
}

FieldType FieldWriter::type_of_plain(const FieldPlan& plan, const Value& value) const {
    if (value.boolean() != nullptr) return FieldType::boolean;
    if (const auto* parts = value.object())
        return parts->size() > parts_max ? FieldType::markdown : FieldType::group;
    if (const auto* text = value.text()) return type_of_text(*text, plan.known);
    if (const auto* items = value.list())
        return all_of(*items, is_number) ? FieldType::numbers : FieldType::texts;
    return is_number(value) ? FieldType::number : FieldType::text;
}

FieldType FieldWriter::type_of(const FieldPlan& plan, const Value& value, const Record& record) {
    switch (plan.kind) {
        case Kind::decimal:
            if (is_number(value) || (is_text(value) && decimal_text(*value.text())))
                return FieldType::number;
            misfit(plan, record, "a number");
            break;
        case Kind::description:
        case Kind::markdown:
            if (is_text(value)) return FieldType::markdown;
            misfit(plan, record, "text");
            break;
        case Kind::name:
            if (is_text(value)) return type_of_text(*value.text(), true);
            misfit(plan, record, "text");
            break;
        case Kind::link:
        case Kind::parent:
            if (!is_text(value) && value.number() == nullptr) {
                misfit(plan, record, "the key of another record");
            } else if (target(plan, spelled(value), record) != nullptr) {
                return FieldType::link;
            } else {
                auto& missing = unresolved_[{record.family, plan.from}];
                if (missing.count++ == 0) missing.example = spelled(value);
            }
            break;
        case Kind::links: {
            if (value.list() == nullptr) {
                misfit(plan, record, "a list of keys of other records");
                break;
            }
            const auto lost =
                std::find_if(value.list()->begin(), value.list()->end(), [&](const Value& item) {
                    return !is_text(item) || target(plan, *item.text(), record) == nullptr;
                });
            if (lost == value.list()->end()) return FieldType::links;
            auto& missing = unresolved_[{record.family, plan.from}];
            if (missing.count++ == 0) missing.example = spelled(*lost);
            break;
        }
        default: break;
    }
    return type_of_plain(plan, value);
}

FieldType FieldWriter::wider(FieldType a, FieldType b) {
    const auto both = [a, b](FieldType x, FieldType y) {
        return (a == x || a == y) && (b == x || b == y);
    };
    const auto is_list = [](FieldType t) {
        return t == FieldType::links || t == FieldType::texts || t == FieldType::numbers;
    };
    if (a == b) return a;
    if (both(FieldType::text, FieldType::markdown)) return FieldType::markdown;
    if (is_list(a) && is_list(b)) return FieldType::texts;
    return a == FieldType::markdown || b == FieldType::markdown ? FieldType::markdown
                                                                : FieldType::text;
}

const Node* FieldWriter::target(const FieldPlan& plan, std::string_view key,
                                const Record& record) const {
    std::string_view family = plan.target;
    if (plan.kind == Kind::parent) {
        const FamilyRule* rule = find_family(record.family);
        family = rule == nullptr ? std::string_view{} : rule->parent.family;
    }
    return catalogue_.find(Catalogue::family_of(family, record.fields), key);
}

void FieldWriter::field(JsonOut& out, const FieldPlan& plan, const Value& content,
                        const Record& record) {
    const FieldType type = type_of(plan, content, record);
    if (type == FieldType::group) {
        group(out, plan, *content.object());
        return;
    }
    out.open('{');
    out.member("name", plan.title);
    out.member("type", name_of(type));
    if (type == FieldType::numbers) {
        out.key("itemType");
        out.text += R"({"type":"Number"})";
    }
    const bool same_dataset = type == FieldType::links;
    if (same_dataset) {
        out.key("datasetLink");
        dataset_link(out, plan.target);
    }
    out.key("value");
    value(out, plan, type, content, record, same_dataset);
    out.close('}');
}

void FieldWriter::column(JsonOut& out, const FieldPlan& plan, FieldType type,
                         std::string_view target_family) {
    out.open('{');
    out.member("id", plan.key);
    out.member("name", plan.title);
    out.member("type", name_of(type));
    if ((type == FieldType::link || type == FieldType::links) && !target_family.empty()) {
        out.key("datasetLink");
        dataset_link(out, target_family);
    }
    if (type == FieldType::numbers) {
        out.key("itemType");
        out.text += R"({"type":"Number"})";
    }
    out.close('}');
}

void FieldWriter::value(JsonOut& out, const FieldPlan& plan, FieldType type, const Value& content,
                        const Record& record, bool short_link) {
    const auto link = [&](std::string_view key) {
        const Node& entry = *target(plan, key, record);
        if (short_link) {
            out.next();
            append_string(out.text, entry.id);
        } else {
            entry_link(out, entry);
        }
    };
    switch (type) {
        case FieldType::number:
            out.next();
            out.text +=
                *decimal_text(content.number() != nullptr ? *content.number() : *content.text());
            return;
        case FieldType::boolean:
            out.next();
            out.text += *content.boolean() ? "true" : "false";
            return;
        case FieldType::link: link(spelled(content)); return;
        case FieldType::links:
        case FieldType::texts:
        case FieldType::numbers:
            out.open('[');
            for (const Value& item : *content.list()) {
                if (type == FieldType::links) {
                    link(*item.text());
                } else if (type == FieldType::numbers) {
                    out.next();
                    out.text += *decimal_text(*item.number());
                } else {
                    out.next();
                    append_string(out.text, spelled(item));
                }
            }
            out.close(']');
            return;
        default: out.next(); append_string(out.text, spelled(content));
    }
}

void FieldWriter::group(JsonOut& out, const FieldPlan& plan, const Value::Object& members) const {
    const FieldPlan plain{};
    std::map<std::string, const Value*> parts;
    for (const Member& member : members) {
        std::string id = camel_case(member.name);
        while (!parts.emplace(id, &member.value).second) id += '2';
    }
    out.open('{');
    out.member("name", plan.title);
    out.member("type", "Group");
    out.key("fields");
    out.open('[');
    for (const auto& [id, content] : parts) {
        const FieldType type = content->list() != nullptr || content->object() != nullptr
                                   ? FieldType::markdown
                                   : type_of_plain(plain, *content);
        out.open('{');
        out.member("id", id);
        out.member("name", sentence_case(id));
        out.member("type", name_of(type));
        out.close('}');
    }
    out.close(']');
    out.key("value");
    out.open('{');
    for (const auto& [id, content] : parts) {
        if (content->empty()) continue;
        out.key(id);
        if (is_number(*content)) {
            out.text += *decimal_text(*content->number());
        } else if (content->boolean() != nullptr) {
            append_json(out.text, *content);
        } else {
            append_string(out.text, spelled(*content));
        }
    }
    out.close('}');
    out.close('}');
}

void FieldWriter::entry_link(JsonOut& out, const Node& entry) const {
    out.open('{');
    out.member("datapackId", pack_.id);
    out.member("datasetId", catalogue_.find_dataset(entry.record->family)->id);
    out.member("entryId", entry.id);
    out.member("version", pack_.version);
    out.close('}');
}

void FieldWriter::dataset_link(JsonOut& out, std::string_view family) const {
    out.open('{');
    out.member("datapackId", pack_.id);
    out.member("datasetId", catalogue_.find_dataset(family)->id);
    out.member("version", pack_.version);
    out.close('}');
}

void FieldWriter::misfit(const FieldPlan& plan, const Record& record, std::string_view wanted) {
    fixtures_.report(
        faults_, Severity::warning, "SZ-OPEN5E-010", record, "/fields/" + std::string(plan.from),
        "This value should be " + std::string(wanted) + ".", "It was imported as it is.");
}

void FieldWriter::report_unresolved() const {
    for (const auto& [where, missing] : unresolved_) {
        faults_.add({Severity::note,
                     "SZ-OPEN5E-011",
                     "",
                     "",
                     {},
                     "The field \"" + std::string(where.second) + "\" of " +
                         std::string(where.first) +
                         " names what is not in this folder, such as \"" + missing.example +
                         "\"; it was kept as text " + std::to_string(missing.count) +
                         (missing.count == 1 ? " time." : " times."),
                     "Nothing needs to be done."});
    }
}

}  // namespace open5e
