// SPDX-License-Identifier: AGPL-3.0-or-later
// The library's index: one SQLite file that knows every installed pack, every entry and every word
// of it. It holds nothing that cannot be made again from packs/, but for the settings.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/ids.hpp"
#include "kernel/content/pack_check.hpp"
#include "kernel/plugin/services.hpp"
#include "kernel/store/database.hpp"
#include "kernel/store/words.hpp"

namespace sz::library {

// An installed pack as the index knows it.
struct PackRow {
    std::int64_t row = 0;
    std::string id, version, name, author, license, description, icon;
    std::string digest;  // of all its files, hex
    UnixMs installed_at = 0;
    std::int64_t first_entry = 0,
                 end_entry = 0;  // its entries are the rows [first_entry, end_entry)
    std::uint64_t entries = 0, datasets = 0, templates = 0, files = 0, bytes = 0;
};

// What the files say that the checked pack does not.
struct PackFacts {
    std::string digest;
    UnixMs installed_at = 0;
    std::uint64_t files = 0, bytes = 0;
};

// Raised when the tables change: the packs are then indexed afresh.
inline constexpr std::int64_t index_version = 1;

// One connection, one thread at a time. Whoever only reads opens a second one with open_reader().
class Index {
  public:
    // Makes the file when it is missing; empties it, but for the settings, when it is of another
    // version.
    [[nodiscard]] static Result<Index> open(const std::filesystem::path& file,
                                            const char* vfs = nullptr);
    [[nodiscard]] static Result<Database> open_reader(const std::filesystem::path& file);

    // In one transaction: all or nothing. `progress` counts entries.
    [[nodiscard]] Status add(const CheckedPack& pack, const PackFacts& facts,
                             const FieldTypes& fields, const ProgressFn& progress);
    [[nodiscard]] Status remove(std::string_view id, std::string_view version);

    [[nodiscard]] Result<std::optional<PackRow>> find(std::string_view id,
                                                      std::string_view version);
    [[nodiscard]] std::vector<std::string> versions(std::string_view id);
    // Empty entry: is there such an object?
    [[nodiscard]] bool has(std::string_view id, std::string_view version, std::string_view object,
                           std::string_view entry);

    [[nodiscard]] std::vector<PackDependency> dependencies(std::string_view id,
                                                           std::string_view version);

    [[nodiscard]] Result<std::optional<std::string>> setting(std::string_view key);
    [[nodiscard]] Status set_setting(std::string_view key, std::string_view value);

    [[nodiscard]] Database& database() noexcept { return database_; }

  private:
    Index(Database database, Words words)
        : database_(std::move(database)), words_(std::move(words)) {}
    Database database_;
    Words words_;
};

// What the text of a manifest says that its pack needs.
[[nodiscard]] std::vector<PackDependency> dependencies_of(std::string_view manifest);

// All packs, newest version of an id first, ids in order of name.
[[nodiscard]] Result<std::vector<PackRow>> read_packs(Database& database);

}  // namespace sz::library
