// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/files.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "kernel/base/sys/file.hpp"

namespace sz {

namespace {

std::string quoted(const fs::path& path) { return "“" + path.string() + "”"; }

auto environment_error(const char* code, std::string what, const fs::path& path,
                       std::error_code error, std::string hint) {
    return fail(ErrorKind::environment, code,
                std::move(what) + " " + quoted(path) + ": " + sys::reason(error) + ".",
                std::move(hint), path.string());
}

std::string random_suffix() {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device device;
    std::uniform_int_distribution<std::size_t> pick(0, letters.size() - 1);
    std::string suffix(12, ' ');
    std::generate(suffix.begin(), suffix.end(), [&] { return letters[pick(device)]; });
    return suffix;
}

auto too_large(const fs::path& path, std::uint64_t bytes_max) {
    return fail(ErrorKind::limit, "SZ-FILE-002",
                "The file " + quoted(path) + " is larger than the limit of " +
                    std::to_string(bytes_max) + " bytes.",
                {}, path.string());
}

// Writes, syncs and closes the neighbour; the caller removes it when this fails.
std::error_code write_new_file(const fs::path& path, std::string_view content, FileMode mode) {
    auto file = sys::File::create_new(path, mode == FileMode::secret);
    if (!file) return file.error();
    if (auto error = file->write_all(content)) return error;
    if (auto error = file->sync()) return error;
    return file->close();
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::uint64_t bytes_max) {
    auto file = sys::File::open_to_read(path);
    if (!file) {
        return environment_error("SZ-FILE-001", "Cannot open", path, file.error(),
                                 "Check the path and its permissions.");
    }
    const auto size = file->size();
    if (size && *size > bytes_max) return too_large(path, bytes_max);
    // One byte more than the size shows the end of the file without another round; the file may
    // grow while it is read.
    std::string content(static_cast<std::size_t>(size.value_or(0)) + 1, '\0');
    std::size_t used = 0;
    while (true) {
        if (used == content.size()) content.resize(content.size() * 2);
        auto count = file->read(std::span(content).subspan(used));
        if (!count)
            return environment_error("SZ-FILE-003", "Cannot read", path, count.error(),
                                     "Check the disk.");
        if (*count == 0) break;
        used += *count;
        if (used > bytes_max) return too_large(path, bytes_max);
    }
    content.resize(used);
    return content;
}

Status write_file(const fs::path& path, std::string_view content, FileMode mode) {
    const auto neighbour =
        folder_of(path) / ("." + path.filename().string() + ".new-" + random_suffix());
    std::error_code ignored;
    auto error = write_new_file(neighbour, content, mode);
    if (!error) fs::rename(neighbour, path, error);
    if (error) {
        fs::remove(neighbour, ignored);
        return environment_error("SZ-FILE-004", "Cannot write", path, error,
                                 "What was there before is unchanged. Make room or mend the "
                                 "permissions, then try again.");
    }
    return sync_folder(folder_of(path));
}

// A time without the colons that other systems do not like in a name.
fs::path broken_name(const fs::path& file, UnixMs now) {
    std::string time = format_time(now);
    std::erase_if(time, [](char c) { return c == ':' || c == '-'; });
    return file.string() + ".broken-" + time;
}

Status make_folder(const fs::path& path, bool is_private) {
    std::error_code error;
    const auto parent = path.has_filename() ? path.parent_path() : path.parent_path().parent_path();
    if (!parent.empty()) fs::create_directories(parent, error);
    if (!error && is_private) {
        error = sys::make_private_folder(path);
        if (error == std::errc::file_exists && fs::is_directory(path)) {
            error.clear();
            fs::permissions(path, fs::perms::owner_all, error);
        }
    } else if (!error) {
        fs::create_directory(path, error);
        if (!error && !fs::is_directory(path)) error = std::make_error_code(std::errc::file_exists);
    }
    if (error)
        return environment_error("SZ-FILE-005", "Cannot make the folder", path, error,
                                 "Check the path and its permissions.");
    return {};
}

Status sync_folder(const fs::path& path) {
    if (auto error = sys::sync_folder(path))
        return environment_error("SZ-FILE-004", "Cannot write", path, error, "Check the disk.");
    return {};
}

Result<TempFolder> TempFolder::create(const fs::path& parent, std::string_view prefix) {
    std::error_code error;
    for (int attempt = 0; attempt < 8; ++attempt) {
        auto path = parent / (std::string(prefix) + random_suffix());
        error = sys::make_private_folder(path);
        if (!error) return TempFolder(std::move(path));
        if (error != std::errc::file_exists) break;
    }
    return environment_error("SZ-FILE-005", "Cannot make a folder in", parent, error,
                             "Check the path and its permissions.");
}

TempFolder::TempFolder(TempFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TempFolder& TempFolder::operator=(TempFolder&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

Status TempFolder::keep_as(const fs::path& target) {
    if (auto error = sys::rename_to_new(path_, target)) {
        return environment_error("SZ-FILE-006", "Cannot put the finished folder at", target, error,
                                 "Remove or rename what is there, then try again.");
    }
    const auto before = folder_of(path_);
    path_.clear();
    SZ_TRY(sync_folder(folder_of(target)));
    return sync_folder(before);
}

}  // namespace sz
