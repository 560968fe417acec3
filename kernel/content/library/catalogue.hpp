// SPDX-License-Identifier: AGPL-3.0-or-later
// What is installed, found by the names that people and packs use for it. Reads the index; a
// reference without a version means the newest. Errors: SZ-LIB-001 no such pack, 002 ambiguous, 003
// no such object, 004 no such entry, 010 a link into a pack that is not installed.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/content/library/index.hpp"

namespace sz::library {

struct ObjectRow {
    std::int64_t row = 0;
    std::string id, type, name, description, icon, dataset_type, path;
    std::int64_t first_entry = 0, end_entry = 0;
};

struct EntryRow {
    std::int64_t row = 0, object = 0;
    std::string id, name, icon;
};

// Rows [begin, end).
struct RowRange {
    std::int64_t begin, end;
};

// [kernel-thread]
class Catalogue {
  public:
    Catalogue(Database& database, const Words& words) : database_(database), words_(words) {}

    // Reads the packs again; after every change of the index.
    [[nodiscard]] Status refresh();

    [[nodiscard]] const std::vector<PackRow>& packs() const noexcept { return packs_; }
    [[nodiscard]] bool is_newest(const PackRow& pack) const noexcept;
    // It holds texts for another pack, and nothing of its own.
    [[nodiscard]] bool is_translation(const PackRow& pack) const {
        return translations_.contains(pack.row);
    }

    // "ID", "NAME", "ID@VERSION", "NAME@RANGE".
    [[nodiscard]] Result<const PackRow*> pack(std::string_view reference) const;
    // The pack that a link stands in: what its szpack.json says about others counts too.
    struct LinkSource {
        const PackRow* pack;
        std::vector<PackDependency> needs;
    };
    [[nodiscard]] Result<LinkSource> link_source(const PackRow& pack) const;

    // By id, newest version in the range; an empty range is any. With `from`, only versions that
    // its dependency admits, and of its own pack this very version before all others.
    [[nodiscard]] const PackRow* pack_of_link(std::string_view id, std::string_view range,
                                              const LinkSource* from = nullptr) const;
    [[nodiscard]] const PackRow* pack_of_row(std::int64_t entry) const;

    [[nodiscard]] Result<std::vector<ObjectRow>> objects(const PackRow& pack) const;
    // By id or name. An empty type is any.
    [[nodiscard]] Result<ObjectRow> object(const PackRow& pack, std::string_view type,
                                           std::string_view reference) const;
    [[nodiscard]] Result<Json> object_json(const ObjectRow& object) const;

    // Entries whose id or name is `reference`: exactly, else without regard to case and
    // punctuation. Empty: there is none.
    [[nodiscard]] Result<std::vector<EntryRow>> entries_named(const ObjectRow& dataset,
                                                              std::string_view reference) const;
    [[nodiscard]] Result<EntryRow> entry(const PackRow& pack, const ObjectRow& dataset,
                                         std::string_view reference) const;
    [[nodiscard]] Result<std::vector<EntryRow>> entries(const ObjectRow& dataset,
                                                        std::int64_t offset,
                                                        std::int64_t limit) const;
    [[nodiscard]] Result<Json> entry_json(std::int64_t row) const;

    struct Target {
        const PackRow* pack;
        ObjectRow dataset;
        EntryRow entry;
    };
    // `link` is {"datapackId","datasetId","entryId","version"}.
    [[nodiscard]] Result<Target> resolve(const Json& link, const LinkSource* from = nullptr) const;

    // The rows that a search looks at: those of a pack, of a dataset, or of the newest version of
    // every pack.
    [[nodiscard]] Result<std::vector<RowRange>> scope(const std::string& pack,
                                                      const std::string& dataset) const;

  private:
    [[nodiscard]] Result<std::vector<const PackRow*>> packs_named(std::string_view reference) const;

    Database& database_;
    const Words& words_;
    std::vector<PackRow> packs_;
    std::set<std::int64_t> translations_;  // rows of packs
};

}  // namespace sz::library
