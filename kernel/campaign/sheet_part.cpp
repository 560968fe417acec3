// SPDX-License-Identifier: AGPL-3.0-or-later
// Sheets taken apart by who may see them, and put together again in the same order.
#include <algorithm>
#include <optional>

#include "kernel/base/ids.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/campaign/instance.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t fields_max = 5'000;

tl::unexpected<Error> sheet_malformed(const std::string& what) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-044",
                "A sheet is not as it should be: " + what + ".",
                "Check the pack that its template is from.");
}

struct Reader {
    const PathTest& is_in;
    const PathTest& is_there;

    template <class Test>
    [[nodiscard]] static bool any_field(const LayoutSection& section, const Test& test) {
        return std::any_of(
            section.groups.begin(), section.groups.end(),
            [&](const LayoutGroup& group) { return any_field(section, group, test); });
    }
    template <class Test>
    [[nodiscard]] static bool any_field(const LayoutSection& section, const LayoutGroup& group,
                                        const Test& test) {
        return std::any_of(group.fields.begin(), group.fields.end(), [&](const std::string& id) {
            return test(field_path(section.id, group.id, id));
        });
    }

    [[nodiscard]] Json fields(const Instance& instance, const LayoutSection& section,
                              const LayoutGroup& group) const {
        Json list = Json::array();
        std::string after;
        for (const std::string& id : group.fields) {
            const std::string path = field_path(section.id, group.id, id);
            if (is_in(path)) {
                const Field& field = instance.fields.find(path)->second;
                list.push_back(
                    {{"definition", field.definition}, {"value", field.value}, {"after", after}});
                after = id;
            } else if (is_there(path)) {
                after = id;
            }
        }
        return list;
    }

    [[nodiscard]] Json groups(const Instance& instance, const LayoutSection& section) const {
        Json list = Json::array();
        std::string after;
        for (const LayoutGroup& group : section.groups) {
            const bool there = any_field(section, group, is_there);
            if (any_field(section, group, is_in)) {
                list.push_back({{"id", group.id},
                                {"name", group.name},
                                {"after", after},
                                {"fields", fields(instance, section, group)}});
                after = group.id;
            } else if (there) {
                after = group.id;
            }
        }
        return list;
    }

    [[nodiscard]] Json sections(const Instance& instance) const {
        Json list = Json::array();
        std::string after;
        for (const LayoutSection& section : instance.layout) {
            const bool there = any_field(section, is_there);
            if (any_field(section, is_in)) {
                list.push_back({{"id", section.id},
                                {"name", section.name},
                                {"after", after},
                                {"groups", groups(instance, section)}});
                after = section.id;
            } else if (there) {
                after = section.id;
            }
        }
        return list;
    }
};

struct Node {
    std::string id, name, after;
};

// An id of a part of a path: as content's schemas ask, without the dot that separates parts.
bool is_part_id(const std::string& id) {
    return is_object_id(id) && id.find('.') == std::string::npos;
}

Result<Node> node_of(const Json& value, const Json& named) {
    const std::string* id = read::text(named, "id");
    const std::string* name = read::text(named, "name");
    const std::string* after = read::text(value, "after");
    if (id == nullptr || !is_part_id(*id))
        return sheet_malformed("a section, group or field has no proper id");
    if (name == nullptr || name->size() > limits::name_bytes_max)
        return sheet_malformed("a section, group or field has no proper name");
    if (after == nullptr) return sheet_malformed("a section, group or field has no place");
    return Node{*id, *name, *after};
}

// The place that follows the element for which `is_it`; the end when there is none.
template <class List, class Test>
auto place_after(List& list, const std::string& after, const Test& is_it) {
    if (after.empty()) return list.begin();
    const auto found = std::find_if(list.begin(), list.end(), is_it);
    return found == list.end() ? found : std::next(found);
}

template <class NodeType>
NodeType& merge_node(std::vector<NodeType>& list, const Node& node) {
    const auto has_id = [](const std::string& id) {
        return [&id](const NodeType& other) { return other.id == id; };
    };
    const auto found = std::find_if(list.begin(), list.end(), has_id(node.id));
    if (found != list.end()) return *found;
    NodeType made{};
    made.id = node.id;
    made.name = node.name;
    return *list.insert(place_after(list, node.after, has_id(node.after)), std::move(made));
}

Status merge_fields(const LayoutSection& section, LayoutGroup& group, const Json& list,
                    std::vector<NewField>& out) {
    for (const Json& field : list) {
        const Json* definition = read::member(field, "definition");
        const Json* value = read::member(field, "value");
        if (definition == nullptr || value == nullptr)
            return sheet_malformed("a field lacks its definition or its value");
        if (read::text(*definition, "type") == nullptr)
            return sheet_malformed("a field has no type");
        SZ_ASSIGN(const Node node, node_of(field, *definition));
        auto& ids = group.fields;
        if (std::find(ids.begin(), ids.end(), node.id) == ids.end()) {
            ids.insert(place_after(ids, node.after,
                                   [&](const std::string& id) { return id == node.after; }),
                       node.id);
        }
        out.push_back({field_path(section.id, group.id, node.id), *definition, *value});
        if (out.size() > fields_max)
            return sheet_malformed("it has more than " + std::to_string(fields_max) + " fields");
    }
    return {};
}

}  // namespace

Json sheet_part(const Instance& instance, const PathTest& is_in, const PathTest& is_there) {
    return Reader{is_in, is_there}.sections(instance);
}

Result<std::vector<NewField>> merge_sheet_part(std::vector<LayoutSection>& layout,
                                               const Json& part) {
    if (!part.is_array()) return sheet_malformed("its sections are not a list");
    std::vector<NewField> fields;
    for (const Json& section : part) {
        SZ_ASSIGN(const Node section_node, node_of(section, section));
        for (const Json& group : read::list(section, "groups")) {
            SZ_ASSIGN(const Node group_node, node_of(group, group));
            LayoutSection& in_section = merge_node(layout, section_node);
            LayoutGroup& in_group = merge_node(in_section.groups, group_node);
            SZ_TRY(merge_fields(in_section, in_group, read::list(group, "fields"), fields));
        }
    }
    return fields;
}

}  // namespace sz::campaign
