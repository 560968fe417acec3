// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"

namespace fs = std::filesystem;

namespace {

const fs::path root = SZ_REPOSITORY;

struct Source {
    std::string path;  // from the root, with '/'
    std::string text;
};

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

const std::vector<Source>& files() {
    static const std::vector<Source> all = [] {
        std::vector<Source> found;
        for (const char* top : {"sdk", "kernel", "plugins", "ui", "schemas", "packs", "tests"}) {
            for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
                if (entry.is_regular_file())
                    found.push_back({fs::relative(entry.path(), root).generic_string(), {}});
            }
        }
        for (Source& source : found) {
            if (!source.path.ends_with(".png")) source.text = read(root / source.path);
        }
        return found;
    }();
    return all;
}

bool is_code(const std::string& path) {
    return path.ends_with(".cpp") || path.ends_with(".hpp") || path.ends_with(".h") ||
           path.ends_with(".c");
}

bool is_below(const std::string& path, const std::string& folder) {
    return path.rfind(folder + "/", 0) == 0;
}

std::vector<std::string> includes_of(const Source& source) {
    static const std::regex line(R"(^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"])",
                                 std::regex::multiline);
    std::vector<std::string> found;
    for (auto it = std::sregex_iterator(source.text.begin(), source.text.end(), line);
         it != std::sregex_iterator(); ++it) {
        found.push_back((*it)[1]);
    }
    return found;
}

std::vector<std::string> breaches(
    const std::function<std::string(const Source&, const std::string&)>& judge) {
    std::vector<std::string> found;
    for (const Source& source : files()) {
        if (!is_code(source.path)) continue;
        for (const std::string& include : includes_of(source)) {
            if (const std::string why = judge(source, include); !why.empty()) {
                found.push_back(source.path + " includes " + include + ": " + why);
            }
        }
    }
    return found;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

// base ← crypto, bus, store ← plugin ← content ← campaign ← app
const std::map<std::string, int> floor_of = {{"base", 0},     {"crypto", 1}, {"bus", 1},
                                             {"store", 1},    {"plugin", 2}, {"content", 3},
                                             {"campaign", 4}, {"app", 7}};

std::string room_of(const std::string& path) {
    if (!is_below(path, "kernel")) return {};
    const std::string rest = path.substr(7);
    return rest.substr(0, rest.find('/'));
}

}  // namespace

TEST_CASE("the rooms of the kernel include downwards only") {
    const auto found =
        breaches([](const Source& source, const std::string& include) -> std::string {
            const std::string from = room_of(source.path);
            const std::string to = room_of(include);
            if (from.empty() || to.empty() || from == to) return {};
            if (!floor_of.contains(from) || !floor_of.contains(to))
                return "a room that the table of this test does not know";
            return floor_of.at(to) < floor_of.at(from) ? "" : "that room is above or beside";
        });
    INFO(joined(found));
    CHECK(found.empty());
}

TEST_CASE("sdk, plugins, kernel and ui include only what the map of the house allows") {
    const auto found = breaches([](const Source& source,
                                   const std::string& include) -> std::string {
        const bool ours =
            is_below(include, "kernel") || is_below(include, "ui") || is_below(include, "plugins");
        const bool is_test = source.path.find("/tests/") != std::string::npos;
        if (is_below(source.path, "sdk") && ours) return "the SDK includes nothing of ours";
        if (is_below(source.path, "plugins") && !is_test) {
            const std::string own = source.path.substr(0, source.path.find('/', 8) + 1);
            if (ours && include.rfind(own, 0) != 0)
                return "a plugin includes the SDK and itself only";
        }
        if (is_below(source.path, "kernel")) {
            if (is_below(include, "ui") || is_below(include, "plugins"))
                return "the kernel knows neither shells nor plugins";
            if (is_below(include, "sz/cpp")) return "the kernel includes the SDK's C headers only";
            if (is_below(include, "wx")) return "the kernel has no screen";
        }
        if (is_below(source.path, "ui") && is_below(include, "kernel")) {
            static const std::set<std::string> allowed{"app", "base", "bus"};
            if (!allowed.contains(room_of(include)) && include != "kernel/plugin/panel_bus.hpp") {
                return "a shell uses kernel/app and the bus";
            }
        }
        return {};
    });
    INFO(joined(found));
    CHECK(found.empty());
}

TEST_CASE("each outside library stands behind its own rooms") {
    struct Rule {
        std::string prefix;
        std::vector<std::string> homes;
    };
    const std::vector<Rule> rules = {
        {"boost/dll", {"kernel/plugin"}},
        {"sqlite3.h", {"kernel/store", "tests/support", "tests/bench"}},
        {"sodium", {"kernel/crypto", "plugins/identity-local"}},
        {"valijson", {"kernel/content"}},
        {"zip.h", {"plugins/pack-szp"}},
        {"wx/", {"ui/desktop", "plugins/panel-", "sdk/include/sz/wx", "tests/bench", "tests/ui"}}};
    const auto found =
        breaches([&](const Source& source, const std::string& include) -> std::string {
            for (const Rule& rule : rules) {
                if (include.rfind(rule.prefix, 0) != 0) continue;
                const bool at_home = std::any_of(
                    rule.homes.begin(), rule.homes.end(),
                    [&](const std::string& home) { return source.path.rfind(home, 0) == 0; });
                if (!at_home) return "that library belongs to " + rule.homes.front();
            }
            return {};
        });
    INFO(joined(found));
    CHECK(found.empty());
}

TEST_CASE("headers that many include leave the heavy libraries out") {
    const auto found =
        breaches([](const Source& source, const std::string& include) -> std::string {
            const bool is_header =
                source.path.ends_with(".hpp") && is_below(source.path, "kernel/base");
            const bool heavy = include == "nlohmann/json.hpp" || include == "boost/asio.hpp" ||
                               include.rfind("valijson", 0) == 0;
            return is_header && heavy ? "include it in the .cpp" : "";
        });
    INFO(joined(found));
    CHECK(found.empty());
}

TEST_CASE("link lines keep the same directions") {
    static const std::regex link(R"(\bsz_(base|crypto|bus|store|plugin|content|campaign|app)\b)");
    std::vector<std::string> found;
    for (const Source& source : files()) {
        if (!source.path.ends_with("CMakeLists.txt")) continue;
        const bool is_plugin =
            is_below(source.path, "plugins") && source.path.find("/tests/") == std::string::npos;
        for (auto it = std::sregex_iterator(source.text.begin(), source.text.end(), link);
             it != std::sregex_iterator(); ++it) {
            const std::string to = (*it)[1];
            const std::string from = room_of(source.path);
            if (!from.empty() && from != to && floor_of.at(to) >= floor_of.at(from))
                found.push_back(source.path + " links sz_" + to);
            if (is_plugin && source.text.find("sz_add_test") == std::string::npos)
                found.push_back(source.path + " links sz_" + to);
        }
    }
    INFO(joined(found));
    CHECK(found.empty());
}

// Bytes that go on with a character of UTF-8 take no column.
static auto columns_of(const std::string& line) {
    return std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

TEST_CASE("files keep to one subject and lines to one thought") {
    std::vector<std::string> found;
    for (const Source& source : files()) {
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
            const bool is_literal = source.path.find("tests/") != std::string::npos &&
                                    line.find('"') != std::string::npos;
            if (columns_of(line) > 100 && !is_literal)
                found.push_back(source.path + ":" + std::to_string(number) + " is too long");
        }
    }
    INFO(joined(found));
    CHECK(found.empty());
}

TEST_CASE("every room has a README") {
    std::vector<std::string> found;
    for (const char* top : {"sdk", "kernel", "plugins", "ui", "schemas", "packs", "tests"}) {
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
    for (const Source& source : files()) {
        if (!is_code(source.path) && !source.path.ends_with(".md") &&
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
