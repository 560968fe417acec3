// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder of fixtures to the files of one pack, and the account of what became of every record.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "fixtures.hpp"

namespace open5e {

// Takes the files of the pack. False: it wants no more.
using PutFile = std::function<bool(std::string_view path, std::string_view content)>;

enum class Outcome { done, invalid, unreadable, too_large, cancelled, refused, miscounted };

struct Conversion {
    Outcome outcome = Outcome::done;
    std::string account;  // {"read","written","parts","left_out":[{"what","why","count"}]}
};

// The same folder and version give the same files. `version` is that of the pack.
[[nodiscard]] Conversion convert(const std::filesystem::path& folder, const std::string& version,
                                 const PutFile& put, const Tick& tick, Faults& faults);

// A UUID made from a document's key: the same for everyone who imports it.
[[nodiscard]] std::string pack_id_of(std::string_view document);

}  // namespace open5e
