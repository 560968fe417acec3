// SPDX-License-Identifier: AGPL-3.0-or-later
// The border: writers into sinks, and the one place where exceptions of a plugin end.
#pragma once

#include <exception>
#include <string>
#include <string_view>

#include "../host.h"
#include "findings.hpp"

namespace sz::plugin {

namespace detail {

// The host of this plugin between init and deinit. Hidden, whatever flags the plugin is built with,
// so that each library has its own.
#if defined(_WIN32)
#define SZ_HIDDEN
#else
#define SZ_HIDDEN __attribute__((visibility("hidden")))
#endif
SZ_HIDDEN inline const sz_host*& host_slot() noexcept {
    static const sz_host* host = nullptr;
    return host;
}

inline void log(std::uint32_t level, std::string_view message) noexcept {
    const sz_host* host = host_slot();
    if (host == nullptr) return;
    const auto* log = static_cast<const sz_log*>(host->get_service(host->self, SZ_LOG_ID));
    if (log != nullptr) log->write(log->self, level, str(message));
}

// Returns a fault to the other side.
inline sz_status give(const Fault& wrong, const sz_findings* findings) noexcept {
    if (!wrong.message.empty() && findings != nullptr) Findings(findings).add(wrong);
    return wrong.status == SZ_OK ? SZ_ERR_INTERNAL : wrong.status;
}

inline sz_status give_exception(const char* what, const sz_findings* findings) noexcept {
    log(SZ_LOG_ERROR, what);
    if (findings != nullptr) {
        // The text of an exception is for the log; a person gets a sentence.
        const sz_finding finding{sizeof(sz_finding),
                                 SZ_SEVERITY_ERROR,
                                 str("SZ-PLUGIN-090"),
                                 {nullptr, 0},
                                 {nullptr, 0},
                                 0,
                                 0,
                                 str("The plugin failed inside itself; the log has the details."),
                                 str("Report it to the plugin's author.")};
        findings->report(findings->self, &finding);
    }
    return SZ_ERR_INTERNAL;
}

}  // namespace detail

// Runs `body` (which returns Status) as the inside of an ABI function.
template <class Body>
sz_status guard(const sz_findings* findings, Body&& body) noexcept {
    try {
        const Status status = body();
        return status ? SZ_OK : detail::give(status.error(), findings);
    } catch (const std::exception& wrong) {
        return detail::give_exception(wrong.what(), findings);
    } catch (...) {
        return detail::give_exception("an exception of unknown type", findings);
    }
}

// The same for functions without findings or a status.
template <class Body>
void guard_void(Body&& body) noexcept {
    (void)guard(nullptr, [&]() -> Status { return body(), Status{}; });
}

// All of `text` into the sink.
[[nodiscard]] inline Status write(sz_sink sink, std::string_view text) {
    return status_of(text.empty() ? SZ_OK : sink.write(sink.self, text.data(), text.size()));
}

// The inside of an ABI function that writes what `body` (which returns Result<std::string>) gives.
template <class Body>
sz_status guard_text(sz_sink out, const sz_findings* findings, Body&& body) noexcept {
    return guard(findings, [&]() -> Status {
        const Result<std::string> text = body();
        return text ? write(out, *text) : Status{text.error()};
    });
}

// A sink that collects text, for calls to the host.
class TextSink {
  public:
    [[nodiscard]] sz_sink table() noexcept {
        return {this, [](void* self, const void* data, std::uint64_t size) -> sz_status {
                    try {
                        static_cast<TextSink*>(self)->text.append(static_cast<const char*>(data),
                                                                  static_cast<std::size_t>(size));
                        return SZ_OK;
                    } catch (...) {
                        return SZ_ERR_LIMIT;
                    }
                }};
    }
    std::string text;
};

// Calls `fn(sink)` and gives what it wrote.
template <class Fn>
[[nodiscard]] Result<std::string> read_text(Fn&& fn) {
    TextSink sink;
    const sz_status status = fn(sink.table());
    if (status != SZ_OK) return fault(status);
    return std::move(sink.text);
}

}  // namespace sz::plugin
