// SPDX-License-Identifier: AGPL-3.0-or-later
// The few things that are read out of a router's XML besides what miniupnpc reads. Many routers
// write XML that no strict parser takes; so an element is looked for by its name, whatever its
// prefix, and nothing else of the document matters. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace upnp {

// The text of the first element of that name, the five entities resolved; nothing when there is no
// such element, or it has elements inside.
[[nodiscard]] std::optional<std::string> element_text(std::string_view xml, std::string_view name);
// Whether an element of that name begins in it.
[[nodiscard]] bool has_element(std::string_view xml, std::string_view name);

// For text between two tags.
[[nodiscard]] std::string escaped(std::string_view text);

// A stranger's words for a sentence: in one line, printable, at most `bytes_max`; what is not UTF-8
// becomes a question mark.
[[nodiscard]] std::string shown(std::string_view text, std::size_t bytes_max);

}  // namespace upnp
