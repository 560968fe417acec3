// SPDX-License-Identifier: AGPL-3.0-or-later
// A row of the bench table: what was measured beside what, in the same run, and the goal.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/app/profile.hpp"
#include "kernel/base/files.hpp"
#include "tests/bench/samples.hpp"

namespace sz::bench {

struct Row {
    std::string what;     // "search per keystroke, 99th percentile"
    double value = 0;     // in `unit`
    double baseline = 0;  // in `unit`; 0 when the goal is absolute
    std::string unit;     // "ms", "MiB", "1/s"
    std::string baseline_name;
    double goal =
        0;  // on value/baseline, or on value when there is no baseline; 0: no goal was set
    bool more_is_better = false;
    std::string note;

    [[nodiscard]] double ratio() const { return baseline > 0 ? value / baseline : value; }
    [[nodiscard]] bool holds() const {
        return goal == 0 || (more_is_better ? ratio() >= goal : ratio() <= goal);
    }
};

struct Setup {
    bool smoke = false;              // tiny sizes: does it still run?
    std::filesystem::path content;   // folder open5e-srd-2024, or empty
    std::filesystem::path programs;  // where sessionzero and sz_empty_frame are
    std::filesystem::path folder;    // a temporary folder of this run
};

using Rows = std::vector<Row>;

[[nodiscard]] Rows measure_import(const Setup& setup);
[[nodiscard]] Rows measure_peers(const Setup& setup);
[[nodiscard]] Rows measure_search(const Setup& setup);
[[nodiscard]] Rows measure_start(const Setup& setup);
[[nodiscard]] Rows measure_actions(const Setup& setup);
[[nodiscard]] Rows measure_ledger(const Setup& setup);
[[nodiscard]] Rows measure_screen(const Setup& setup);
[[nodiscard]] Rows measure_sessions(const Setup& setup);
[[nodiscard]] Rows measure_net(const Setup& setup);
[[nodiscard]] Rows measure_protocols(const Setup& setup);

// Milliseconds that `work` takes.
[[nodiscard]] double time_ms(const std::function<void()>& work);
// The median of `runs` runs.
[[nodiscard]] double median_ms(int runs, const std::function<void()>& work);

// Runs a program to its end; what it prints goes nowhere.
void run_program(std::vector<std::string> words, int exit_code = 0);
// The rows that a program of the bench measures: what it says when it is given `--json`.
[[nodiscard]] Rows rows_of(const Setup& setup, const std::string& program);

// Ends the program with the error's sentence: a measurement without its subject is worth nothing.
[[noreturn]] void stop_with(const Error& error);
template <class T>
T must(Result<T> result) {
    if (!result) stop_with(result.error());
    return std::move(*result);
}

// A profile in a new folder, without sample packs unless asked for.
[[nodiscard]] std::unique_ptr<Profile> new_profile(const Setup& setup, const std::string& name,
                                                   bool samples = false);
// Calls a method that starts a task and waits for the task's result.
[[nodiscard]] Json run_task(Profile& profile, const std::string& method, const Json& params);
// The SRD as a .szp file, converted once for the run; empty without content.
[[nodiscard]] std::filesystem::path srd_pack(const Setup& setup);
// The same pack as a folder, unpacked once for the run; empty without content.
[[nodiscard]] std::filesystem::path srd_folder(const Setup& setup);

}  // namespace sz::bench
