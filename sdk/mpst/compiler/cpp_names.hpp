// SPDX-License-Identifier: AGPL-3.0-or-later
// Names of protocols as names of C++.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mpst::compiler {

// A legal identifier that is nobody's: no keyword, no macro of the standard library, nothing that
// is reserved for the compiler. "x'" is "x_", "delete" is "delete_", "7" is `kind` + "7".
[[nodiscard]] std::string cpp_name(std::string_view word, std::string_view kind);

// Whether a word may stand as it is, such as in --namespace.
[[nodiscard]] bool is_cpp_name(std::string_view word);

// A namespace stands beside the C library's functions: "time" is "time_".
[[nodiscard]] std::string cpp_namespace(std::string_view word);

// For files: a prime is "_".
[[nodiscard]] std::string file_name(std::string_view word);

// The identifiers in a piece of C++ that are looked up where it stands: "std" of "std::string".
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

// The names of one scope.
class Scope {
  public:
    Scope() = default;
    explicit Scope(std::set<std::string, std::less<>> taken) : taken_(std::move(taken)) {}

    [[nodiscard]] bool has(std::string_view name) const { return taken_.count(name) > 0; }
    // False when it is taken.
    bool take(const std::string& name) { return taken_.insert(name).second; }
    // The name; else with `suffix`; else with a number too.
    std::string take_like(const std::string& name, std::string_view suffix);

  private:
    std::set<std::string, std::less<>> taken_;
    std::map<std::string, int> number_;  // the last one behind a name
};

}  // namespace mpst::compiler
