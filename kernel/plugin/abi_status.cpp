// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/abi_status.hpp"

#include <Poco/TextConverter.h>
#include <Poco/UTF8Encoding.h>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

namespace sz {

namespace {

constexpr std::array<std::pair<ErrorKind, sz_status>, 10> statuses{
    {{ErrorKind::input, SZ_ERR_INVALID},
     {ErrorKind::not_found, SZ_ERR_NOT_FOUND},
     {ErrorKind::denied, SZ_ERR_DENIED},
     {ErrorKind::conflict, SZ_ERR_CONFLICT},
     {ErrorKind::limit, SZ_ERR_LIMIT},
     {ErrorKind::environment, SZ_ERR_ENVIRONMENT},
     {ErrorKind::cancelled, SZ_ERR_CANCELLED},
     {ErrorKind::unsupported, SZ_ERR_UNSUPPORTED},
     {ErrorKind::internal, SZ_ERR_INTERNAL},
     {ErrorKind::usage, SZ_ERR_INVALID}}};

// Converts UTF-8 to UTF-8, which counts and replaces what is malformed.
int convert(std::string_view text, std::string& out) {
    if (text.empty()) return 0;  // Poco takes no null pointer
    static const Poco::UTF8Encoding utf8;
    Poco::TextConverter converter(utf8, utf8);
    return converter.convert(text.data(), static_cast<int>(text.size()), out);
}

Severity severity_of(std::uint32_t severity) noexcept {
    if (severity == SZ_SEVERITY_WARNING) return Severity::warning;
    if (severity == SZ_SEVERITY_NOTE) return Severity::note;
    return Severity::error;
}

}  // namespace

sz_status abi_status(ErrorKind kind) noexcept {
    const auto* found = std::find_if(statuses.begin(), statuses.end(),
                                     [kind](const auto& pair) { return pair.first == kind; });
    return found == statuses.end() ? SZ_ERR_INTERNAL : found->second;
}

ErrorKind error_kind(sz_status status) noexcept {
    const auto* found = std::find_if(statuses.begin(), statuses.end(),
                                     [status](const auto& pair) { return pair.second == status; });
    return found == statuses.end() ? ErrorKind::internal : found->first;
}

bool is_utf8(std::string_view text) {
    std::string ignored;
    return convert(text, ignored) == 0;
}

std::string clean_text(std::string_view text, std::size_t bytes_max) {
    std::string clean;
    convert(text.substr(0, bytes_max), clean);
    return clean;
}

std::string clean_line(std::string_view text, std::size_t bytes_max) {
    std::string line = clean_text(text, bytes_max);
    std::replace_if(
        line.begin(), line.end(),
        [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
    return line;
}

sz_status TextSink::take(void* self, const void* data, std::uint64_t size) noexcept {
    auto& sink = *static_cast<TextSink*>(self);
    if (!is_allowed(sink.thread_.is_current(), {}, "sz_sink.write")) return SZ_ERR_INTERNAL;
    if (size == 0) return SZ_OK;
    if (data == nullptr) return SZ_ERR_INVALID;
    if (size > sink.bytes_max_ - sink.text.size()) {
        sink.is_full_ = true;
        return SZ_ERR_LIMIT;
    }
    try {
        sink.text.append(static_cast<const char*>(data), static_cast<std::size_t>(size));
        return SZ_OK;
    } catch (...) {
        sink.is_full_ = true;
        return SZ_ERR_LIMIT;
    }
}

const Finding* FindingSink::error() const noexcept {
    for (std::size_t i = first_; i < out_.size(); ++i)
        if (out_[i].severity == Severity::error) return &out_[i];
    return nullptr;
}

void FindingSink::report(void* self, const sz_finding* finding) noexcept {
    auto& sink = *static_cast<FindingSink*>(self);
    if (!is_allowed(sink.thread_.is_current(), {}, "sz_findings.report")) return;
    try {
        if (finding == nullptr || finding->size < SZ_FINDING_SIZE_1) return;
        if (sink.out_.size() > limits::findings_max) return;
        Finding taken;
        if (sink.out_.size() == limits::findings_max) {
            taken.severity = Severity::note;
            taken.code = "SZ-PLUGIN-062";
            taken.message = "There are more findings than can be listed.";
            taken.hint = "Mend these first, then check again.";
        } else {
            taken.severity = severity_of(finding->severity);
            taken.code = clean_text(view(finding->code), limits::id_bytes_max);
            taken.file = clean_text(view(finding->file));
            taken.pointer = clean_text(view(finding->pointer));
            taken.line = finding->line;
            taken.column = finding->column;
            taken.message = clean_text(view(finding->message));
            taken.hint = clean_text(view(finding->hint));
        }
        sink.out_.push_back(std::move(taken));
    } catch (...) {
        log::error("plugin", "A finding was lost for want of memory.");
    }
}

Error error_of(sz_status status, const FindingSink& findings, Error otherwise) {
    otherwise.kind = error_kind(status);
    if (const Finding* first = findings.error()) {
        if (!first->code.empty()) otherwise.code = first->code;
        otherwise.message = first->message;
        otherwise.hint = first->hint;
        otherwise.where = first->pointer.empty() ? first->file : first->pointer;
    }
    return otherwise;
}

Error misbehaved(std::string_view plugin, std::string_view what) {
    log::error("plugin", std::string(plugin) + ": " + std::string(what));
    return {
        ErrorKind::internal, "SZ-PLUGIN-061",
        "The plugin " + std::string(plugin) + " answered what makes no sense: " + std::string(what),
        "Report it to the plugin's author; “plugin.disable” turns the plugin off.",
        std::string(plugin)};
}

void log_exception(std::string_view plugin, const char* call) noexcept {
    std::string what;
    try {
        throw;
    } catch (const std::exception& thrown) {
        what = clean_text(thrown.what());
    } catch (...) {
        what = "something that is not a std::exception";
    }
    log::error("plugin", std::string(plugin) + " let an exception out of " + call + ": " + what);
}

}  // namespace sz
