// SPDX-License-Identifier: AGPL-3.0-or-later
// Findings as lines for a person, or as a document.
#pragma once

#include <sz/mpst/core/check.hpp>

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace mpst::compiler {

struct Position {
    std::uint32_t line = 1;    // from 1
    std::uint32_t column = 1;  // from 1, in bytes
};

// Where the lines of a text begin.
class Lines {
  public:
    explicit Lines(std::string_view text);
    [[nodiscard]] Position of(std::uint32_t byte) const;

  private:
    std::vector<std::uint32_t> begins_;
};

// file:line:column: error: sentence [SZ-MPST-0nn], with notes for the second place, an example run
// and the way out.
void print_findings(std::ostream& out, const std::string& file, const Lines& lines,
                    const core::Check& check);

// [{"code","severity","file","line","column","message","hint","other":{"line","column","message"},
//   "run":[{"label","sender","receiver"}]}]
[[nodiscard]] nlohmann::json findings_json(const std::string& file, const Lines& lines,
                                           const core::Check& check);

}  // namespace mpst::compiler
