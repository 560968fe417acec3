// SPDX-License-Identifier: AGPL-3.0-or-later
// Kernel and plugins ready, in this process, with a profile that was used before; beside it, a
// process that does nothing.
#include <nlohmann/json.hpp>

#include "tests/bench/measure.hpp"

namespace sz::bench {

Rows measure_start(const Setup& setup) {
    { (void)new_profile(setup, "start"); }
    const int runs = setup.smoke ? 1 : 15;
    std::vector<double> ready;
    std::vector<double> nothing;
    std::vector<double> program;
    const std::string szctl = (setup.programs / "szctl").string();
    for (int i = 0; i < runs; ++i) {
        std::unique_ptr<Profile> profile;
        ready.push_back(time_ms([&] { profile = new_profile(setup, "start"); }));
        profile.reset();
        nothing.push_back(time_ms([] { run_program({"/bin/true"}); }));
        program.push_back(time_ms([&] {
            run_program({szctl, "--profile", (setup.folder / "start").string(), "--json", "plugin",
                         "list"});
        }));
    }
    return {{"kernel and plugins ready (no screen)", median(ready), 0, "ms", "", 50, false, ""},
            {"szctl plugin list, whole process", median(program), median(nothing), "ms",
             "a process that does nothing", 0, false, ""}};
}

}  // namespace sz::bench
