// SPDX-License-Identifier: AGPL-3.0-or-later
// Who includes whom.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/tidy/house.hpp"
#include "tests/tidy/tree.hpp"

namespace sz::tidy {

class IncludeCheck {
  public:
    // `tree`: the files that an include can mean.
    explicit IncludeCheck(const Tree& tree, std::vector<Exemption> allowed = exemptions());

    // A sentence for each #include line of `source` that the map of the house does not allow.
    // `source` need not be in the tree.
    [[nodiscard]] std::vector<std::string> breaches(const Source& source) const;

  private:
    struct Include {
        std::string name;  // empty: the line cannot be read
        bool is_quoted = false;
    };
    [[nodiscard]] static std::vector<Include> includes_of(const Source& source);
    // The path of ours that it means; empty when it is somebody else's header.
    [[nodiscard]] std::string ours(const std::string& from, const Include& include) const;
    [[nodiscard]] std::string judge(const std::string& from, const Include& include) const;

    std::set<std::string> paths_;
    std::vector<Exemption> allowed_;
};

}  // namespace sz::tidy
