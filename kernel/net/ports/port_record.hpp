// SPDX-License-Identifier: AGPL-3.0-or-later
// What routers forward to this computer, on disk: for a start after a crash.
#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "kernel/base/ids.hpp"
#include "kernel/base/json.hpp"
#include "kernel/base/result.hpp"

namespace sz {

struct RecordedPort {
    std::string mapper;  // who can take it back
    Json mapping;        // with this
    UnixMs ends_at = 0;  // by itself; 0: never
    int tries = 0;       // to take it back, in as many starts
};

// One thread at a time. The file is written anew at each change, or removed when nothing is left.
class PortRecord {
  public:
    static constexpr std::size_t bytes_max = 256 * 1024;
    static constexpr std::size_t ports_max = 64;  // the oldest are forgotten
    static constexpr int tries_max = 10;          // then a port that cannot be taken back is too

    // Reads the file. One that is damaged is moved aside to NAME.broken-TIME; `notice` says so
    // (SZ-PORT-020).
    PortRecord(std::filesystem::path file, UnixMs now, std::optional<Error>& notice);

    [[nodiscard]] const std::vector<RecordedPort>& ports() const noexcept { return ports_; }
    // One mapping of a mapper stands there once. SZ-PORT-021: it cannot be written; it holds for
    // this run all the same.
    [[nodiscard]] Status put(RecordedPort port);
    [[nodiscard]] Status erase(const std::string& mapper, const Json& mapping);

  private:
    [[nodiscard]] Status write() const;
    std::filesystem::path file_;
    std::vector<RecordedPort> ports_;
};

}  // namespace sz
