// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/cli/ask_secret.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "kernel/base/files.hpp"
#include "ui/cli/interrupt.hpp"

namespace sz::cli {

namespace {

// The terminal of this process, which does not show what is typed while this lives.
class SilentTerminal {
  public:
    SilentTerminal() : descriptor_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
        if (descriptor_ < 0 || ::tcgetattr(descriptor_, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        is_silent_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal() {
        if (is_silent_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    [[nodiscard]] bool is_silent() const noexcept { return is_silent_; }

    void write(std::string_view text) const {
        while (!text.empty()) {
            const auto written = ::write(descriptor_, text.data(), text.size());
            if (written < 0 && errno != EINTR) return;
            if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    // Up to the line's end, or the end of all input; false: Ctrl+C.
    bool read_line(const Interrupt& interrupt, std::string& line) const {
        std::array<char, 4096> part{};
        while (interrupt.wait_readable(descriptor_)) {
            const auto read = ::read(descriptor_, part.data(), part.size());
            if (read < 0 && errno == EINTR) continue;
            if (read <= 0) return true;
            line.append(part.data(), static_cast<std::size_t>(read));
            if (line.back() != '\n') continue;
            line.pop_back();
            return true;
        }
        return false;
    }

  private:
    int descriptor_;
    termios before_{};
    bool is_silent_ = false;
};

}  // namespace

Result<std::string> secret_in_file(const std::string& path) {
    SZ_ASSIGN(std::string text, read_file(path, 4096));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

Result<std::string> ask_secret(const std::string& question, const std::string& option) {
    const Interrupt interrupt;  // ended by Ctrl+C, the program would leave the terminal mute
    const SilentTerminal terminal;
    if (!terminal.is_silent()) {
        return fail(ErrorKind::environment, "SZ-CLI-005",
                    "There is no terminal to ask on: " + question + ".",
                    "Give it in a file: " + option + " FILE.");
    }
    terminal.write(question + ": ");
    std::string answer;
    const bool was_answered = terminal.read_line(interrupt, answer);
    terminal.write("\n");
    if (was_answered) return answer;
    return fail(ErrorKind::cancelled, "SZ-CLI-010", "Nothing was entered, and nothing done.");
}

}  // namespace sz::cli
