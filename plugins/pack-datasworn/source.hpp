// SPDX-License-Identifier: AGPL-3.0-or-later
// Rules packages of Datasworn as they were given: a JSON file, or a folder of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "faults.hpp"

namespace datasworn {

// Members keep their order: tables, moves and abilities have one that means something.
using Json = nlohmann::ordered_json;

// The importer's own limits on a source, kept well below what the kernel takes of the pack that
// comes out.
namespace limits {
inline constexpr std::size_t files_max = 200;
inline constexpr std::size_t file_bytes_max = std::size_t{16} << 20;
inline constexpr std::size_t total_bytes_max = std::size_t{64} << 20;
inline constexpr std::size_t depth_max = 32;
inline constexpr std::size_t string_bytes_max = std::size_t{256} << 10;
inline constexpr std::size_t values_max = 1'000'000;  // of a file: all are kept in memory
inline constexpr std::size_t items_max = 10'000;      // of a list: a table takes no more rows
inline constexpr std::size_t placed_bytes_max = std::size_t{64}
                                                << 20;  // read again to find the lines of findings
inline constexpr std::size_t name_bytes_max = 200;      // the format takes no more
}  // namespace limits

struct Package {
    std::string file;  // its name, for findings
    std::string text;
    Json root;
    std::string id;       // "starforged"
    std::string ruleset;  // that an expansion depends on; empty for a ruleset
    mutable std::size_t placed_bytes = 0;

    // Adds a fault at the value that an RFC 6901 pointer names. Past limits::placed_bytes_max
    // there is no line.
    void report(Faults& faults, Severity severity, std::string_view code, std::string_view pointer,
                std::string message, std::string hint) const;
};

// Says that work was done, and asks whether to go on. False: cancelled.
using Tick = std::function<bool(std::uint64_t done, std::uint64_t total, std::string_view what)>;

class Sources {
  public:
    enum class Outcome { done, cancelled, unreadable, too_large };

    // A file is one package; of a folder, every .json file that is one. Faults of the content go
    // to `faults`. Unreadable, too large: a fault says which file.
    [[nodiscard]] Outcome read(const std::filesystem::path& path, const Tick& tick, Faults& faults);

    // What to make packs of: rulesets first, then by the name of the file.
    [[nodiscard]] const std::vector<Package>& packages() const { return packages_; }

    // The ruleset of an expansion: one of the packages, or what stands beside the file as
    // Datasworn is handed out (RULESET.json, ../RULESET/RULESET.json). Null if there is none.
    [[nodiscard]] const Package* ruleset_of(const Package& package) const;

  private:
    Outcome load(const std::filesystem::path& path, std::string& text, Faults& faults);
    // A package, or a file that is none (with a note where `is_asked_for` is false). False:
    // cancelled.
    bool parse(std::string file, std::string text, bool is_asked_for, const Tick& tick,
               Faults& faults);
    void take(Package package, Faults& faults);
    void look_beside(const std::filesystem::path& file, const Tick& tick);

    std::vector<Package> packages_;
    std::vector<Package> beside_;
    std::size_t total_bytes_ = 0;
};

// The text of an object's member; "" if it has none.
[[nodiscard]] std::string text_in(const Json& object, const char* key);

// How many strings, numbers and booleans a value holds that say something ("" does not).
[[nodiscard]] std::uint64_t count_values(const Json& value);

// A step of an RFC 6901 pointer: "/a~1b".
[[nodiscard]] std::string step(std::string_view key);

}  // namespace datasworn
