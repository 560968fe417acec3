// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs the format on files of a test and keeps what came of it.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "szp_format.hpp"
#include "tests/support/temp_dir.hpp"

namespace szp::test {

using Strings = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

struct Finding {
    std::uint32_t severity;
    std::string code, file, message, hint;
};

struct Outcome {
    sz_status status = SZ_OK;
    std::vector<Files> packs;
    Strings order;  // in which files came
    std::vector<Finding> findings;

    [[nodiscard]] Strings codes() const {
        Strings all;
        for (const auto& one : findings) all.push_back(one.code);
        return all;
    }
    [[nodiscard]] bool is_refused_with(const std::string& code) const {
        return status != SZ_OK && !findings.empty() && findings.front().code == code &&
               !findings.front().message.empty() && !findings.front().hint.empty();
    }
};

inline void report_finding(void* self, const sz_finding* f) {
    using sz::plugin::view;
    static_cast<Outcome*>(self)->findings.push_back(
        {f->severity, std::string(view(f->code)), std::string(view(f->file)),
         std::string(view(f->message)), std::string(view(f->hint))});
}

inline Outcome read(const std::filesystem::path& path, const Limits& limits = {},
                    const sz_progress* progress = nullptr) {
    using sz::plugin::view;
    Outcome outcome;
    const SzpFormat format(limits);
    const sz_findings findings{sizeof(sz_findings), 0, &outcome, report_finding};
    const sz_pack_writer writer{sizeof(sz_pack_writer),
                                0,
                                &outcome,
                                [](void* self) -> sz_status {
                                    static_cast<Outcome*>(self)->packs.emplace_back();
                                    return SZ_OK;
                                },
                                [](void* self, sz_str name, sz_bytes content) -> sz_status {
                                    auto& out = *static_cast<Outcome*>(self);
                                    out.order.emplace_back(view(name));
                                    out.packs.back()[out.order.back()] =
                                        std::string(sz::plugin::chars(content));
                                    return SZ_OK;
                                },
                                nullptr};
    const auto text = path.string();
    outcome.status = format.table()->read(format.table()->self, sz::plugin::str(text),
                                          sz::plugin::str("{}"), &writer, progress, &findings);
    return outcome;
}

inline Outcome write(const Files& files, const std::filesystem::path& path,
                     const std::string& options = "{}", const Limits& limits = {},
                     const sz_progress* progress = nullptr) {
    Outcome outcome;
    const SzpFormat format(limits);
    const sz_findings findings{sizeof(sz_findings), 0, &outcome, report_finding};
    const std::vector<std::pair<std::string, std::string>> list(files.begin(), files.end());
    const sz_pack_reader reader{
        sizeof(sz_pack_reader), static_cast<std::uint32_t>(list.size()),
        const_cast<void*>(static_cast<const void*>(&list)),
        [](void* self, std::uint32_t index, sz_str* name, sz_bytes* content) -> sz_status {
            const auto& all =
                *static_cast<const std::vector<std::pair<std::string, std::string>>*>(self);
            *name = sz::plugin::str(all[index].first);
            *content = sz::plugin::bytes(std::string_view(all[index].second));
            return SZ_OK;
        }};
    const auto text = path.string();
    outcome.status = format.table()->write(format.table()->self, &reader, sz::plugin::str(text),
                                           sz::plugin::str(options), progress, &findings);
    return outcome;
}

inline void put_file(const std::filesystem::path& path, const std::string& content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
}

inline std::string file_content(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Asks to stop at the nth report.
struct StopAt {
    std::size_t left;
    sz_progress table{sizeof(sz_progress), 0, this,
                      [](void* self, std::uint64_t, std::uint64_t, sz_str) -> sz_status {
                          auto& stop = *static_cast<StopAt*>(self);
                          return stop.left-- == 0 ? SZ_ERR_CANCELLED : SZ_OK;
                      }};
    explicit StopAt(std::size_t n) : left(n) {}
};

}  // namespace szp::test
