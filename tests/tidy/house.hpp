// SPDX-License-Identifier: AGPL-3.0-or-later
// The map of the house (DESIGN.md, section 3) as tables: which room may use which, and which
// library stands behind which room. Includes and link lines are judged by the same rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sz::tidy {

struct Room {
    std::string folder;
    std::vector<std::string> rooms;      // what it may use besides itself; "*": all of ours
    std::vector<std::string> libraries;  // by their names in `libraries()`
};

struct Library {
    std::string name;
    std::vector<std::string> headers;  // what its headers' names begin with
    std::vector<std::string> targets;  // what CMake calls it, include directories too
};

// One file or folder that may use one thing against the tables.
struct Exemption {
    std::string who;                // a path, or what it begins with
    std::vector<std::string> what;  // headers of others, paths of ours, link targets
    std::string why;
};

[[nodiscard]] const std::vector<Exemption>& exemptions();
// Does one of `allowed` let `who` use `what`?
[[nodiscard]] bool is_exempt(const std::vector<Exemption>& allowed, std::string_view who,
                             std::string_view what);

// The room that a path of ours stands in, or nullptr.
[[nodiscard]] const Room* room_of(std::string_view path);

// Why the file `from` may not use the file or folder `to` of ours; empty when it may.
[[nodiscard]] std::string why_not_ours(const std::string& from, const std::string& to);

[[nodiscard]] const Library* library_of_header(std::string_view include);
// Why `from` may not use that library; empty when it may.
[[nodiscard]] std::string why_not_library(const std::string& from, const Library& library);

// The same of what CMake calls `target`; nothing when no library is called so.
[[nodiscard]] std::optional<std::string> why_not_target(const std::string& from,
                                                        const std::string& target);

// C11's own headers, and C++20's.
[[nodiscard]] bool is_c_header(std::string_view include);
[[nodiscard]] bool is_cpp_header(std::string_view include);

// What only one system has stands behind an interface, in files that say so by their names.
[[nodiscard]] bool may_call_the_system(const std::string& path);

}  // namespace sz::tidy
