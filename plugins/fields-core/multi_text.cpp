// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include <sz/cpp/entry_link.hpp>

#include "markdown_links.hpp"
#include "plain_text.hpp"

namespace fields {

// What is shown has no targets of links any more, so it cannot be typed again as it was.
Json MultiText::describe() const {
    Json description = text_description("Long text", "Text of any length, with Markdown.", "text");
    description["typed"] = false;
    description["references"] = {{"containing", sz::plugin::entry_link_scheme}};
    return description;
}

bool MultiText::is_canonical(std::string_view definition, std::string_view value) const {
    return value.size() <= text_bytes_max && is_canonical_string(value, "\"\\nt") &&
           surely_lacks(definition, {"\"maxLength\""});
}

Result<Json> MultiText::normalize(const JsonField& field, const Json& value) const {
    return normalize_text_value(field.definition, value);
}

Result<std::string> MultiText::format(const JsonField& field, const Json& value,
                                      std::string_view locale) const {
    if (value.is_string()) return without_entry_links(value.get_ref<const std::string&>());
    return JsonFieldType::format(field, value, locale);
}

Result<std::string> MultiText::search_text(const JsonField&, const Json& value) const {
    return value.is_string() ? words_of_markdown(value.get_ref<const std::string&>())
                             : std::string();
}

Result<Json> MultiText::references(const JsonField&, const Json& value) const {
    Json all = Json::array();
    if (!value.is_string()) return all;
    const TextLinks found = links_in_markdown(value.get_ref<const std::string&>());
    for (const TextLink& link : found.links) {
        Json mention{
            {"kind", "mention"}, {"words", link.words}, {"target", link.target}, {"pointer", ""}};
        if (const auto entry = sz::plugin::entry_link_of(link.target)) {
            mention["datapackId"] = entry->pack;
            mention["datasetId"] = entry->dataset;
            mention["entryId"] = entry->entry;
        }
        all.push_back(std::move(mention));
    }
    if (found.left > 0 || found.is_tangled)
        all.push_back({{"kind", "mention"}, {"left", found.left}, {"pointer", ""}});
    return all;
}

Result<Json> MultiText::parse(const JsonField&, std::string_view text, std::string_view) const {
    return Json(text);
}

}  // namespace fields
