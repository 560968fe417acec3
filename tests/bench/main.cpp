// SPDX-License-Identifier: AGPL-3.0-or-later
// ./dev bench: figures side by side in one run, as a table and as JSON.
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/bench/measure.hpp"

namespace sz::bench {

namespace {

void print(const Rows& rows) {
    std::printf("%-58s %12s %12s %8s %8s  %s\n", "what", "measured", "beside it", "ratio", "goal",
                "");
    for (const Row& row : rows) {
        char measured[32];
        char beside[32] = "";
        char ratio[32] = "";
        char goal[32] = "";
        std::snprintf(measured, sizeof measured, row.value < 0.05 ? "%.1g %s" : "%.1f %s",
                      row.value, row.unit.c_str());
        if (row.baseline > 0) {
            std::snprintf(beside, sizeof beside, "%.1f %s", row.baseline, row.unit.c_str());
            std::snprintf(ratio, sizeof ratio, "%.2f", row.ratio());
        }
        if (row.goal > 0)
            std::snprintf(goal, sizeof goal, "%s %g", row.more_is_better ? ">=" : "<=", row.goal);
        const std::string verdict = row.goal == 0 ? "" : row.holds() ? "holds" : "MISSED";
        const std::string against = row.baseline_name.empty() ? "" : "against " + row.baseline_name;
        std::printf("%-58s %12s %12s %8s %8s  %-7s %s %s\n", row.what.c_str(), measured, beside,
                    ratio, goal, verdict.c_str(), against.c_str(), row.note.c_str());
    }
}

Json to_json(const Rows& rows) {
    Json all = Json::array();
    for (const Row& row : rows) {
        all.push_back({{"what", row.what},
                       {"value", row.value},
                       {"unit", row.unit},
                       {"baseline", row.baseline},
                       {"baseline_name", row.baseline_name},
                       {"ratio", row.ratio()},
                       {"goal", row.goal},
                       {"holds", row.holds()}});
    }
    return all;
}

std::filesystem::path content_folder() {
    const char* named = std::getenv("SZ_CONTENT");
    const std::filesystem::path parent =
        named != nullptr
            ? std::filesystem::path(named)
            : std::filesystem::path(SZ_REPOSITORY).parent_path() / "shared" / "content";
    const std::filesystem::path folder = parent / "open5e-srd-2024";
    return std::filesystem::exists(folder) ? folder : std::filesystem::path();
}

int run(int argc, char** argv) {
    Setup setup;
    std::string json_file;
    std::string only;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--smoke") {
            setup.smoke = true;
        } else if (word == "--json" && i + 1 < argc) {
            json_file = argv[++i];
        } else if (word == "--only" && i + 1 < argc) {
            only = argv[++i];
        } else {
            std::cerr << "Usage: sz_bench [--smoke] [--json FILE] [--only PART]\n";
            return 2;
        }
    }
    std::string folder = (std::filesystem::temp_directory_path() / "sz-bench-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 3;
    setup.folder = folder;
    setup.content = content_folder();
    setup.programs = std::filesystem::canonical("/proc/self/exe").parent_path();
    if (setup.content.empty())
        std::cerr
            << "The SRD is not here (SZ_CONTENT names no folder with it): its rows are left out.\n";

    Rows all;
    using Part = Rows (*)(const Setup&);
    const std::pair<const char*, Part> parts[] = {
        {"import", measure_import},       {"peers", measure_peers},
        {"search", measure_search},       {"start", measure_start},
        {"actions", measure_actions},     {"ledger", measure_ledger},
        {"screen", measure_screen},       {"sessions", measure_sessions},
        {"protocols", measure_protocols}, {"net", measure_net}};
    for (const auto& [name, part] : parts) {
        if (!only.empty() && only != name) continue;
        const Rows rows = part(setup);
        all.insert(all.end(), rows.begin(), rows.end());
    }
    print(all);
    std::error_code ignored;
    std::filesystem::remove_all(setup.folder, ignored);
    if (!json_file.empty() && !write_file(json_file, to_json(all).dump(2) + "\n")) return 3;
    return 0;
}

}  // namespace

}  // namespace sz::bench

int main(int argc, char** argv) { return sz::bench::run(argc, argv); }
