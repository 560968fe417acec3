// SPDX-License-Identifier: AGPL-3.0-or-later
// The bytes of a file as UTF-8 text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace csv {

enum class Encoding { utf8, windows1252, utf16, utf16le, utf16be };

// "utf-8", "windows-1252", "utf-16" (which needs a byte order mark), "utf-16le", "utf-16be".
[[nodiscard]] std::optional<Encoding> encoding_of(std::string_view name);
[[nodiscard]] std::string_view name_of(Encoding encoding);

struct Decoded {
    enum class Wrong { nothing, not_utf8, not_windows1252, not_utf16, no_mark, control };
    std::string text;  // without a byte order mark
    Encoding encoding = Encoding::utf8;
    Wrong wrong = Wrong::nothing;
    // Of what is wrong: an offset in the file's bytes; for `control`, in `text`.
    std::size_t at = 0;
    // The first byte that is no UTF-8, if Windows-1252 was guessed because of it.
    std::optional<std::size_t> guessed_at;
};

// Without `wanted`: what a byte order mark says, else UTF-8, else Windows-1252. Control characters
// other than tabs and line ends are wrong: no field can hold them.
[[nodiscard]] Decoded decode(std::string bytes, std::optional<Encoding> wanted);

}  // namespace csv
