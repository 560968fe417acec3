// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/json.hpp"

#include <nlohmann/json.hpp>

#include "kernel/base/limits.hpp"

namespace sz {

Result<Json> parse_json(std::string_view text) {
    return parse_json(
        text, {limits::json_bytes_max, limits::json_depth_max, limits::json_string_bytes_max});
}

std::string canonical_json(const Json& value) {
    // Text that came from outside JSON (a file's name) may not be UTF-8; replacing is better than
    // throwing.
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string string_or(const Json& object, std::string_view key, std::string_view fallback) {
    if (object.is_object()) {
        const auto member = object.find(key);
        if (member != object.end() && member->is_string()) return member->get<std::string>();
    }
    return std::string(fallback);
}

Json error_to_json(const Error& error) {
    return {{"code", error.code},
            {"kind", kind_name(error.kind)},
            {"message", error.message},
            {"hint", error.hint},
            {"where", error.where}};
}

Error error_from_json(const Json& value) {
    return {kind_from_name(string_or(value, "kind", "internal")),
            string_or(value, "code", "SZ-BUS-006"),
            string_or(value, "message", "The request failed without saying why."),
            string_or(value, "hint"), string_or(value, "where")};
}

Json finding_to_json(const Finding& finding) {
    return {{"code", finding.code},       {"severity", severity_name(finding.severity)},
            {"file", finding.file},       {"pointer", finding.pointer},
            {"line", finding.line},       {"column", finding.column},
            {"message", finding.message}, {"hint", finding.hint}};
}

Json findings_to_json(const Findings& findings) {
    Json list = Json::array();
    for (const auto& finding : findings) list.push_back(finding_to_json(finding));
    return list;
}

}  // namespace sz
