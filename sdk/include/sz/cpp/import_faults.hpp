// SPDX-License-Identifier: AGPL-3.0-or-later
// What a pack format has to say about what it reads, on its way to whoever asked. Findings
// (findings.hpp) report to the host at once; these are gathered by an importer that does not know
// the host, so that its tests need none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "findings.hpp"
#include "text_place.hpp"

namespace sz::plugin::importing {

enum class Severity : std::uint32_t {
    error = SZ_SEVERITY_ERROR,
    warning = SZ_SEVERITY_WARNING,
    note = SZ_SEVERITY_NOTE
};

struct Fault {
    Severity severity = Severity::error;
    std::string_view code;
    std::string file;
    std::string pointer;  // RFC 6901; empty where the file is no JSON
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
        // Past the limit the kernel says that there are more; an error is worth telling even then.
        if (dropped_ > 1 && fault.severity != Severity::error) return;
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

// Tells the host.
inline void report(const Fault& fault, Findings& findings) {
    const std::string code(fault.code);
    auto finding = [&] {
        return fault.severity == Severity::error     ? findings.error(code, fault.message)
               : fault.severity == Severity::warning ? findings.warning(code, fault.message)
                                                     : findings.note(code, fault.message);
    }();
    finding.file(fault.file)
        .at(fault.pointer)
        .place(fault.place.line, fault.place.column)
        .hint(fault.hint);
}

}  // namespace sz::plugin::importing
