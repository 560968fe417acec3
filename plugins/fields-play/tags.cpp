// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

namespace play {

namespace {

constexpr std::size_t tags_max = 200, tag_bytes_max = 100;

struct Known {
    std::vector<std::string> tags;
    bool is_closed = false;
};

Result<Known> known_of(const Json& definition) {
    Known known;
    const Json& written = option(definition, "options");
    if (!written.is_null()) {
        if (!written.is_array() || written.size() > tags_max)
            return wrong_option(definition, "options", "a list of at most 200 tags");
        for (const Json& one : written) {
            if (!one.is_string()) return wrong_option(definition, "options", "a list of tags");
            known.tags.push_back(one.get<std::string>());
        }
    }
    known.is_closed = member_or(definition, "isClosed", false);
    if (known.is_closed && known.tags.empty())
        return wrong_option(definition, "options", "a list of tags where \"isClosed\" is true");
    return known;
}

// One space between words, none around them.
std::string plain(std::string_view text) {
    std::string tag;
    for (const char c : text) {
        const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!is_space) tag += c;
        if (is_space && !tag.empty() && tag.back() != ' ') tag += ' ';
    }
    if (tag.ends_with(' ')) tag.pop_back();
    return tag;
}

Result<std::string> tag_of(const Known& known, const Json& value, const std::string& pointer) {
    if (!value.is_string())
        return invalid("SZ-FIELD-241", "A tag is text, not " + std::string(kind_of(value)) + ".",
                       "Write it in quotation marks.", pointer);
    const std::string tag = plain(value.get_ref<const std::string&>());
    const bool has_controls = std::any_of(tag.begin(), tag.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (tag.empty() || tag.size() > tag_bytes_max || has_controls)
        return invalid("SZ-FIELD-241", in_quotes(tag) + " is no tag.",
                       "A tag has 1 to 100 bytes and no control characters.", pointer);
    const bool is_known = std::find(known.tags.begin(), known.tags.end(), tag) != known.tags.end();
    if (known.is_closed && !is_known)
        return invalid("SZ-FIELD-242", "The field does not know the tag " + in_quotes(tag) + ".",
                       "Choose one of its \"options\".", pointer);
    return tag;
}

// Known tags in the definition's order, then the others by their bytes: a set has one form.
void put_in_order(const Known& known, std::vector<std::string>& tags) {
    const auto place = [&known](const std::string& tag) {
        return std::find(known.tags.begin(), known.tags.end(), tag) - known.tags.begin();
    };
    std::sort(tags.begin(), tags.end(), [&place](const std::string& a, const std::string& b) {
        const auto left = place(a), right = place(b);
        return left != right ? left < right : a < b;
    });
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
}

// As it stands between commas: one with a comma of its own in quotation marks, those doubled.
std::string shown(const std::string& tag) {
    if (tag.find_first_of(",\"") == std::string::npos) return tag;
    std::string text = "\"";
    for (const char c : tag) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

// The tags of a text, the other way round.
std::vector<std::string> typed_tags(std::string_view text) {
    std::vector<std::string> tags(1);
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && is_quoted && text.substr(i + 1).starts_with('"')) {
            tags.back() += text[++i];
        } else if (c == '"' && (is_quoted || sz::plugin::trimmed(tags.back()).empty())) {
            is_quoted = !is_quoted;
        } else if (c == ',' && !is_quoted) {
            tags.emplace_back();
        } else {
            tags.back() += c;
        }
    }
    for (std::string& tag : tags) tag = plain(tag);
    std::erase(tags, "");
    return tags;
}

Fault too_many() {
    return invalid("SZ-FIELD-243", "There are more than 200 tags.", "Take some out.");
}

}  // namespace

Json Tags::describe() const {
    const Json text{{"type", "string"}, {"maxLength", tag_bytes_max}};
    return {
        {"title", "Tags"},
        {"summary", "Short words in no order, each of them once."},
        {"default", Json::array()},
        {"editor", "tags"},
        {"typed", true},
        {"references", false},
        {"options",
         {{"type", "object"},
          {"properties",
           {{"options",
             {{"type", "array"},
              {"maxItems", tags_max},
              {"items", text},
              {"title", "Tags to choose from"}}},
            {"isClosed", {{"type", "boolean"}, {"title", "No other tags"}}}}}}},
        {"operations",
         Json::array(
             {describe_operation("set", "Sets all tags.", {{"tags", "Tags", {{"type", "array"}}}}),
              describe_operation("add", "Adds a tag.", {{"tag", "Tag", text}}, true),
              describe_operation("remove", "Takes a tag away.", {{"tag", "Tag", text}}, true),
              describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> Tags::normalize(const JsonField& field, const Json& value) const {
    const Result<Known> known = known_of(field.definition);
    if (!known) return known.error();
    const Json& wanted = given_or_default(field.definition, value);
    if (wanted.is_null()) return Json::array();
    if (!wanted.is_array())
        return invalid("SZ-FIELD-240",
                       "A list of tags belongs here, not " + std::string(kind_of(wanted)) + ".",
                       "Write a list such as [\"fire\", \"quiet\"].");
    if (wanted.size() > tags_max) return too_many();
    std::vector<std::string> tags;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const Result<std::string> tag = tag_of(*known, wanted[i], step(std::to_string(i)));
        if (!tag) return tag.error();
        tags.push_back(*tag);
    }
    put_in_order(*known, tags);
    return Json(tags);
}

Result<Change> Tags::apply(const JsonField& field, const Json& value,
                           const Operation& operation) const {
    if (operation.op != "add" && operation.op != "remove")
        return JsonFieldType::apply(field, value, operation);
    const Result<Known> known = known_of(field.definition);
    if (!known) return known.error();
    if (operation.args.empty()) return wrong_arguments(operation, "a tag");
    const Result<std::string> tag = tag_of(*known, operation.arg(0), "");
    if (!tag) return tag.error();
    auto tags =
        value.is_array() ? value.get<std::vector<std::string>>() : std::vector<std::string>();
    const auto found = std::find(tags.begin(), tags.end(), *tag);
    const bool is_there = found != tags.end();
    const bool is_add = operation.op == "add";
    // What is so already is not undone: its inverse is itself, and leaves alone what others do.
    if (is_add == is_there)
        return Change{
            {{"set", value}}, {{"op", operation.op}, {"args", Json::array({*tag})}}, true, {}};
    if (is_add) {
        if (tags.size() >= tags_max) return too_many();
        tags.push_back(*tag);
        put_in_order(*known, tags);
    } else {
        tags.erase(found);
    }
    return Change{{{"set", Json(tags)}},
                  {{"op", is_add ? "remove" : "add"}, {"args", Json::array({*tag})}},
                  true,
                  {}};
}

Result<std::string> Tags::format(const JsonField&, const Json& value, std::string_view) const {
    std::string text;
    for (const Json& tag : value) {
        if (tag.is_string()) text += (text.empty() ? "" : ", ") + shown(tag.get<std::string>());
    }
    return text;
}

Result<std::string> Tags::search_text(const JsonField& field, const Json& value) const {
    return format(field, value, "");
}

Result<Json> Tags::parse(const JsonField&, std::string_view text, std::string_view) const {
    return Json(typed_tags(text));
}

}  // namespace play
