// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/tidy/links.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace sz::tidy {

namespace {

using Words = std::vector<std::string>;

bool is_keyword(const std::string& word) {
    return word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || c == '_';
           });
}

// What stands behind each of `keywords`, up to the next keyword of any kind.
Words behind(const Words& arguments, const std::set<std::string>& keywords) {
    Words found;
    bool is_wanted = false;
    for (const std::string& word : arguments) {
        if (is_keyword(word))
            is_wanted = keywords.contains(word);
        else if (is_wanted)
            found.push_back(word);
    }
    return found;
}

// All but the keywords, from the argument `first` on.
Words plain_words(const Words& arguments, std::size_t first) {
    Words found;
    for (std::size_t i = first; i < arguments.size(); ++i) {
        if (!is_keyword(arguments[i])) found.push_back(arguments[i]);
    }
    return found;
}

// $<BUILD_INTERFACE:x> is x.
std::string without_interface(const std::string& word) {
    for (const std::string_view mark : {"$<BUILD_INTERFACE:", "$<INSTALL_INTERFACE:"}) {
        if (word.starts_with(mark) && word.ends_with('>'))
            return word.substr(mark.size(), word.size() - mark.size() - 1);
    }
    return word;
}

Words linked_by(const Command& command) {
    Words found;
    if (command.name == "target_link_libraries") {
        found = plain_words(command.arguments, 1);
        std::transform(found.begin(), found.end(), found.begin(), without_interface);
        return found;
    }
    if (command.name == "link_libraries") return plain_words(command.arguments, 0);
    found = behind(command.arguments,
                   {"LINK", "PRIVATE_LINK", "LINK_LIBRARIES", "INTERFACE_LINK_LIBRARIES", "ALIAS"});
    static const std::string objects = "$<TARGET_OBJECTS:";
    for (const std::string& word : command.arguments) {
        if (word.starts_with(objects))
            found.push_back(word.substr(objects.size(), word.find('>') - objects.size()));
    }
    return found;
}

Words include_directories_of(const Command& command) {
    Words found;
    if (command.name == "target_include_directories") {
        found = plain_words(command.arguments, 1);
    } else if (command.name == "include_directories") {
        found = plain_words(command.arguments, 0);
    } else {
        found = behind(command.arguments, {"INCLUDE_DIRECTORIES", "INTERFACE_INCLUDE_DIRECTORIES",
                                           "INTERFACE_SYSTEM_INCLUDE_DIRECTORIES", "BASE_DIRS"});
    }
    std::transform(found.begin(), found.end(), found.begin(), without_interface);
    return found;
}

// The path of ours that a word names by a variable of CMake's or by steps upwards; empty when it
// stays where it is.
std::string path_of(const std::string& from, const std::string& word) {
    for (const std::string_view root :
         {"${PROJECT_SOURCE_DIR}/", "${CMAKE_SOURCE_DIR}/", "${SessionZero_SOURCE_DIR}/"}) {
        if (word.starts_with(root)) return resolved("", word.substr(root.size()));
    }
    std::string below = word;
    for (const std::string_view here :
         {"${CMAKE_CURRENT_SOURCE_DIR}/", "${CMAKE_CURRENT_LIST_DIR}/"}) {
        if (word.starts_with(here)) below = word.substr(here.size());
    }
    const bool steps_up =
        below == ".." || below.find("../") != std::string::npos || below.ends_with("/..");
    return steps_up ? resolved(folder_of(from), below) : std::string();
}

std::string why_not_include_directory(const std::string& from, const std::string& word) {
    if (word == "${CMAKE_CURRENT_SOURCE_DIR}" || word == "${CMAKE_INSTALL_INCLUDEDIR}" ||
        word == "${CMAKE_CURRENT_SOURCE_DIR}/include")
        return {};
    if (word == "${PROJECT_SOURCE_DIR}") return {};  // judged as the whole house
    if (!path_of(from, word).empty()) return {};     // judged as a path
    if (const auto why = why_not_target(from, word)) return *why;
    return "the map of the house does not know this include directory";
}

// From there everything is in reach, by paths that this test does not see.
bool is_whole_house(const std::string& from, const std::string& word) {
    const bool may_see_all = from == "CMakeLists.txt" || is_below(from, "tests");
    return !may_see_all && (word == "${PROJECT_SOURCE_DIR}" || word == "${CMAKE_SOURCE_DIR}" ||
                            word == "${SessionZero_SOURCE_DIR}");
}

// Ways to reach a library or a header past the tables.
bool is_past_the_tables(const std::string& word) {
    static const Words beginnings{"-I", "-isystem", "-iquote", "-include", "-l", "-L"};
    const bool is_option = std::any_of(beginnings.begin(), beginnings.end(), [&](const auto& b) {
        return word.starts_with(b) || word.starts_with("SHELL:" + b);
    });
    return is_option || word.ends_with(".so") || word.ends_with(".a");
}

// cmake_language(… CALL name words) is the command that it calls.
Command called(const Command& command) {
    const auto call = std::find(command.arguments.begin(), command.arguments.end(), "CALL");
    if (command.name != "cmake_language" || call == command.arguments.end() ||
        call + 1 == command.arguments.end())
        return command;
    return {*(call + 1), {call + 2, command.arguments.end()}};
}

bool passes_on(const std::string& from, const std::string& word) {
    // A function's own words are judged where it is called.
    return (from == "CMakeLists.txt" || from == "sdk/cmake/sz_add_plugin.cmake") &&
           (word == "${ARG_LINK}" || word == "${ARG_PRIVATE_LINK}");
}

}  // namespace

LinkCheck::LinkCheck(const Tree& tree, std::vector<Exemption> allowed)
    : allowed_(std::move(allowed)) {
    for (const Source& source : tree) {
        if (!is_cmake(source.path)) continue;
        for (const Command& command : commands_of(source.text)) {
            if (command.arguments.empty()) continue;
            const std::string& name = command.arguments[0];
            if (command.name == "sz_kernel_room") {
                home_of_target_["sz_" + name] = folder_of(source.path);
            } else if (command.name == "add_library" || command.name == "add_executable" ||
                       command.name == "sz_add_plugin") {
                home_of_target_[name] = folder_of(source.path);
            }
        }
    }
    // Made in sdk/, and all of it is the headers.
    home_of_target_["sz_sdk"] = home_of_target_["SessionZero::sdk"] = "sdk/include/sz";
}

std::string LinkCheck::why_not_linked(const std::string& from, const std::string& target) const {
    if (passes_on(from, target) || is_exempt(allowed_, from, target)) return {};
    if (target == "sz_flags" && (is_below(from, "kernel") || is_below(from, "ui"))) return {};
    if (from == "CMakeLists.txt" && (target == "sz_flags" || target == "sz_catch_main")) return {};
    if (is_test(from) && target == "sz_flags") return {};
    if (const auto why = why_not_target(from, target)) return *why;
    const auto home = home_of_target_.find(target);
    if (home != home_of_target_.end() && !home->second.empty())
        return why_not_ours(from, home->second);
    return "the map of the house does not know this target; write its name out";
}

std::vector<std::string> LinkCheck::breaches(const Source& source) const {
    std::vector<std::string> found;
    const std::string& from = source.path;
    if (!is_cmake(from)) return found;
    const auto report = [&](const char* does, const std::string& what, const std::string& why) {
        if (!why.empty()) found.push_back(from + " " + does + " “" + what + "”: " + why);
    };
    for (const Command& written : commands_of(source.text)) {
        const Command command = called(written);
        for (const std::string& word : linked_by(command))
            report("links", word, why_not_linked(from, word));
        for (const std::string& word : include_directories_of(command)) {
            if (!is_exempt(allowed_, from, word))
                report("sees the headers of", word, why_not_include_directory(from, word));
        }
        for (const std::string& word : command.arguments) {
            const std::string path = path_of(from, without_interface(word));
            if (!path.empty() && !is_exempt(allowed_, from, path))
                report("reaches for", word, why_not_ours(from, path));
            if (is_whole_house(from, word) && !is_exempt(allowed_, from, word))
                report("names", word, "that is the whole house; name what is wanted of it");
            if (is_past_the_tables(word))
                report("names", word, "libraries and header folders are named as targets");
        }
        if (command.name.ends_with("link_directories") || command.name == "cmake_language")
            report("calls", command.name, "this test cannot see what it links");
    }
    return found;
}

}  // namespace sz::tidy
