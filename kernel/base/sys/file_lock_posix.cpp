// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string>

#include "kernel/base/sys/file_lock.hpp"

namespace sz::sys {

Expected<File> lock_file(const std::filesystem::path& path) {
    auto file = File::open_or_create_secret(path);
    if (!file) return file;
    // flock, not fcntl: it belongs to the open file, so two kernels in one process exclude each
    // other as well.
    if (::flock(file->descriptor(), LOCK_EX | LOCK_NB) != 0) {
        const auto code = errno == EWOULDBLOCK ? EAGAIN : errno;
        return tl::unexpected(std::error_code(code, std::generic_category()));
    }
    if (auto error = file->resize(0)) return tl::unexpected(error);
    if (auto error = file->write_all(std::to_string(::getpid()) + "\n"))
        return tl::unexpected(error);
    return file;
}

std::int64_t lock_owner(const std::filesystem::path& path) {
    auto file = File::open_to_read(path);
    if (!file) return 0;
    std::array<char, 32> text{};
    const auto count = file->read(text);
    std::int64_t owner = 0;
    if (count) std::from_chars(text.data(), text.data() + *count, owner);
    return owner;
}

}  // namespace sz::sys
