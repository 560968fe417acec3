// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <unordered_map>

#include "kernel/base/limits.hpp"
#include "kernel/content/library/entry_path.hpp"
#include "kernel/content/library/entry_view.hpp"
#include "kernel/content/library/library_state.hpp"
#include "kernel/content/library/snippet.hpp"

namespace sz {

using library::Catalogue;
using library::EntryRow;
using library::ObjectRow;
using library::PackRow;

namespace {

constexpr std::int64_t hits_default = 50;
constexpr std::int64_t entries_default = 200;

Json name_of(const PackRow& pack) {
    return {{"id", pack.id}, {"name", pack.name}, {"version", pack.version}};
}

// A file below media/images of an installed pack; nothing a pack says leads out of there.
Result<std::string> image_file(const std::filesystem::path& pack, const std::string& path) {
    const auto missing = [&] {
        return fail(ErrorKind::not_found, "SZ-LIB-006", "The pack has no image “" + path + "”.",
                    "Images stand below media/images.", path);
    };
    const std::filesystem::path relative(path);
    if (relative.is_absolute() || path.find('\\') != std::string::npos ||
        path.find('\0') != std::string::npos)
        return missing();
    std::error_code error;
    const auto images = std::filesystem::canonical(pack / "media" / "images", error);
    if (error) return missing();
    const auto file = std::filesystem::canonical(images / relative, error);
    if (error || !std::filesystem::is_regular_file(file, error)) return missing();
    const auto [end_of_images, in_file] =
        std::mismatch(images.begin(), images.end(), file.begin(), file.end());
    if (end_of_images != images.end()) return missing();
    return file.string();
}

class HitWriter {
  public:
    HitWriter(Database& database, const Catalogue& catalogue, const Words& words,
              const library::SearchText& text, const library::Languages& languages,
              std::string language)
        : database_(database),
          catalogue_(catalogue),
          snippets_(words, text),
          languages_(languages),
          language_(std::move(language)) {}

    // `said_in` is the row with the words: of the entry itself, or of a translation of it.
    Result<Json> write(const library::Hit& hit, std::int64_t said_in) {
        const PackRow* pack = catalogue_.pack_of_row(hit.row);
        if (pack == nullptr)
            return fail(ErrorKind::conflict, "SZ-LIB-013", "The library changed during the search.",
                        "Search again.");
        EntryRow entry;
        std::string snippet;
        SZ_TRY(database_.query(
            "SELECT id, name, icon, object, text FROM entries AS e JOIN bodies AS b ON b.row = ?2 "
            "WHERE e.row = ?1",
            {hit.row, said_in}, [&](const Row& row) {
                entry = {hit.row, row.integer(3), std::string(row.text(0)),
                         std::string(row.text(1)), std::string(row.text(2))};
                snippet = snippets_.line_of(row.text(4));
                return false;
            }));
        const auto reading = languages_.reading(*pack, language_);
        const ObjectRow& dataset = dataset_of(reading, entry.object);
        SZ_TRY(languages_.translate(reading, dataset, entry));
        Json json = Json::object();
        json["pack"] = pack->id;
        json["pack_name"] = pack->name;
        json["version"] = pack->version;
        json["score"] = std::round(hit.score * 1000) / 1000;
        json["entry"] = std::move(entry.id);
        json["name"] = std::move(entry.name);
        json["icon"] = std::move(entry.icon);
        json["dataset"] = dataset.id;
        json["dataset_name"] = dataset.name;
        json["snippet"] = std::move(snippet);
        return json;
    }

  private:
    const ObjectRow& dataset_of(const library::Reading& reading, std::int64_t object) {
        auto [known, is_new] = datasets_.try_emplace(object);
        if (is_new) {
            (void)database_.query("SELECT id, name FROM objects WHERE row = ?1", {object},
                                  [&](const Row& row) {
                                      known->second.id = std::string(row.text(0));
                                      known->second.name = std::string(row.text(1));
                                      return false;
                                  });
            (void)languages_.translate(reading, known->second);
        }
        return known->second;
    }

    Database& database_;
    const Catalogue& catalogue_;
    library::Snippets snippets_;
    const library::Languages& languages_;
    std::string language_;
    std::unordered_map<std::int64_t, ObjectRow> datasets_;
};

}  // namespace

Result<Json> Library::Impl::search(const Json& params) {
    const auto begun = std::chrono::steady_clock::now();
    const std::string text = string_or(params, "text");
    const auto limit = static_cast<std::size_t>(params.value("limit", hits_default));
    const auto offset = static_cast<std::size_t>(params.value("offset", std::int64_t{0}));
    SZ_ASSIGN(const auto scope,
              reader->catalogue.scope(string_or(params, "pack"), string_or(params, "dataset")));
    const std::string language = language_of(params);
    const library::Languages& languages = reader->languages;
    library::Languages::Found in_languages;
    const library::Hits& found = in_languages.hits;
    Json hits = Json::array();
    SZ_TRY(reader->database.read_together([&]() -> Status {
        SZ_ASSIGN(in_languages,
                  languages.find(reader->search, text, scope, language, offset + limit));
        HitWriter writer(reader->database, reader->catalogue, words,
                         library::SearchText::parse(text, words), languages, language);
        for (std::size_t i = offset; i < found.hits.size() && i < offset + limit; ++i) {
            const auto row = found.hits[i].row;
            const auto said = in_languages.said_in.find(row);
            SZ_ASSIGN(Json hit,
                      writer.write(found.hits[i],
                                   said == in_languages.said_in.end() ? row : said->second));
            hits.push_back(std::move(hit));
        }
        return {};
    }));
    const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now() - begun;
    return Json{{"hits", std::move(hits)},
                {"total", found.hits.size()},
                {"more", found.has_more},
                {"ms", std::round(ms.count() * 1000) / 1000}};
}

Result<Json> Library::Impl::get(const Json& params) {
    const Catalogue& catalogue = reader->catalogue;
    SZ_ASSIGN(const PackRow* pack, catalogue.pack(string_or(params, "pack")));
    const auto reading = reader->languages.reading(*pack, language_of(params));
    SZ_ASSIGN(const ObjectRow dataset,
              reader->languages.object(reading, "dataset", string_or(params, "dataset")));
    SZ_ASSIGN(const auto field,
              library::field_at(catalogue, *pack, dataset, string_or(params, "path"), words));
    SZ_ASSIGN(Json entry, catalogue.entry_json(field.entry.row));
    SZ_TRY(reader->languages.translate_entry(reading, dataset.id, field.entry.id, entry));
    const Json* shown = library::field_in(entry, field.group, field.field);
    return Json{{"value", (shown == nullptr ? field.json : *shown).value("value", Json())},
                {"type", string_or(field.json, "type")},
                {"entry", field.entry.id},
                {"path", field.entry.id + "." + (field.group.empty() ? "" : field.group + ".") +
                             field.field}};
}

Result<Json> Library::Impl::list_datasets(const Json& params) {
    SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(string_or(params, "pack")));
    const auto reading = reader->languages.reading(*pack, language_of(params));
    SZ_ASSIGN(auto objects, reader->catalogue.objects(*pack));
    Json list = Json::array();
    for (ObjectRow& object : objects) {
        if (object.type != "dataset") continue;
        SZ_TRY(reader->languages.translate(reading, object));
        list.push_back({{"id", object.id},
                        {"name", object.name},
                        {"description", object.description},
                        {"type", object.dataset_type},
                        {"entries", object.end_entry - object.first_entry},
                        {"icon", object.icon}});
    }
    return Json{{"datasets", std::move(list)}};
}

Result<Json> Library::Impl::list_entries(const Json& params) {
    SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(string_or(params, "pack")));
    const auto reading = reader->languages.reading(*pack, language_of(params));
    SZ_ASSIGN(const ObjectRow dataset,
              reader->languages.object(reading, "dataset", string_or(params, "dataset")));
    SZ_ASSIGN(const auto rows,
              reader->languages.entries(reading, dataset, params.value("offset", std::int64_t{0}),
                                        params.value("limit", entries_default)));
    Json list = Json::array();
    for (const EntryRow& row : rows)
        list.push_back({{"id", row.id}, {"name", row.name}, {"icon", row.icon}});
    return Json{{"entries", std::move(list)}, {"total", dataset.end_entry - dataset.first_entry}};
}

Result<Json> Library::Impl::list_templates(const Json& params) {
    const std::string kind = string_or(params, "kind");
    Json list = Json::array();
    for (const PackRow& pack : reader->catalogue.packs()) {
        if (!reader->catalogue.is_newest(pack) || reader->catalogue.is_translation(pack)) continue;
        const auto reading = reader->languages.reading(pack, language_of(params));
        SZ_ASSIGN(auto objects, reader->catalogue.objects(pack));
        for (ObjectRow& object : objects) {
            if (object.type == "dataset" || (!kind.empty() && object.type != kind)) continue;
            SZ_TRY(reader->languages.translate(reading, object));
            list.push_back({{"pack", name_of(pack)},
                            {"id", object.id},
                            {"name", object.name},
                            {"description", object.description},
                            {"icon", object.icon},
                            {"kind", object.type},
                            {"reference", pack.id + "@" + pack.version + "/" + object.id}});
        }
    }
    return Json{{"templates", std::move(list)}};
}

Result<Json> Library::Impl::resolve(const Json& params) {
    std::optional<Catalogue::LinkSource> from;
    if (const std::string pack = string_or(params, "from"); !pack.empty()) {
        SZ_ASSIGN(const PackRow* row, reader->catalogue.pack(pack));
        SZ_ASSIGN(from, reader->catalogue.link_source(*row));
    }
    SZ_ASSIGN(Catalogue::Target target,
              reader->catalogue.resolve(params.at("link"), from ? &*from : nullptr));
    const auto reading = reader->languages.reading(*target.pack, language_of(params));
    SZ_TRY(reader->languages.translate(reading, target.dataset, target.entry));
    return Json{{"pack", target.pack->id},
                {"version", target.pack->version},
                {"dataset", target.dataset.id},
                {"entry", target.entry.id},
                {"name", target.entry.name}};
}

Result<Json> Library::Impl::show_entry(const Json& params) {
    SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(string_or(params, "pack")));
    const std::string language = language_of(params);
    const auto reading = reader->languages.reading(*pack, language);
    SZ_ASSIGN(ObjectRow dataset,
              reader->languages.object(reading, "dataset", string_or(params, "dataset")));
    SZ_ASSIGN(EntryRow entry,
              reader->languages.entry(reading, dataset, string_or(params, "entry")));
    return library::view_entry(reader->catalogue, reader->languages, services.fields, *pack,
                               std::move(dataset), std::move(entry), language);
}

Status Library::Impl::add_library_methods() {
    using Read = Result<Json> (Impl::*)(const Json&);
    constexpr std::array<std::pair<const char*, Read>, 7> reading{{
        {"library.search", &Impl::search},
        {"library.get", &Impl::get},
        {"library.datasets", &Impl::list_datasets},
        {"library.entries", &Impl::list_entries},
        {"library.entry", &Impl::show_entry},
        {"library.templates", &Impl::list_templates},
        {"library.resolve", &Impl::resolve},
    }};
    for (const auto& [method, read] : reading)
        SZ_TRY(run(method, [this, read](const Json& params) { return (this->*read)(params); }));
    return run("library.image", [this](const Json& params) -> Result<Json> {
        SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(string_or(params, "pack")));
        SZ_ASSIGN(std::string file, image_file(folders.packs() / pack->id / pack->version,
                                               string_or(params, "path")));
        return Json{{"file", std::move(file)}};
    });
}

}  // namespace sz
