// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/result.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sz {

namespace {

struct KindName {
    ErrorKind kind;
    const char* name;
    int exit_code;
};

constexpr std::array<KindName, 10> kinds{{{ErrorKind::input, "input", 1},
                                          {ErrorKind::usage, "usage", 2},
                                          {ErrorKind::not_found, "not_found", 1},
                                          {ErrorKind::denied, "denied", 3},
                                          {ErrorKind::conflict, "conflict", 1},
                                          {ErrorKind::limit, "limit", 1},
                                          {ErrorKind::environment, "environment", 3},
                                          {ErrorKind::cancelled, "cancelled", 3},
                                          {ErrorKind::unsupported, "unsupported", 1},
                                          {ErrorKind::internal, "internal", 3}}};

const KindName& entry_of(ErrorKind kind) noexcept {
    const auto* found = std::find_if(kinds.begin(), kinds.end(),
                                     [kind](const KindName& k) { return k.kind == kind; });
    return found == kinds.end() ? kinds.back() : *found;
}

}  // namespace

int exit_code(ErrorKind kind) noexcept { return entry_of(kind).exit_code; }

const char* kind_name(ErrorKind kind) noexcept { return entry_of(kind).name; }

ErrorKind kind_from_name(std::string_view name) noexcept {
    const auto* found = std::find_if(kinds.begin(), kinds.end(),
                                     [name](const KindName& k) { return name == k.name; });
    return found == kinds.end() ? ErrorKind::internal : found->kind;
}

const char* severity_name(Severity severity) noexcept {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: return "note";
    }
    return "error";
}

bool has_error(const Findings& findings) noexcept {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::error; });
}

}  // namespace sz
