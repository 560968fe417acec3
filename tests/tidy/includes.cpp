// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/tidy/includes.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <utility>

namespace sz::tidy {

namespace {

// A comment counts as a blank.
std::string_view without_blanks(std::string_view text) {
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        const auto end = text.starts_with("/*") ? text.find("*/", 2) : std::string_view::npos;
        if (end == std::string_view::npos) return text;
        text.remove_prefix(end + 2);
    }
}

// What stands behind #include, #include_next or #import; nothing when the line is none of them.
std::string_view directive(std::string_view line) {
    line = without_blanks(line);
    const bool is_digraph = line.starts_with("%:");
    if (!line.starts_with('#') && !is_digraph) return {};
    line = without_blanks(line.substr(is_digraph ? 2 : 1));
    for (const std::string_view word : {"include_next", "include", "import"}) {
        if (line.starts_with(word)) return without_blanks(line.substr(word.size()));
    }
    return {};
}

bool is_header_of_the_c_sdk(const std::string& path) {
    const Room* room = room_of(path);
    return room != nullptr && room->folder == "sdk/include/sz" && path.ends_with(".h");
}

bool is_too_heavy(const std::string& from, const std::string& include) {
    const bool is_header_of_base = is_below(from, "kernel/base") && from.ends_with(".hpp");
    return is_header_of_base && (include == "nlohmann/json.hpp" || include.starts_with("boost/"));
}

std::string judge_other(const std::string& from, const std::string& include) {
    if (is_too_heavy(from, include)) return "many include this header: include it in the .cpp";
    if (is_c_header(include)) return {};
    if (is_header_of_the_c_sdk(from)) return "the ABI is C11 with the standard headers of C";
    if (is_cpp_header(include)) return {};
    if (const Library* library = library_of_header(include); library != nullptr)
        return why_not_library(from, *library);
    if (may_call_the_system(from)) return {};
    return "no library of the map has this header; what only one system has stands in "
           "kernel/base/sys";
}

}  // namespace

IncludeCheck::IncludeCheck(const Tree& tree, std::vector<Exemption> allowed)
    : allowed_(std::move(allowed)) {
    for (const Source& source : tree) paths_.insert(source.path);
}

std::vector<IncludeCheck::Include> IncludeCheck::includes_of(const Source& source) {
    std::vector<Include> found;
    std::istringstream in(source.text);
    for (std::string line; std::getline(in, line);) {
        const std::string_view what = directive(line);
        if (what.empty()) continue;
        const char closing = what[0] == '<' ? '>' : '"';
        const auto end = what.find(closing, 1);
        const bool is_read = (what[0] == '<' || what[0] == '"') && end != std::string_view::npos;
        found.push_back({is_read ? std::string(what.substr(1, end - 1)) : "", what[0] == '"'});
    }
    return found;
}

std::string IncludeCheck::ours(const std::string& from, const Include& include) const {
    std::string beside = resolved(folder_of(from), include.name);
    if (include.is_quoted && paths_.contains(beside)) return beside;
    // The session types stand alone, with an include folder of their own.
    std::string in_mpst = resolved("sdk/mpst/include", include.name);
    if (is_below(in_mpst, "sdk/mpst/include/sz/mpst")) return in_mpst;
    std::string in_sdk = resolved("sdk/include", include.name);
    if (is_below(in_sdk, "sdk/include/sz")) return in_sdk;
    std::string from_root = resolved("", include.name);
    const bool is_below_a_top =
        std::any_of(std::begin(top_folders), std::end(top_folders),
                    [&](const char* top) { return from_root.starts_with(std::string(top) + '/'); });
    if (is_below_a_top) return from_root;
    // A path with steps upwards means one of ours, or at least nothing that a library offers.
    if (include.name.find("..") != std::string::npos) return beside;
    const Room* room = room_of(from);
    std::string in_room = resolved(room == nullptr ? "" : room->folder, include.name);
    return include.is_quoted && paths_.contains(in_room) ? in_room : std::string();
}

std::string IncludeCheck::judge(const std::string& from, const Include& include) const {
    if (include.name.empty()) return "this test cannot read the line; write the name out";
    if (include.name.starts_with('/')) return "a path of one machine";
    if (include.name.find('\\') != std::string::npos) return "write '/' in paths";
    const std::string path = ours(from, include);
    if (is_exempt(allowed_, from, path.empty() ? include.name : path)) return {};
    return path.empty() ? judge_other(from, include.name) : why_not_ours(from, path);
}

std::vector<std::string> IncludeCheck::breaches(const Source& source) const {
    std::vector<std::string> found;
    if (!is_code(source.path)) return found;
    for (const Include& include : includes_of(source)) {
        if (const std::string why = judge(source.path, include); !why.empty())
            found.push_back(source.path + " includes “" + include.name + "”: " + why);
    }
    return found;
}

}  // namespace sz::tidy
