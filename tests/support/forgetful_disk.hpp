// SPDX-License-Identifier: AGPL-3.0-or-later
// A machine that loses power: at the nth write, sync or truncation of SQLite everything stops, and
// each file, open or closed, is again what it was at its last sync. That a file was made or removed
// is not forgotten.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "tests/support/pass_through_vfs.hpp"

namespace sz::test {

class ForgetfulDisk final : public PassThroughVfs {
  public:
    explicit ForgetfulDisk(std::string name) : PassThroughVfs(std::move(name)) {}

    // The power goes after `steps` more writes, syncs and truncations.
    void lose_power_after(long steps) { left_ = steps; }
    [[nodiscard]] bool is_dead() const { return is_dead_; }

  protected:
    int may_open() override { return is_dead_ ? SQLITE_CANTOPEN : SQLITE_OK; }
    int remove(const char* path, int is_durable) override {
        if (is_dead_) return SQLITE_IOERR_DELETE;
        unsynced_.erase(path);
        return PassThroughVfs::remove(path, is_durable);
    }
    int read(File& file, void* to, int bytes, sqlite3_int64 at) override {
        return is_dead_ ? SQLITE_IOERR_READ : PassThroughVfs::read(file, to, bytes, at);
    }
    int write(File& file, const void* from, int bytes, sqlite3_int64 at) override {
        if (!has_power()) return SQLITE_IOERR_WRITE;
        remember(file, at, bytes);
        return PassThroughVfs::write(file, from, bytes, at);
    }
    int truncate(File& file, sqlite3_int64 size) override {
        if (!has_power()) return SQLITE_IOERR_TRUNCATE;
        const sqlite3_int64 before = size_of(file);
        if (before > size) remember(file, size, before - size);
        return PassThroughVfs::truncate(file, size);
    }
    // The system's own sync is left out: no power is lost but here, and it takes long.
    int sync(File& file, int) override {
        if (!has_power()) return SQLITE_IOERR_FSYNC;
        if (file.path != nullptr) unsynced_.erase(file.path);
        return SQLITE_OK;
    }
    // No promise of the disk (power-safe overwrites, atomic sectors) is relied on.
    int device_characteristics(File&) override { return 0; }

  private:
    struct Change {
        sqlite3_int64 at;    // where
        std::string before;  // what was there
        sqlite3_int64 size;  // the file's size before
    };

    static sqlite3_int64 size_of(File& file) {
        sqlite3_int64 size = 0;
        file.real()->pMethods->xFileSize(file.real(), &size);
        return size;
    }

    // Remembers what a change is about to overwrite. A temporary file goes with its program.
    void remember(File& file, sqlite3_int64 at, sqlite3_int64 bytes) {
        if (file.path == nullptr) return;
        const sqlite3_int64 size = size_of(file);
        const auto there = std::max<sqlite3_int64>(0, std::min(bytes, size - at));
        std::string before(static_cast<std::size_t>(there), '\0');
        if (there > 0) PassThroughVfs::read(file, before.data(), static_cast<int>(there), at);
        unsynced_[file.path].push_back({at, std::move(before), size});
    }

    // Counts a step. At the last one everything ends.
    bool has_power() {
        if (is_dead_) return false;
        if (left_ < 0 || left_-- > 0) return true;
        is_dead_ = true;
        for (const auto& [path, changes] : unsynced_) forget(path, changes);
        return false;
    }

    static void forget(const std::filesystem::path& path, const std::vector<Change>& changes) {
        if (!std::filesystem::exists(path)) return;
        for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
            std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(change->at);
            file << change->before;
            file.close();
            std::filesystem::resize_file(path, static_cast<std::uintmax_t>(change->size));
        }
    }

    std::map<std::string, std::vector<Change>> unsynced_;  // by path
    long left_ = -1;
    bool is_dead_ = false;
};

}  // namespace sz::test
