// SPDX-License-Identifier: AGPL-3.0-or-later
// What is legal in a pack but unwise. The rules stand in lint_*.cpp, one small function each;
// README.md lists them.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "kernel/content/pack_check.hpp"
#include "kernel/content/pack_report.hpp"
#include "kernel/content/tools/deps.hpp"

namespace sz::tools {

// From here on advice is given. None of these is a limit.
namespace advised {
inline constexpr std::size_t image_bytes = 1024 * 1024;
inline constexpr std::uint32_t image_side = 2048;             // pixels
inline constexpr std::size_t one_line_characters = 200;       // of a Text
inline constexpr std::size_t entries_described_percent = 50;  // then the others stand out
inline constexpr std::size_t fields_without_help = 3;         // of a template; so few are plain
}  // namespace advised

// A pack that passed its check.
struct LintSubject {
    const PackFiles& files;
    const CheckedPack& pack;
    const FieldTypes& fields;
    const OtherPacks& others;
    const PackTitles& titles;
};

// Where the rules write. Of what one rule says of one file, only the first are kept: a thousand
// entries without a description are one piece of advice.
class LintReport {
  public:
    static constexpr std::size_t same_max = 10;

    explicit LintReport(PackReport& report) : report_(report) {}

    void begin(const char* code, Severity severity) {
        code_ = code;
        severity_ = severity;
    }
    void advise(const std::string& file, const std::string& pointer, std::string message,
                std::string hint);
    // Says of each rule and file how much was left out.
    void finish();

  private:
    PackReport& report_;
    const char* code_ = "";
    Severity severity_ = Severity::warning;
    struct Same {
        std::size_t count = 0;
        Severity severity = Severity::warning;
        std::string last;  // pointer of the last that was kept
    };
    std::map<std::pair<std::string, std::string>, Same> counts_;  // by rule and file
};

struct LintRule {
    const char* code;   // "SZ-LINT-001"
    Severity severity;  // warning: mend it; note: think about it
    void (*look)(const LintSubject&, LintReport&);
};

// All of them, in order of code.
[[nodiscard]] std::span<const LintRule> lint_rules();

// Findings by file and place. False, with findings so far, when `progress` asks to stop.
// [any-thread]
[[nodiscard]] bool lint(const LintSubject& subject, const ProgressFn& progress, Findings& findings);

}  // namespace sz::tools
