// SPDX-License-Identifier: AGPL-3.0-or-later
// Calls a pack format through its C table, as the kernel does, and keeps what it gives.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <sz/cpp/pack_format.hpp>
#include <vector>

#include "tests/support/temp_dir.hpp"

namespace sz::test {

struct Finding {
    std::uint32_t severity, line, column;
    std::string code, file, pointer, message, hint;
};

struct Collected {
    using Json = nlohmann::json;

    sz_status status = SZ_OK;
    std::vector<std::map<std::string, std::string>> packs;  // files by path
    Json account;
    std::vector<Finding> findings;

    // Of one pack, or of the only one; none if there is no such pack.
    [[nodiscard]] const std::map<std::string, std::string>& files(std::size_t pack = 0) const {
        static const std::map<std::string, std::string> none;
        return pack < packs.size() ? packs[pack] : none;
    }
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

inline Collected collect(const sz::plugin::PackFormat& format, const std::filesystem::path& source,
                         const std::string& options, Bounds bounds = {}) {
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
            if (s.collected.packs.empty()) return SZ_ERR_INVALID;
            if (s.files++ >= s.bounds.files_max) return SZ_ERR_LIMIT;
            const bool is_new =
                s.collected.packs.back().emplace(view(path), sz::plugin::chars(content)).second;
            return is_new ? SZ_OK : SZ_ERR_INVALID;
        },
        [](void* self, sz_str json) -> sz_status {
            static_cast<Sides*>(self)->collected.account = nlohmann::json::parse(view(json));
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
    sides.collected.status = format.table()->read(format.table()->self, str(source.string()),
                                                  str(options), &writer, &progress, &findings);
    return std::move(sides.collected);
}

// A folder of sources made for a test.
class Folder {
  public:
    // Adds a file and gives its path.
    std::filesystem::path put(const std::string& name, const std::string& text) {
        std::filesystem::create_directories((dir_ / name).parent_path());
        std::ofstream(dir_ / name, std::ios::binary) << text;
        return dir_ / name;
    }
    Folder& add(const std::string& name, const std::string& text) {
        put(name, text);
        return *this;
    }
    void remove(const std::string& name) { std::filesystem::remove(dir_ / name); }
    [[nodiscard]] const std::filesystem::path& path() const { return dir_.path(); }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
        return dir_ / name;
    }

  private:
    TempDir dir_;
};

}  // namespace sz::test
