// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/start_report.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace sz::desktop {

namespace {

long resident_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word != "VmRSS:") continue;
        long value = 0;
        status >> value;
        return value;
    }
    return 0;
}

}  // namespace

bool start_is_reported() { return std::getenv("SZ_REPORT_START") != nullptr; }

void report_first_paint() {
    std::puts("first-paint");
    std::fflush(stdout);
}

void report_ready() {
    std::printf("ready %ld\n", resident_kib());
    std::fflush(stdout);
}

}  // namespace sz::desktop
