// SPDX-License-Identifier: AGPL-3.0-or-later
// Does a value fit, and which keys does its schema not name.
#include "kernel/content/schema_plan.hpp"

#include <algorithm>

#include "kernel/base/limits.hpp"

namespace sz {

namespace {

constexpr unsigned plan_depth_max =
    200;  // a schema may refer to itself without end; parsed values are less deep

std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

bool fits(std::size_t count, const std::optional<SchemaNode::Size>& size) {
    return !size || (count >= size->min && count <= size->max);
}

bool has_type(const SchemaNode& node, const Json& value) {
    if (!node.types) return true;
    std::uint8_t bit = 0;
    switch (value.type()) {
        case Json::value_t::null: bit = type_null; break;
        case Json::value_t::boolean: bit = type_boolean; break;
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned: bit = type_integer; break;
        case Json::value_t::number_float: bit = type_number; break;
        case Json::value_t::string: bit = type_string; break;
        case Json::value_t::array: bit = type_array; break;
        case Json::value_t::object: bit = type_object; break;
        default: return false;
    }
    return (*node.types & bit) != 0;
}

class Acceptor {
  public:
    explicit Acceptor(bool& has_unknown) : has_unknown_(has_unknown) {}

    bool accepts(const SchemaNode& node, const Json& value, unsigned depth) {
        if (node.never || depth > plan_depth_max || !has_type(node, value)) return false;
        if (node.has_allowed &&
            std::find(node.allowed.begin(), node.allowed.end(), value) == node.allowed.end())
            return false;
        if (!node.all_of.empty() || !node.any_of.empty() || !node.one_of.empty()) {
            if (!accepts_combined(node, value, depth)) return false;
        }
        if (value.is_string()) return accepts_text(node, value.get_ref<const std::string&>());
        if (value.is_number())
            return !node.range || accepts_number(*node.range, value.get<double>());
        if (value.is_object()) return accepts_object(node, value, depth);
        if (value.is_array()) return accepts_list(node, value, depth);
        return true;
    }

  private:
    static bool accepts_text(const SchemaNode& node, const std::string& text) {
        const auto& size = node.text_size;
        if (size && (text.size() > size->max || size->min > 0) && !fits(characters(text), size))
            return false;
        return !node.pattern || node.pattern->matches(text);
    }

    static bool accepts_number(const SchemaNode::Range& range, double number) {
        return (range.excludes_low ? number > range.low : number >= range.low) &&
               (range.excludes_high ? number < range.high : number <= range.high);
    }

    bool accepts_list(const SchemaNode& node, const Json& list, unsigned depth) {
        if (!fits(list.size(), node.item_count)) return false;
        if (node.items == nullptr) return true;
        return std::all_of(list.begin(), list.end(),
                           [&](const Json& item) { return accepts(*node.items, item, depth + 1); });
    }

    // Members and properties both stand in byte order: one walk along the two.
    bool accepts_object(const SchemaNode& node, const Json& object, unsigned depth) {
        if (!fits(object.size(), node.member_count)) return false;
        auto property = node.properties.begin();
        const auto& members = object.get_ref<const Json::object_t&>();
        for (const auto& [key, member] : members) {
            if (node.property_names != nullptr && !accepts(*node.property_names, key, depth + 1))
                return false;
            int order = 1;
            while (property != node.properties.end() && (order = property->name.compare(key)) < 0) {
                if (property->is_required) return false;
                ++property;
            }
            if (property != node.properties.end() && order == 0) {
                if (property->node != nullptr && !accepts(*property->node, member, depth + 1))
                    return false;
                ++property;
            } else if (node.additional != nullptr) {
                if (!accepts(*node.additional, member, depth + 1)) return false;
            } else if (node.is_closed) {
                return false;
            } else if (node.has_properties && !node.is_open) {
                has_unknown_ = true;
            }
        }
        return std::none_of(property, node.properties.end(),
                            [](const auto& rest) { return rest.is_required; });
    }

    bool accepts_combined(const SchemaNode& node, const Json& value, unsigned depth) {
        const auto fits_one = [&](const SchemaNode* part) {
            return accepts(*part, value, depth + 1);
        };
        return std::all_of(node.all_of.begin(), node.all_of.end(), fits_one) &&
               (node.any_of.empty() ||
                std::any_of(node.any_of.begin(), node.any_of.end(), fits_one)) &&
               (node.one_of.empty() ||
                std::count_if(node.one_of.begin(), node.one_of.end(), fits_one) == 1);
    }

    bool& has_unknown_;
};

const SchemaNode::Property* find_property(const SchemaNode& node, const std::string& key) {
    const auto found = std::lower_bound(
        node.properties.begin(), node.properties.end(), key,
        [](const auto& property, const std::string& name) { return property.name < name; });
    return found != node.properties.end() && found->name == key ? &*found : nullptr;
}

class UnknownKeys {
  public:
    static constexpr std::size_t faults_max = 2 * limits::findings_max;  // shown are half of them

    UnknownKeys(Pointer& pointer, std::vector<SchemaFault>& faults)
        : pointer_(pointer), faults_(faults) {}

    void walk(const SchemaNode& node, const Json& value, unsigned depth) {
        if (depth > plan_depth_max || faults_.size() >= faults_max) return;
        for (const auto* part : node.all_of) walk(*part, value, depth + 1);
        walk_fitting(node.any_of, value, depth);
        walk_fitting(node.one_of, value, depth);
        if (value.is_object()) walk_object(node, value, depth);
        if (value.is_array() && node.items != nullptr) {
            for (std::size_t i = 0; i < value.size(); ++i) {
                const Pointer::Part part(pointer_, i);
                walk(*node.items, value[i], depth + 1);
            }
        }
    }

  private:
    void walk_fitting(const std::vector<const SchemaNode*>& parts, const Json& value,
                      unsigned depth) {
        bool ignored = false;
        for (const auto* part : parts) {
            if (Acceptor(ignored).accepts(*part, value, depth + 1))
                return walk(*part, value, depth + 1);
        }
    }

    void walk_object(const SchemaNode& node, const Json& object, unsigned depth) {
        for (const auto& [key, member] : object.items()) {
            if (faults_.size() >= faults_max) return;
            const Pointer::Part part(pointer_, key);
            const auto* property = find_property(node, key);
            const auto* child = property != nullptr ? property->node : node.additional;
            if (child != nullptr) walk(*child, member, depth + 1);
            if (property == nullptr && node.has_properties && !node.is_open && !node.is_closed &&
                key != "$schema")
                report(node, key);
        }
    }

    void report(const SchemaNode& node, const std::string& key) {
        std::vector<std::string> known;
        for (const auto& property : node.properties) known.push_back(property.name);
        const auto meant = nearest_word(key, known);
        std::string hint = meant ? "Did you mean “" + *meant + "”?"
                                 : "It is kept, but nothing reads it. Known here:";
        for (std::size_t i = 0; !meant && i < known.size(); ++i)
            hint += (i == 0 ? " " : ", ") + known[i];
        faults_.push_back({pointer_.text(), "The key “" + key + "” is not known here.",
                           hint + (meant ? "" : ".")});
    }

    Pointer& pointer_;
    std::vector<SchemaFault>& faults_;
};

}  // namespace

bool SchemaPlan::accepts(const Json& value, bool& has_unknown) const {
    return Acceptor(has_unknown).accepts(*root_, value, 0);
}

bool SchemaPlan::fits(const SchemaNode& node, const Json& value) {
    bool ignored = false;
    return Acceptor(ignored).accepts(node, value, 0);
}

std::vector<SchemaFault> SchemaPlan::unknown_keys(const Json& value, std::string base) const {
    std::vector<SchemaFault> faults;
    Pointer pointer(std::move(base));
    UnknownKeys(pointer, faults).walk(*root_, value, 0);
    return faults;
}

}  // namespace sz
