// SPDX-License-Identifier: AGPL-3.0-or-later
// The files of schemas/examples for the kinds that a pack is made of.
#pragma once

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace sz::test {

inline constexpr std::array example_kinds{"szpack", "dataset", "character-template",
                                          "session-template", "translation"};

struct Example {
    std::string kind;  // "dataset"
    std::string name;  // "SZ-PACK-015.missing-name"
    std::string text;

    [[nodiscard]] std::string code() const { return name.substr(0, name.find('.')); }
};

// `folder`: "valid" or "invalid".
inline std::vector<Example> examples(const std::string& folder) {
    std::vector<Example> all;
    for (const std::string kind : example_kinds) {
        const auto place =
            std::filesystem::path(SZ_REPOSITORY) / "schemas/examples" / folder / kind;
        for (const auto& file : std::filesystem::directory_iterator(place)) {
            std::ifstream stream(file.path());
            all.push_back(
                {kind, file.path().stem().string(), {std::istreambuf_iterator<char>(stream), {}}});
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}

}  // namespace sz::test
