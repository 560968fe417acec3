// SPDX-License-Identifier: AGPL-3.0-or-later
#include "encoding.hpp"

#include <Poco/UTF16Encoding.h>
#include <Poco/UTF8Encoding.h>
#include <Poco/Windows1252Encoding.h>

#include <algorithm>
#include <array>

namespace csv {
namespace {

using Wrong = Decoded::Wrong;

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view little_mark = "\xFF\xFE";
constexpr std::string_view big_mark = "\xFE\xFF";

struct EncodingName {
    std::string_view name;
    Encoding encoding;
};
constexpr std::array encodings{
    EncodingName{"utf-8", Encoding::utf8}, EncodingName{"windows-1252", Encoding::windows1252},
    EncodingName{"utf-16", Encoding::utf16}, EncodingName{"utf-16le", Encoding::utf16le},
    EncodingName{"utf-16be", Encoding::utf16be}};

unsigned char byte(char c) { return static_cast<unsigned char>(c); }
const unsigned char* raw(const char* text) { return reinterpret_cast<const unsigned char*>(text); }

int length_after(unsigned char lead) {
    return lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

// The offset of the first byte that does not fit; nothing if all do.
std::optional<std::size_t> no_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const int length = length_after(byte(text[at]));
        if (length != 1) {
            const bool fits = length != 0 && at + static_cast<std::size_t>(length) <= text.size();
            if (!fits || !Poco::UTF8Encoding::isLegal(raw(text.data() + at), length)) return at;
        }
        at += static_cast<std::size_t>(length);
    }
    return std::nullopt;
}

void append(std::string& out, int code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    static const Poco::UTF8Encoding utf8;
    std::array<unsigned char, 4> bytes{};
    const int length = utf8.convert(code, bytes.data(), static_cast<int>(bytes.size()));
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

void from_windows1252(std::string_view bytes, Decoded& out) {
    static const Poco::Windows1252Encoding table;
    out.text.reserve(bytes.size() + bytes.size() / 8);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const int code = table.convert(raw(bytes.data() + i));
        // The five bytes that mean nothing come back as themselves.
        if (code < 0 || (code >= 0x80 && code < 0xa0)) {
            out.wrong = Wrong::not_windows1252;
            out.at = i;
            return;
        }
        append(out.text, code);
    }
}

void from_utf16(std::string_view bytes, bool little, Decoded& out) {
    const Poco::UTF16Encoding table(little ? Poco::UTF16Encoding::LITTLE_ENDIAN_BYTE_ORDER
                                           : Poco::UTF16Encoding::BIG_ENDIAN_BYTE_ORDER);
    for (std::size_t i = 0; i < bytes.size();) {
        const int left = static_cast<int>(std::min<std::size_t>(bytes.size() - i, 4));
        const int code = left < 2 ? -1 : table.queryConvert(raw(bytes.data() + i), left);
        if (code < 0 || (code >= 0xd800 && code < 0xe000)) {
            out.wrong = Wrong::not_utf16;
            out.at = i;
            return;
        }
        append(out.text, code);
        i += code > 0xffff ? 4 : 2;
    }
}

void find_control(Decoded& out) {
    const auto found = std::find_if(out.text.begin(), out.text.end(), [](char c) {
        return (byte(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
    });
    if (found == out.text.end()) return;
    out.wrong = Wrong::control;
    out.at = static_cast<std::size_t>(found - out.text.begin());
}

void from_utf8(std::string bytes, bool guess, Decoded& out) {
    const bool marked = bytes.starts_with(utf8_mark);
    const auto bad = no_utf8(bytes);
    if (bad && guess && !marked) {
        out.encoding = Encoding::windows1252;
        out.guessed_at = bad;
        from_windows1252(bytes, out);
    } else if (bad) {
        out.wrong = Wrong::not_utf8;
        out.at = *bad;
    } else {
        if (marked) bytes.erase(0, utf8_mark.size());
        out.text = std::move(bytes);
    }
}

}  // namespace

std::optional<Encoding> encoding_of(std::string_view name) {
    for (const EncodingName& known : encodings) {
        if (known.name == name) return known.encoding;
    }
    return std::nullopt;
}

std::string_view name_of(Encoding encoding) {
    return std::find_if(
               encodings.begin(), encodings.end(),
               [encoding](const EncodingName& known) { return known.encoding == encoding; })
        ->name;
}

Decoded decode(std::string bytes, std::optional<Encoding> wanted) {
    Decoded out;
    const bool little = bytes.starts_with(little_mark);
    const bool big = bytes.starts_with(big_mark);
    if (!wanted && (little || big)) wanted = Encoding::utf16;
    out.encoding = wanted.value_or(Encoding::utf8);
    const std::string_view unmarked = std::string_view(bytes).substr(little || big ? 2 : 0);
    switch (out.encoding) {
        case Encoding::utf8: from_utf8(std::move(bytes), !wanted, out); break;
        case Encoding::windows1252: from_windows1252(bytes, out); break;
        case Encoding::utf16:
            if (little || big)
                from_utf16(unmarked, little, out);
            else
                out.wrong = Wrong::no_mark;
            break;
        case Encoding::utf16le: from_utf16(little ? unmarked : bytes, true, out); break;
        case Encoding::utf16be: from_utf16(big ? unmarked : bytes, false, out); break;
    }
    if (out.wrong == Wrong::nothing) find_control(out);
    return out;
}

}  // namespace csv
