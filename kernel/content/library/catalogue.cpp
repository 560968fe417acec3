// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/catalogue.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "kernel/base/limits.hpp"

namespace sz::library {

namespace {

constexpr std::size_t names_in_a_hint_max = 8;

// "“A”, “B” and 3 more"
template <class Rows, class Name>
std::string listed(const Rows& rows, Name name) {
    std::string text;
    std::size_t count = 0;
    for (const auto& row : rows) {
        if (count == names_in_a_hint_max)
            return text + " and " + std::to_string(rows.size() - count) + " more";
        text += (count == 0 ? "“" : ", “") + name(row) + "”";
        ++count;
    }
    return text;
}

// "character template"
std::string in_words(std::string_view type) {
    std::string words(type);
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

EntryRow entry_of(const Row& row) {
    return {row.integer(0), row.integer(1), std::string(row.text(2)), std::string(row.text(3)),
            std::string(row.text(4))};
}

// The entries of the best kind of match: the id, the name, then either without regard to case.
std::vector<EntryRow> best_of(std::vector<EntryRow> found, std::string_view reference) {
    for (std::string EntryRow::*column : {&EntryRow::id, &EntryRow::name}) {
        std::vector<EntryRow> exact;
        std::copy_if(found.begin(), found.end(), std::back_inserter(exact),
                     [&](const EntryRow& row) { return row.*column == reference; });
        if (!exact.empty()) return exact;
    }
    return found;
}

}  // namespace

Status Catalogue::refresh() {
    SZ_ASSIGN(packs_, read_packs(database_));
    translations_.clear();
    return database_.query("SELECT DISTINCT pack FROM objects WHERE type = 'translation'", {},
                           [this](const Row& row) {
                               translations_.insert(row.integer(0));
                               return true;
                           });
}

bool Catalogue::is_newest(const PackRow& pack) const noexcept {
    const auto newest = std::find_if(packs_.begin(), packs_.end(),
                                     [&](const PackRow& each) { return each.id == pack.id; });
    return newest != packs_.end() && newest->row == pack.row;
}

// All versions of the packs that `reference` may mean.
Result<std::vector<const PackRow*>> Catalogue::packs_named(std::string_view reference) const {
    std::vector<const PackRow*> found;
    const auto collect = [&](const auto& fits) {
        for (const PackRow& pack : packs_) {
            if (fits(pack)) found.push_back(&pack);
        }
    };
    collect([&](const PackRow& pack) { return pack.id == reference; });
    if (found.empty()) collect([&](const PackRow& pack) { return pack.name == reference; });
    if (found.empty()) {
        const std::string key = words_.key(reference);
        if (!key.empty())
            collect([&](const PackRow& pack) {
                return words_.key(pack.name) == key || words_.key(pack.id) == key;
            });
    }
    std::set<std::string> ids;
    for (const PackRow* pack : found) ids.insert(pack->id);
    if (ids.size() > 1) {
        return fail(
            ErrorKind::input, "SZ-LIB-002",
            "Several packs are called “" + std::string(reference) + "”.",
            "Name one by its id: " + listed(ids, [](const std::string& id) { return id; }) + ".",
            std::string(reference));
    }
    return found;
}

Result<const PackRow*> Catalogue::pack(std::string_view reference) const {
    std::string_view range;
    SZ_ASSIGN(auto found, packs_named(reference));
    if (const auto at = reference.rfind('@');
        found.empty() && at != std::string_view::npos && at > 0) {
        SZ_ASSIGN(found, packs_named(reference.substr(0, at)));
        range = reference.substr(at + 1);
    }
    if (found.empty()) {
        std::set<std::string> names;
        for (const PackRow& pack : packs_) names.insert(pack.name);
        return fail(ErrorKind::not_found, "SZ-LIB-001",
                    "There is no pack “" + std::string(reference) + "” in the library.",
                    names.empty()
                        ? "The library is empty; import a pack first."
                        : "Installed are " +
                              listed(names, [](const std::string& name) { return name; }) + ".",
                    std::string(reference));
    }
    if (range.empty()) return found.front();
    for (const PackRow* pack : found) {
        if (pack->version == range) return pack;
    }
    for (const PackRow* pack : found) {
        if (version_satisfies(pack->version, range)) return pack;
    }
    return fail(ErrorKind::not_found, "SZ-LIB-001",
                "The pack “" + found.front()->name + "” is not installed in version " +
                    std::string(range) + ".",
                std::string(found.size() > 1 ? "Installed are " : "Installed is ") + "version" +
                    (found.size() > 1 ? "s " : " ") +
                    listed(found, [](const PackRow* pack) { return pack->version; }) + ".",
                std::string(reference));
}

Result<Catalogue::LinkSource> Catalogue::link_source(const PackRow& pack) const {
    LinkSource source{&pack, {}};
    SZ_TRY(database_.query("SELECT manifest FROM packs WHERE row = ?1", {pack.row},
                           [&](const Row& row) {
                               source.needs = dependencies_of(row.text(0));
                               return false;
                           }));
    return source;
}

const PackRow* Catalogue::pack_of_link(std::string_view id, std::string_view range,
                                       const LinkSource* from) const {
    const auto fits = [](const PackRow& pack, std::string_view wanted) {
        return wanted.empty() || pack.version == wanted || version_satisfies(pack.version, wanted);
    };
    if (from != nullptr && from->pack->id == id && fits(*from->pack, range)) return from->pack;
    std::string_view needed;
    if (from != nullptr) {
        for (const PackDependency& need : from->needs) {
            if (need.id == id) needed = need.version;
        }
    }
    for (const PackRow& pack : packs_) {
        if (pack.id == id && fits(pack, range) && fits(pack, needed)) return &pack;
    }
    return nullptr;
}

const PackRow* Catalogue::pack_of_row(std::int64_t entry) const {
    for (const PackRow& pack : packs_) {
        if (entry >= pack.first_entry && entry < pack.end_entry) return &pack;
    }
    return nullptr;
}

Result<std::vector<ObjectRow>> Catalogue::objects(const PackRow& pack) const {
    std::vector<ObjectRow> found;
    SZ_TRY(database_.query(
        "SELECT row, id, type, name, description, icon, dataset_type, path, first_entry, end_entry "
        "FROM objects "
        "WHERE pack = ?1 ORDER BY row",
        {pack.row}, [&](const Row& row) {
            found.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                             std::string(row.text(3)), std::string(row.text(4)),
                             std::string(row.text(5)), std::string(row.text(6)),
                             std::string(row.text(7)), row.integer(8), row.integer(9)});
            return true;
        }));
    return found;
}

Result<ObjectRow> Catalogue::object(const PackRow& pack, std::string_view type,
                                    std::string_view reference) const {
    SZ_ASSIGN(std::vector<ObjectRow> all, objects(pack));
    const auto is_other = [&](const ObjectRow& one) { return !type.empty() && one.type != type; };
    std::string of_another_type;
    for (const ObjectRow& one : all) {
        if (is_other(one) && (one.id == reference || one.name == reference))
            of_another_type = "“" + one.name + "” is a " + in_words(one.type) + ". ";
    }
    std::erase_if(all, is_other);
    const std::string key = words_.key(reference);
    std::vector<ObjectRow> found;
    const auto collect = [&](const auto& fits) {
        if (found.empty()) std::copy_if(all.begin(), all.end(), std::back_inserter(found), fits);
    };
    collect([&](const ObjectRow& object) { return object.id == reference; });
    collect([&](const ObjectRow& object) { return object.name == reference; });
    collect([&](const ObjectRow& object) {
        return !key.empty() && (words_.key(object.name) == key || words_.key(object.id) == key);
    });
    if (found.size() == 1) return std::move(found.front());
    const std::string what = type.empty() ? "object" : in_words(type);
    const auto id = [](const ObjectRow& object) { return object.id; };
    if (found.empty()) {
        return fail(
            ErrorKind::not_found, "SZ-LIB-003",
            "The pack “" + pack.name + "” " + pack.version + " has no " + what + " “" +
                std::string(reference) + "”.",
            of_another_type + (all.empty() ? "It has none." : "It has " + listed(all, id) + "."),
            std::string(reference));
    }
    return fail(ErrorKind::input, "SZ-LIB-002",
                "Several objects of the pack “" + pack.name + "” are called “" +
                    std::string(reference) + "”.",
                "Name one by its id: " + listed(found, id) + ".", std::string(reference));
}

Result<Json> Catalogue::object_json(const ObjectRow& object) const {
    std::string text;
    SZ_TRY(database_.query("SELECT json FROM objects WHERE row = ?1", {object.row},
                           [&](const Row& row) {
                               text = std::string(row.text(0));
                               return false;
                           }));
    return parse_json(text);
}

Result<std::vector<EntryRow>> Catalogue::entries_named(const ObjectRow& dataset,
                                                       std::string_view reference) const {
    std::vector<EntryRow> found;
    const auto collect = [&](const Row& row) {
        found.push_back(entry_of(row));
        return found.size() < limits::search_hits_max;
    };
    // The column's own comparison takes ASCII letters of either case for the same.
    SZ_TRY(database_.query(
        "SELECT row, object, id, name, icon FROM entries WHERE object = ?1 AND id = ?2",
        {dataset.row, std::string(reference)}, collect));
    SZ_TRY(
        database_.query("SELECT row, object, id, name, icon FROM entries WHERE object = ?1 AND key "
                        "= ?2 AND id <> ?3",
                        {dataset.row, words_.key(reference), std::string(reference)}, collect));
    // A key without letters says nothing: "+" and "-" have the same.
    if (words_.key(reference).empty()) {
        std::erase_if(found, [&](const EntryRow& row) {
            return row.id != reference && row.name != reference;
        });
    }
    return best_of(std::move(found), reference);
}

Result<EntryRow> Catalogue::entry(const PackRow& pack, const ObjectRow& dataset,
                                  std::string_view reference) const {
    SZ_ASSIGN(std::vector<EntryRow> found, entries_named(dataset, reference));
    if (found.size() == 1) return std::move(found.front());
    if (found.empty()) {
        return fail(ErrorKind::not_found, "SZ-LIB-004",
                    "The dataset “" + dataset.name + "” of “" + pack.name + "” has no entry “" +
                        std::string(reference) + "”.",
                    "Search the library for its name.", std::string(reference));
    }
    return fail(
        ErrorKind::input, "SZ-LIB-002",
        "Several entries of the dataset “" + dataset.name + "” are called “" +
            std::string(reference) + "”.",
        "Name one by its id: " + listed(found, [](const EntryRow& row) { return row.id; }) + ".",
        std::string(reference));
}

Result<std::vector<EntryRow>> Catalogue::entries(const ObjectRow& dataset, std::int64_t offset,
                                                 std::int64_t limit) const {
    std::vector<EntryRow> found;
    SZ_TRY(
        database_.query("SELECT row, object, id, name, icon FROM entries WHERE object = ?1 ORDER "
                        "BY key, row LIMIT ?2 OFFSET ?3",
                        {dataset.row, limit, offset}, [&](const Row& row) {
                            found.push_back(entry_of(row));
                            return true;
                        }));
    return found;
}

Result<Json> Catalogue::entry_json(std::int64_t entry) const {
    std::string text;
    SZ_TRY(database_.query("SELECT json FROM records WHERE row = ?1", {entry}, [&](const Row& row) {
        text = std::string(row.text(0));
        return false;
    }));
    return parse_json(text);
}

Result<Catalogue::Target> Catalogue::resolve(const Json& link, const LinkSource* from) const {
    const std::string id = string_or(link, "datapackId");
    const std::string range = string_or(link, "version");
    const PackRow* pack = pack_of_link(id, range, from);
    if (pack == nullptr) {
        std::vector<std::string> versions;
        for (const PackRow& each : packs_) {
            if (each.id == id) versions.push_back(each.version);
        }
        const std::string wanted = range.empty() ? std::string() : " in version " + range;
        return fail(
            ErrorKind::not_found, "SZ-LIB-010",
            "The link leads into the pack “" + id + "”" + wanted + ", which is not installed.",
            versions.empty()
                ? "Import that pack."
                : "Import that version; installed is " +
                      listed(versions, [](const std::string& version) { return version; }) + ".",
            id + (range.empty() ? "" : "@" + range));
    }
    SZ_ASSIGN(ObjectRow dataset, object(*pack, "dataset", string_or(link, "datasetId")));
    SZ_ASSIGN(EntryRow target, entry(*pack, dataset, string_or(link, "entryId")));
    return Target{pack, std::move(dataset), std::move(target)};
}

Result<std::vector<RowRange>> Catalogue::scope(const std::string& pack_reference,
                                               const std::string& dataset) const {
    std::vector<const PackRow*> searched;
    if (!pack_reference.empty()) {
        SZ_ASSIGN(const PackRow* one, pack(pack_reference));
        if (!is_translation(*one)) searched.push_back(one);  // its texts are another pack's
    } else {
        for (const PackRow& each : packs_) {
            if (is_newest(each) && !is_translation(each)) searched.push_back(&each);
        }
    }
    std::vector<RowRange> ranges;
    std::optional<Error> missing;
    for (const PackRow* each : searched) {
        if (dataset.empty()) {
            ranges.push_back({each->first_entry, each->end_entry});
        } else if (const auto found = object(*each, "dataset", dataset)) {
            ranges.push_back({found->first_entry, found->end_entry});
        } else {
            missing = found.error();
        }
    }
    if (ranges.empty() && missing && pack_reference.empty()) {
        return fail(ErrorKind::not_found, "SZ-LIB-003", "No pack has a dataset “" + dataset + "”.",
                    "“szctl library datasets PACK” lists those of a pack.", dataset);
    }
    if (ranges.empty() && missing) return fail(std::move(*missing));
    std::sort(ranges.begin(), ranges.end(),
              [](const RowRange& a, const RowRange& b) { return a.begin < b.begin; });
    std::vector<RowRange> joined;
    for (const RowRange& range : ranges) {
        if (range.begin == range.end) continue;
        if (!joined.empty() && joined.back().end == range.begin) {
            joined.back().end = range.end;
        } else {
            joined.push_back(range);
        }
    }
    return joined;
}

}  // namespace sz::library
