// SPDX-License-Identifier: AGPL-3.0-or-later
// Who links whom, and whose sources and headers a CMake file reaches for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/tidy/cmake_text.hpp"
#include "tests/tidy/house.hpp"
#include "tests/tidy/tree.hpp"

namespace sz::tidy {

class LinkCheck {
  public:
    // `tree`: the CMake files that make the targets.
    explicit LinkCheck(const Tree& tree, std::vector<Exemption> allowed = exemptions());

    // A sentence for each link, include directory or foreign source in `source` that the map of
    // the house does not allow. `source` need not be in the tree.
    [[nodiscard]] std::vector<std::string> breaches(const Source& source) const;

  private:
    [[nodiscard]] std::string why_not_linked(const std::string& from,
                                             const std::string& target) const;

    std::map<std::string, std::string> home_of_target_;  // name → folder that makes it
    std::vector<Exemption> allowed_;
};

}  // namespace sz::tidy
