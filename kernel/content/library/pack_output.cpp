// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/pack_output.hpp"

#include <nlohmann/json.hpp>
#include <system_error>

#include "kernel/base/files.hpp"
#include "kernel/base/ids.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/content/library/pack_folders.hpp"
#include "kernel/crypto/crypto.hpp"

namespace sz::library {

namespace {

tl::unexpected<Error> in_the_way(const fs::path& path, const char* hint) {
    return fail(ErrorKind::input, "SZ-LIB-023",
                "“" + path.string() + "” is there already; it was left as it is.", hint,
                path.string());
}

// A neighbour, so that it comes to its place by a rename; hidden, so that nobody takes it for the
// thing itself.
fs::path neighbour_of(const fs::path& path) {
    return path.parent_path() / ("." + path.filename().string() + ".new-" + Sources::real().uuid());
}

// Removes what was begun, unless it came to its place.
struct Unfinished {
    fs::path path;
    ~Unfinished() {
        std::error_code ignored;
        if (!path.empty()) fs::remove_all(path, ignored);
    }
};

}  // namespace

Status check_output(const std::string& output, bool force) {
    const fs::path path(output);
    std::error_code error;
    if (!path.is_absolute() || !path.has_filename()) {
        return fail(ErrorKind::usage, "SZ-LIB-026",
                    "“" + output + "” is no complete path of a file.", "Give an absolute path.",
                    output);
    }
    if (!fs::is_directory(path.parent_path(), error)) {
        return fail(ErrorKind::environment, "SZ-FILE-004",
                    "The folder of “" + output + "” does not exist.", "Make the folder first.",
                    output);
    }
    const auto status = fs::symlink_status(path, error);
    if (fs::is_directory(status)) return in_the_way(path, "Name a file, not a folder.");
    if (fs::exists(status) && !force)
        return in_the_way(path, "Name another file, or use force (--force) to write over it.");
    return {};
}

Result<Json> write_archive(const PackFormats& formats, const PackFiles& files,
                           const std::string& output, bool force, const ProgressFn& progress,
                           Findings& findings) {
    SZ_TRY(check_output(output, force));
    RealDisk disk;
    const fs::path target(output);
    Unfinished unfinished{neighbour_of(target)};
    SZ_TRY(formats.write("szp", files, unfinished.path.string(), progress, findings));
    SZ_ASSIGN(const std::string bytes, read_file(unfinished.path, limits::archive_bytes_max));
    SZ_TRY(disk.sync_file(unfinished.path));
    if (force) {
        std::error_code error;
        fs::rename(unfinished.path, target, error);
        if (error)
            return fail(ErrorKind::environment, "SZ-FILE-004", "Cannot write “" + output + "”.",
                        "Check its permissions.", output);
    } else {
        SZ_TRY(disk.rename(unfinished.path, target));
    }
    unfinished.path.clear();
    SZ_TRY(disk.sync_folder(target.parent_path()));
    return Json{{"file", output}, {"bytes", bytes.size()}, {"sha256", sha256_hex(bytes)}};
}

Status write_folder(Disk& disk, const PackFiles& files, const std::string& folder,
                    const ProgressFn& progress) {
    fs::path target = fs::path(folder).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    if (!target.is_absolute() || !target.has_filename()) {
        return fail(ErrorKind::usage, "SZ-LIB-026",
                    "“" + folder + "” is no complete path of a folder.", "Give an absolute path.",
                    folder);
    }
    std::error_code error;
    const auto status = fs::symlink_status(target, error);
    const bool is_empty_folder = fs::is_directory(status) && fs::is_empty(target, error);
    if (fs::exists(status) && !is_empty_folder)
        return in_the_way(target, "Name a folder that does not exist or is empty.");
    Unfinished unfinished{neighbour_of(target)};
    SZ_TRY(write_files(disk, unfinished.path, files, progress));
    if (is_empty_folder) fs::remove(target, error);
    SZ_TRY(disk.rename(unfinished.path, target));
    unfinished.path.clear();
    fs::permissions(target,
                    fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                        fs::perms::others_read | fs::perms::others_exec,
                    error);  // it is the person's folder, not the profile's
    return disk.sync_folder(target.parent_path());
}

}  // namespace sz::library
