// SPDX-License-Identifier: AGPL-3.0-or-later
// Kernel and plugins ready, in this process, with a profile that was used before; beside it, a
// process that does nothing.
#include <spawn.h>
#include <sys/wait.h>

#include <nlohmann/json.hpp>

#include "tests/bench/measure.hpp"

extern char** environ;

namespace sz::bench {

namespace {

void run_program(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", 1, 0);
    pid_t child = 0;
    int status = 0;
    if (posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0)
        waitpid(child, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
}

}  // namespace

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
