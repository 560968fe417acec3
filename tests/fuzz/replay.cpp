// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs a target over files, with any compiler: what a fuzzer found stays found.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "target.hpp"

namespace fs = std::filesystem;

int main(int count, char** words) {
    std::vector<fs::path> files;
    for (int i = 1; i < count; ++i) {
        if (!fs::is_directory(words[i])) {
            files.emplace_back(words[i]);
            continue;
        }
        for (const auto& file : fs::directory_iterator(words[i])) files.push_back(file.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (!in) {
            std::cerr << file.string() << " cannot be read.\n";
            return 2;
        }
        // Before it runs: when it does not come back, this is the one.
        std::cout << file.filename().string() << std::endl;
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    if (files.empty()) {
        std::cerr << "Name files, or folders of files, to run.\n";
        return 2;
    }
    std::cout << files.size() << " files.\n";
    return 0;
}
