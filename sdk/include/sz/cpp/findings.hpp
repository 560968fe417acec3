// SPDX-License-Identifier: AGPL-3.0-or-later
// Reports findings to the host: findings.error("SZ-FIELD-110", "That is not a
// number.").at("/damage").hint("…").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "result.hpp"
#include "text.hpp"

namespace sz::plugin {

class Findings {
  public:
    explicit Findings(const sz_findings* target) noexcept : target_(target) {}

    // Filled by its functions and sent when it goes out of scope, which is at the end of the
    // statement.
    class Finding {
      public:
        Finding(Findings& owner, std::uint32_t severity, std::string code, std::string message)
            : owner_(owner),
              severity_(severity),
              wrong_{SZ_ERR_INVALID, std::move(code), std::move(message), {}, {}, {}} {}
        ~Finding() { owner_.send(severity_, wrong_, line_, column_); }
        Finding(const Finding&) = delete;
        Finding& operator=(const Finding&) = delete;

        Finding& at(std::string pointer) { return wrong_.pointer = std::move(pointer), *this; }
        Finding& hint(std::string text) { return wrong_.hint = std::move(text), *this; }
        Finding& file(std::string path) { return wrong_.file = std::move(path), *this; }
        Finding& place(std::uint32_t line, std::uint32_t column = 0) {
            return line_ = line, column_ = column, *this;
        }

      private:
        Findings& owner_;
        std::uint32_t severity_;
        Fault wrong_;
        std::uint32_t line_ = 0, column_ = 0;
    };

    Finding error(std::string code, std::string message) {
        return {*this, SZ_SEVERITY_ERROR, std::move(code), std::move(message)};
    }
    Finding warning(std::string code, std::string message) {
        return {*this, SZ_SEVERITY_WARNING, std::move(code), std::move(message)};
    }
    Finding note(std::string code, std::string message) {
        return {*this, SZ_SEVERITY_NOTE, std::move(code), std::move(message)};
    }
    void add(const Fault& wrong) { send(SZ_SEVERITY_ERROR, wrong, 0, 0); }

    [[nodiscard]] bool has_error() const noexcept { return has_error_; }
    // SZ_OK, or SZ_ERR_INVALID once an error was reported.
    [[nodiscard]] Status status() const {
        return has_error_ ? Status{fault(SZ_ERR_INVALID)} : Status{};
    }
    // For calls that take the C table on.
    [[nodiscard]] const sz_findings* table() const noexcept { return target_; }

  private:
    void send(std::uint32_t severity, const Fault& wrong, std::uint32_t line,
              std::uint32_t column) noexcept {
        has_error_ = has_error_ || severity == SZ_SEVERITY_ERROR;
        if (target_ == nullptr || target_->report == nullptr) return;
        const sz_finding finding{sizeof(sz_finding), severity, str(wrong.code), str(wrong.file),
                                 str(wrong.pointer), line,     column,          str(wrong.message),
                                 str(wrong.hint)};
        target_->report(target_->self, &finding);
    }

    const sz_findings* target_;
    bool has_error_ = false;
};

// Passes findings about a nested value on, with `prefix` before their pointers: a list gives
// "/2/value" for its third item.
class NestedFindings {
  public:
    NestedFindings(Findings& outer, std::string prefix)
        : outer_(outer), prefix_(std::move(prefix)) {}
    NestedFindings(const NestedFindings&) = delete;
    NestedFindings& operator=(const NestedFindings&) = delete;

    // For the call about the nested value.
    [[nodiscard]] const sz_findings* table() const noexcept { return &table_; }

  private:
    static void report(void* self, const sz_finding* finding) noexcept {
        auto* nested = static_cast<NestedFindings*>(self);
        try {
            Findings::Finding passed(nested->outer_, finding->severity,
                                     std::string(view(finding->code)),
                                     std::string(view(finding->message)));
            passed.at(nested->prefix_ + std::string(view(finding->pointer)))
                .hint(std::string(view(finding->hint)));
            passed.file(std::string(view(finding->file))).place(finding->line, finding->column);
        } catch (...) {
            nested->outer_.add(
                fault(SZ_ERR_INTERNAL));  // out of memory: the error itself must not be lost
        }
    }

    Findings& outer_;
    std::string prefix_;
    sz_findings table_{sizeof(sz_findings), 0, this, report};
};

}  // namespace sz::plugin
