// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/net/child.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "kernel/base/sys/process.hpp"
#include "tests/bench/net/stop.hpp"

extern char** environ;

namespace sz::netbench {

Child::Child(const std::vector<std::string>& words) {
    std::vector<std::string> all{sys::executable_path().string()};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char*> arguments;
    for (std::string& word : all) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<int, 2> in{}, out{};
    // Of other children: they would keep this one alive.
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0)
        stop_with("There are no pipes.");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    const int failed =
        ::posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    asks_ = in[1];
    says_ = out[0];
    if (failed != 0) stop_with("This program could not start itself again.");
    ready_ = read();
}

Child::~Child() {
    ::close(asks_);
    ::close(says_);
    int ignored = 0;
    ::waitpid(process_, &ignored, 0);
}

nlohmann::json Child::ask(const std::string& question) {
    const std::string line = question + "\n";
    if (::write(asks_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        stop_with("The other program does not listen any more.");
    return read();
}

nlohmann::json Child::read() {
    std::string line;
    for (char letter = 0; ::read(says_, &letter, 1) == 1 && letter != '\n';) line += letter;
    if (line.empty()) stop_with("The other program has ended.");
    return nlohmann::json::parse(line);
}

}  // namespace sz::netbench
