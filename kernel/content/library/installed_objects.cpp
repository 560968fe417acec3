// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/installed_objects.hpp"

#include <nlohmann/json.hpp>

namespace sz::library {

namespace {

Status add_entries(Database& database, std::int64_t object, Json& json) {
    Json entries = Json::object();
    std::optional<Error> wrong;
    SZ_TRY(database.query(
        "SELECT entries.id, records.json FROM entries JOIN records ON records.row = entries.row "
        "WHERE entries.object = ?1",
        {object}, [&](const Row& row) {
            auto entry = parse_json(row.text(1));
            if (!entry) wrong = entry.error();
            if (entry) entries[std::string(row.text(0))] = std::move(*entry);
            return !wrong;
        }));
    if (wrong) return fail(std::move(*wrong));
    json["entries"] = std::move(entries);
    return {};
}

}  // namespace

Result<std::vector<PackObject>> installed_objects(Database& database, std::string_view id,
                                                  std::string_view version) {
    struct Found {
        std::int64_t row;
        PackObject object;
        std::string text;
    };
    std::vector<Found> found;
    SZ_TRY(database.query(
        "SELECT objects.row, objects.path, objects.type, objects.id, objects.name, "
        "objects.description, objects.json FROM packs JOIN objects ON objects.pack = packs.row "
        "WHERE packs.id = ?1 AND packs.version = ?2 ORDER BY objects.row",
        {std::string(id), std::string(version)}, [&](const Row& row) {
            found.push_back(
                {row.integer(0),
                 {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                  Json{{"id", std::string(row.text(3))},
                       {"name", std::string(row.text(4))},
                       {"description", std::string(row.text(5))}}},
                 std::string(row.text(6))});
            return true;
        }));
    std::vector<PackObject> objects;
    for (Found& one : found) {
        if (one.object.type == "dataset") {
            SZ_TRY(add_entries(database, one.row, one.object.json));
        } else {
            SZ_ASSIGN(one.object.json, parse_json(one.text));
        }
        objects.push_back(std::move(one.object));
    }
    return objects;
}

}  // namespace sz::library
