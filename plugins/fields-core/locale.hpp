// SPDX-License-Identifier: AGPL-3.0-or-later
// How people write numbers and say yes, by language (Unicode CLDR's number symbols). A table of our
// own and no ICU or std::locale: the same answer on every machine, whatever is installed there.
#pragma once

#include <string>
#include <string_view>

namespace fields {

// "1.234,5" for "de", "1,234.5" for "en"; `number` is Decimal::text(). The empty locale is neutral:
// the number as it is.
[[nodiscard]] std::string format_number(std::string_view number, std::string_view locale);

// "ja" for (true, "de"); English where the language is not known.
[[nodiscard]] std::string_view yes_or_no(bool value, std::string_view locale);

}  // namespace fields
