// SPDX-License-Identifier: AGPL-3.0-or-later
#include "formula/definition.hpp"

#include <algorithm>
#include <set>

#include "formula/parser.hpp"

namespace play::formula {

namespace {

// A path, and what is done with what it leads to.
struct Reading {
    std::vector<std::string> path;
    std::set<std::string> as;
};

// What a part is wanted as by the one around it.
const char* wanted_by(const Expression& around) {
    if (around.kind == Expression::Kind::sum || around.kind == Expression::Kind::product ||
        around.kind == Expression::Kind::minus)
        return "number";
    if (around.kind != Expression::Kind::call) return "one";
    if (around.function->takes_many) return "many";
    return around.function->id == FunctionId::when ? "one" : "number";
}

void collect(const Expression& part, const char* as, std::vector<Reading>& readings) {
    if (!part.path.empty()) {
        auto known = std::find_if(readings.begin(), readings.end(),
                                  [&part](const Reading& one) { return one.path == part.path; });
        if (known == readings.end()) known = readings.insert(known, {part.path, {}});
        known->as.insert(as);
    }
    for (const auto& inside : part.parts) collect(inside, wanted_by(part), readings);
}

bool is_zero(const Expression& part) {
    if (part.kind == Expression::Kind::minus) return is_zero(part.parts[0]);
    return part.kind == Expression::Kind::number && part.number.sign() == 0;
}

// The divisor that is 0 whatever the fields hold; null where there is none.
const Expression* zero_divisor(const Expression& part) {
    if (part.kind == Expression::Kind::product) {
        for (std::size_t i = 1; i < part.parts.size(); ++i) {
            if (part.operators[i - 1] == Operator::over && is_zero(part.parts[i]))
                return &part.parts[i];
        }
    }
    const bool is_mod = part.kind == Expression::Kind::call && part.function->id == FunctionId::mod;
    if (is_mod && is_zero(part.parts[1])) return &part.parts[1];
    for (const auto& inside : part.parts) {
        if (const auto* found = zero_divisor(inside)) return found;
    }
    return nullptr;
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

Result<Expression> read_to_keep(const JsonField& field, const std::string& text) {
    auto expression = read(field, text);
    if (!expression) return expression;
    const auto* zero = zero_divisor(*expression);
    if (zero == nullptr) return expression;
    const Place place = place_of(text, zero->begin);
    field.findings.error("SZ-FIELD-291", "The formula divides by 0 at " + words_of(place) + ".")
        .place(place.line, place.column)
        .hint("Divide by another number, such as 2.");
    return sz::plugin::fault(SZ_ERR_INVALID);
}

Json what_it_reads(const Json& definition) {
    Json list = Json::array();
    const auto text = formula_of(definition);
    if (!text || !*text) return list;
    const auto parsed = parse(**text);
    const auto* good = std::get_if<Expression>(&parsed);
    if (good == nullptr) return list;
    std::vector<Reading> readings;
    collect(*good, "one", readings);
    for (const auto& [path, as] : readings)
        list.push_back({{"kind", "field"}, {"path", path}, {"as", as}, {"pointer", ""}});
    return list;
}

}  // namespace play::formula
