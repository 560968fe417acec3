// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a link in Markdown leads when it names an entry of a pack: "entry:DATASET/ENTRY" for one of
// the pack that the text stands in, "entry:PACK/DATASET/ENTRY" for one of another. All are ids, and
// ids need no escapes. There is no version: szpack.json says which versions of a pack are meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fields.hpp"

namespace sz::plugin {

inline constexpr std::string_view entry_link_scheme = "entry:";

struct EntryLink {
    std::string pack;  // empty: the pack that the text stands in
    std::string dataset, entry;
};

// Nothing if it is not written like that.
[[nodiscard]] inline std::optional<EntryLink> entry_link_of(std::string_view target) {
    if (!target.starts_with(entry_link_scheme)) return std::nullopt;
    target.remove_prefix(entry_link_scheme.size());
    const std::size_t first = target.find('/');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t last = target.rfind('/');
    EntryLink link{first == last ? "" : std::string(target.substr(0, first)),
                   std::string(first == last ? target.substr(0, first)
                                             : target.substr(first + 1, last - first - 1)),
                   std::string(target.substr(last + 1))};
    const bool is_good = (first == last || is_id(link.pack)) && is_id(link.dataset) &&
                         is_id(link.entry);  // a fourth part would leave a '/' in the dataset
    return is_good ? std::optional(std::move(link)) : std::nullopt;
}

// The target of a link to that entry; an empty `pack` as above.
[[nodiscard]] inline std::string entry_link_target(std::string_view pack, std::string_view dataset,
                                                   std::string_view entry) {
    std::string target(entry_link_scheme);
    if (!pack.empty()) (target += pack) += '/';
    (target += dataset) += '/';
    return target += entry;
}

}  // namespace sz::plugin
