// SPDX-License-Identifier: AGPL-3.0-or-later
// This program under valgrind, which counts every instruction, with two numbers of rounds.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <vector>

#include "figures.hpp"

extern char** environ;

namespace sessions {

namespace {

struct Finished {
    bool is_there = false;  // the program
    int status = -1;
    std::string said;  // on its standard error
};

Finished run_program(std::vector<std::string> words) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) stop_with("There is no room for a pipe.");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    pid_t child = 0;
    const int error =
        posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    Finished finished;
    if (error != 0 && error != ENOENT) stop_with(words[0] + " does not start.");
    if (error == 0) {
        finished.is_there = true;
        std::array<char, 4096> part{};
        for (ssize_t size = 0; (size = ::read(ends[0], part.data(), part.size())) > 0;)
            finished.said.append(part.data(), static_cast<std::size_t>(size));
        ::waitpid(child, &finished.status, 0);
    }
    ::close(ends[0]);
    return finished;
}

std::optional<double> collected(const Case& which, const Way& way, std::string_view side,
                                int rounds) {
    const std::string self = std::filesystem::canonical("/proc/self/exe").string();
    const Finished finished =
        run_program({"valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", self,
                     "--run", std::string(which.name), std::string(way.name), std::string(side),
                     std::to_string(rounds)});
    if (!finished.is_there) return std::nullopt;
    constexpr std::string_view mark = "Collected : ";
    const std::size_t at = finished.said.find(mark);
    if (finished.status != 0 || at == std::string::npos)
        stop_with("Under valgrind, " + std::string(which.name) + ", " + std::string(way.name) +
                  " does not come to its end. It says: " + finished.said);
    return std::strtod(finished.said.c_str() + at + mark.size(), nullptr);
}

std::optional<double> per_message(const Case& which, const Way& way, std::string_view side) {
    constexpr int few = 500, many = 10500;
    const auto less = collected(which, way, side, few);
    const auto more = collected(which, way, side, many);
    if (!less || !more) return std::nullopt;
    return (*more - *less) / (static_cast<double>(many - few) * which.messages);
}

}  // namespace

std::optional<Figures> instructions_of(const Case& which, const Way& way) {
    const auto typed = per_message(which, way, "typed");
    const auto by_hand = per_message(which, way, "hand");
    if (!typed || !by_hand) return std::nullopt;
    return Figures{*typed, *by_hand};
}

}  // namespace sessions
