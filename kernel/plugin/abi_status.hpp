// SPDX-License-Identifier: AGPL-3.0-or-later
// Statuses, sinks and findings of the ABI against the kernel's errors, strings and findings.
#pragma once

#include <sz/abi.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/base/result.hpp"
#include "kernel/plugin/breadcrumb.hpp"
#include "kernel/plugin/thread_rule.hpp"

namespace sz {

[[nodiscard]] sz_status abi_status(ErrorKind kind) noexcept;
[[nodiscard]] ErrorKind error_kind(sz_status status) noexcept;  // unknown values are internal

[[nodiscard]] inline std::string_view view(sz_str text) noexcept {
    return text.data == nullptr ? std::string_view{}
                                : std::string_view{text.data, static_cast<std::size_t>(text.size)};
}
[[nodiscard]] inline std::string_view view(sz_bytes bytes) noexcept {
    return bytes.data == nullptr ? std::string_view{}
                                 : std::string_view{reinterpret_cast<const char*>(bytes.data),
                                                    static_cast<std::size_t>(bytes.size)};
}
[[nodiscard]] inline sz_str str(std::string_view text) noexcept {
    return {text.data(), text.size()};
}
[[nodiscard]] inline sz_bytes abi_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

[[nodiscard]] bool is_utf8(std::string_view text);
// Text of a plugin that is shown or logged: cut to `bytes_max`, what is not UTF-8 replaced.
[[nodiscard]] std::string clean_text(std::string_view text,
                                     std::size_t bytes_max = limits::finding_text_bytes_max);
// The same in one line: line breaks and other control characters become spaces.
[[nodiscard]] std::string clean_line(std::string_view text,
                                     std::size_t bytes_max = limits::finding_text_bytes_max);

// A sink that collects at most `bytes_max` bytes and refuses more. Used on the thread that it was
// made on.
class TextSink {
  public:
    explicit TextSink(std::size_t bytes_max) : bytes_max_(bytes_max) {}
    TextSink(const TextSink&) = delete;
    TextSink& operator=(const TextSink&) = delete;
    [[nodiscard]] sz_sink table() noexcept { return {this, take}; }
    [[nodiscard]] bool is_full() const noexcept { return is_full_; }
    std::string text;

  private:
    static sz_status take(void* self, const void* data, std::uint64_t size) noexcept;
    OwnThread thread_;
    std::size_t bytes_max_;
    bool is_full_ = false;
};

// Collects findings of a plugin, at most limits::findings_max, on the thread that it was made on.
class FindingSink {
  public:
    explicit FindingSink(Findings& out) : out_(out), first_(out.size()) {}
    FindingSink(const FindingSink&) = delete;
    FindingSink& operator=(const FindingSink&) = delete;
    [[nodiscard]] const sz_findings* table() const noexcept { return &table_; }
    // The first error since this sink was made, or null.
    [[nodiscard]] const Finding* error() const noexcept;

  private:
    static void report(void* self, const sz_finding* finding) noexcept;
    OwnThread thread_;
    Findings& out_;
    std::size_t first_;
    sz_findings table_{sizeof(sz_findings), 0, this, report};
};

// What a failed call comes to: the first error among the findings, else `otherwise` with the kind
// of the status.
[[nodiscard]] Error error_of(sz_status status, const FindingSink& findings, Error otherwise);

// A defect of a plugin: it did what its header forbids.
[[nodiscard]] Error misbehaved(std::string_view plugin, std::string_view what);

// In a catch block: writes down what the plugin threw.
void log_exception(std::string_view plugin, const char* call) noexcept;

// Calls into a plugin: breadcrumb before, and nothing that it throws gets past here.
template <class Fn>
sz_status call_plugin(std::string_view plugin, const char* call, Fn&& fn) noexcept {
    const PluginCall crumb(plugin, call);
    try {
        return fn();
    } catch (...) {
        log_exception(plugin, call);
        return SZ_ERR_INTERNAL;
    }
}
// The same for a function that has a thread of its own in its header.
template <class Fn>
sz_status call_plugin(bool is_right_thread, std::string_view plugin, const char* call,
                      Fn&& fn) noexcept {
    assert_right_thread(is_right_thread, plugin, call);
    return call_plugin(plugin, call, std::forward<Fn>(fn));
}

}  // namespace sz
