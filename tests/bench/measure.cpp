// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/measure.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

extern char** environ;

namespace sz::bench {

double time_ms(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
        .count();
}

double median_ms(int runs, const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) times.push_back(time_ms(work));
    return median(std::move(times));
}

void run_program(std::vector<std::string> words, int exit_code) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int out : {STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&actions, out, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    int status = -1;
    if (::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0)
        ::waitpid(child, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != exit_code)
        stop_with({ErrorKind::internal, "SZ-BENCH-004",
                   "A program that is measured did not do what it was to do.", words[0],
                   "Run it alone with the same words; it says why."});
}

void stop_with(const Error& error) {
    std::cerr << "sz_bench: " << error.message << " [" << error.code << "] " << error.where << '\n'
              << error.hint << '\n';
    std::exit(3);
}

std::unique_ptr<Profile> new_profile(const Setup& setup, const std::string& name, bool samples) {
    Profile::Options options;
    options.folder = (setup.folder / name).string();
    options.serve_socket = false;
    options.install_samples = samples;
    return must(Profile::open(options));
}

Json run_task(Profile& profile, const std::string& method, const Json& params) {
    const Json started = must(profile.bus().call_and_wait(method, params));
    CallOptions no_deadline;
    no_deadline.deadline = std::chrono::milliseconds(-1);
    return must(
        profile.bus().call_and_wait("task.wait", Json{{"task", started.at("task")}}, no_deadline));
}

std::filesystem::path srd_pack(const Setup& setup) {
    if (setup.content.empty()) return {};
    const std::filesystem::path file = setup.folder / "srd.szp";
    if (!std::filesystem::exists(file)) {
        const auto profile = new_profile(setup, "convert");
        const Json params{{"paths", Json::array({setup.content.string()})},
                          {"format", "open5e"},
                          {"output", file.string()}};
        const Json result = run_task(*profile, "pack.import", params);
        if (!result.value("ok", false))
            stop_with(
                {ErrorKind::input, "SZ-BENCH-001", "The SRD did not convert.", result.dump(), {}});
    }
    return file;
}

std::filesystem::path srd_folder(const Setup& setup) {
    const std::filesystem::path pack = srd_pack(setup);
    const std::filesystem::path folder = setup.folder / "srd";
    if (pack.empty() || std::filesystem::exists(folder)) return pack.empty() ? pack : folder;
    const auto profile = new_profile(setup, "unpack");
    (void)run_task(*profile, "pack.unpack",
                   Json{{"file", pack.string()}, {"dir", folder.string()}});
    return folder;
}

}  // namespace sz::bench
