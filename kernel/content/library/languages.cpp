// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/languages.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "kernel/base/language_tags.hpp"

namespace sz::library {

namespace {

constexpr const char* translation = "translation";

bool is_not_found(const Error& error) { return error.kind == ErrorKind::not_found; }

}  // namespace

Status Languages::refresh() {
    overlays_.clear();
    spoken_.clear();
    rows_.clear();
    for (const PackRow& pack : catalogue_.packs()) {
        SZ_TRY(database_.query(
            "SELECT manifest FROM packs WHERE row = ?1 AND manifest LIKE '%\"language\"%'",
            {pack.row}, [&](const Row& row) {
                const auto manifest = parse_json(row.text(0));
                if (!manifest) return false;
                const auto language = string_or(*manifest, "language");
                const auto target = string_or(*manifest, "translates");
                if (target.empty()) {
                    spoken_.emplace(pack.row, language);
                    return false;
                }
                for (const PackDependency& need : dependencies_of(row.text(0))) {
                    if (need.id == target)
                        overlays_.push_back({&pack, target, need.version, language});
                }
                return false;
            }));
    }
    return {};
}

Reading Languages::reading(const PackRow& pack, std::string_view language) const {
    Reading reading{&pack, languages_for(language), {}};
    const auto spoken = spoken_.find(pack.row);
    std::set<std::string> taken;
    for (auto wanted = reading.languages.begin(); wanted != reading.languages.end(); ++wanted) {
        if (spoken != spoken_.end() && is_same_language(spoken->second, *wanted)) {
            reading.languages.erase(wanted, reading.languages.end());
            break;
        }
        for (const Overlay& overlay : overlays_) {
            if (overlay.target != pack.id || !is_same_language(overlay.language, *wanted) ||
                !version_satisfies(pack.version, overlay.range) ||
                reading.overlays.size() == overlays_max)
                continue;
            if (taken.insert(overlay.pack->id).second) reading.overlays.push_back(overlay.pack);
        }
    }
    return reading;
}

Result<std::optional<ObjectRow>> Languages::overlay_of(const PackRow& overlay,
                                                       std::string_view object) const {
    SZ_ASSIGN(auto objects, catalogue_.objects(overlay));
    for (ObjectRow& one : objects) {
        if (one.type == translation && one.id == object) return std::optional(std::move(one));
    }
    return std::optional<ObjectRow>();
}

Result<ObjectRow> Languages::object(const Reading& reading, std::string_view type,
                                    std::string_view reference) const {
    auto found = catalogue_.object(*reading.pack, type, reference);
    if (found || !is_not_found(found.error())) return found;
    for (const PackRow* overlay : reading.overlays) {
        const auto named = catalogue_.object(*overlay, translation, reference);
        if (!named) continue;
        auto original = catalogue_.object(*reading.pack, type, named->id);
        if (original) return original;
    }
    return found;
}

Result<EntryRow> Languages::entry(const Reading& reading, const ObjectRow& dataset,
                                  std::string_view reference) const {
    auto found = catalogue_.entry(*reading.pack, dataset, reference);
    if (found || !is_not_found(found.error())) return found;
    for (const PackRow* overlay : reading.overlays) {
        SZ_ASSIGN(const auto object, overlay_of(*overlay, dataset.id));
        if (!object) continue;
        const auto named = catalogue_.entry(*overlay, *object, reference);
        if (!named) continue;
        auto original = catalogue_.entry(*reading.pack, dataset, named->id);
        if (original) return original;
    }
    return found;
}

Status Languages::translate(const Reading& reading, ObjectRow& object) const {
    for (auto overlay = reading.overlays.rbegin(); overlay != reading.overlays.rend(); ++overlay) {
        SZ_ASSIGN(const auto found, overlay_of(**overlay, object.id));
        if (!found) continue;
        if (!found->name.empty()) object.name = found->name;
        if (!found->description.empty() && !object.description.empty())
            object.description = found->description;
    }
    return {};
}

Status Languages::translate(const Reading& reading, const ObjectRow& dataset,
                            EntryRow& entry) const {
    for (const PackRow* overlay : reading.overlays) {
        SZ_ASSIGN(const auto found, overlay_of(*overlay, dataset.id));
        if (!found) continue;
        std::string name;
        SZ_TRY(database_.query(
            "SELECT name FROM entries WHERE object = ?1 AND id = ?2 AND id = ?2 COLLATE BINARY",
            {found->row, entry.id}, [&](const Row& row) {
                name = std::string(row.text(0));
                return false;
            }));
        if (name.empty()) continue;
        entry.name = std::move(name);
        return {};
    }
    return {};
}

Status Languages::translate(const Reading& reading, std::string_view id, Json& object) const {
    std::vector<Json> texts;
    for (const PackRow* overlay : reading.overlays) {
        SZ_ASSIGN(const auto found, overlay_of(*overlay, id));
        if (!found) continue;
        SZ_ASSIGN(Json json, catalogue_.object_json(*found));
        texts.push_back(std::move(json));
    }
    translate_object(object, texts, reading.languages);
    return {};
}

Result<Json> Languages::entry_texts(const ObjectRow& overlay, std::string_view entry) const {
    std::string text;
    SZ_TRY(
        database_.query("SELECT json FROM entries JOIN records ON records.row = entries.row "
                        "WHERE object = ?1 AND id = ?2 AND id = ?2 COLLATE BINARY",
                        {overlay.row, std::string(entry)}, [&](const Row& row) {
                            text = std::string(row.text(0));
                            return false;
                        }));
    return text.empty() ? Json() : parse_json(text);
}

Status Languages::translate_entry(const Reading& reading, std::string_view dataset,
                                  std::string_view id, Json& entry) const {
    if (reading.languages.empty()) return {};
    std::vector<EntryTexts> texts;
    for (const PackRow* overlay : reading.overlays) {
        SZ_ASSIGN(const auto found, overlay_of(*overlay, dataset));
        if (!found) continue;
        EntryTexts one;
        SZ_ASSIGN(one.own, entry_texts(*found, id));
        SZ_ASSIGN(one.common, catalogue_.object_json(*found));
        texts.push_back(std::move(one));
    }
    sz::translate_entry(entry, texts, reading.languages);
    return {};
}

Result<std::vector<EntryRow>> Languages::entries(const Reading& reading, const ObjectRow& dataset,
                                                 std::int64_t offset, std::int64_t limit) const {
    std::string joins, name, key;
    for (const PackRow* overlay : reading.overlays) {
        SZ_ASSIGN(const auto found, overlay_of(*overlay, dataset.id));
        if (!found) continue;
        const std::string table = "t" + std::to_string(joins.size());
        joins += " LEFT JOIN entries " + table + " ON " + table +
                 ".object = " + std::to_string(found->row) + " AND " + table +
                 ".id = e.id COLLATE BINARY AND " + table + ".name <> ''";
        name += table + ".name, ";
        key += table + ".key, ";
    }
    if (joins.empty()) return catalogue_.entries(dataset, offset, limit);
    std::vector<EntryRow> found;
    SZ_TRY(database_.query(
        "SELECT e.row, e.object, e.id, coalesce(" + name + "e.name), e.icon " + "FROM entries e" +
            joins + " WHERE e.object = ?1 ORDER BY coalesce(" + key +
            "e.key), e.row LIMIT ?2 OFFSET ?3",
        {dataset.row, limit, offset}, [&](const Row& row) {
            found.push_back({row.integer(0), row.integer(1), std::string(row.text(2)),
                             std::string(row.text(3)), std::string(row.text(4))});
            return true;
        }));
    return found;
}

Result<std::vector<Languages::Pair>> Languages::pairs(const std::vector<RowRange>& scope,
                                                      std::string_view language) const {
    std::vector<Pair> found;
    const auto is_searched = [&](std::int64_t begin, std::int64_t end) {
        return std::any_of(scope.begin(), scope.end(), [&](const RowRange& range) {
            return begin < end && begin >= range.begin && end <= range.end;
        });
    };
    for (const PackRow& pack : catalogue_.packs()) {
        const Reading in_language = reading(pack, language);
        if (in_language.overlays.empty()) continue;
        SZ_ASSIGN(const auto originals, catalogue_.objects(pack));
        for (const PackRow* overlay : in_language.overlays) {
            SZ_ASSIGN(const auto objects, catalogue_.objects(*overlay));
            for (const ObjectRow& object : objects) {
                const auto original =
                    std::find_if(originals.begin(), originals.end(), [&](const ObjectRow& one) {
                        return one.type == "dataset" && one.id == object.id;
                    });
                if (object.type == translation && original != originals.end() &&
                    is_searched(original->first_entry, original->end_entry))
                    found.push_back(
                        {{object.first_entry, object.end_entry}, object.row, original->row});
            }
        }
    }
    return found;
}

Result<const Languages::RowsByRow*> Languages::rows_of(const Pair& pair) const {
    auto [known, is_new] = rows_.try_emplace({pair.object, pair.of_object});
    if (!is_new) return &known->second;
    SZ_TRY(database_.query(
        "SELECT t.row, e.row FROM entries t JOIN entries e ON e.object = ?2 AND e.id = t.id "
        "AND e.id = t.id COLLATE BINARY WHERE t.object = ?1",
        {pair.object, pair.of_object}, [&rows = known->second](const Row& row) {
            rows.emplace(row.integer(0), row.integer(1));
            return true;
        }));
    return &known->second;
}

Result<Languages::Found> Languages::find(Search& search, std::string_view text,
                                         std::vector<RowRange> scope, std::string_view language,
                                         std::size_t wanted) const {
    Found found;
    SZ_ASSIGN(const auto translated, pairs(scope, language));
    for (const Pair& pair : translated) scope.push_back(pair.translated);
    std::sort(scope.begin(), scope.end(),
              [](const RowRange& a, const RowRange& b) { return a.begin < b.begin; });
    SZ_ASSIGN(found.hits, search.find(text, scope, wanted));
    if (translated.empty()) return found;
    std::vector<Hit> hits;
    std::set<std::int64_t> seen;
    for (Hit hit : found.hits.hits) {
        const auto pair = std::find_if(translated.begin(), translated.end(), [&](const Pair& one) {
            return hit.row >= one.translated.begin && hit.row < one.translated.end;
        });
        if (pair != translated.end()) {
            SZ_ASSIGN(const RowsByRow* rows, rows_of(*pair));
            const auto original = rows->find(hit.row);
            if (original == rows->end()) continue;  // of an entry that is not in this version
            found.said_in.try_emplace(original->second, hit.row);
            hit.row = original->second;
        }
        if (seen.insert(hit.row).second) hits.push_back(hit);
    }
    found.hits.hits = std::move(hits);
    return found;
}

}  // namespace sz::library
