// SPDX-License-Identifier: AGPL-3.0-or-later
// The one translation unit of valijson.
#define VALIJSON_USE_EXCEPTIONS 1  // without it the library ends the program instead

#include "kernel/content/schema_valijson.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace sz {

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

// The library matches patterns with std::regex, whose recursion would end the program on a long
// text.
bool has_long_text(const Json& value) {
    if (value.is_string())
        return value.get_ref<const std::string&>().size() > SchemaPattern::regex_text_bytes_max;
    if (!value.is_structured()) return false;
    return std::any_of(value.begin(), value.end(), has_long_text);
}

bool has_pattern(const Json& schema) {
    if (!schema.is_structured()) return false;
    if (schema.is_object() && (schema.contains("pattern") || schema.contains("patternProperties")))
        return true;
    return std::any_of(schema.begin(), schema.end(), has_pattern);
}

// The library names a place as {"<root>", "[key]", "[0]"}.
SchemaFault to_fault(const valijson::ValidationResults::Error& error) {
    SchemaFault fault;
    for (std::size_t i = 1; i < error.context.size(); ++i) {
        const auto& part = error.context[i];
        fault.pointer = Pointer(fault.pointer).with(part.substr(1, part.size() - 2));
    }
    fault.message = "The value does not fit its schema here.";
    fault.hint = error.description;
    return fault;
}

}  // namespace

struct ValijsonSchema::Impl {
    valijson::Schema schema;
    bool has_pattern = false;
};

ValijsonSchema::ValijsonSchema(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ValijsonSchema::~ValijsonSchema() = default;

Result<std::unique_ptr<const ValijsonSchema>> ValijsonSchema::compile(
    const Json& schema, const SchemaPlan::Documents& documents) {
    auto impl = std::make_unique<Impl>();
    impl->has_pattern = has_pattern(schema);
    try {
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        const auto fetch = [&](const std::string& name) {
            return documents ? documents(name) : nullptr;
        };
        parser.populateSchema(Adapter(schema), impl->schema, fetch, [](const Json*) {});
    } catch (const std::exception&) {
        return fail(ErrorKind::input, "SZ-SCHEMA-002", "The schema cannot be used.",
                    "Correct the schema (JSON Schema draft-07).");
    }
    return std::unique_ptr<const ValijsonSchema>(new ValijsonSchema(std::move(impl)));
}

std::vector<SchemaFault> ValijsonSchema::check(const Json& value) const {
    if (impl_->has_pattern && has_long_text(value))
        return {{"", "A text is too long to be checked against a pattern.",
                 "Shorten it to 4096 bytes."}};
    try {
        valijson::Validator validator;
        if (validator.validate(impl_->schema, Adapter(value), nullptr)) return {};
        valijson::ValidationResults results;
        validator.validate(impl_->schema, Adapter(value), &results);
        std::vector<SchemaFault> faults;
        for (const auto& error : results) faults.push_back(to_fault(error));
        // An object's fault is reported again for each object around it: keep the innermost.
        std::vector<SchemaFault> deepest;
        for (const auto& fault : faults) {
            const bool is_outer =
                std::any_of(faults.begin(), faults.end(), [&](const SchemaFault& other) {
                    return other.pointer.size() > fault.pointer.size() &&
                           other.pointer.compare(0, fault.pointer.size(), fault.pointer) == 0;
                });
            const bool is_repeated = std::any_of(
                deepest.begin(), deepest.end(),
                [&](const SchemaFault& other) { return other.pointer == fault.pointer; });
            if (!is_outer && !is_repeated) deepest.push_back(fault);
        }
        if (deepest.empty()) deepest.push_back({"", "The value does not fit its schema.", ""});
        return deepest;
    } catch (const std::exception&) {
        return {{"", "The value cannot be checked against its schema.", ""}};
    }
}

}  // namespace sz
