// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plain_text.hpp"

#include <algorithm>

namespace fields {

namespace {

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

std::string with_line_feeds(std::string_view text) {
    std::string lines;
    lines.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r')
            lines += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n')
            lines += '\n';
    }
    return lines;
}

}  // namespace

Json text_description(const char* title, const char* summary, const char* editor) {
    return {
        {"title", title},
        {"summary", summary},
        {"default", ""},
        {"editor", editor},
        {"typed", true},
        {"references", false},
        {"options",
         {{"type", "object"},
          {"properties",
           {{"maxLength", {{"type", "integer"}, {"minimum", 0}, {"title", "Most characters"}}}}}}},
        {"operations",
         Json::array(
             {describe_operation("set", "Sets the text.", {{"text", "Text", {{"type", "string"}}}}),
              describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> normalize_text_value(const Json& definition, const Json& value) {
    const Json& wanted = value.is_null() ? option(definition, "defaultValue") : value;
    if (wanted.is_null()) return Json("");
    if (!wanted.is_string()) {
        return invalid("SZ-FIELD-120",
                       "Text belongs here, not " + std::string(kind_of(wanted)) + ".",
                       wanted.is_primitive() ? "Put it in quotation marks."
                                             : "Write text in quotation marks.");
    }
    std::string text = with_line_feeds(wanted.get_ref<const std::string&>());
    const bool has_control = std::any_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    });
    if (has_control)
        return invalid("SZ-FIELD-122", "The text has control characters.",
                       "Remove them: only tabs and line ends may stay.");
    const Json& length = option(definition, "maxLength");
    if (!length.is_null() && !length.is_number_unsigned())
        return wrong_option(definition, "maxLength", "a whole number from 0");
    const std::size_t count = characters(text);
    if (length.is_number_unsigned() && count > length.get<std::uint64_t>()) {
        return invalid("SZ-FIELD-121",
                       "The text has " + std::to_string(count) + " characters; the field takes " +
                           length.dump() + ".",
                       "Shorten it.");
    }
    if (text.size() > text_bytes_max)
        return invalid("SZ-FIELD-121", "The text is longer than 1 MiB.",
                       "Split it over several fields.");
    return Json(std::move(text));
}

namespace {

bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

// Past the marks that begin a line: headings, quotations, list items.
std::size_t line_start(std::string_view line) {
    std::size_t at = std::min(line.find_first_not_of(" \t"), line.size());
    std::size_t marks = at;
    while (marks < line.size() && (line[marks] == '#' || line[marks] == '>')) ++marks;
    if (marks == at && marks < line.size() &&
        (line[marks] == '-' || line[marks] == '*' || line[marks] == '+'))
        ++marks;
    if (marks > at && marks < line.size() && line[marks] == ' ') at = marks + 1;
    return at;
}

void add_words(std::string_view line, std::string& out) {
    const bool is_rule = line.find_first_not_of("|-=:*_ \t") == line.npos;
    const std::size_t last_close = line.rfind(')');  // behind it nothing is looked for
    for (std::size_t i = is_rule ? line.size() : line_start(line); i < line.size(); ++i) {
        const char c = line[i];
        if (c == '\\' && i + 1 < line.size()) {
            out += line[++i];
        } else if (c == ']' && i + 1 < line.size() && line[i + 1] == '(') {
            // The address of a link says nothing to a reader.
            if (last_close != line.npos && last_close > i) i = line.find(')', i);
        } else if (c == '_' && i > 0 && i + 1 < line.size() && is_word(line[i - 1]) &&
                   is_word(line[i + 1])) {
            out += c;
        } else if (c == '|') {
            out += ' ';
        } else if (c != '*' && c != '`' && c != '_' && c != '[' && c != ']' &&
                   !(c == '!' && i + 1 < line.size() && line[i + 1] == '[')) {
            out += c;
        }
    }
}

}  // namespace

std::string words_of_markdown(std::string_view markdown) {
    std::string words;
    words.reserve(markdown.size());
    while (!markdown.empty()) {
        const std::size_t end = std::min(markdown.find('\n'), markdown.size());
        add_words(markdown.substr(0, end), words);
        markdown.remove_prefix(std::min(end + 1, markdown.size()));
        if (!markdown.empty()) words += '\n';
    }
    return words;
}

}  // namespace fields
