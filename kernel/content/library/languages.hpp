// SPDX-License-Identifier: AGPL-3.0-or-later
// What is installed, in a person's language: which translations a pack has, and their texts put
// over its own. A text that no translation has stays as it is. [kernel-thread]
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "kernel/content/library/catalogue.hpp"
#include "kernel/content/library/search.hpp"
#include "kernel/content/translation.hpp"

namespace sz::library {

// A pack as one language reads it.
struct Reading {
    const PackRow* pack = nullptr;
    std::vector<std::string> languages;    // wanted, best first: "de-AT", "de"
    std::vector<const PackRow*> overlays;  // its translations, best first
};

class Languages {
  public:
    // Translations that are put over one pack; further ones are left out.
    static constexpr std::size_t overlays_max = 8;

    Languages(Database& database, const Catalogue& catalogue)
        : database_(database), catalogue_(catalogue) {}

    // After each Catalogue::refresh.
    [[nodiscard]] Status refresh();

    // The wanted language is one that the pack itself is in: no translation is put over it. An
    // empty or malformed tag: the pack as it is.
    [[nodiscard]] Reading reading(const PackRow& pack, std::string_view language) const;

    // As Catalogue's, by the names of the translations, too.
    [[nodiscard]] Result<ObjectRow> object(const Reading& reading, std::string_view type,
                                           std::string_view reference) const;
    [[nodiscard]] Result<EntryRow> entry(const Reading& reading, const ObjectRow& dataset,
                                         std::string_view reference) const;

    // Names and descriptions of rows.
    [[nodiscard]] Status translate(const Reading& reading, ObjectRow& object) const;
    [[nodiscard]] Status translate(const Reading& reading, const ObjectRow& dataset,
                                   EntryRow& entry) const;
    // The whole of them. `object` is a template, or a dataset without its entries.
    [[nodiscard]] Status translate(const Reading& reading, std::string_view id, Json& object) const;
    [[nodiscard]] Status translate_entry(const Reading& reading, std::string_view dataset,
                                         std::string_view id, Json& entry) const;

    // A page of a dataset's entries by their translated names.
    [[nodiscard]] Result<std::vector<EntryRow>> entries(const Reading& reading,
                                                        const ObjectRow& dataset,
                                                        std::int64_t offset,
                                                        std::int64_t limit) const;

    // A search in the packs' own texts and in their translations. Hits are rows of the packs
    // themselves, each once.
    struct Found {
        Hits hits;
        std::unordered_map<std::int64_t, std::int64_t> said_in;  // by row: the translation's row
    };
    [[nodiscard]] Result<Found> find(Search& search, std::string_view text,
                                     std::vector<RowRange> scope, std::string_view language,
                                     std::size_t wanted) const;

  private:
    // What the szpack.json of a translation says.
    struct Overlay {
        const PackRow* pack;
        std::string target, range, language;
    };
    // A dataset and a translation of it, both in rows of entries.
    struct Pair {
        RowRange translated;
        std::int64_t object, of_object;
    };
    using RowsByRow = std::unordered_map<std::int64_t, std::int64_t>;

    [[nodiscard]] Result<std::optional<ObjectRow>> overlay_of(const PackRow& overlay,
                                                              std::string_view object) const;
    [[nodiscard]] Result<Json> entry_texts(const ObjectRow& overlay, std::string_view entry) const;
    [[nodiscard]] Result<std::vector<Pair>> pairs(const std::vector<RowRange>& scope,
                                                  std::string_view language) const;
    [[nodiscard]] Result<const RowsByRow*> rows_of(const Pair& pair) const;

    Database& database_;
    const Catalogue& catalogue_;
    std::vector<Overlay> overlays_;                         // of each id, the newest first
    std::unordered_map<std::int64_t, std::string> spoken_;  // packs that say their language
    // By the rows of the two objects; made when a search needs them.
    mutable std::map<std::pair<std::int64_t, std::int64_t>, RowsByRow> rows_;
};

}  // namespace sz::library
