// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/method.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/bus/names.hpp"

namespace sz {

namespace {

// A schema that cannot be used is its author's fault, and is said once, not to each caller.
Status check_usable(const Bus::SchemaCheck& check, const std::string& method, const char* part,
                    const std::string& schema) {
    if (!check || schema.empty()) return {};
    for (const Finding& finding : check(schema, Json())) {
        if (finding.code != "SZ-SCHEMA-002") continue;
        return fail(ErrorKind::internal, "SZ-BUS-011",
                    "The schema “" + std::string(part) + "” of the method “" + method +
                        "” cannot be used: " + finding.message,
                    finding.hint, finding.pointer);
    }
    return {};
}

}  // namespace

std::string part_of_schema(const Json& schema, const char* part) {
    const auto found = schema.find(part);
    if (found == schema.end()) return {};
    Json own = *found;
    const auto definitions = schema.find("definitions");
    if (own.is_object() && definitions != schema.end()) own["definitions"] = *definitions;
    return own.dump();
}

Result<std::shared_ptr<Method>> make_method(MethodInfo info, Handler handler,
                                            const Bus::SchemaCheck& check) {
    if (!is_bus_name(info.name)) {
        return fail(ErrorKind::internal, "SZ-BUS-012",
                    "“" + info.name + "” is no name for a method.",
                    "A name is made of words of letters, digits, “-” and “_” with “.” between "
                    "them, at most 200 characters.",
                    info.name);
    }
    const bool is_embedded = info.schema.empty();
    if (is_embedded) info.schema = embedded_schema("bus/" + info.name);
    const auto schema = parse_json(info.schema);
    if (!schema || !schema->is_object() || !schema->contains("params") ||
        !schema->contains("result")) {
        return fail(ErrorKind::internal, "SZ-BUS-011",
                    "The method “" + info.name + "” has no schema of its parameters and result.",
                    "It must be an object with “summary”, “params” and “result”.", info.name);
    }
    if (info.summary.empty()) info.summary = string_or(*schema, "summary");
    auto method = std::make_shared<Method>();
    method->params_schema = part_of_schema(*schema, "params");
    method->result_schema = part_of_schema(*schema, "result");
    // Embedded ones are tested with the program, and would cost every start their compiling.
    if (!is_embedded || bus_checks_are_on) {
        SZ_TRY(check_usable(check, info.name, "params", method->params_schema));
        SZ_TRY(check_usable(check, info.name, "result", method->result_schema));
    }
    method->info = std::move(info);
    method->handler = std::move(handler);
    return method;
}

}  // namespace sz
