// SPDX-License-Identifier: AGPL-3.0-or-later
// Schema text to SchemaNodes.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "kernel/content/schema_plan.hpp"

namespace sz {

namespace {

constexpr std::size_t nodes_max = 20'000;

// Says nothing about validity.
bool is_annotation(std::string_view keyword) {
    constexpr std::array words{"$schema",     "$id",       "$comment",         "title",
                               "description", "default",   "examples",         "readOnly",
                               "definitions", "writeOnly", "contentMediaType", "contentEncoding"};
    return std::find(words.begin(), words.end(), keyword) != words.end();
}

std::optional<std::uint8_t> type_bit(const Json& name) {
    if (name == "null") return type_null;
    if (name == "boolean") return type_boolean;
    if (name == "integer") return type_integer;
    if (name == "number") return type_integer | type_number;
    if (name == "string") return type_string;
    if (name == "array") return type_array;
    if (name == "object") return type_object;
    return std::nullopt;
}

Error not_a_schema(std::string message, std::string where) {
    return {ErrorKind::input, "SZ-SCHEMA-002", std::move(message),
            "Correct the schema (JSON Schema draft-07).", std::move(where)};
}

}  // namespace

class SchemaCompiler {
  public:
    SchemaCompiler(SchemaPlan& plan, const SchemaPlan::Documents& documents)
        : plan_(plan), documents_(documents) {}

    [[nodiscard]] Result<void> run(const Json& schema) {
        plan_.root_ = compile(schema, {"", &schema, ""});
        if (error_) return fail(*error_);
        return {};
    }

  private:
    // Where a schema stands: its document (for "$ref") and the pointer in it.
    struct Place {
        std::string document_name;
        const Json* document;
        std::string pointer;

        [[nodiscard]] Place below(std::string_view keyword) const {
            return {document_name, document, pointer + "/" + std::string(keyword)};
        }
    };

    const SchemaNode* compile(const Json& schema, const Place& place);
    void compile_keyword(SchemaNode& node, const std::string& keyword, const Json& value,
                         const Place& place);
    bool compile_structure(SchemaNode& node, const std::string& keyword, const Json& value,
                           const Place& place);
    bool compile_limit(SchemaNode& node, const std::string& keyword, const Json& value,
                       const Place& place);
    void compile_properties(SchemaNode& node, const Json& schema, const Place& place);
    void compile_types(SchemaNode& node, const Json& value, const Place& place);
    void compile_list(std::vector<const SchemaNode*>& list, const Json& value, const Place& place);
    const SchemaNode* follow(const std::string& reference, const Place& place);
    void refuse(std::string message, const Place& place) {
        if (!error_)
            error_ = not_a_schema(std::move(message), place.document_name + "#" + place.pointer);
    }

    SchemaPlan& plan_;
    const SchemaPlan::Documents& documents_;
    std::map<const Json*, SchemaNode*> made_;  // a schema that refers to itself is compiled once
    // References on the way, to find one that leads to itself.
    std::map<const Json*, bool> following_;
    std::optional<Error> error_;
};

const SchemaNode* SchemaCompiler::compile(const Json& schema, const Place& place) {
    if (const auto made = made_.find(&schema); made != made_.end()) return made->second;
    if (schema.is_object() && schema.contains("$ref")) {
        if (!schema["$ref"].is_string()) {
            refuse("“$ref” is not text.", place);
            return nullptr;
        }
        if (std::exchange(following_[&schema], true)) {
            refuse("“$ref” leads back to itself.", place);
            return nullptr;
        }
        const auto* node = follow(schema["$ref"].get_ref<const std::string&>(), place);
        following_[&schema] = false;
        return node;
    }
    if (plan_.nodes_.size() >= nodes_max) {
        refuse("The schema is too large.", place);
        return nullptr;
    }
    SchemaNode* node = plan_.nodes_.emplace_back(std::make_unique<SchemaNode>()).get();
    made_[&schema] = node;
    if (schema.is_boolean()) {
        node->never = !schema.get<bool>();
    } else if (schema.is_object()) {
        for (const auto& [keyword, value] : schema.items())
            compile_keyword(*node, keyword, value, place);
        compile_properties(*node, schema, place);
    } else {
        refuse("A schema is an object, true or false.", place);
    }
    return node;
}

const SchemaNode* SchemaCompiler::follow(const std::string& reference, const Place& place) {
    const auto hash = std::min(reference.find('#'), reference.size());
    Place target{place.document_name, place.document,
                 reference.substr(std::min(hash + 1, reference.size()))};
    if (hash > 0) {
        target.document_name = reference.substr(0, hash);
        target.document = documents_ ? documents_(target.document_name) : nullptr;
    }
    const Json* schema = nullptr;
    try {
        const Json::json_pointer pointer(target.pointer);
        if (target.document != nullptr && target.document->contains(pointer))
            schema = &target.document->at(pointer);
    } catch (const Json::exception&) {
        schema = nullptr;
    }
    if (schema == nullptr) {
        refuse("“$ref” leads nowhere: " + reference, place);
        return nullptr;
    }
    return compile(*schema, target);
}

void SchemaCompiler::compile_list(std::vector<const SchemaNode*>& list, const Json& value,
                                  const Place& place) {
    if (!value.is_array() || value.empty()) return refuse("A list of schemas is expected.", place);
    for (std::size_t i = 0; i < value.size(); ++i)
        list.push_back(compile(value[i], place.below(std::to_string(i))));
}

void SchemaCompiler::compile_types(SchemaNode& node, const Json& value, const Place& place) {
    std::uint8_t types = 0;
    const auto names = value.is_array() ? value : Json::array({value});
    for (const auto& name : names) {
        const auto bit = type_bit(name);
        if (!bit) return refuse("Unknown type: " + name.dump(), place);
        types |= *bit;
    }
    node.types = types;
}

bool SchemaCompiler::compile_structure(SchemaNode& node, const std::string& keyword,
                                       const Json& value, const Place& place) {
    const auto here = place.below(keyword);
    if (keyword == "type") {
        compile_types(node, value, here);
    } else if (keyword == "properties" || keyword == "required" || keyword == "title" ||
               keyword == "description") {
        if (keyword == "title" && value.is_string()) node.title = value.get<std::string>();
        if (keyword == "description" && value.is_string())
            node.description = value.get<std::string>();
    } else if (keyword == "additionalProperties") {
        node.is_closed = value == false;
        node.is_open = value != false;
        if (value.is_object()) node.additional = compile(value, here);
    } else if (keyword == "propertyNames") {
        node.property_names = compile(value, here);
    } else if (keyword == "items" && !value.is_array()) {
        node.items = compile(value, here);
    } else if (keyword == "allOf") {
        compile_list(node.all_of, value, here);
    } else if (keyword == "anyOf") {
        compile_list(node.any_of, value, here);
    } else if (keyword == "oneOf") {
        compile_list(node.one_of, value, here);
    } else if (keyword == "enum" || keyword == "const") {
        if (keyword == "enum" && !value.is_array()) refuse("“enum” is a list.", here);
        node.allowed = keyword == "enum" && value.is_array() ? value.get<std::vector<Json>>()
                                                             : std::vector<Json>{value};
        if (std::exchange(node.has_allowed, true)) plan_.is_complete_ = false;
    } else {
        return false;
    }
    return true;
}

bool SchemaCompiler::compile_limit(SchemaNode& node, const std::string& keyword, const Json& value,
                                   const Place& place) {
    if (keyword == "pattern") {
        if (value.is_string()) node.pattern = SchemaPattern::compile(value.get<std::string>());
        if (!node.pattern) refuse("“pattern” is no regular expression.", place.below(keyword));
        return true;
    }
    const auto set_size = [&](std::optional<SchemaNode::Size>& size, bool is_min) {
        if (!value.is_number_unsigned())
            return refuse("A whole number is expected.", place.below(keyword));
        if (!size) size.emplace();
        (is_min ? size->min : size->max) = value.get<std::size_t>();
    };
    const auto set_range = [&](double SchemaNode::Range::*bound,
                               bool SchemaNode::Range::*excludes) {
        if (!value.is_number()) return refuse("A number is expected.", place.below(keyword));
        if (!node.range) node.range.emplace();
        if (std::isfinite((*node.range).*bound))
            plan_.is_complete_ = false;  // two bounds on one side
        (*node.range).*bound = value.get<double>();
        if (excludes != nullptr) (*node.range).*excludes = true;
    };
    if (keyword == "minLength" || keyword == "maxLength") {
        set_size(node.text_size, keyword == "minLength");
    } else if (keyword == "minItems" || keyword == "maxItems") {
        set_size(node.item_count, keyword == "minItems");
    } else if (keyword == "minProperties" || keyword == "maxProperties") {
        set_size(node.member_count, keyword == "minProperties");
    } else if (keyword == "minimum") {
        set_range(&SchemaNode::Range::low, nullptr);
    } else if (keyword == "maximum") {
        set_range(&SchemaNode::Range::high, nullptr);
    } else if (keyword == "exclusiveMinimum") {
        set_range(&SchemaNode::Range::low, &SchemaNode::Range::excludes_low);
    } else if (keyword == "exclusiveMaximum") {
        set_range(&SchemaNode::Range::high, &SchemaNode::Range::excludes_high);
    } else {
        return false;
    }
    return true;
}

void SchemaCompiler::compile_keyword(SchemaNode& node, const std::string& keyword,
                                     const Json& value, const Place& place) {
    if (compile_structure(node, keyword, value, place) ||
        compile_limit(node, keyword, value, place))
        return;
    if (keyword == "format" && value != "date" && value != "time" && value != "date-time")
        return;  // valijson checks these
    if (!is_annotation(keyword)) plan_.is_complete_ = false;
}

void SchemaCompiler::compile_properties(SchemaNode& node, const Json& schema, const Place& place) {
    std::map<std::string, SchemaNode::Property> properties;
    if (const auto found = schema.find("properties"); found != schema.end()) {
        if (!found->is_object()) return refuse("“properties” is an object.", place);
        node.has_properties = true;
        for (const auto& [name, value] : found->items())
            properties[name] = {name, compile(value, place.below("properties/" + name)), false};
    }
    if (const auto found = schema.find("required"); found != schema.end()) {
        if (!found->is_array()) return refuse("“required” is a list.", place);
        for (const auto& name : *found) {
            if (!name.is_string()) return refuse("“required” lists names.", place);
            // A key that is required but not described goes to "additionalProperties", which this
            // plan would not do.
            if (properties.count(name) == 0 && (node.is_closed || node.additional != nullptr))
                plan_.is_complete_ = false;
            auto& property = properties.try_emplace(name, SchemaNode::Property{name, nullptr, true})
                                 .first->second;
            property.is_required = true;
        }
    }
    for (auto& [name, property] : properties) node.properties.push_back(std::move(property));
}

Result<SchemaPlan> SchemaPlan::compile(const Json& schema, const Documents& documents) {
    SchemaPlan plan;
    SZ_TRY(SchemaCompiler(plan, documents).run(schema));
    return plan;
}

}  // namespace sz
