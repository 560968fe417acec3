// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include <algorithm>
#include <vector>

namespace fields {

namespace {

struct Choice {
    std::string id, name;
};

constexpr std::size_t choices_max = 1000;

// What may be chosen; empty when the definition does not say (an entry need not repeat its
// options).
Result<std::vector<Choice>> choices_of(const Json& definition) {
    std::vector<Choice> choices;
    const Json& written = option(definition, "options");
    if (written.is_null()) return choices;
    if (!written.is_array() || written.size() > choices_max)
        return wrong_option(definition, "options", "a list of at most 1000");
    for (const Json& one : written) {
        const std::string id =
            one.is_string() ? one.get<std::string>() : member_or(one, "id", std::string());
        if (id.empty())
            return wrong_option(definition, "options", "a list of text or of {\"id\", \"name\"}");
        choices.push_back({id, member_or(one, "name", id)});
    }
    return choices;
}

// An option by its id, or by its name when nothing has that id.
const Choice* find(const std::vector<Choice>& choices, std::string_view text) {
    const auto by = [&](std::string Choice::*member) {
        return std::find_if(choices.begin(), choices.end(),
                            [&](const Choice& c) { return c.*member == text; });
    };
    auto found = by(&Choice::id);
    if (found == choices.end()) found = by(&Choice::name);
    return found == choices.end() ? nullptr : &*found;
}

// The option that was meant by what was typed: by its name, which is what is shown, by its id, or
// by its name in letters of another size.
const Choice* find_typed(const std::vector<Choice>& choices, std::string_view text) {
    const auto lower = [](std::string_view word) {
        std::string out(word);
        for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        return out;
    };
    const auto by = [&](auto fits) -> const Choice* {
        const auto found = std::find_if(choices.begin(), choices.end(), fits);
        return found == choices.end() ? nullptr : &*found;
    };
    const Choice* found = by([&](const Choice& c) { return c.name == text; });
    if (found == nullptr) found = by([&](const Choice& c) { return c.id == text; });
    if (found == nullptr) found = by([&](const Choice& c) { return lower(c.name) == lower(text); });
    return found;
}

// The id of what was typed; the text itself where it is no option, for normalize to refuse.
Json typed_id(const std::vector<Choice>& choices, std::string_view text) {
    const Choice* found = find_typed(choices, text);
    if (found == nullptr) found = find_typed(choices, trimmed(text));
    return found == nullptr ? Json(trimmed(text)) : Json(found->id);
}

// Options with commas between them. A name may have commas too: the longest one counts.
Json typed_ids(const std::vector<Choice>& choices, std::string_view text) {
    Json ids = Json::array();
    while (!trimmed(text).empty()) {
        std::size_t end = text.size();
        while (end != 0 && find_typed(choices, trimmed(text.substr(0, end))) == nullptr) {
            const std::size_t comma = text.rfind(',', end - 1);
            end = comma == std::string_view::npos ? 0 : comma;
        }
        if (end == 0) end = std::min(text.find(','), text.size());
        ids.push_back(typed_id(choices, text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return ids;
}

std::string list_of(const std::vector<Choice>& choices) {
    constexpr std::size_t shown_max = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(choices.size(), shown_max); ++i)
        text += (i == 0 ? "" : ", ") + in_quotes(choices[i].id);
    return choices.size() > shown_max ? text + ", …" : text;
}

Result<Json> one_choice(const std::vector<Choice>& choices, const Json& value,
                        const std::string& pointer) {
    if (!value.is_string()) {
        return invalid(
            "SZ-FIELD-160",
            "The id of an option belongs here, not " + std::string(kind_of(value)) + ".",
            choices.empty() ? "Write the id as text." : "Choose one of " + list_of(choices) + ".",
            pointer);
    }
    const std::string& text = value.get_ref<const std::string&>();
    if (choices.empty() && !text.empty() && text.size() <= id_bytes_max) return value;
    if (const Choice* found = find(choices, text)) return Json(found->id);
    return invalid(
        "SZ-FIELD-160", "There is no option " + in_quotes(text) + ".",
        choices.empty() ? "Give the id of an option." : "Choose one of " + list_of(choices) + ".",
        pointer);
}

Result<Json> several_choices(const std::vector<Choice>& choices, const Json& value) {
    if (!value.is_array()) {
        return invalid("SZ-FIELD-161",
                       "A list of options belongs here, not " + std::string(kind_of(value)) + ".",
                       "Write a list of ids such as [\"a\", \"b\"].");
    }
    if (value.size() > choices_max)
        return invalid("SZ-FIELD-161", "More than 1000 options are chosen.", "Choose fewer.");
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const Result<Json> one = one_choice(choices, value[i], step(std::to_string(i)));
        if (!one) return one.error();
        ids.push_back(one->get<std::string>());
    }
    // What is chosen is a set: the order of the definition, or of the letters, makes equal choices
    // equal values.
    const auto place = [&choices](const std::string& id) {
        return std::find_if(choices.begin(), choices.end(),
                            [&id](const Choice& c) { return c.id == id; }) -
               choices.begin();
    };
    std::sort(ids.begin(), ids.end(), [&place](const std::string& a, const std::string& b) {
        const auto left = place(a);
        const auto right = place(b);
        return left != right ? left < right : a < b;
    });
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return Json(ids);
}

}  // namespace

Json Select::describe() const {
    const Json id{{"type", "string"}, {"minLength", 1}};
    const Json choice{
        {"oneOf",
         Json::array({id, Json{{"type", "object"},
                               {"required", Json::array({"id"})},
                               {"properties", {{"id", id}, {"name", {{"type", "string"}}}}}}})}};
    return {{"title", "Choice"},
            {"summary", "One of several options, or several of them."},
            {"default", nullptr},
            {"editor", "choice"},
            {"typed", true},
            {"references", false},
            {"options",
             {{"type", "object"},
              {"required", Json::array({"options"})},
              {"properties",
               {{"options",
                 {{"type", "array"},
                  {"minItems", 1},
                  {"maxItems", choices_max},
                  {"items", choice},
                  {"title", "Options"}}},
                {"multiple", {{"type", "boolean"}, {"title", "Several may be chosen"}}}}}}},
            {"operations",
             Json::array(
                 {describe_operation(
                      "set", "Chooses an option by its id; null chooses none.",
                      {{"choice", "Option", {{"type", Json::array({"string", "array", "null"})}}}}),
                  describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> Select::normalize(const JsonField& field, const Json& value) const {
    const Result<std::vector<Choice>> choices = choices_of(field.definition);
    if (!choices) return choices.error();
    const bool is_multiple = member_or(field.definition, "multiple", false);
    const Json& wanted = value.is_null() ? option(field.definition, "defaultValue") : value;
    if (wanted.is_null()) return is_multiple ? Json::array() : Json();
    return is_multiple ? several_choices(*choices, wanted) : one_choice(*choices, wanted, "");
}

Result<Change> Select::apply(const JsonField& field, const Json& value,
                             const Operation& operation) const {
    if (member_or(field.definition, "multiple", false))
        return JsonFieldType::apply(field, value, operation);
    return change_nullable(*this, field, value, operation, false);
}

Result<std::string> Select::format(const JsonField& field, const Json& value,
                                   std::string_view) const {
    const Result<std::vector<Choice>> choices = choices_of(field.definition);
    std::string text;
    const auto add = [&](const Json& id) {
        if (!id.is_string()) return;
        const Choice* found = choices ? find(*choices, id.get_ref<const std::string&>()) : nullptr;
        text +=
            (text.empty() ? "" : ", ") + (found == nullptr ? id.get<std::string>() : found->name);
    };
    if (value.is_array()) {
        for (const Json& id : value) add(id);
    } else {
        add(value);
    }
    return text;
}

Result<std::string> Select::search_text(const JsonField& field, const Json& value) const {
    return format(field, value, "");
}

Result<Json> Select::parse(const JsonField& field, std::string_view text, std::string_view) const {
    const Result<std::vector<Choice>> choices = choices_of(field.definition);
    if (!choices) return choices.error();
    if (member_or(field.definition, "multiple", false)) return typed_ids(*choices, text);
    return text.empty() ? Json() : typed_id(*choices, text);
}

}  // namespace fields
