// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder of fixtures: JSON files, each an array of records {"model": "api_v2.creature", "pk": …,
// "fields": {…}}.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "faults.hpp"
#include "value.hpp"

namespace open5e {

// The importer's own limits on a source, kept well below what the kernel takes of the pack that
// comes out.
namespace limits {
inline constexpr std::size_t files_max = 1000;
inline constexpr std::size_t file_bytes_max = std::size_t{64} << 20;
inline constexpr std::size_t total_bytes_max = std::size_t{256} << 20;
inline constexpr std::size_t depth_max = 32;
inline constexpr std::size_t string_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t values_max = 4'000'000;  // of all files: all are kept in memory
inline constexpr std::size_t placed_bytes_max =
    std::size_t{64} << 20;  // read again to place findings inside their records
inline constexpr std::size_t name_bytes_max =
    200;  // of a pack or an entry: the format takes no more
}  // namespace limits

struct FixtureFile {
    std::string name;  // "Creature.json"
    std::string text;
    std::size_t records = 0;
    std::vector<std::uint32_t> begins;  // of the records: offsets in the text, or a comma before it
};

struct Record {
    std::string_view model;   // as written: "api_v2.creature"
    std::string_view family;  // "creature"
    std::string pk;           // integers as text
    Value::Object fields;
    std::uint32_t file = 0;
    std::uint32_t index = 0;  // in its file
};

// Says that work was done, and asks whether to go on. False: cancelled.
using Tick = std::function<bool(std::uint64_t done, std::uint64_t total, std::string_view what)>;

class Fixtures {
  public:
    enum class Outcome { done, cancelled, unreadable, too_large };

    // Reads every .json file of `folder`, in byte order of the names. Faults of the content go to
    // `faults`. Unreadable, too large: a fault says which file.
    [[nodiscard]] Outcome read(const std::filesystem::path& folder, const Tick& tick,
                               Faults& faults);

    [[nodiscard]] const std::vector<FixtureFile>& files() const { return files_; }
    [[nodiscard]] const std::vector<Record>& records() const { return records_; }

    // Adds a fault at a place inside a record: `pointer` begins at the record ("/fields/level"), or
    // is empty. Past limits::placed_bytes_max the place is that of the record.
    void report(Faults& faults, Severity severity, std::string_view code, const Record& record,
                std::string_view pointer, std::string message, std::string hint) const;

  private:
    bool list(const std::filesystem::path& folder, std::vector<std::filesystem::path>& paths,
              Faults& faults);
    Outcome load(const std::filesystem::path& path, Faults& faults);
    bool parse(std::uint32_t file, const std::function<bool()>& go_on, Faults& faults);
    void take_record(std::uint32_t file, std::uint32_t index, Value& value, Faults& faults);
    std::string_view intern(std::string_view name);
    [[nodiscard]] Place place_in(const Record& record, std::string_view pointer) const;

    friend class FixtureSax;
    std::vector<FixtureFile> files_;
    std::vector<Record> records_;
    // Of members and models: few, and each occurs thousands of times.
    std::unordered_set<std::string> names_;
    std::size_t total_bytes_ = 0;
    std::size_t values_ = 0;
    mutable std::unordered_map<std::uint32_t, Lines> lines_;  // of files with findings
    mutable std::size_t placed_bytes_ = 0;
};

}  // namespace open5e
