// SPDX-License-Identifier: AGPL-3.0-or-later
// A SQLite VFS like a machine that loses power: at the nth write, sync or truncation everything
// stops, and what was written since the last sync of its file is forgotten. Link SQLite::SQLite3.
#pragma once

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace sz::test {

class ForgetfulDisk {
  public:
    explicit ForgetfulDisk(std::string name) : name_(std::move(name)) {
        real_ = sqlite3_vfs_find(nullptr);
        vfs_ = *real_;
        vfs_.zName = name_.c_str();
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.pAppData = this;
        vfs_.xOpen = &ForgetfulDisk::open;
        vfs_.xDelete = [](sqlite3_vfs* vfs, const char* path, int sync) {
            auto* self = static_cast<ForgetfulDisk*>(vfs->pAppData);
            return self->is_dead_ ? SQLITE_IOERR_DELETE
                                  : self->real_->xDelete(self->real_, path, sync);
        };
        sqlite3_vfs_register(&vfs_, 0);
    }
    ~ForgetfulDisk() { sqlite3_vfs_unregister(&vfs_); }
    ForgetfulDisk(const ForgetfulDisk&) = delete;
    ForgetfulDisk& operator=(const ForgetfulDisk&) = delete;

    [[nodiscard]] const char* name() const { return name_.c_str(); }
    // The power goes after `steps` more writes, syncs and truncations.
    void lose_power_after(long steps) { left_ = steps; }
    [[nodiscard]] bool is_dead() const { return is_dead_; }

  private:
    struct Change {
        sqlite3_int64 at;    // where
        std::string before;  // what was there
        sqlite3_int64 size;  // the file's size before
    };
    struct File {
        sqlite3_file base;
        ForgetfulDisk* disk;
        std::vector<Change>* unsynced;  // the disk's, by path
        [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };
    static File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

    static int open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags,
                    int* out_flags) {
        auto* self = static_cast<ForgetfulDisk*>(vfs->pAppData);
        File* ours = of(file);
        ours->base.pMethods = nullptr;
        if (self->is_dead_) return SQLITE_CANTOPEN;
        ours->disk = self;
        ours->unsynced = &self->unsynced_[path == nullptr ? "" : path];
        const int code = self->real_->xOpen(self->real_, path, ours->real(), flags, out_flags);
        if (code == SQLITE_OK) {
            ours->base.pMethods = methods();
            self->open_.insert(ours);
        }
        return code;
    }

    // Remembers what a change is about to overwrite.
    static int remember(File* file, sqlite3_int64 at, int bytes) {
        sqlite3_int64 size = 0;
        file->real()->pMethods->xFileSize(file->real(), &size);
        const sqlite3_int64 there =
            std::max<sqlite3_int64>(0, std::min<sqlite3_int64>(bytes, size - at));
        std::string before(static_cast<std::size_t>(there), '\0');
        if (there > 0)
            file->real()->pMethods->xRead(file->real(), before.data(), static_cast<int>(there), at);
        file->unsynced->push_back({at, std::move(before), size});
        return SQLITE_OK;
    }

    // SQLITE_OK, or the end of everything.
    int step() {
        if (is_dead_) return SQLITE_IOERR;
        if (left_ < 0) return SQLITE_OK;
        if (left_-- > 0) return SQLITE_OK;
        is_dead_ = true;
        for (File* file : open_) {
            auto& changes = *file->unsynced;
            for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
                const auto* methods = file->real()->pMethods;
                if (!change->before.empty()) {
                    methods->xWrite(file->real(), change->before.data(),
                                    static_cast<int>(change->before.size()), change->at);
                }
                methods->xTruncate(file->real(), change->size);
            }
            changes.clear();
        }
        return SQLITE_IOERR;
    }

    static const sqlite3_io_methods* methods() {
        static const sqlite3_io_methods table = [] {
            sqlite3_io_methods m{};
            m.iVersion = 2;
            m.xClose = [](sqlite3_file* f) {
                of(f)->disk->open_.erase(of(f));
                return of(f)->real()->pMethods->xClose(of(f)->real());
            };
            m.xRead = [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
                if (of(f)->disk->is_dead_) return SQLITE_IOERR_READ;
                return of(f)->real()->pMethods->xRead(of(f)->real(), to, n, at);
            };
            m.xWrite = [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
                if (const int dead = of(f)->disk->step(); dead != SQLITE_OK) return dead;
                remember(of(f), at, n);
                return of(f)->real()->pMethods->xWrite(of(f)->real(), from, n, at);
            };
            m.xTruncate = [](sqlite3_file* f, sqlite3_int64 to) {
                if (const int dead = of(f)->disk->step(); dead != SQLITE_OK) return dead;
                sqlite3_int64 size = 0;
                of(f)->real()->pMethods->xFileSize(of(f)->real(), &size);
                if (size > to) remember(of(f), to, static_cast<int>(size - to));
                return of(f)->real()->pMethods->xTruncate(of(f)->real(), to);
            };
            m.xSync = [](sqlite3_file* f, int flags) {
                if (const int dead = of(f)->disk->step(); dead != SQLITE_OK) return dead;
                of(f)->unsynced->clear();
                return of(f)->real()->pMethods->xSync(of(f)->real(), flags);
            };
            m.xFileSize = [](sqlite3_file* f, sqlite3_int64* n) {
                return of(f)->real()->pMethods->xFileSize(of(f)->real(), n);
            };
            m.xLock = [](sqlite3_file* f, int lock) {
                return of(f)->real()->pMethods->xLock(of(f)->real(), lock);
            };
            m.xUnlock = [](sqlite3_file* f, int lock) {
                return of(f)->real()->pMethods->xUnlock(of(f)->real(), lock);
            };
            m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
                return of(f)->real()->pMethods->xCheckReservedLock(of(f)->real(), out);
            };
            m.xFileControl = [](sqlite3_file* f, int op, void* arg) {
                return of(f)->real()->pMethods->xFileControl(of(f)->real(), op, arg);
            };
            m.xSectorSize = [](sqlite3_file* f) {
                return of(f)->real()->pMethods->xSectorSize(of(f)->real());
            };
            // No promise of the disk (power-safe overwrites, atomic sectors) is relied on.
            m.xDeviceCharacteristics = [](sqlite3_file*) { return 0; };
            m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
                return of(f)->real()->pMethods->xShmMap(of(f)->real(), page, size, extend, out);
            };
            m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
                return of(f)->real()->pMethods->xShmLock(of(f)->real(), offset, n, flags);
            };
            m.xShmBarrier = [](sqlite3_file* f) {
                of(f)->real()->pMethods->xShmBarrier(of(f)->real());
            };
            m.xShmUnmap = [](sqlite3_file* f, int remove) {
                return of(f)->real()->pMethods->xShmUnmap(of(f)->real(), remove);
            };
            return m;
        }();
        return &table;
    }

    std::string name_;
    sqlite3_vfs* real_ = nullptr;
    sqlite3_vfs vfs_{};
    std::map<std::string, std::vector<Change>> unsynced_;
    std::set<File*> open_;
    long left_ = -1;
    bool is_dead_ = false;
};

}  // namespace sz::test
