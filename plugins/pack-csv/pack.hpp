// SPDX-License-Identifier: AGPL-3.0-or-later
// Tables to the files of one pack, and the account of what became of every row.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "faults.hpp"

namespace csv {

// Takes the files of the pack. False: it wants no more.
using PutFile = std::function<bool(std::string_view path, std::string_view content)>;
// Says that work was done, and asks whether to go on. False: cancelled.
using Tick = std::function<bool(std::uint64_t done, std::uint64_t total, std::string_view what)>;

enum class Outcome { done, invalid, unreadable, too_large, cancelled, refused, miscounted };

struct Conversion {
    Outcome outcome = Outcome::done;
    std::string account;  // {"read","written","left_out":[{"what","why","count"}],"columns":[…]}
};

// The same tables and options give the same files. `options` is a JSON object.
[[nodiscard]] Conversion convert(const std::filesystem::path& path, std::string_view options,
                                 const PutFile& put, const Tick& tick, Faults& faults);

}  // namespace csv
