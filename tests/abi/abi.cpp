// SPDX-License-Identifier: AGPL-3.0-or-later
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include "from_c.h"
#include "layout.h"
#include "tests/support/catch.hpp"

namespace fs = std::filesystem;

namespace {

std::string without_comments(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    for (auto begin = text.find("/*"); begin != std::string::npos; begin = text.find("/*", begin))
        text.erase(begin, text.find("*/", begin) + 2 - begin);
    return text;
}

}  // namespace

TEST_CASE(
    "a field that a struct of an earlier version does not have is not there, in C and in C++") {
    sz_finding finding{};
    finding.size = sizeof(sz_finding);
    CHECK(SZ_HAS(&finding, hint));
    CHECK(from_c_finding_has_hint(&finding) == 1);
    finding.size = offsetof(sz_finding, hint);
    CHECK_FALSE(SZ_HAS(&finding, hint));
    CHECK(SZ_HAS(&finding, message));
    CHECK(from_c_finding_has_hint(&finding) == 0);
    sz_tasks tasks{};
    tasks.size = sizeof(sz_tasks) - 1;
    CHECK_FALSE(SZ_HAS(&tasks, start));
    CHECK(from_c_has_tasks(&tasks) == 0);
}

TEST_CASE("the headers use types of a fixed width only") {
    const std::regex forbidden(
        R"(\b(long|short|unsigned|size_t|enum|bool|_Bool|wchar_t|intptr_t|uintptr_t|time_t)\b)");
    const fs::path include = fs::path(SZ_REPOSITORY) / "sdk/include/sz";
    for (const auto& folder : {include, include / "ext"}) {
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() != ".h" || entry.path().filename() == "client_id.h")
                continue;  // that one is code
            INFO(entry.path().string());
            std::smatch found;
            const std::string text = without_comments(entry.path());
            CHECK_FALSE(std::regex_search(text, found, forbidden));
        }
    }
}
