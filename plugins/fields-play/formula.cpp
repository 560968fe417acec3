// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/effects.hpp>
#include <sz/cpp/locale.hpp>

#include "formula/definition.hpp"
#include "formula/explanation.hpp"
#include "types.hpp"

namespace play {

namespace {

using sz::plugin::Evaluation;
using sz::plugin::FieldResolver;

// Digits behind the point that the definition keeps, if it says so.
Result<std::optional<int>> decimals_of(const Json& definition) {
    const Json& written = option(definition, "decimals");
    if (written.is_null()) return std::optional<int>();
    const auto places = whole_in(written, 0, Decimal::digits_max);
    if (!places) return wrong_option(definition, "decimals", "a whole number from 0 to 15");
    return std::optional(static_cast<int>(*places));
}

// What an entry keeps, as one term.
Evaluation kept(const JsonField& field, const Json& value) {
    const std::string name = member_or(field.definition, "name", std::string("value"));
    return {value, {{value.is_number() ? "add" : "set", name, value, {}}}};
}

// The last term, where the definition keeps fewer digits than there are.
void round_to(Evaluation& evaluation, int places) {
    const auto number = decimal_of(evaluation.value);
    if (!number) return;
    const Decimal rounded = number->round_to(places);
    if (rounded == *number) return;
    const std::string text =
        places == 0   ? "rounded to a whole number"
        : places == 1 ? "rounded to 1 digit behind the point"
                      : "rounded to " + std::to_string(places) + " digits behind the point";
    evaluation.value = json_of(rounded);
    evaluation.terms.push_back({"round", text, places, {}});
}

}  // namespace

Json Formula::describe() const {
    return {{"title", "Formula"},
            {"summary", "What is computed from other fields, such as 10 + wit."},
            {"default", nullptr},
            {"editor", "formula"},
            {"references", true},
            {"computed", "always"},
            {"options",
             {{"type", "object"},
              {"required", Json::array({"formula"})},
              {"properties",
               {{"formula",
                 {{"type", "string"},
                  {"minLength", 1},
                  {"maxLength", formula::formula_bytes_max},
                  {"title", "Formula, such as 10 + max(0, gear.rating)"}}},
                {"decimals",
                 {{"type", "integer"},
                  {"minimum", 0},
                  {"maximum", Decimal::digits_max},
                  {"title", "Digits behind the point that the result keeps"}}},
                {"declassify",
                 {{"type", "boolean"},
                  {"title", "Whoever sees this field may see the result, whatever it comes from"}}},
                {"unit",
                 {{"type", "string"},
                  {"maxLength", 40},
                  {"title", "Unit, shown behind the number"}}}}}}},
            {"operations", Json::array()}};
}

Result<Json> Formula::normalize(const JsonField& field, const Json& value) const {
    if (const auto decimals = decimals_of(field.definition); !decimals) return decimals.error();
    const auto text = formula::formula_of(field.definition);
    if (!text) return text.error();
    if (*text) {
        if (const auto expression = formula::read_to_keep(field, **text); !expression)
            return expression.error();
    }
    const Json& wanted = given_or_default(field.definition, value);
    if (wanted.is_null() || wanted.is_boolean()) return wanted;
    if (wanted.is_number()) {
        DecimalFault fault = DecimalFault::none;
        const auto number = decimal_of(wanted, &fault);
        return number ? Result<Json>(json_of(*number)) : wrong_number(wanted, fault);
    }
    if (wanted.is_string() &&
        wanted.get_ref<const std::string&>().size() <= sz::plugin::text_bytes_max)
        return wanted;
    return invalid(
        "SZ-FIELD-280",
        "A computed value is a number, a text, true or false, not " +
            std::string(wanted.is_string() ? "a text of more than a mebibyte" : kind_of(wanted)) +
            ".",
        "Leave the value out: it is computed.");
}

Result<Change> Formula::apply(const JsonField&, const Json&, const Operation& operation) const {
    return invalid(
        "SZ-FIELD-102",
        "This field is computed; it does not know the operation " + in_quotes(operation.op) + ".",
        "Change what it is computed from.");
}

Result<std::string> Formula::format(const JsonField& field, const Json& value,
                                    std::string_view locale) const {
    if (value.is_boolean()) return std::string(sz::plugin::yes_or_no(value.get<bool>(), locale));
    auto number = decimal_of(value);
    if (!number) return JsonFieldType::format(field, value, locale);
    const auto decimals = decimals_of(field.definition);
    if (decimals && *decimals) number = number->round_to(**decimals);
    const std::string unit = member_or(field.definition, "unit", std::string());
    return sz::plugin::format_number(number->text(), locale) + (unit.empty() ? "" : " " + unit);
}

Result<std::string> Formula::search_text(const JsonField&, const Json& value) const {
    return value.is_string() ? value.get<std::string>() : std::string();
}

Result<Json> Formula::references(const JsonField& field, const Json&) const {
    return formula::what_it_reads(field.definition);
}

Result<Evaluation> Formula::evaluate(const JsonField& field, const FieldResolver& resolver,
                                     const Json& value, const Json& effects) const {
    const auto decimals = decimals_of(field.definition);
    if (!decimals) return decimals.error();
    const auto text = formula::formula_of(field.definition);
    if (!text) return text.error();
    Result<Evaluation> evaluation = kept(field, value);
    if (*text) {
        const auto expression = formula::read(field, **text);
        if (!expression) return expression.error();
        formula::Evaluator evaluator(field, resolver, **text);
        evaluation = formula::explain(*expression, evaluator);
        if (!evaluation) return evaluation;
    }
    const auto applied =
        sz::plugin::apply_effects(*evaluation, effects, sz::plugin::EffectsOn::any);
    if (!applied) return applied.error();
    if (*decimals) round_to(*evaluation, **decimals);
    return evaluation;
}

}  // namespace play
