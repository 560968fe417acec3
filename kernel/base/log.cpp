// SPDX-License-Identifier: AGPL-3.0-or-later
// One line: TIME LEVEL SOURCE MESSAGE, separated by one space; the message goes to the end of the
// line.
#include "kernel/base/log.hpp"

#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/FileChannel.h>
#include <Poco/Message.h>

#include <cstdio>
#include <mutex>

#include "kernel/base/ids.hpp"

namespace sz::log {

namespace {

struct Sink {
    std::mutex mutex;
    Poco::AutoPtr<Poco::FileChannel> file;
    Level level = Level::warning;
};

Sink& sink() {
    static Sink the_sink;
    return the_sink;
}

const char* level_name(Level level) {
    switch (level) {
        case Level::error: return "error";
        case Level::warning: return "warning";
        case Level::info: return "info";
        case Level::debug: return "debug";
    }
    return "error";
}

// A message from outside must not be able to write lines of its own.
void append_escaped(std::string& line, std::string_view text, bool is_word) {
    constexpr std::string_view hex = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f || (is_word && c == ' ')) {
            line += "\\x";
            line += hex[byte >> 4U];
            line += hex[byte & 0xfU];
        } else {
            line += c;
        }
    }
}

std::string format_line(Level level, std::string_view source, std::string_view message) {
    static const Sources sources = Sources::real();
    std::string line = format_time(sources.now_ms());
    line += ' ';
    line += level_name(level);
    line += ' ';
    append_escaped(line, source.empty() ? std::string_view("-") : source, true);
    line += ' ';
    append_escaped(line, message, false);
    return line;
}

void write_to_stderr(Level level, const std::string& line) {
    if (level <= Level::warning) std::fprintf(stderr, "%s\n", line.c_str());
}

}  // namespace

void open(const std::filesystem::path& folder, Level level) {
    auto& the = sink();
    const std::lock_guard guard(the.mutex);
    the.level = level;
    try {
        Poco::AutoPtr<Poco::FileChannel> file(
            new Poco::FileChannel((folder / "sessionzero.log").string()));
        file->setProperty(Poco::FileChannel::PROP_ROTATION, "4 M");
        file->setProperty(Poco::FileChannel::PROP_ARCHIVE, "number");
        file->setProperty(Poco::FileChannel::PROP_PURGECOUNT, "5");
        file->open();
        the.file = file;
    } catch (const Poco::Exception&) {
        the.file = nullptr;
        write_to_stderr(Level::warning,
                        format_line(Level::warning, "log",
                                    "The log file in “" + folder.string() +
                                        "” cannot be written; warnings come here."));
    }
}

void close() {
    auto& the = sink();
    const std::lock_guard guard(the.mutex);
    the.file = nullptr;
    the.level = Level::warning;
}

void write(Level level, std::string_view source, std::string_view message) {
    auto& the = sink();
    const std::lock_guard guard(the.mutex);
    if (level > the.level) return;
    const auto line = format_line(level, source, message);
    if (!the.file) return write_to_stderr(level, line);
    try {
        the.file->log(Poco::Message(std::string(source), line, Poco::Message::PRIO_INFORMATION));
    } catch (const Poco::Exception&) {
        write_to_stderr(level, line);
    }
}

}  // namespace sz::log
