// SPDX-License-Identifier: AGPL-3.0-or-later
// An object of a package, read member by member, so that the account knows of every value whether
// it was written or why it was not.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "source.hpp"

namespace datasworn {

// What became of the values (strings, numbers and booleans that say something) of a package.
struct Tally {
    std::uint64_t entries = 0;  // written
    std::uint64_t parts = 0;    // rows, abilities and options: each is a record inside an entry
    std::uint64_t values = 0;   // written
    std::map<std::pair<std::string, std::string>, std::uint64_t> left_out;  // by what and why

    void leave_out(std::string_view what, std::string_view why, std::uint64_t count) {
        if (count > 0) left_out[{std::string(what), std::string(why)}] += count;
    }
};

class Members {
  public:
    Members(const Json& object, std::string pointer, Tally& tally)
        : object_(object), pointer_(std::move(pointer)), tally_(tally), taken_(object.size()) {}

    // The member's value, whose values count as written; null if it says nothing or was taken.
    const Json* take(std::string_view key);
    // The same for what is read by Members of its own: its values do not count yet.
    const Json* enter(std::string_view key);
    void leave_out(std::string_view key, std::string_view what, std::string_view why);
    // What nobody has taken and says something. Counts as taken and written.
    std::vector<std::pair<std::string, const Json*>> take_rest();

    [[nodiscard]] std::string pointer_of(std::string_view key) const {
        return pointer_ + step(key);
    }
    [[nodiscard]] const std::string& pointer() const { return pointer_; }
    [[nodiscard]] Tally& tally() const { return tally_; }

  private:
    const Json& object_;
    std::string pointer_;
    Tally& tally_;
    std::vector<bool> taken_;
};

}  // namespace datasworn
