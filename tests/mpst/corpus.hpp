// SPDX-License-Identifier: AGPL-3.0-or-later
// The protocols beside this file: accept/ and reject/, each with its reason in the first line.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace mpst::test {

struct Sample {
    std::string name, text, reason;
};

inline std::vector<Sample> corpus(const std::string& kind) {
    std::vector<Sample> all;
    for (const auto& file : std::filesystem::directory_iterator(
             std::filesystem::path(SZ_REPOSITORY) / "tests/mpst" / kind)) {
        std::ifstream in(file.path(), std::ios::binary);
        Sample sample;
        sample.name = kind + "/" + file.path().filename().string();
        sample.text.assign(std::istreambuf_iterator<char>(in), {});
        sample.reason = sample.text.substr(0, sample.text.find_first_of("\r\n"));
        all.push_back(std::move(sample));
    }
    std::sort(all.begin(), all.end(),
              [](const Sample& a, const Sample& b) { return a.name < b.name; });
    return all;
}

}  // namespace mpst::test
