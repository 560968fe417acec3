// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace sz::sys {

// While it lives, Ctrl+C asks to stop instead of ending the program; a second one ends it. One at a
// time, on the main thread.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] bool came() const;

    // Waits until `descriptor` can be read; false when Ctrl+C came before or meanwhile. Whichever
    // thread the signal meets, and however early, it is not missed (a pipe to oneself: Bernstein,
    // "The self-pipe trick").
    [[nodiscard]] bool wait_readable(int descriptor) const;
};

}  // namespace sz::sys
