// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/folder_edit.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/content/pack_contents.hpp"

namespace sz::library {

namespace {

constexpr const char* list_name = ".sz-edit.json";

fs::path beside(const fs::path& file, const char* ending) {
    return file.parent_path() / ("." + file.filename().string() + ending);
}
fs::path new_of(const fs::path& file) { return beside(file, ".sz-new"); }
fs::path old_of(const fs::path& file) { return beside(file, ".sz-old"); }

bool is_there(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(fs::symlink_status(path, error));
}

// A path that an edit may have had: the list stands in a folder that may come from anywhere.
bool is_path_of_pack(const std::string& path) {
    if (path == manifest_path) return true;
    const bool is_object = path.starts_with("objects/") && path.ends_with(".json");
    return is_object && path.size() <= limits::path_bytes_max &&
           std::count(path.begin(), path.end(), '/') == 2 && path.find("..") == std::string::npos &&
           path.find('\\') == std::string::npos;
}

class Edit {
  public:
    Edit(Disk& disk, const fs::path& folder, const std::vector<tools::FileChange>& changes)
        : disk_(disk), folder_(folder), changes_(changes) {}

    Status run() {
        SZ_TRY(check());
        if (auto prepared = prepare(); !prepared) {
            discard();
            return prepared;
        }
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            const auto target = folder_ / changes_[i].path;
            if (auto done = disk_.replace(new_of(target), target); !done) {
                take_back(i);
                return done;
            }
        }
        SZ_TRY(sync_folders());
        return disk_.remove(folder_ / list_name);
    }

  private:
    // What somebody changed since it was read is theirs.
    Status check() {
        for (const auto& change : changes_) {
            const auto path = folder_ / change.path;
            const auto now = is_there(path) ? read_file(path, limits::pack_file_bytes_max)
                                            : Result<std::string>(std::string());
            if (now && *now == change.before) continue;
            return fail(ErrorKind::conflict, "SZ-LIB-035",
                        "“" + change.path + "” has changed meanwhile; nothing was written.",
                        "Save your work in other programs and run it again.", path.string());
        }
        return {};
    }

    Status prepare() {
        Json files = Json::array();
        for (const auto& change : changes_) {
            const auto target = folder_ / change.path;
            SZ_TRY(disk_.remove(new_of(target)));
            SZ_TRY(disk_.write_file(new_of(target), change.after));
            SZ_TRY(disk_.sync_file(new_of(target)));
            files.push_back(change.path);
        }
        const auto list = folder_ / list_name;
        const auto unfinished = beside(list, ".sz-new");
        SZ_TRY(disk_.remove(unfinished));
        SZ_TRY(disk_.write_file(unfinished, Json{{"files", std::move(files)}}.dump()));
        SZ_TRY(disk_.sync_file(unfinished));
        SZ_TRY(sync_folders());
        SZ_TRY(disk_.rename(unfinished, list));
        return disk_.sync_folder(folder_);
    }

    // Best effort: what cannot be removed is hidden, and overwritten by the next edit.
    void discard() {
        (void)disk_.remove(folder_ / list_name);
        (void)disk_.remove(beside(folder_ / list_name, ".sz-new"));
        for (const auto& change : changes_) (void)disk_.remove(new_of(folder_ / change.path));
    }

    // The first `count` files are the new ones: the old contents return. If that fails too the list
    // stays, and the next run goes on to the end.
    void take_back(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto target = folder_ / changes_[i].path;
            const auto old_one = old_of(target);
            (void)disk_.remove(old_one);
            if (!disk_.write_file(old_one, changes_[i].before) || !disk_.sync_file(old_one)) return;
        }
        for (std::size_t i = 0; i < count; ++i) {
            const auto target = folder_ / changes_[i].path;
            // The new content is kept beside it, so that from here, too, the end can be reached.
            if (!disk_.write_file(new_of(target), changes_[i].after) ||
                !disk_.replace(old_of(target), target))
                return;
        }
        discard();
    }

    Status sync_folders() {
        std::set<fs::path> folders{folder_};
        for (const auto& change : changes_) folders.insert((folder_ / change.path).parent_path());
        for (const auto& folder : folders) SZ_TRY(disk_.sync_folder(folder));
        return {};
    }

    Disk& disk_;
    const fs::path& folder_;
    const std::vector<tools::FileChange>& changes_;
};

}  // namespace

Status edit_folder(Disk& disk, const fs::path& folder,
                   const std::vector<tools::FileChange>& changes) {
    return changes.empty() ? Status{} : Edit(disk, folder, changes).run();
}

bool has_unfinished_edit(const fs::path& folder) { return is_there(folder / list_name); }

Status finish_edit(Disk& disk, const fs::path& folder) {
    const auto list = folder / list_name;
    SZ_ASSIGN(const auto text, read_file(list, limits::pack_json_file_bytes_max));
    const auto json = parse_json(text);
    const auto unreadable = [&] {
        return fail(ErrorKind::input, "SZ-LIB-036",
                    "“" + list.string() + "” is not what an interrupted edit leaves.",
                    "Look whether szpack.json and the objects are as you want them, then remove "
                    "it.",
                    list.string());
    };
    if (!json || !json->is_object() || !json->contains("files") || !json->at("files").is_array())
        return unreadable();
    for (const auto& one : json->at("files")) {
        if (!one.is_string() || !is_path_of_pack(one.get<std::string>())) return unreadable();
    }
    for (const auto& one : json->at("files")) {
        const auto target = folder / one.get<std::string>();
        if (is_there(new_of(target))) SZ_TRY(disk.replace(new_of(target), target));
        (void)disk.remove(old_of(target));
        SZ_TRY(disk.sync_folder(target.parent_path()));
    }
    return disk.remove(list);
}

}  // namespace sz::library
