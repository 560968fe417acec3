// SPDX-License-Identifier: AGPL-3.0-or-later
// Rules packages to the files of packs, and the account of what became of every value.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "source.hpp"

namespace datasworn {

// Where packs go. False: the other side wants no more.
struct Sink {
    std::function<bool()> begin;  // before the files of each pack
    std::function<bool(std::string_view path, std::string_view content)> put;
};

enum class Outcome { done, invalid, unreadable, too_large, cancelled, refused, miscounted };

struct Conversion {
    Outcome outcome = Outcome::done;
    std::string
        account;  // {"read","written","parts","values",…,"left_out":[{"what","why","count"}]}
};

// The same source and version give the same files. `version` is that of the packs.
[[nodiscard]] Conversion convert(const std::filesystem::path& source, const std::string& version,
                                 const Sink& sink, const Tick& tick, Faults& faults);

}  // namespace datasworn
