// SPDX-License-Identifier: AGPL-3.0-or-later
// The name of one entry, and of what a search looks through.
#pragma once

#include <sz/wx/bus.hpp>

#include <string>

namespace library {

using sz::ui::Json;

struct EntryKey {
    std::string pack, version, dataset, entry;

    [[nodiscard]] bool empty() const { return entry.empty(); }
    [[nodiscard]] std::string pack_reference() const {
        return version.empty() ? pack : pack + "@" + version;
    }
    [[nodiscard]] Json target() const {
        return {{"show", "entry"},
                {"pack", pack},
                {"version", version},
                {"dataset", dataset},
                {"entry", entry}};
    }
    // From an open target, a search hit, or saved state.
    [[nodiscard]] static EntryKey from(const Json& object) {
        return {sz::ui::text_of(object, "pack"), sz::ui::text_of(object, "version"),
                sz::ui::text_of(object, "dataset"), sz::ui::text_of(object, "entry")};
    }
    bool operator==(const EntryKey&) const = default;
};

// Everything, one pack, or one dataset of a pack.
struct Scope {
    std::string pack, version, dataset;  // empty: not restricted by it
    wxString name;

    [[nodiscard]] std::string pack_reference() const {
        return version.empty() ? pack : pack + "@" + version;
    }
    [[nodiscard]] bool same_place(const Scope& other) const {
        return pack == other.pack && version == other.version && dataset == other.dataset;
    }
};

}  // namespace library
