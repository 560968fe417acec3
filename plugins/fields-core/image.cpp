// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include <algorithm>

namespace fields {

namespace {

constexpr std::size_t path_bytes_max = 240;
constexpr std::size_t path_parts_max =
    10;  // a pack's paths have 12, and media/images are two of them

// Why the path cannot stand below media/images, or nothing.
std::string_view path_fault(std::string_view path) {
    if (path.size() > path_bytes_max) return "is longer than 240 bytes";
    const bool has_control = std::any_of(path.begin(), path.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (has_control) return "has control characters";
    if (path.find('\\') != path.npos) return "has a backslash";
    if (path.find(':') != path.npos) return "has a colon";
    if (path.starts_with("media/images/")) return "begins with \"media/images/\"";
    std::size_t parts = 0;
    for (std::size_t at = 0; at <= path.size(); ++parts) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view part = path.substr(at, end - at);
        if (part.empty()) return "is absolute or has an empty part";
        if (part == "." || part == "..") return "leaves the folder";
        at = end + 1;
    }
    return parts > path_parts_max ? "has more than 10 parts" : "";
}

}  // namespace

Json Image::describe() const {
    return {
        {"title", "Image"},
        {"summary", "A picture of the pack."},
        {"default", nullptr},
        {"editor", "image"},
        {"typed", true},
        {"options", {{"type", "object"}}},
        {"operations",
         Json::array({describe_operation(
                          "set", "Sets the picture.",
                          {{"path", "Path below media/images", {{"type", {"string", "null"}}}}}),
                      describe_operation("clear", "Takes the picture away.", {}),
                      describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> Image::normalize(const JsonField& field, const Json& value) const {
    const Json& wanted = value.is_null() ? option(field.definition, "defaultValue") : value;
    if (wanted.is_null()) return Json();
    if (!wanted.is_string()) {
        return invalid(
            "SZ-FIELD-170",
            "The path of an image belongs here, not " + std::string(kind_of(wanted)) + ".",
            "Write a path below media/images such as \"weapons/sword.png\".");
    }
    const std::string& path = wanted.get_ref<const std::string&>();
    if (path.empty()) return Json();
    const std::string_view wrong = path_fault(path);
    if (wrong.empty()) return wanted;
    return invalid(
        "SZ-FIELD-171", "The path " + in_quotes(path) + " " + std::string(wrong) + ".",
        "Write a path below media/images, with \"/\" between its parts: \"weapons/sword.png\".");
}

Result<Change> Image::apply(const JsonField& field, const Json& value,
                            const Operation& operation) const {
    return change_nullable(*this, field, value, operation, true);
}

Result<Json> Image::references(const JsonField&, const Json& value) const {
    if (!value.is_string()) return Json::array();
    return Json::array({{{"kind", "image"}, {"path", value}, {"pointer", ""}}});
}

Result<Json> Image::parse(const JsonField&, std::string_view text, std::string_view) const {
    return text_or_null(text);
}

}  // namespace fields
