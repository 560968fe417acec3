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

#include "plugins/pack-csv/csv_format.hpp"
#include "tests/support/temp_dir.hpp"

namespace csv::test {

using Json = nlohmann::json;

struct Finding {
    std::uint32_t severity, line, column;
    std::string code, file, pointer, message, hint;
};

struct Collected {
    sz_status status = SZ_OK;
    int begun = 0;
    std::map<std::string, std::string> files;
    Json account;
    std::vector<Finding> findings;

    [[nodiscard]] Json dataset(const std::string& id) const {
        return Json::parse(files.at("objects/datasets/" + id + ".json"));
    }
    [[nodiscard]] Json entry(const std::string& dataset_id, const std::string& id) const {
        return dataset(dataset_id).at("entries").at(id);
    }
    [[nodiscard]] std::vector<Finding> with_code(const std::string& code) const {
        std::vector<Finding> out;
        for (const Finding& finding : findings) {
            if (finding.code == code) out.push_back(finding);
        }
        return out;
    }
};

struct Limits {
    std::uint64_t reports_max = ~std::uint64_t{0};  // then the person cancels
    std::size_t files_max = ~std::size_t{0};        // then the kernel takes no more
};

inline Collected import(const std::filesystem::path& source, const std::string& options = "{}",
                        Limits limits = {}) {
    using sz::plugin::str;
    using sz::plugin::view;
    struct Sides {
        Collected collected;
        Limits limits;
        std::uint64_t reports = 0;
    } sides{{}, limits, 0};
    const sz_pack_writer writer{
        sizeof(sz_pack_writer),
        0,
        &sides,
        [](void* self) -> sz_status { return ++static_cast<Sides*>(self)->collected.begun, SZ_OK; },
        [](void* self, sz_str path, sz_bytes content) -> sz_status {
            auto& s = *static_cast<Sides*>(self);
            if (s.collected.files.size() >= s.limits.files_max) return SZ_ERR_LIMIT;
            const bool is_new =
                s.collected.files.emplace(view(path), sz::plugin::chars(content)).second;
            return is_new ? SZ_OK : SZ_ERR_INVALID;
        },
        [](void* self, sz_str json) -> sz_status {
            static_cast<Sides*>(self)->collected.account = Json::parse(view(json));
            return SZ_OK;
        }};
    const sz_progress progress{sizeof(sz_progress), 0, &sides,
                               [](void* self, std::uint64_t, std::uint64_t, sz_str) -> sz_status {
                                   auto& s = *static_cast<Sides*>(self);
                                   return ++s.reports > s.limits.reports_max ? SZ_ERR_CANCELLED
                                                                             : SZ_OK;
                               }};
    const sz_findings findings{sizeof(sz_findings), 0, &sides, [](void* self, const sz_finding* f) {
                                   static_cast<Sides*>(self)->collected.findings.push_back(
                                       {f->severity, f->line, f->column, std::string(view(f->code)),
                                        std::string(view(f->file)), std::string(view(f->pointer)),
                                        std::string(view(f->message)), std::string(view(f->hint))});
                               }};
    const CsvFormat format;
    sides.collected.status = format.table()->read(format.table()->self, str(source.string()),
                                                  str(options), &writer, &progress, &findings);
    return std::move(sides.collected);
}

// A folder of files made for a test.
class Folder {
  public:
    Folder& add(const std::string& name, const std::string& text) {
        std::ofstream(dir_ / name, std::ios::binary) << text;
        return *this;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return dir_.path(); }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
        return dir_ / name;
    }

  private:
    sz::test::TempDir dir_;
};

// The import of one table, which is called "items.csv".
inline Collected import_text(const std::string& text, const std::string& options = "{}") {
    Folder folder;
    folder.add("items.csv", text);
    return import(folder / "items.csv", options);
}

// The type of each column that is a field, by its heading, as the account says.
inline std::map<std::string, std::string> types_of(const Collected& got) {
    std::map<std::string, std::string> types;
    for (const Json& column : got.account.at("columns"))
        types[column.at("column")] = column.at("type");
    return types;
}

}  // namespace csv::test
