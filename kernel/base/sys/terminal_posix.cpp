// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "kernel/base/sys/interrupt.hpp"
#include "kernel/base/sys/terminal.hpp"

namespace sz::sys {

bool standard_error_is_terminal() { return ::isatty(STDERR_FILENO) != 0; }

bool standard_output_is_closed() {
    pollfd output{STDOUT_FILENO, 0, 0};  // POLLERR and POLLHUP are always told
    return ::poll(&output, 1, 0) > 0 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

struct SilentTerminal::State {
    int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    termios before{};
    bool is_silent = false;
};

SilentTerminal::SilentTerminal() : state_(std::make_unique<State>()) {
    State& s = *state_;
    if (s.descriptor < 0 || ::tcgetattr(s.descriptor, &s.before) != 0) return;
    termios silent = s.before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    s.is_silent = ::tcsetattr(s.descriptor, TCSAFLUSH, &silent) == 0;
}

SilentTerminal::~SilentTerminal() {
    if (state_->is_silent) ::tcsetattr(state_->descriptor, TCSAFLUSH, &state_->before);
    if (state_->descriptor >= 0) ::close(state_->descriptor);
}

bool SilentTerminal::is_silent() const noexcept { return state_->is_silent; }

void SilentTerminal::write(std::string_view text) const {
    while (!text.empty()) {
        const auto written = ::write(state_->descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR) return;
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
}

bool SilentTerminal::read_line(const Interrupt& interrupt, std::string& line) const {
    std::array<char, 4096> part{};
    while (interrupt.wait_readable(state_->descriptor)) {
        const auto read = ::read(state_->descriptor, part.data(), part.size());
        if (read < 0 && errno == EINTR) continue;
        if (read <= 0) return true;
        line.append(part.data(), static_cast<std::size_t>(read));
        if (line.back() != '\n') continue;
        line.pop_back();
        return true;
    }
    return false;
}

}  // namespace sz::sys
