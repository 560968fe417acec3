// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/profile_folders.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <system_error>

#include "kernel/base/files.hpp"
#include "kernel/base/ids.hpp"
#include "kernel/base/json.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/sys/file_lock.hpp"

namespace sz {

namespace {

constexpr int manifest_version = 1;

// A variable that is set and not empty: XDG treats an empty one as unset.
std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

Result<fs::path> absolute(const std::string& text) {
    std::error_code error;
    fs::path path = fs::absolute(text, error).lexically_normal();
    if (error) {
        return fail(ErrorKind::environment, "SZ-PROFILE-001",
                    "The profile's folder cannot be found: " + error.message() + ".",
                    "Name another folder with --profile.", text);
    }
    if (!path.has_filename())
        path = path.parent_path();  // "profile/" and "profile" are one profile
    return path;
}

Status write_manifest(const fs::path& file) {
    const Json manifest{{"version", manifest_version},
                        {"createdAt", format_time(Sources::real().now_ms())}};
    if (auto written = write_file(file, manifest.dump(2) + "\n"); !written) {
        return fail(ErrorKind::environment, "SZ-PROFILE-001",
                    "The profile cannot be made: " + written.error().message,
                    "Check that the folder may be written, or name another one with --profile.",
                    file.string());
    }
    return {};
}

tl::unexpected<Error> damaged(const fs::path& file, const std::string& what) {
    return fail(ErrorKind::environment, "SZ-PROFILE-002",
                "The profile's own file " + file.filename().string() + " is damaged: " + what,
                "Rename that file and start again: a new one is made, and campaigns, packs and "
                "identities stay as they are.",
                file.string());
}

Status check_manifest(const fs::path& file) {
    auto text = read_file(file, limits::mib);
    if (!text) return damaged(file, text.error().message);
    const auto manifest = parse_json(*text);
    if (!manifest) return damaged(file, manifest.error().message);
    const auto version = manifest->is_object() ? manifest->find("version") : manifest->end();
    if (!manifest->is_object() || version == manifest->end() || !version->is_number_integer() ||
        *version < 1) {
        return damaged(file, "it does not say its version.");
    }
    if (*version > manifest_version) {
        return fail(ErrorKind::environment, "SZ-PROFILE-003",
                    "The profile was made by a newer version of SessionZero.",
                    "Use that version, or another profile with --profile.", file.string());
    }
    return {};
}

}  // namespace

Result<fs::path> profile_path(const std::string& from_option) {
    if (!from_option.empty()) return absolute(from_option);
    if (const std::string named = environment("SESSIONZERO_PROFILE"); !named.empty())
        return absolute(named);
    // XDG base directories: a relative path in the variable is to be ignored.
    if (const fs::path data = environment("XDG_DATA_HOME"); data.is_absolute())
        return data / "sessionzero";
    if (const fs::path home = environment("HOME"); home.is_absolute())
        return home / ".local" / "share" / "sessionzero";
    return fail(ErrorKind::environment, "SZ-PROFILE-001",
                "There is no home folder to keep the profile in.",
                "Name a folder with --profile or SESSIONZERO_PROFILE.");
}

Status ProfileFolders::prepare() const {
    for (const fs::path& folder :
         {root, packs(), campaigns(), plugins(), plugin_data(), logs(), run()}) {
        if (auto made = make_folder(folder, true); !made) {
            return fail(ErrorKind::environment, "SZ-PROFILE-001",
                        "The profile's folder cannot be made: " + made.error().message,
                        "Check that its place may be written, or name another one with --profile.",
                        folder.string());
        }
    }
    std::error_code error;
    const bool is_there = fs::exists(fs::symlink_status(manifest(), error));
    return is_there ? check_manifest(manifest()) : write_manifest(manifest());
}

Result<ProfileLock> ProfileLock::acquire(const ProfileFolders& folders) {
    auto locked = sys::lock_file(folders.lock());
    if (locked) return ProfileLock(std::move(*locked));
    if (locked.error() != std::errc::resource_unavailable_try_again) {
        return fail(ErrorKind::environment, "SZ-PROFILE-001",
                    "The profile cannot be locked: " + sys::reason(locked.error()) + ".",
                    "Check that the profile's folder may be written.", folders.lock().string());
    }
    const auto process = sys::lock_owner(folders.lock());
    const std::string owner = process > 0 ? std::to_string(process) : std::string();
    return fail(ErrorKind::environment, "SZ-PROFILE-010",
                "Another SessionZero has this profile open" +
                    (owner.empty() ? std::string(".") : " (process " + owner + ")."),
                "Close it, or use another profile with --profile.", owner);
}

}  // namespace sz
