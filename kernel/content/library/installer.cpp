// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/installer.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <system_error>
#include <utility>

#include "kernel/base/log.hpp"
#include "kernel/content/library/installed_objects.hpp"

namespace sz::library {

namespace {

// Shares of one pack's bar, in thousandths; reading and checking come before.
constexpr std::uint64_t writing_from = 550;
constexpr std::uint64_t indexing_from = 700;

// When the folder came to its place; survives a rebuild of the index.
UnixMs installed_at(const std::filesystem::path& folder) {
    std::error_code error;
    const auto written = std::filesystem::last_write_time(folder / "szpack.json", error);
    if (error) return 0;
    const auto since = std::chrono::file_clock::to_sys(written).time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

std::string described(const PackName& pack) { return "“" + pack.id + "” " + pack.version; }

}  // namespace

Installer::Installer(std::filesystem::path packs, Index index, std::unique_ptr<Disk> disk,
                     const FieldTypes& fields)
    : index_(std::move(index)),
      disk_(std::move(disk)),
      folders_(std::move(packs), *disk_),
      fields_(fields) {}

OtherPacks Installer::others() {
    OtherPacks others;
    others.versions = [this](const std::string& pack) {
        const std::lock_guard lock(mutex_);
        return index_.versions(pack);
    };
    others.has = [this](const std::string& pack, const std::string& version,
                        const std::string& object, const std::string& entry) {
        const std::lock_guard lock(mutex_);
        return index_.has(pack, version, object, entry);
    };
    others.dependencies = [this](const std::string& pack, const std::string& version) {
        const std::lock_guard lock(mutex_);
        return index_.dependencies(pack, version);
    };
    others.objects = [this](const std::string& pack, const std::string& version) {
        const std::lock_guard lock(mutex_);
        auto objects = installed_objects(index_.database(), pack, version);
        return objects ? std::move(*objects) : std::vector<PackObject>{};
    };
    return others;
}

Result<Installed> Installer::install(const PackFiles& files, const CheckedPack& pack,
                                     const Progress& progress) {
    const PackName name{string_or(pack.manifest, "id"), string_or(pack.manifest, "version")};
    if (!is_object_id(name.id) || name.id.front() == '.' || !is_version(name.version)) {
        return fail(ErrorKind::input, "SZ-LIB-021",
                    "A pack cannot be installed under the id " + described(name) + ".",
                    "Use letters, digits, '-', '_' and '.' in the id, not beginning with a dot, "
                    "and a version such as 1.0.0.",
                    "szpack.json");
    }
    Installed installed{name, string_or(pack.manifest, "name"), 0, pack.entries, false};
    installed.datasets = static_cast<std::uint64_t>(
        std::count_if(pack.objects.begin(), pack.objects.end(),
                      [](const PackObject& object) { return object.type == "dataset"; }));
    PackFacts facts{digest_of(files), 0, files.size(), bytes_of(files)};

    const std::lock_guard lock(mutex_);
    SZ_ASSIGN(const auto known, index_.find(name.id, name.version));
    if (known && known->digest == facts.digest) {
        installed.was_there = true;
        return installed;
    }
    if (known) {
        return fail(ErrorKind::input, "SZ-LIB-020",
                    "The pack " + described(name) + " is installed already, with other content.",
                    "Give the changed pack a higher version, or remove the installed one first.",
                    "szpack.json");
    }
    // A folder without rows did not pass the check when the library was opened: what comes now
    // takes its place.
    SZ_TRY(folders_.take_away(name));
    SZ_TRY(folders_.put(name, files,
                        progress.phase(writing_from, indexing_from, "Writing the files")));
    facts.installed_at = installed_at(folders_.path_of(name));
    const auto indexed =
        index_.add(pack, facts, fields_,
                   progress.phase(indexing_from, Progress::whole, "Indexing the entries"));
    if (!indexed) {
        (void)folders_.take_away(name);
        return fail(indexed.error());
    }
    return installed;
}

Status Installer::remove(const PackName& pack) {
    const std::lock_guard lock(mutex_);
    SZ_ASSIGN(const auto hidden, folders_.hide(pack));
    // A crash from here on leaves rows without a folder, which are forgotten at the next start.
    if (const auto removed = index_.remove(pack.id, pack.version); !removed) {
        (void)folders_.put_back(hidden, pack);
        return removed;
    }
    folders_.discard(hidden);
    return folders_.take_away(pack);
}

Result<Installer::Difference> Installer::compare() {
    const std::lock_guard lock(mutex_);
    Difference difference;
    SZ_ASSIGN(const auto rows, read_packs(index_.database()));
    std::set<PackName> indexed;
    for (const PackRow& row : rows) indexed.insert({row.id, row.version});
    const auto folders = folders_.list();
    for (const PackName& pack : folders) {
        if (indexed.erase(pack) == 0) difference.to_index.push_back(pack);
    }
    difference.to_forget.assign(indexed.begin(), indexed.end());
    difference.has_leftovers = folders_.has_leftovers();
    return difference;
}

Status Installer::index_folder(const PackName& pack, const Progress& progress) {
    const auto files = folders_.read(pack);
    if (!files) return fail(files.error());
    Findings findings;
    const auto checked = check_pack(*files, fields_, others(),
                                    progress.phase(50, indexing_from, "Checking"), findings);
    if (progress.is_cancelled())
        return fail(ErrorKind::cancelled, "SZ-LIB-031",
                    "Indexing was cancelled; it goes on at the next start.");
    if (!checked) {
        const auto wrong = std::find_if(findings.begin(), findings.end(), [](const Finding& f) {
            return f.severity == Severity::error;
        });
        return fail(ErrorKind::input, "SZ-LIB-022",
                    "The installed pack " + described(pack) + " no longer passes the check: " +
                        (wrong == findings.end() ? std::string("it holds no pack.")
                                                 : wrong->file + ": " + wrong->message),
                    "Import it again.", folders_.path_of(pack).string());
    }
    if (string_or(checked->manifest, "id") != pack.id ||
        string_or(checked->manifest, "version") != pack.version) {
        return fail(ErrorKind::input, "SZ-LIB-022",
                    "The folder of " + described(pack) + " holds another pack.", "Import it again.",
                    folders_.path_of(pack).string());
    }
    const PackFacts facts{digest_of(*files), installed_at(folders_.path_of(pack)), files->size(),
                          bytes_of(*files)};
    const std::lock_guard lock(mutex_);
    return index_.add(*checked, facts, fields_,
                      progress.phase(indexing_from, Progress::whole, "Indexing the entries"));
}

Status Installer::reconcile(const Difference& difference, TaskProgress& task) {
    {
        const std::lock_guard lock(mutex_);
        folders_.sweep();
        for (const PackName& pack : difference.to_forget)
            SZ_TRY(index_.remove(pack.id, pack.version));
    }
    for (std::size_t i = 0; i < difference.to_index.size(); ++i) {
        const PackName& pack = difference.to_index[i];
        const auto done = index_folder(pack, Progress(task, i, difference.to_index.size()));
        if (done) continue;
        if (done.error().kind != ErrorKind::input && done.error().kind != ErrorKind::limit)
            return done;
        log::warning("library", done.error().message);
    }
    return {};
}

Status Installer::move_aside(const std::filesystem::path& file) {
    const std::string aside =
        file.string() + ".damaged-" + std::to_string(Sources::real().now_ms());
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::error_code error;
        if (!std::filesystem::exists(file.string() + suffix, error)) continue;
        std::filesystem::rename(file.string() + suffix, aside + suffix, error);
        if (error) {
            return fail(ErrorKind::environment, "SZ-LIB-012",
                        "The damaged index of the library cannot be put aside.",
                        "Remove the file yourself; it is made again from the packs.",
                        file.string());
        }
    }
    log::warning("library", "the library's index was damaged; it is kept as " + aside +
                                " and made again from the packs");
    return {};
}

Status Installer::replace_index(const std::filesystem::path& file) {
    const std::lock_guard lock(mutex_);
    // SQLite removes journal files by name when it closes, so the old one must be closed before a
    // new one has that name.
    SZ_ASSIGN(index_, Index::open(":memory:"));
    SZ_TRY(move_aside(file));
    SZ_ASSIGN(index_, Index::open(file));
    return {};
}

Result<std::optional<std::string>> Installer::setting(std::string_view key) {
    const std::lock_guard lock(mutex_);
    return index_.setting(key);
}

Status Installer::set_setting(std::string_view key, std::string_view value) {
    const std::lock_guard lock(mutex_);
    return index_.set_setting(key, value);
}

Result<std::optional<PackRow>> Installer::find(const PackName& pack) {
    const std::lock_guard lock(mutex_);
    return index_.find(pack.id, pack.version);
}

}  // namespace sz::library
