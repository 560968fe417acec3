// SPDX-License-Identifier: AGPL-3.0-or-later
// Results, errors and findings: how every function of the kernel says that something went wrong.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace sz {

// What kind of wrong it is. Decides the exit code of a program and the status at the C border
// (plugin/abi_status.hpp).
enum class ErrorKind : std::uint8_t {
    input,        // the input is at fault
    usage,        // the request makes no sense (unknown method, wrong parameters)
    not_found,    // nothing has that name
    denied,       // permission, or a locked identity
    conflict,     // the state has changed since it was read
    limit,        // a limit of base/limits.hpp was reached
    environment,  // file, disk, network, plugin
    cancelled,    // the caller asked to stop, or a deadline passed
    unsupported,  // this object does not do that
    internal,     // a defect of ours
};

// One error for one failed operation.
struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string code;     // stable: "SZ-STORE-003"
    std::string message;  // one sentence for a person: what happened
    std::string hint;     // what to do next; may be empty
    std::string where;    // file, pointer, id; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string code,
                                                std::string message, std::string hint = {},
                                                std::string where = {}) {
    return tl::unexpected<Error>(
        Error{kind, std::move(code), std::move(message), std::move(hint), std::move(where)});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

// 1 the input is at fault, 2 usage, 3 the environment (DESIGN.md section 10).
[[nodiscard]] int exit_code(ErrorKind kind) noexcept;

// The kind's name on the bus and in logs: "input", "not_found", …
[[nodiscard]] const char* kind_name(ErrorKind kind) noexcept;
[[nodiscard]] ErrorKind kind_from_name(std::string_view name) noexcept;

enum class Severity : std::uint8_t { error, warning, note };

[[nodiscard]] const char* severity_name(Severity severity) noexcept;

// One thing that is wrong in a checked input. A check reports all of them in one run.
struct Finding {
    std::string code;  // stable: "SZ-PACK-012"
    Severity severity = Severity::error;
    std::string file;          // path inside the pack, or on disk
    std::string pointer;       // JSON pointer, RFC 6901
    std::uint32_t line = 0;    // from 1; 0 is unknown
    std::uint32_t column = 0;  // from 1, in bytes; 0 is unknown
    std::string message;
    std::string hint;
};

using Findings = std::vector<Finding>;

[[nodiscard]] bool has_error(const Findings& findings) noexcept;

}  // namespace sz

// Returns the error of a failed Result from the surrounding function.
#define SZ_TRY(expression)                                       \
    do {                                                         \
        if (auto sz_try_result = (expression); !sz_try_result)   \
            return ::sz::fail(std::move(sz_try_result).error()); \
    } while (false)

#define SZ_CONCAT_(a, b) a##b
#define SZ_CONCAT(a, b) SZ_CONCAT_(a, b)
// auto value = … or return the error:  SZ_ASSIGN(auto text, read_file(path, limit));
#define SZ_ASSIGN(declaration, expression)                                     \
    auto SZ_CONCAT(sz_result_, __LINE__) = (expression);                       \
    if (!SZ_CONCAT(sz_result_, __LINE__))                                      \
        return ::sz::fail(std::move(SZ_CONCAT(sz_result_, __LINE__)).error()); \
    declaration = std::move(*SZ_CONCAT(sz_result_, __LINE__))
