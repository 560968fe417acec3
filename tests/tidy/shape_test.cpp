// SPDX-License-Identifier: AGPL-3.0-or-later
// What a file and a folder look like.
#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/tidy/tree.hpp"

using namespace sz::tidy;
namespace fs = std::filesystem;

namespace {

const fs::path root = SZ_REPOSITORY;

// Bytes that go on with a character of UTF-8 take no column.
auto columns_of(const std::string& line) {
    return std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

}  // namespace

TEST_CASE("files keep to one subject and lines to one thought") {
    std::vector<std::string> found;
    for (const Source& source : repository()) {
        if (!is_code(source.path)) continue;
        const auto lines = std::count(source.text.begin(), source.text.end(), '\n');
        if (lines > 400) found.push_back(source.path + " has " + std::to_string(lines) + " lines");
        if (source.text.find("SPDX-License-Identifier: AGPL-3.0-or-later") == std::string::npos) {
            found.push_back(source.path + " has no licence line");
        }
        std::istringstream in(source.text);
        std::string line;
        for (int number = 1; std::getline(in, line); ++number) {
            // Data that a test writes out as a literal keeps its own lines.
            const bool is_literal = is_test(source.path) && line.find('"') != std::string::npos;
            if (columns_of(line) > 100 && !is_literal)
                found.push_back(source.path + ":" + std::to_string(number) + " is too long");
        }
    }
    INFO(joined(found));
    CHECK(found.empty());
}

TEST_CASE("every room has a README") {
    std::vector<std::string> found;
    for (const char* top : top_folders) {
        if (!fs::exists(root / top / "README.md")) found.push_back(top);
    }
    for (const char* parent : {"kernel", "plugins", "ui"}) {
        for (const auto& entry : fs::directory_iterator(root / parent)) {
            if (entry.is_directory() && !fs::exists(entry.path() / "README.md")) {
                found.push_back(fs::relative(entry.path(), root).generic_string());
            }
        }
    }
    INFO(joined(found));
    CHECK(found.empty());
}

TEST_CASE("no file names a path of a machine") {
    static const std::vector<std::string> marks = {
        "/work"
        "/main",
        "/root"
        "/"};
    std::vector<std::string> found;
    for (const Source& source : repository()) {
        if (!is_code(source.path) && !is_cmake(source.path) && !source.path.ends_with(".md") &&
            !source.path.ends_with(".txt"))
            continue;
        for (const std::string& mark : marks) {
            if (source.text.find(mark) != std::string::npos)
                found.push_back(source.path + " names " + mark);
        }
    }
    INFO(joined(found));
    CHECK(found.empty());
}
