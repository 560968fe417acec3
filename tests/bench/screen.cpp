// SPDX-License-Identifier: AGPL-3.0-or-later
// The desktop's first paint and memory against a wx frame with nothing in it. Both programs report
// themselves: SZ_REPORT_START makes them print "first-paint" when they have drawn, "ready RSS_KIB"
// when everything is there, and end.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "tests/bench/measure.hpp"

namespace sz::bench {

namespace {

struct Paint {
    double ms = 0;
    double mib = 0;
};

bool run_once(const std::string& command, Paint& paint) {
    const std::string whole = "SZ_REPORT_START=1 timeout 30 " + command + " 2>/dev/null";
    const auto begin = std::chrono::steady_clock::now();
    std::FILE* pipe = ::popen(whole.c_str(), "r");
    if (pipe == nullptr) return false;
    char line[256];
    bool ready = false;
    while (std::fgets(line, sizeof line, pipe) != nullptr) {
        const std::string_view text(line);
        if (text.rfind("first-paint", 0) == 0) {
            paint.ms =
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                    .count();
        } else if (text.rfind("ready ", 0) == 0) {
            paint.mib = std::strtod(line + 6, nullptr) / 1024;
            ready = true;
        }
    }
    ::pclose(pipe);
    return ready;
}

}  // namespace

Rows measure_screen(const Setup& setup) {
    const auto desktop = setup.programs / "sessionzero";
    const auto empty = setup.programs / "sz_empty_frame";
    if (std::getenv("DISPLAY") == nullptr || !std::filesystem::exists(desktop) ||
        !std::filesystem::exists(empty)) {
        std::cerr << "No display (or no desktop built): the rows of the window are left out. Try: "
                     "xvfb-run -a ./dev bench\n";
        return {};
    }
    {
        const auto profile = new_profile(setup, "screen");
        if (const auto pack = srd_pack(setup); !pack.empty()) {
            (void)run_task(*profile, "pack.import", Json{{"paths", Json::array({pack.string()})}});
        }
    }
    const int runs = setup.smoke ? 1 : 9;
    std::vector<double> ms;
    std::vector<double> mib;
    std::vector<double> empty_ms;
    std::vector<double> empty_mib;
    for (int i = 0; i < runs; ++i) {
        Paint paint;
        if (run_once(empty.string(), paint)) {
            empty_ms.push_back(paint.ms);
            empty_mib.push_back(paint.mib);
        }
        if (run_once(desktop.string() + " --profile '" + (setup.folder / "screen").string() + "'",
                     paint)) {
            ms.push_back(paint.ms);
            mib.push_back(paint.mib);
        }
    }
    return {{"the desktop's first paint", median(ms), median(empty_ms), "ms", "an empty wx frame",
             1.5, false, ""},
            {"memory of the desktop with the SRD", median(mib), median(empty_mib), "MiB",
             "an empty wx frame", 2, false, "resident"}};
}

}  // namespace sz::bench
