// SPDX-License-Identifier: AGPL-3.0-or-later
// The one log sink of the program: structured, levelled, rotating. Never a secret.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sz::log {

enum class Level { error = 1, warning = 2, info = 3, debug = 4 };

// Opens `folder`/sessionzero.log (Poco FileChannel: rotates at 4 MiB, keeps 5). Before that, and
// when the folder cannot be written, errors and warnings go to standard error. [kernel-thread]
void open(const std::filesystem::path& folder, Level level);
void close();

// `source` is the room that speaks: "content", "plugin:org.example.x". [any-thread]
void write(Level level, std::string_view source, std::string_view message);
inline void error(std::string_view source, std::string_view message) {
    write(Level::error, source, message);
}
inline void warning(std::string_view source, std::string_view message) {
    write(Level::warning, source, message);
}
inline void info(std::string_view source, std::string_view message) {
    write(Level::info, source, message);
}
inline void debug(std::string_view source, std::string_view message) {
    write(Level::debug, source, message);
}

}  // namespace sz::log
