// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with a source, on its way to whoever asked. Codes are listed in README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace open5e {

enum class Severity : std::uint32_t {
    error = 1,
    warning = 2,
    note = 3
};  // as SZ_SEVERITY_… of sz/abi.h

// A place in a text: line and column count from 1, the column in bytes.
struct Place {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

struct Fault {
    Severity severity = Severity::error;
    std::string_view code;
    std::string file;
    std::string pointer;
    Place place;
    std::string message;
    std::string hint;
};

class Faults {
  public:
    explicit Faults(std::function<void(const Fault&)> report) : report_(std::move(report)) {}
    void add(const Fault& fault) {
        if (fault.severity == Severity::error) failed_ = true;
        report_(fault);
    }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    std::function<void(const Fault&)> report_;
    bool failed_ = false;
};

// The place of the byte at `offset`.
[[nodiscard]] Place place_of_byte(std::string_view text, std::size_t offset);

// The place of the value that an RFC 6901 pointer names, in valid JSON text; of the nearest
// container if there is none such. Reads the text again from its start: findings are rare, and
// records need not carry their places.
[[nodiscard]] Place place_of_pointer(std::string_view text, std::string_view pointer);

}  // namespace open5e
