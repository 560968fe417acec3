// SPDX-License-Identifier: AGPL-3.0-or-later
// sessionzero: the window. Exit codes: 0 done, 2 usage, 3 the environment (no display, the profile
// cannot be opened).
#include <cstdlib>
#include <iostream>

#include "ui/desktop/desktop_app.hpp"
#include "ui/desktop/options.hpp"

namespace {

constexpr int usage_exit = 2;
constexpr int environment_exit = 3;

// The toolkit would only say that it cannot be initialised.
bool has_display() {
#ifdef __WXGTK__
    const auto is_set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0';
    };
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
#else
    return true;
#endif
}

}  // namespace

int main(int argc, char** argv) {
    const auto line = sz::desktop::parse_command_line(argc, argv);
    if (!line) {
        std::cerr << "sessionzero: " << line.error().message << " " << line.error().hint << '\n';
        return usage_exit;
    }
    if (line->help) return sz::desktop::print_help(std::cout), 0;
    if (line->version) return std::cout << "sessionzero " << SZ_VERSION << '\n', 0;
    if (!has_display()) {
        std::cerr << "sessionzero: There is no display to open a window on. Use szctl, which does "
                     "the same without one.\n";
        return environment_exit;
    }
    return sz::desktop::run(*line, argv[0]);
}
