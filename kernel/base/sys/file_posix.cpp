// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "kernel/base/sys/file.hpp"

namespace sz::sys {

namespace fs = std::filesystem;

namespace {

std::error_code last_error() { return {errno, std::generic_category()}; }

// A system call that a signal interrupted did nothing: ask again.
template <class Call>
auto retry(Call call) {
    auto result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
}

Expected<int> open_descriptor(const fs::path& path, int flags, mode_t mode = 0) {
    const int descriptor = retry([&] { return ::open(path.c_str(), flags | O_CLOEXEC, mode); });
    if (descriptor < 0) return tl::unexpected(last_error());
    return descriptor;
}

}  // namespace

Expected<File> File::open_to_read(const fs::path& path) {
    // O_NONBLOCK: opening a pipe without a writer would wait for ever; regular files do not care.
    auto descriptor = open_descriptor(path, O_RDONLY | O_NONBLOCK);
    if (!descriptor) return tl::unexpected(descriptor.error());
    File file(*descriptor);
    struct stat status {};
    if (::fstat(file.descriptor_, &status) != 0) return tl::unexpected(last_error());
    if (S_ISDIR(status.st_mode))
        return tl::unexpected(std::make_error_code(std::errc::is_a_directory));
    if (!S_ISREG(status.st_mode))
        return tl::unexpected(std::make_error_code(std::errc::invalid_argument));
    return file;
}

Expected<File> File::create_new(const fs::path& path, bool is_secret) {
    const mode_t mode = is_secret ? 0600 : 0644;
    auto descriptor = open_descriptor(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    if (!descriptor) return tl::unexpected(descriptor.error());
    return File(*descriptor);
}

Expected<File> File::open_or_create_secret(const fs::path& path) {
    auto descriptor = open_descriptor(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
    if (!descriptor) return tl::unexpected(descriptor.error());
    return File(*descriptor);
}

Expected<File> File::open_folder(const fs::path& path) {
    auto descriptor = open_descriptor(path, O_PATH | O_DIRECTORY);
    if (!descriptor) return tl::unexpected(descriptor.error());
    return File(*descriptor);
}

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
    if (this != &other) {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}

File::~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

int File::release() noexcept { return std::exchange(descriptor_, -1); }

Expected<std::uint64_t> File::size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) return tl::unexpected(last_error());
    return static_cast<std::uint64_t>(status.st_size);
}

Expected<std::size_t> File::read(std::span<char> out) {
    const auto count = retry([&] { return ::read(descriptor_, out.data(), out.size()); });
    if (count < 0) return tl::unexpected(last_error());
    return static_cast<std::size_t>(count);
}

std::error_code File::write_all(std::string_view content) {
    while (!content.empty()) {
        const auto count =
            retry([&] { return ::write(descriptor_, content.data(), content.size()); });
        if (count < 0) return last_error();
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

std::error_code File::resize(std::uint64_t bytes) {
    if (retry([&] { return ::ftruncate(descriptor_, static_cast<off_t>(bytes)); }) != 0)
        return last_error();
    return {};
}

std::error_code File::sync() {
    if (retry([&] { return ::fsync(descriptor_); }) != 0) return last_error();
    return {};
}

std::error_code File::close() {
    const int descriptor = release();
    if (descriptor >= 0 && ::close(descriptor) != 0 && errno != EINTR) return last_error();
    return {};
}

std::error_code sync_folder(const fs::path& path) {
    auto descriptor = open_descriptor(path.empty() ? fs::path(".") : path, O_RDONLY | O_DIRECTORY);
    if (!descriptor) return descriptor.error();
    std::error_code error;
    // Some file systems cannot sync a folder and need not; they say EINVAL.
    if (retry([&] { return ::fsync(*descriptor); }) != 0 && errno != EINVAL) error = last_error();
    ::close(*descriptor);
    return error;
}

std::error_code make_private_folder(const fs::path& path) {
    if (::mkdir(path.c_str(), 0700) != 0) return last_error();
    return {};
}

std::error_code rename_to_new(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
    if (errno != EINVAL && errno != ENOSYS) return last_error();
    // The file system does not know the flag: the profile's lock keeps other writers out, so
    // looking first is enough.
    std::error_code error;
    if (fs::symlink_status(to, error).type() != fs::file_type::not_found)
        return std::make_error_code(std::errc::file_exists);
    if (::rename(from.c_str(), to.c_str()) != 0) return last_error();
    return {};
}

std::string reason(std::error_code error) {
    constexpr std::pair<std::errc, const char*> words[] = {
        {std::errc::no_such_file_or_directory, "it does not exist"},
        {std::errc::permission_denied, "permission is missing"},
        {std::errc::operation_not_permitted, "permission is missing"},
        {std::errc::read_only_file_system, "the disk is read-only"},
        {std::errc::no_space_on_device, "the disk is full"},
        {std::errc::file_too_large, "the file would become too large"},
        {std::errc::file_exists, "something with this name is there already"},
        {std::errc::is_a_directory, "it is a folder"},
        {std::errc::not_a_directory, "a part of its path is not a folder"},
        {std::errc::directory_not_empty, "the folder is not empty"},
        {std::errc::invalid_argument, "it is not a regular file"},
        {std::errc::filename_too_long, "its name is too long"},
        {std::errc::too_many_files_open, "too many files are open"},
        {std::errc::cross_device_link, "the two places are on different disks"},
    };
    const auto* found = std::find_if(std::begin(words), std::end(words),
                                     [&](const auto& w) { return error == w.first; });
    return found != std::end(words) ? found->second : "the system says: " + error.message();
}

}  // namespace sz::sys
