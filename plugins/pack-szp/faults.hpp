// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with an archive or a folder, and the way out: one function for each code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <sz/cpp/findings.hpp>

namespace szp {

// Reports to the host, and remembers what kind of refusal it comes to. Every fault is reported, up
// to a limit.
class Faults {
  public:
    // `source` is the archive or folder, as the person named it.
    Faults(sz::plugin::Findings& findings, std::string source)
        : findings_(findings), source_(std::move(source)) {}

    // `file` is a path inside the source; empty: the source itself.
    void error(const char* code, std::string_view file, std::string message, std::string hint);
    void limit(const char* code, std::string_view file, std::string message, std::string hint);
    void environment(const char* code, std::string_view file, std::string message,
                     std::string hint);
    void warning(const char* code, std::string_view file, std::string message, std::string hint);
    void note(const char* code, std::string_view file, std::string message, std::string hint);

    [[nodiscard]] bool has_error() const noexcept { return status_ != SZ_OK; }
    // OK, or why it is refused: the first of environment, invalid, limit.
    [[nodiscard]] sz::plugin::Status status() const;

  private:
    void add(std::uint32_t severity, sz_status status, const char* code, std::string_view file,
             std::string message, std::string hint);

    sz::plugin::Findings& findings_;
    std::string source_;
    sz_status status_ = SZ_OK;
    std::size_t count_ = 0;
};

// “name”, cut and made printable: it may be hostile.
[[nodiscard]] std::string quote(std::string_view name);

// "64 MiB", "999 bytes".
[[nodiscard]] std::string size_words(std::uint64_t bytes);

}  // namespace szp
