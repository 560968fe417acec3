// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/store/backup.hpp"

#include <sqlite3.h>

#include "kernel/base/sys/file.hpp"
#include "kernel/store/sqlite_error.hpp"

namespace sz {

namespace {

// What is written is synced this often: one sync at the end would keep the thread for seconds.
constexpr std::uint64_t pages_per_sync = 1024;

Error no_copy(const std::filesystem::path& target, const std::string& why) {
    return {ErrorKind::environment, "SZ-STORE-001", "The copy cannot be made: " + why,
            "Check that its folder exists, that you may write there, and that there is room.",
            target.string()};
}

}  // namespace

struct DatabaseBackup::Impl {
    std::filesystem::path target;
    sys::File file;  // to sync by; closed last, because closing it drops SQLite's locks
    sqlite3* connection = nullptr;
    sqlite3_backup* backup = nullptr;
    std::uint64_t unsynced = 0;
    std::uint64_t pages = 0, left = 0;
    bool is_complete = false;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        end();
        std::error_code ignored;
        if (!is_complete && !target.empty()) std::filesystem::remove(target, ignored);
    }

    int end() {
        const int code = backup == nullptr ? SQLITE_OK : sqlite3_backup_finish(backup);
        backup = nullptr;
        if (code == SQLITE_OK) return close();
        (void)close();
        return code;
    }
    int close() {
        const int code = sqlite3_close(connection);
        connection = nullptr;
        return code;
    }
};

DatabaseBackup::DatabaseBackup(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DatabaseBackup::DatabaseBackup(DatabaseBackup&&) noexcept = default;
DatabaseBackup& DatabaseBackup::operator=(DatabaseBackup&&) noexcept = default;
DatabaseBackup::~DatabaseBackup() = default;

std::uint64_t DatabaseBackup::pages() const noexcept { return impl_->pages; }
std::uint64_t DatabaseBackup::pages_left() const noexcept { return impl_->left; }

Result<DatabaseBackup> DatabaseBackup::begin(Database& source,
                                             const std::filesystem::path& target) {
    auto file = sys::File::create_new(target, true);
    if (!file) return fail(no_copy(target, sys::reason(file.error()) + "."));
    auto impl = std::make_unique<Impl>();
    impl->target = target;
    impl->file = std::move(*file);
    const int code = sqlite3_open_v2(target.string().c_str(), &impl->connection,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK)
        return fail(no_copy(target, sqlite_error(impl->connection, target.string()).message));
    // What is not complete is removed: nothing need be taken back.
    sqlite3_exec(impl->connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL", nullptr,
                 nullptr, nullptr);
    impl->backup = sqlite3_backup_init(impl->connection, "main",
                                       static_cast<sqlite3*>(source.connection()), "main");
    if (impl->backup == nullptr)
        return fail(no_copy(target, sqlite_error(impl->connection, target.string()).message));
    return DatabaseBackup(std::move(impl));
}

Result<bool> DatabaseBackup::step(int pages) {
    if (impl_->is_complete) return true;
    if (impl_->backup == nullptr) return fail(no_copy(impl_->target, "it failed before."));
    const int code = sqlite3_backup_step(impl_->backup, pages);
    impl_->pages = static_cast<std::uint64_t>(sqlite3_backup_pagecount(impl_->backup));
    impl_->left = static_cast<std::uint64_t>(sqlite3_backup_remaining(impl_->backup));
    impl_->unsynced += static_cast<std::uint64_t>(pages);
    const bool goes_on = code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED;
    if (goes_on && impl_->unsynced < pages_per_sync) return false;
    impl_->unsynced = 0;
    if (goes_on) {
        if (impl_->file.sync()) return fail(no_copy(impl_->target, "the disk refused to write."));
        return false;
    }
    // sqlite3_backup_finish says why, on the copy's connection.
    if (const int ended = sqlite3_backup_finish(std::exchange(impl_->backup, nullptr));
        ended != SQLITE_OK)
        return fail(sqlite_error(impl_->connection, impl_->target.string()));
    if (impl_->close() != SQLITE_OK || impl_->file.sync())
        return fail(no_copy(impl_->target, "the disk refused to write."));
    impl_->is_complete = true;
    return true;
}

}  // namespace sz
