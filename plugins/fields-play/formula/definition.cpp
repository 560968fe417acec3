// SPDX-License-Identifier: AGPL-3.0-or-later
#include "formula/definition.hpp"

#include "formula/parser.hpp"

namespace play::formula {

namespace {

void collect_paths(const Expression& part, std::vector<std::vector<std::string>>& paths) {
    if (!part.path.empty() && std::find(paths.begin(), paths.end(), part.path) == paths.end())
        paths.push_back(part.path);
    for (const auto& inside : part.parts) collect_paths(inside, paths);
}

}  // namespace

Result<std::optional<std::string>> formula_of(const Json& definition) {
    const Json& written = option(definition, "formula");
    if (written.is_null()) return std::optional<std::string>();
    if (!written.is_string()) return wrong_option(definition, "formula", "a text");
    return std::optional(written.get<std::string>());
}

Result<Expression> read(const JsonField& field, const std::string& text) {
    auto parsed = parse(text);
    if (auto* good = std::get_if<Expression>(&parsed)) return std::move(*good);
    const auto& fault = std::get<FormulaFault>(parsed);
    const Place place = place_of(text, fault.at);
    field.findings
        .error(fault.code, "The formula cannot be read at " + words_of(place) + ": " + fault.why)
        .place(place.line, place.column)
        .hint(fault.hint);
    return sz::plugin::fault(SZ_ERR_INVALID);
}

Json what_it_reads(const Json& definition) {
    Json list = Json::array();
    const auto text = formula_of(definition);
    if (!text || !*text) return list;
    const auto parsed = parse(**text);
    const auto* good = std::get_if<Expression>(&parsed);
    if (good == nullptr) return list;
    std::vector<std::vector<std::string>> paths;
    collect_paths(*good, paths);
    for (const auto& path : paths)
        list.push_back({{"kind", "field"}, {"path", path}, {"pointer", ""}});
    return list;
}

}  // namespace play::formula
