// SPDX-License-Identifier: AGPL-3.0-or-later
// What there is to say about a table, on its way to whoever asked. Codes are listed in README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

enum class Severity : std::uint32_t {
    error = 1,
    warning = 2,
    note = 3
};  // as SZ_SEVERITY_… of sz/abi.h

// A place in a text: line and column count from 1, the column in bytes. Zero: no place.
struct Place {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

struct Fault {
    Severity severity = Severity::error;
    std::string_view code;
    std::string file;
    Place place;
    std::string message;
    std::string hint;
};

class Faults {
  public:
    static constexpr std::size_t kept_max = 10'000;  // the kernel keeps no more

    explicit Faults(std::function<void(const Fault&)> report) : report_(std::move(report)) {}
    void add(const Fault& fault) {
        if (fault.severity == Severity::error) failed_ = true;
        if (given_ >= kept_max) ++dropped_;
        // Past the limit the kernel says that there are more; an error is worth telling even then.
        if (dropped_ > 1 && fault.severity != Severity::error) return;
        ++given_;
        report_(fault);
    }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    std::function<void(const Fault&)> report_;
    std::size_t given_ = 0, dropped_ = 0;
    bool failed_ = false;
};

// Where the lines of a text begin. A line ends in LF, CR LF or CR.
class Lines {
  public:
    Lines() = default;
    explicit Lines(std::string_view text);
    [[nodiscard]] Place place(std::size_t offset) const;

  private:
    std::vector<std::size_t> begins_;
};

}  // namespace csv
