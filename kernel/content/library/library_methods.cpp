// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
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
    HitWriter(Database& database, const Catalogue& catalogue, library::Search& search,
              library::SearchText text)
        : database_(database), catalogue_(catalogue), search_(search), text_(std::move(text)) {}

    Result<Json> write(const library::Hit& hit) {
        const PackRow* pack = catalogue_.pack_of_row(hit.row);
        if (pack == nullptr)
            return fail(ErrorKind::conflict, "SZ-LIB-013", "The library changed during the search.",
                        "Search again.");
        Json json = {{"pack", pack->id},
                     {"pack_name", pack->name},
                     {"version", pack->version},
                     {"score", std::round(hit.score * 1000) / 1000}};
        SZ_TRY(database_.query("SELECT id, name, icon, object FROM entries WHERE row = ?1",
                               {hit.row}, [&](const Row& row) {
                                   json["entry"] = std::string(row.text(0));
                                   json["name"] = std::string(row.text(1));
                                   json["icon"] = std::string(row.text(2));
                                   add_dataset(row.integer(3), json);
                                   return false;
                               }));
        SZ_ASSIGN(json["snippet"], search_.snippet(hit.row, text_));
        return json;
    }

  private:
    void add_dataset(std::int64_t object, Json& json) {
        auto [known, is_new] = datasets_.try_emplace(object);
        if (is_new) {
            (void)database_.query(
                "SELECT id, name FROM objects WHERE row = ?1", {object}, [&](const Row& row) {
                    known->second = {std::string(row.text(0)), std::string(row.text(1))};
                    return false;
                });
        }
        json["dataset"] = known->second.first;
        json["dataset_name"] = known->second.second;
    }

    Database& database_;
    const Catalogue& catalogue_;
    library::Search& search_;
    library::SearchText text_;
    std::unordered_map<std::int64_t, std::pair<std::string, std::string>> datasets_;
};

}  // namespace

Result<Json> Library::Impl::search(const Json& params) {
    const auto begun = std::chrono::steady_clock::now();
    const std::string text = string_or(params, "text");
    const auto limit = static_cast<std::size_t>(params.value("limit", hits_default));
    const auto offset = static_cast<std::size_t>(params.value("offset", std::int64_t{0}));
    SZ_ASSIGN(const auto scope,
              reader->catalogue.scope(string_or(params, "pack"), string_or(params, "dataset")));
    library::Hits found;
    Json hits = Json::array();
    SZ_TRY(reader->database.read_together([&]() -> Status {
        SZ_ASSIGN(found, reader->search.find(text, scope, offset + limit));
        HitWriter writer(reader->database, reader->catalogue, reader->search,
                         library::SearchText::parse(text, words));
        for (std::size_t i = offset; i < found.hits.size() && i < offset + limit; ++i) {
            SZ_ASSIGN(Json hit, writer.write(found.hits[i]));
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

Status Library::Impl::add_library_methods() {
    SZ_TRY(run("library.search", [this](const Json& params) { return search(params); }));
    SZ_TRY(run("library.get", [this](const Json& params) -> Result<Json> {
        const Catalogue& catalogue = reader->catalogue;
        SZ_ASSIGN(const PackRow* pack, catalogue.pack(string_or(params, "pack")));
        SZ_ASSIGN(const ObjectRow dataset,
                  catalogue.object(*pack, "dataset", string_or(params, "dataset")));
        SZ_ASSIGN(const auto field,
                  library::field_at(catalogue, *pack, dataset, string_or(params, "path"), words));
        return Json{{"value", field.json.value("value", Json())},
                    {"type", string_or(field.json, "type")},
                    {"entry", field.entry.id},
                    {"path", field.entry.id + "." + (field.group.empty() ? "" : field.group + ".") +
                                 field.field}};
    }));
    SZ_TRY(run("library.datasets", [this](const Json& params) -> Result<Json> {
        SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(string_or(params, "pack")));
        SZ_ASSIGN(const auto objects, reader->catalogue.objects(*pack));
        Json list = Json::array();
        for (const ObjectRow& object : objects) {
            if (object.type != "dataset") continue;
            list.push_back({{"id", object.id},
                            {"name", object.name},
                            {"description", object.description},
                            {"type", object.dataset_type},
                            {"entries", object.end_entry - object.first_entry},
                            {"icon", object.icon}});
        }
        return Json{{"datasets", std::move(list)}};
    }));
    SZ_TRY(run("library.entries", [this](const Json& params) -> Result<Json> {
        SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(string_or(params, "pack")));
        SZ_ASSIGN(const ObjectRow dataset,
                  reader->catalogue.object(*pack, "dataset", string_or(params, "dataset")));
        SZ_ASSIGN(const auto rows,
                  reader->catalogue.entries(dataset, params.value("offset", std::int64_t{0}),
                                            params.value("limit", entries_default)));
        Json list = Json::array();
        for (const EntryRow& row : rows)
            list.push_back({{"id", row.id}, {"name", row.name}, {"icon", row.icon}});
        return Json{{"entries", std::move(list)},
                    {"total", dataset.end_entry - dataset.first_entry}};
    }));
    SZ_TRY(run("library.entry", [this](const Json& params) -> Result<Json> {
        SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(string_or(params, "pack")));
        SZ_ASSIGN(const ObjectRow dataset,
                  reader->catalogue.object(*pack, "dataset", string_or(params, "dataset")));
        SZ_ASSIGN(const EntryRow entry,
                  reader->catalogue.entry(*pack, dataset, string_or(params, "entry")));
        return library::view_entry(reader->catalogue, services.fields, *pack, dataset, entry);
    }));
    SZ_TRY(run("library.image", [this](const Json& params) -> Result<Json> {
        SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(string_or(params, "pack")));
        SZ_ASSIGN(std::string file, image_file(folders.packs() / pack->id / pack->version,
                                               string_or(params, "path")));
        return Json{{"file", std::move(file)}};
    }));
    SZ_TRY(run("library.templates", [this](const Json& params) -> Result<Json> {
        const std::string kind = string_or(params, "kind");
        Json list = Json::array();
        for (const PackRow& pack : reader->catalogue.packs()) {
            if (!reader->catalogue.is_newest(pack)) continue;
            SZ_ASSIGN(const auto objects, reader->catalogue.objects(pack));
            for (const ObjectRow& object : objects) {
                if (object.type == "dataset" || (!kind.empty() && object.type != kind)) continue;
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
    }));
    return run("library.resolve", [this](const Json& params) -> Result<Json> {
        std::optional<Catalogue::LinkSource> from;
        if (const std::string pack = string_or(params, "from"); !pack.empty()) {
            SZ_ASSIGN(const PackRow* row, reader->catalogue.pack(pack));
            SZ_ASSIGN(from, reader->catalogue.link_source(*row));
        }
        SZ_ASSIGN(const Catalogue::Target target,
                  reader->catalogue.resolve(params.at("link"), from ? &*from : nullptr));
        return Json{{"pack", target.pack->id},
                    {"version", target.pack->version},
                    {"dataset", target.dataset.id},
                    {"entry", target.entry.id},
                    {"name", target.entry.name}};
    });
}

}  // namespace sz
