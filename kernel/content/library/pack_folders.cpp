// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/pack_folders.hpp"

#include <algorithm>
#include <set>
#include <system_error>

#include "kernel/base/files.hpp"
#include "kernel/base/ids.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/content/pack_check.hpp"
#include "kernel/crypto/crypto.hpp"

namespace sz::library {

namespace {

constexpr std::string_view unfinished_prefix = ".import-";
constexpr std::string_view removed_prefix = ".removed-";

bool is_leftover(const std::string& name) {
    return name.starts_with(unfinished_prefix) || name.starts_with(removed_prefix);
}

std::vector<fs::path> children_of(const fs::path& folder) {
    std::vector<fs::path> children;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        children.push_back(it->path());
    std::sort(children.begin(), children.end());
    return children;
}

// Whoever read the files has checked this; here it would do harm.
bool is_inside_path(const fs::path& path) {
    return !path.empty() && path.is_relative() &&
           std::none_of(path.begin(), path.end(),
                        [](const fs::path& part) { return part == ".."; });
}

tl::unexpected<Error> stopped_writing() {
    return fail(ErrorKind::cancelled, "SZ-LIB-030",
                "The import was cancelled; nothing was installed.");
}

}  // namespace

std::string digest_of(const PackFiles& files) {
    Hasher hasher("SessionZero pack v1");
    for (const PackFile& file : files) hasher.add(file.path).add(file.content);
    return to_hex(hasher.finish());
}

std::uint64_t bytes_of(const PackFiles& files) {
    std::uint64_t bytes = 0;
    for (const PackFile& file : files) bytes += file.content.size();
    return bytes;
}

Status write_files(Disk& disk, const fs::path& folder, const PackFiles& files,
                   const ProgressFn& progress) {
    SZ_TRY(disk.make_folder(folder));
    std::set<fs::path> folders{folder};
    const std::uint64_t steps = files.size() * 2;
    std::uint64_t done = 0;
    for (const PackFile& file : files) {
        if (!progress(done++, steps, "write")) return stopped_writing();
        if (!is_inside_path(file.path)) {
            return fail(ErrorKind::input, "SZ-LIB-024",
                        "A file of the pack would be written outside of it.",
                        "Do not use this pack.", file.path);
        }
        const fs::path target = folder / file.path;
        for (fs::path parent = target.parent_path(); folders.insert(parent).second;
             parent = parent.parent_path()) {
            SZ_TRY(disk.make_folder(parent));
        }
        SZ_TRY(disk.write_file(target, file.content));
    }
    // Only now: the first sync takes most of the others along.
    for (const PackFile& file : files) {
        if (!progress(done++, steps, "write")) return stopped_writing();
        SZ_TRY(disk.sync_file(folder / file.path));
    }
    for (const fs::path& each : folders) SZ_TRY(disk.sync_folder(each));
    return {};
}

fs::path PackFolders::temporary(std::string_view prefix) const {
    return packs_ / (std::string(prefix) + Sources::real().uuid());
}

Status PackFolders::put(const PackName& pack, const PackFiles& files, const ProgressFn& progress) {
    const fs::path unfinished = temporary(unfinished_prefix);
    const fs::path target = path_of(pack);
    bool is_in_place = false;
    const auto place = [&]() -> Status {
        SZ_TRY(write_files(disk_, unfinished, files, progress));
        SZ_TRY(disk_.make_folder(target.parent_path()));
        SZ_TRY(disk_.sync_folder(packs_));
        SZ_TRY(disk_.rename(unfinished, target));
        is_in_place = true;
        return disk_.sync_folder(target.parent_path());
    };
    auto placed = place();
    if (!placed) {
        // What cannot be removed now is swept at the next start.
        (void)(is_in_place ? take_away(pack) : disk_.remove(unfinished));
        std::error_code ignored;
        fs::remove(target.parent_path(), ignored);  // only when no other version is in it
    }
    return placed;
}

Result<fs::path> PackFolders::hide(const PackName& pack) {
    std::error_code ignored;
    const fs::path target = path_of(pack);
    if (!fs::exists(target, ignored)) return fs::path();
    fs::path hidden = temporary(removed_prefix);
    SZ_TRY(disk_.rename(target, hidden));
    (void)disk_.sync_folder(packs_);
    return hidden;
}

Status PackFolders::put_back(const fs::path& hidden, const PackName& pack) {
    return hidden.empty() ? Status{} : disk_.rename(hidden, path_of(pack));
}

void PackFolders::discard(const fs::path& hidden) {
    if (!hidden.empty()) (void)disk_.remove(hidden);
}

Status PackFolders::take_away(const PackName& pack) {
    SZ_ASSIGN(const fs::path hidden, hide(pack));
    discard(hidden);
    std::error_code ignored;
    fs::remove(path_of(pack).parent_path(), ignored);  // only when no other version is in it
    return {};
}

std::vector<PackName> PackFolders::list() const {
    std::vector<PackName> found;
    for (const fs::path& of_id : children_of(packs_)) {
        const std::string id = of_id.filename().string();
        if (!is_object_id(id) || is_leftover(id)) continue;
        for (const fs::path& of_version : children_of(of_id)) {
            std::error_code ignored;
            const std::string version = of_version.filename().string();
            if (is_version(version) && fs::is_regular_file(of_version / "szpack.json", ignored))
                found.push_back({id, version});
        }
    }
    return found;
}

bool PackFolders::has_leftovers() const {
    const auto children = children_of(packs_);
    return std::any_of(children.begin(), children.end(), [](const fs::path& child) {
        return is_leftover(child.filename().string());
    });
}

void PackFolders::sweep() {
    for (const fs::path& child : children_of(packs_)) {
        if (!is_leftover(child.filename().string())) continue;
        log::info("library", "sweeping up " + child.string());
        if (const auto removed = disk_.remove(child); !removed)
            log::warning("library", removed.error().message);
    }
}

Result<PackFiles> PackFolders::read(const PackName& pack) const {
    const fs::path folder = path_of(pack);
    PackFiles files;
    std::uint64_t total = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
        if (!it->is_regular_file(error) || it->is_symlink(error)) continue;
        SZ_ASSIGN(std::string content, read_file(it->path(), limits::pack_file_bytes_max));
        total += content.size();
        if (files.size() >= limits::pack_files_max || total > limits::pack_total_bytes_max) {
            return fail(ErrorKind::limit, "SZ-FILE-002",
                        "The installed pack “" + pack.id + "” is larger than a pack may be.", {},
                        folder.string());
        }
        files.push_back(
            {it->path().lexically_relative(folder).generic_string(), std::move(content)});
    }
    if (error) {
        return fail(ErrorKind::environment, "SZ-FILE-003",
                    "The installed pack “" + pack.id + "” cannot be read.", "Check the disk.",
                    folder.string());
    }
    std::sort(files.begin(), files.end(),
              [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
    return files;
}

}  // namespace sz::library
