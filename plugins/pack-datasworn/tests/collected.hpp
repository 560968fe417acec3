// SPDX-License-Identifier: AGPL-3.0-or-later
// Calls the pack format through its C table, as the kernel does, and keeps what it gives.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plugins/pack-datasworn/datasworn_format.hpp"
#include "tests/support/temp_dir.hpp"

namespace datasworn::test {

using Json = nlohmann::json;

struct Finding {
    std::uint32_t severity, line, column;
    std::string code, file, pointer, message, hint;
};

struct Collected {
    sz_status status = SZ_OK;
    std::vector<std::map<std::string, std::string>> packs;  // files by path
    Json account;
    std::vector<Finding> findings;

    [[nodiscard]] Json manifest(std::size_t pack = 0) const {
        return Json::parse(packs.at(pack).at("szpack.json"));
    }
    [[nodiscard]] Json dataset(const std::string& id, std::size_t pack = 0) const {
        return Json::parse(packs.at(pack).at("objects/datasets/" + id + ".json"));
    }
    [[nodiscard]] Json entry(const std::string& dataset_id, const std::string& id,
                             std::size_t pack = 0) const {
        return dataset(dataset_id, pack).at("entries").at(id);
    }
    // A field's value.
    [[nodiscard]] Json value(const std::string& dataset_id, const std::string& id,
                             const std::string& field, std::size_t pack = 0) const {
        return entry(dataset_id, id, pack).at("topLevelFields").at(field).at("value");
    }
    [[nodiscard]] std::vector<Finding> with_code(const std::string& code) const {
        std::vector<Finding> out;
        for (const Finding& finding : findings) {
            if (finding.code == code) out.push_back(finding);
        }
        return out;
    }
};

struct Bounds {
    std::uint64_t reports_max = ~std::uint64_t{0};  // then the person cancels
    std::size_t files_max = ~std::size_t{0};        // then the kernel takes no more
};

inline Collected import(const std::filesystem::path& source, const std::string& options = "{}",
                        Bounds bounds = {}) {
    using sz::plugin::str;
    using sz::plugin::view;
    struct Sides {
        Collected collected;
        Bounds bounds;
        std::uint64_t reports = 0;
        std::size_t files = 0;
    } sides{{}, bounds, 0, 0};
    const sz_pack_writer writer{
        sizeof(sz_pack_writer),
        0,
        &sides,
        [](void* self) -> sz_status {
            static_cast<Sides*>(self)->collected.packs.emplace_back();
            return SZ_OK;
        },
        [](void* self, sz_str path, sz_bytes content) -> sz_status {
            auto& s = *static_cast<Sides*>(self);
            if (s.files++ >= s.bounds.files_max) return SZ_ERR_LIMIT;
            const bool is_new =
                s.collected.packs.back().emplace(view(path), sz::plugin::chars(content)).second;
            return is_new ? SZ_OK : SZ_ERR_INVALID;
        },
        [](void* self, sz_str json) -> sz_status {
            static_cast<Sides*>(self)->collected.account = Json::parse(view(json));
            return SZ_OK;
        }};
    const sz_progress progress{sizeof(sz_progress), 0, &sides,
                               [](void* self, std::uint64_t, std::uint64_t, sz_str) -> sz_status {
                                   auto& s = *static_cast<Sides*>(self);
                                   return ++s.reports > s.bounds.reports_max ? SZ_ERR_CANCELLED
                                                                             : SZ_OK;
                               }};
    const sz_findings findings{sizeof(sz_findings), 0, &sides, [](void* self, const sz_finding* f) {
                                   static_cast<Sides*>(self)->collected.findings.push_back(
                                       {f->severity, f->line, f->column, std::string(view(f->code)),
                                        std::string(view(f->file)), std::string(view(f->pointer)),
                                        std::string(view(f->message)), std::string(view(f->hint))});
                               }};
    const DataswornFormat format;
    sides.collected.status = format.table()->read(format.table()->self, str(source.string()),
                                                  str(options), &writer, &progress, &findings);
    return std::move(sides.collected);
}

// A folder of packages made for a test.
class Folder {
  public:
    std::filesystem::path add(const std::string& name, const std::string& text) {
        std::filesystem::create_directories((dir_ / name).parent_path());
        std::ofstream(dir_ / name, std::ios::binary) << text;
        return dir_ / name;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return dir_.path(); }

  private:
    sz::test::TempDir dir_;
};

// A ruleset with `parts` ("\"moves\": {…}, …") beside its head.
inline std::string vale(const std::string& parts) {
    return R"({"_id":"vale","datasworn_version":"0.0.10","type":"ruleset","title":"The Vale",
        "authors":[{"name":"A. Nonymous"}],"date":"2020-05-06","url":"https://example.org/vale",
        "license":"https://creativecommons.org/licenses/by-sa/4.0")" +
           (parts.empty() ? "" : ",\n" + parts) + "}";
}

// An expansion of it.
inline std::string coast(const std::string& parts) {
    return R"({"_id":"coast","datasworn_version":"0.0.10","type":"expansion","ruleset":"vale",
        "title":"The Coast","license":null)" +
           (parts.empty() ? "" : ",\n" + parts) + "}";
}

// The ids of the packs: UUIDs of version 5 of https://ironswornrpg.com/datasworn/ID, in the
// namespace of URLs.
inline const std::string vale_pack = "94e97a4e-926a-588e-8e2e-f6e460b67000";
inline const std::string coast_pack = "0ee775cb-e46f-5104-abed-748fe0314f88";

inline Json link_to(const std::string& dataset, const std::string& entry,
                    const std::string& pack = vale_pack, const std::string& version = "1.0.0") {
    return {{"datapackId", pack}, {"datasetId", dataset}, {"entryId", entry}, {"version", version}};
}

}  // namespace datasworn::test
