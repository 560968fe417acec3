// SPDX-License-Identifier: AGPL-3.0-or-later
#include "private_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "secret.hpp"

namespace identity {

namespace {

using sz::plugin::Fault;
using sz::plugin::Result;
using sz::plugin::Status;

constexpr mode_t private_mode = S_IRUSR | S_IWUSR;

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

// What the system said, in a sentence about the file.
Fault file_fault(const std::string& path, const std::string& what, int error) {
    const std::string reason =
        error == 0 ? "" : " (" + std::generic_category().message(error) + ")";
    Fault made =
        sz::plugin::invalid("SZ-IDENTITY-006", "The file of an identity " + what + reason + ".",
                            "Check the disk, and that the file and its folder belong to you.");
    made.status = error == ENOENT ? SZ_ERR_NOT_FOUND : SZ_ERR_ENVIRONMENT;
    made.file = path;
    return made;
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

Status sync_folder(const std::string& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.is_open() || ::fsync(opened.number()) != 0)
        return file_fault(folder, "cannot be made durable", errno);
    return {};
}

}  // namespace

Result<std::vector<std::string>> PrivateFiles::names() const {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(folder_.c_str()),
                                                     [](DIR* open) { return ::closedir(open); });
    if (folder == nullptr) return file_fault(folder_, "cannot be looked for", errno);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(folder.get())) {
        const std::string name = entry->d_name;
        struct stat status {};
        if (!name.starts_with('.') && ::lstat(path(name).c_str(), &status) == 0 &&
            !S_ISDIR(status.st_mode))
            names.push_back(name);
        errno = 0;
    }
    if (errno != 0) return file_fault(folder_, "cannot be looked for", errno);
    std::sort(names.begin(), names.end());
    return names;
}

Result<PrivateFiles::Content> PrivateFiles::read(const std::string& name,
                                                 std::size_t bytes_max) const {
    const std::string full = path(name);
    // O_NONBLOCK: a pipe that somebody put there must not hold the program up.
    const Descriptor file(::open(full.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.is_open())
        return file_fault(full, errno == ELOOP ? "is a link and not a file" : "cannot be opened",
                          errno);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return file_fault(full, "cannot be looked at", errno);
    if (!S_ISREG(status.st_mode)) return file_fault(full, "is not a plain file", 0);
    if (status.st_uid != ::geteuid()) return file_fault(full, "belongs to somebody else", 0);
    if (status.st_size < 0 || static_cast<std::uint64_t>(status.st_size) > bytes_max)
        return file_fault(full, "is too large", 0);
    Content content;
    content.was_open = (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    if (content.was_open && ::fchmod(file.number(), private_mode) != 0) {
        return file_fault(full, "can be read by others, and that cannot be changed", errno);
    }
    content.text.resize(static_cast<std::size_t>(status.st_size));
    std::size_t filled = 0;
    while (filled < content.text.size()) {
        const ssize_t got =
            ::read(file.number(), content.text.data() + filled, content.text.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            wipe(content.text);
            return file_fault(full, "cannot be read", got < 0 ? errno : 0);
        }
        filled += static_cast<std::size_t>(got);
    }
    return content;
}

Status PrivateFiles::write(const std::string& name, std::string_view text) const {
    const std::string full = path(name);
    const std::string neighbour =
        path("." + name + ".new");  // one name: what a crash left is written over
    const Descriptor file(::open(
        neighbour.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, private_mode));
    if (!file.is_open()) return file_fault(full, "cannot be written", errno);
    if (::fchmod(file.number(), private_mode) != 0 || !write_all(file.number(), text) ||
        ::fsync(file.number()) != 0 || ::rename(neighbour.c_str(), full.c_str()) != 0) {
        const int error = errno;
        ::unlink(neighbour.c_str());
        return file_fault(full, "cannot be written", error);
    }
    return sync_folder(folder_);
}

Status PrivateFiles::set_aside(const std::string& name) const {
    struct stat status {};
    if (::lstat(path(name).c_str(), &status) != 0)
        return errno == ENOENT ? Status{} : Status{file_fault(path(name), "cannot be kept", errno)};
    constexpr int copies_max = 1000;
    for (int copy = 1; copy <= copies_max; ++copy) {
        const std::string aside = path(name + ".damaged-" + std::to_string(copy));
        if (::lstat(aside.c_str(), &status) == 0) continue;
        if (::rename(path(name).c_str(), aside.c_str()) != 0)
            return file_fault(path(name), "cannot be kept", errno);
        return sync_folder(folder_);
    }
    return file_fault(path(name), "cannot be kept: a thousand others were kept before", 0);
}

}  // namespace identity
