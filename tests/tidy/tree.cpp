// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/tidy/tree.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sz::tidy {

namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

template <std::size_t N>
bool ends_with_one_of(std::string_view path, const std::array<std::string_view, N>& endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view ending) { return path.ends_with(ending); });
}

}  // namespace

const Tree& repository() {
    static const Tree all = [] {
        const fs::path root = SZ_REPOSITORY;
        Tree found;
        for (const char* top : top_folders) {
            for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
                if (entry.is_regular_file())
                    found.push_back({fs::relative(entry.path(), root).generic_string(), {}});
            }
        }
        for (const auto& entry : fs::directory_iterator(root)) {
            const std::string name = entry.path().filename().string();
            if (is_cmake(name)) found.push_back({name, {}});
        }
        for (Source& source : found) {
            if (!source.path.ends_with(".png")) source.text = read(root / source.path);
        }
        return found;
    }();
    return all;
}

bool is_below(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) &&
           (path.size() == folder.size() || path[folder.size()] == '/' || folder.empty());
}

bool is_code(std::string_view path) {
    static constexpr std::array<std::string_view, 13> endings{
        ".cpp", ".hpp", ".h",   ".c",   ".cc",  ".hh", ".cxx",
        ".hxx", ".ipp", ".inl", ".inc", ".tpp", ".S"};
    if (path.ends_with(".in")) path.remove_suffix(3);  // what CMake fills in
    return ends_with_one_of(path, endings);
}

bool is_cmake(std::string_view path) {
    static constexpr std::array<std::string_view, 3> endings{"CMakeLists.txt", ".cmake",
                                                             ".cmake.in"};
    return ends_with_one_of(path, endings);
}

bool is_test(std::string_view path) {
    return is_below(path, "tests") ||
           (is_below(path, "plugins") && path.find("/tests/") != std::string_view::npos);
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string resolved(const std::string& folder, const std::string& path) {
    std::string whole = (fs::path(folder) / path).lexically_normal().generic_string();
    while (whole.ends_with('/')) whole.pop_back();
    return whole == "." ? std::string() : whole;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

}  // namespace sz::tidy
