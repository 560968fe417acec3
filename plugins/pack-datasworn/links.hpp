// SPDX-License-Identifier: AGPL-3.0-or-later
// From ids of Datasworn to links of a pack: into the pack itself, or into that of its ruleset.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <sz/cpp/entry_link.hpp>
#include <vector>

#include "catalogue.hpp"

namespace datasworn {

// A place that a link leads to.
struct Target {
    std::string pack;  // id
    std::string version;
    std::string dataset;
    std::string entry;
    std::string name;

    [[nodiscard]] Json link() const {  // members in the order of a canonical value
        return {
            {"datapackId", pack}, {"datasetId", dataset}, {"entryId", entry}, {"version", version}};
    }
    // The same for a text of the pack `own`.
    [[nodiscard]] std::string target_in(std::string_view own) const {
        return sz::plugin::entry_link_target(pack == own ? std::string_view() : pack, dataset,
                                             entry);
    }
};

class Links {
  public:
    // `ruleset`: null for a ruleset, and where that of an expansion is not at hand: then links
    // into it are taken on trust. `version` is that of the pack.
    Links(const Catalogue& own, const Catalogue* ruleset, std::string version);

    // What an id leads to. Counts it as kept, or as left, for `report`.
    [[nodiscard]] std::optional<Target> find(const std::string& id, std::string_view pointer);
    // The same for an id that may have '*' in it.
    [[nodiscard]] std::vector<Target> find_all(const std::string& pattern,
                                               std::string_view pointer);

    [[nodiscard]] Target to(const Node& node) const;
    [[nodiscard]] const std::string& version() const { return version_; }
    [[nodiscard]] const std::string& pack() const { return own_pack_; }

    [[nodiscard]] std::uint64_t kept() const { return kept_; }
    [[nodiscard]] std::uint64_t left() const { return left_; }
    // One note for each id that leads to nothing.
    void report(Faults& faults) const;

  private:
    struct Unresolved {
        std::string pointer;  // of the first
        std::uint64_t count = 0;
    };
    [[nodiscard]] std::optional<Target> look(const std::string& id) const;
    [[nodiscard]] Target to_ruleset(const Node& node) const;
    void leave(const std::string& id, std::string_view pointer);

    const Catalogue& own_;
    const Catalogue* ruleset_;
    std::string version_;
    std::string own_pack_;
    std::string ruleset_pack_;
    std::uint64_t kept_ = 0, left_ = 0;
    std::uint64_t compared_ = 0;  // ids with patterns
    std::map<std::string, std::vector<Target>, std::less<>> patterns_;
    std::map<std::string, Unresolved, std::less<>> unresolved_;
};

}  // namespace datasworn
