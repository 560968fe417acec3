// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/disk.hpp"

#include <system_error>

#include "kernel/base/files.hpp"
#include "kernel/base/sys/file.hpp"

namespace sz::library {

namespace {

tl::unexpected<Error> failed(const char* code, const char* what, const fs::path& path,
                             std::error_code error) {
    return fail(ErrorKind::environment, code,
                std::string(what) + " “" + path.string() + "”: " + sys::reason(error) + ".",
                "Check the disk, its free space and its permissions, then try again.",
                path.string());
}

}  // namespace

Status RealDisk::make_folder(const fs::path& path) { return sz::make_folder(path, true); }

Status RealDisk::write_file(const fs::path& path, std::string_view content) {
    auto file = sys::File::create_new(path, false);
    if (!file) return failed("SZ-FILE-004", "Cannot write", path, file.error());
    if (const auto error = file->write_all(content))
        return failed("SZ-FILE-004", "Cannot write", path, error);
    if (const auto error = file->close()) return failed("SZ-FILE-004", "Cannot write", path, error);
    return {};
}

Status RealDisk::sync_file(const fs::path& path) {
    auto file = sys::File::open_to_read(path);
    if (!file) return failed("SZ-FILE-004", "Cannot write", path, file.error());
    if (const auto error = file->sync()) return failed("SZ-FILE-004", "Cannot write", path, error);
    return {};
}

Status RealDisk::sync_folder(const fs::path& path) { return sz::sync_folder(path); }

Status RealDisk::rename(const fs::path& from, const fs::path& to) {
    if (const auto error = sys::rename_to_new(from, to))
        return failed("SZ-FILE-006", "Cannot put the finished folder at", to, error);
    return {};
}

Status RealDisk::replace(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::rename(from, to, error);
    if (error) return failed("SZ-FILE-004", "Cannot write", to, error);
    return {};
}

Status RealDisk::remove(const fs::path& path) {
    std::error_code error;
    fs::remove_all(path, error);
    if (error) return failed("SZ-FILE-004", "Cannot remove", path, error);
    return {};
}

}  // namespace sz::library
