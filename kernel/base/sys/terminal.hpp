// SPDX-License-Identifier: AGPL-3.0-or-later
// The terminal that this program was started from.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace sz::sys {

class Interrupt;

// Does a person read standard error as it comes?
[[nodiscard]] bool standard_error_is_terminal();

// Has whoever read standard output gone, as "head" does when it has enough? False for a file.
[[nodiscard]] bool standard_output_is_closed();

// It does not show what is typed while this lives. Used by one thread.
class SilentTerminal {
  public:
    SilentTerminal();
    ~SilentTerminal();  // it shows again what is typed
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    // False: there is no terminal, or it cannot be silenced; nothing should be asked then.
    [[nodiscard]] bool is_silent() const noexcept;

    void write(std::string_view text) const;

    // Up to the line's end, or the end of all input; false: Ctrl+C.
    [[nodiscard]] bool read_line(const Interrupt& interrupt, std::string& line) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sz::sys
