// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "kernel/base/sys/interrupt.hpp"

namespace sz::sys {

namespace {

// What the handler reaches: the two ends of the pipe, and what stood before.
std::array<int, 2> pipe_ends{-1, -1};
struct sigaction former_action {};

void wake(int) {
    const int kept = errno;
    const char one = 1;
    [[maybe_unused]] const auto written = ::write(pipe_ends[1], &one, 1);
    errno = kept;
}

bool is_readable(int descriptor) {
    pollfd wanted{descriptor, POLLIN, 0};
    return ::poll(&wanted, 1, 0) > 0;
}

}  // namespace

Interrupt::Interrupt() {
    if (::pipe2(pipe_ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;  // Ctrl+C ends the program
    struct sigaction action {};
    action.sa_handler = wake;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(SIGINT, &action, &former_action);
}

Interrupt::~Interrupt() {
    if (pipe_ends[0] < 0) return;
    ::sigaction(SIGINT, &former_action, nullptr);
    for (int& end : pipe_ends) {
        ::close(end);
        end = -1;
    }
}

bool Interrupt::came() const { return pipe_ends[0] >= 0 && is_readable(pipe_ends[0]); }

bool Interrupt::wait_readable(int descriptor) const {
    // poll() passes over the pipe when there is none (-1).
    std::array<pollfd, 2> wanted{{{descriptor, POLLIN, 0}, {pipe_ends[0], POLLIN, 0}}};
    while (::poll(wanted.data(), wanted.size(), -1) < 0 && errno == EINTR) {
    }
    return wanted[1].revents == 0;
}

}  // namespace sz::sys
