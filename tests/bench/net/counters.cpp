// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/net/counters.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace sz::netbench {

namespace {

// The number behind “name:” in such a file.
std::int64_t number_in(const std::filesystem::path& file, const std::string& name) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(name + ":")) return std::stoll(line.substr(name.size() + 1));
    }
    return 0;
}

}  // namespace

nlohmann::json counters() {
    std::int64_t wakes = 0;
    for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task"))
        wakes += number_in(thread.path() / "status", "voluntary_ctxt_switches");
    return {{"wakes", wakes}, {"resident", 1024 * number_in("/proc/self/status", "VmRSS")}};
}

}  // namespace sz::netbench
