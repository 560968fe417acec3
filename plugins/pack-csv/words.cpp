// SPDX-License-Identifier: AGPL-3.0-or-later
#include "words.hpp"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "limits.hpp"

namespace csv {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }
char small(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// The plain letter of U+00C0 … U+017F, for ids; '-' where there is none.
char plain_letter(unsigned code) {
    static constexpr std::string_view letters =
        "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty"
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
        "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    static_assert(letters.size() == 0x180 - 0xc0);
    return code >= 0xc0 && code < 0x180 ? letters[code - 0xc0] : '-';
}

void append_string(std::string& out, std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        out.append(text, written, i - written);
        written = i + 1;
        out += '\\';
        if (byte >= 0x20) {
            out += text[i];
        } else if (byte == '\n' || byte == '\t') {
            out += byte == '\n' ? 'n' : 't';
        } else {
            out += "u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    out.append(text, written);
    out += '"';
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), small);
    return out;
}

std::string_view shortened(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
}

std::string slug(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        char letter = small(text[i]);
        if (lead >= 0xc3 && lead <= 0xc5 && i + 1 < text.size())
            letter =
                plain_letter((lead & 0x1fU) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3fU));
        if (is_word(letter)) {
            out += letter;
        } else if (letter != '\'' && !out.empty() && out.back() != '-') {
            out += '-';
        }
    }
    out.resize(std::min(out.size(), limits::id_bytes_max));
    while (!out.empty() && out.back() == '-') out.pop_back();
    if (!out.empty()) return out;
    const std::string id = uuid_of(text);
    return "entry-" + id.substr(0, 8) + id.substr(9, 4);
}

std::string title_of(std::string_view stem) {
    std::string out(shortened(trimmed(stem), limits::name_bytes_max));
    std::replace(out.begin(), out.end(), '_', ' ');
    std::replace(out.begin(), out.end(), '-', ' ');
    out = trimmed(out);
    if (out.empty()) return "Table";
    if (out.front() >= 'a' && out.front() <= 'z')
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

std::string uuid_of(std::string_view text) {
    // A namespace of this importer's own; it never changes, or every pack would get a new id.
    static const boost::uuids::name_generator_sha1 generator(
        boost::uuids::string_generator()("6f0c4c5e-2f43-4f0e-9d2e-5b0a8c1e7d39"));
    return boost::uuids::to_string(generator(std::string(text)));
}

std::string with_line_feeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r')
            out += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n')
            out += '\n';
    }
    return out;
}

std::string in_quotes(std::string_view text) {
    const std::string_view cut = shortened(text, 60);
    std::string out = "“" + std::string(cut) + (cut.size() < text.size() ? "…”" : "”");
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return out;
}

std::string option_hint(std::string_view option, std::string_view does, std::string_view file) {
    std::string out(option);
    return out.append(" ")
        .append(does)
        .append(": with --options, or in ")
        .append(file)
        .append(".json beside the file.");
}

std::string counted(std::uint64_t count, std::string_view one) {
    std::string digits = std::to_string(count);
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
    return digits + ' ' + std::string(one) + (count == 1 ? "" : "s");
}

std::string UniqueIds::take(std::string wanted) {
    const auto [at, is_new] = next_.emplace(wanted, 2);
    if (is_new) return wanted;
    std::uint64_t& number = at->second;  // unlike the iterator, it survives what is added
    std::string other;
    do {
        other = wanted + gap_ + std::to_string(number++);
    } while (!next_.emplace(other, 2).second);
    return other;
}

void JsonOut::key(std::string_view name) {
    next();
    append_string(text, name);
    text += ':';
}

void JsonOut::member(std::string_view name, std::string_view value) {
    key(name);
    text_value(value);
}

void JsonOut::text_value(std::string_view value) {
    next();
    append_string(text, value);
    ++values;
}

void JsonOut::raw_value(std::string_view json) {
    next();
    text += json;
    ++values;
}

void JsonOut::open(char bracket) {
    next();
    text += bracket;
    ++values;
}

}  // namespace csv
