// SPDX-License-Identifier: AGPL-3.0-or-later
// Programs of the bench's own that measure what needs a program to itself.
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "tests/bench/measure.hpp"

namespace sz::bench {

namespace {

std::string said_by(const std::string& program, const std::string& command) {
    const auto stop = [&] {
        stop_with({ErrorKind::internal,
                   "SZ-BENCH-003",
                   program + ", which measures a part of this, did not come to its end.",
                   {},
                   "Run it alone with --json; it says why."});
    };
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) stop();
    std::string said;
    std::array<char, 4096> part{};
    for (std::size_t size = 0; (size = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
        said.append(part.data(), size);
    if (::pclose(pipe) != 0) stop();
    return said;
}

}  // namespace

Rows rows_of(const Setup& setup, const std::string& program) {
    const std::string path = (setup.programs / program).string();
    const std::string said =
        said_by(program, "'" + path + "' --json" + std::string(setup.smoke ? " --smoke" : ""));
    Rows rows;
    for (const Json& row : Json::parse(said)) {
        rows.push_back({row.at("what").get<std::string>(), row.at("value").get<double>(),
                        row.at("baseline").get<double>(), row.at("unit").get<std::string>(),
                        row.at("baseline_name").get<std::string>(), row.at("goal").get<double>(),
                        row.value("more_is_better", false), row.value("note", std::string())});
    }
    return rows;
}

}  // namespace sz::bench
