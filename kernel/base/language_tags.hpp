// SPDX-License-Identifier: AGPL-3.0-or-later
// Language tags (BCP 47), as far as choosing a translation needs them. [any-thread]
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"

namespace sz {

inline constexpr std::size_t language_tag_bytes_max = 35;  // RFC 5646, section 4.4.1

// "de", "pt-BR", "zh-Hant-TW"; at most language_tag_bytes_max.
[[nodiscard]] bool is_language_tag(std::string_view text);

// Upper and lower case count as the same.
[[nodiscard]] bool is_same_language(std::string_view a, std::string_view b);

// What may serve somebody who wants `tag`, best first: "de-AT", "de" (RFC 4647, section 3.4). Empty
// for what is no tag.
[[nodiscard]] std::vector<std::string> languages_for(std::string_view tag);

// "de-AT" for "de_AT.UTF-8@euro"; empty for "C", "POSIX" and what is no language.
[[nodiscard]] std::string language_of_locale(std::string_view locale);

// The language of messages that LC_ALL, LC_MESSAGES or LANG say: the first that is set counts.
// `read` gives a variable, or null.
using ReadVariable = std::function<const char*(const char* name)>;
[[nodiscard]] std::string language_of_environment(const ReadVariable& read);

// The member of `by_language` under `tag`, in letters of either size; null when there is none.
[[nodiscard]] const Json* in_language(const Json& by_language, std::string_view tag);

}  // namespace sz
