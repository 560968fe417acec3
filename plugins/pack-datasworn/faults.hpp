// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with a source, on its way to whoever asked. Codes are listed in README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace datasworn {

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
    static constexpr std::size_t kept_max = 10'000;  // the kernel keeps no more

    explicit Faults(std::function<void(const Fault&)> report) : report_(std::move(report)) {}
    void add(const Fault& fault) {
        if (fault.severity == Severity::error) failed_ = true;
        if (is_full()) ++dropped_;
        if (dropped_ > 1) return;  // at the first of them the kernel says that there are more
        ++given_;
        report_(fault);
    }
    [[nodiscard]] bool failed() const { return failed_; }
    // Nobody will read another: its place need not be looked for.
    [[nodiscard]] bool is_full() const { return given_ >= kept_max; }

  private:
    std::function<void(const Fault&)> report_;
    std::size_t given_ = 0, dropped_ = 0;
    bool failed_ = false;
};

// Where the lines of a text begin.
class Lines {
  public:
    Lines() = default;
    explicit Lines(std::string_view text);
    [[nodiscard]] Place place(std::size_t offset) const;

  private:
    std::vector<std::size_t> begins_;
};

// The place of the byte at `offset`; for one place in a text, else use Lines.
[[nodiscard]] Place place_of_byte(std::string_view text, std::size_t offset);

// The place of offset_of_pointer from the text's start.
[[nodiscard]] Place place_of_pointer(std::string_view text, std::string_view pointer);

// The offset of the value that an RFC 6901 pointer names in the JSON value at `from` of a valid
// text (commas and white space before it are passed over); of the nearest container if there is
// none such.
[[nodiscard]] std::size_t offset_of_pointer(std::string_view text, std::size_t from,
                                            std::string_view pointer);

}  // namespace datasworn
