// SPDX-License-Identifier: AGPL-3.0-or-later
// What was typed for a field whose type reads no text.
#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"
#include "kernel/plugin/services.hpp"

namespace sz {

Result<Json> FieldTypes::parse(const Json& definition, std::string_view text,
                               std::string_view) const {
    const std::string type = string_or(definition, "type");
    if (text.size() > limits::field_value_bytes_max) {
        return fail(ErrorKind::limit, "SZ-FIELD-002", "The value of this field is too long.",
                    "A field holds at most one mebibyte.", type);
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return Json();
    auto value = parse_json(text);
    if (value) return value;
    return fail(ErrorKind::input, "SZ-FIELD-008",
                "A value of the type “" + type + "” is typed as JSON: " + value.error().message,
                "“field.types” describes what it takes.", type);
}

}  // namespace sz
