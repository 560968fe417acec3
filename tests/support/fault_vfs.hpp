// SPDX-License-Identifier: AGPL-3.0-or-later
// A SQLite VFS that stands before the system's and fails on demand: the nth write or sync, and
// every one after it, until repaired. Link SQLite::SQLite3 to use it.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <string>

namespace sz::test {

class FaultVfs {
  public:
    // `name` is what Database::Options::vfs takes; one object of a name at a time.
    // As the default it also serves whatever opens databases without naming a VFS.
    explicit FaultVfs(std::string name, bool is_default = false) : name_(std::move(name)) {
        real_ = sqlite3_vfs_find(nullptr);
        vfs_ = *real_;
        vfs_.zName = name_.c_str();
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.pAppData = this;
        vfs_.xOpen = &FaultVfs::open;
        sqlite3_vfs_register(&vfs_, is_default ? 1 : 0);
    }
    ~FaultVfs() { sqlite3_vfs_unregister(&vfs_); }
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    // From now on `writes` writes and syncs succeed, then all fail with `code` (SQLITE_IOERR_WRITE,
    // SQLITE_FULL).
    void fail_after(long writes, int code) {
        code_ = code;
        left_ = writes;
    }
    void repair() { left_ = never; }
    [[nodiscard]] long writes() const { return writes_; }
    [[nodiscard]] const char* name() const { return name_.c_str(); }

  private:
    static constexpr long never = -1;
    struct File {
        sqlite3_file base;
        FaultVfs* owner;
        [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };
    static File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

    // SQLITE_OK, or the fault that is due.
    int step() {
        ++writes_;
        if (left_ == never) return SQLITE_OK;
        if (left_ == 0) return code_;
        --left_;
        return SQLITE_OK;
    }

    static int open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags,
                    int* out_flags) {
        auto* self = static_cast<FaultVfs*>(vfs->pAppData);
        File* ours = of(file);
        ours->base.pMethods = nullptr;
        ours->owner = self;
        const int code = self->real_->xOpen(self->real_, path, ours->real(), flags, out_flags);
        if (ours->real()->pMethods != nullptr) ours->base.pMethods = methods();
        return code;
    }

    static const sqlite3_io_methods* methods() {
        static const sqlite3_io_methods table = [] {
            sqlite3_io_methods m{};
            m.iVersion = 2;
            m.xClose = [](sqlite3_file* f) {
                return of(f)->real()->pMethods->xClose(of(f)->real());
            };
            m.xRead = [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
                return of(f)->real()->pMethods->xRead(of(f)->real(), to, n, at);
            };
            m.xWrite = [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
                if (const int fault = of(f)->owner->step(); fault != SQLITE_OK) return fault;
                return of(f)->real()->pMethods->xWrite(of(f)->real(), from, n, at);
            };
            m.xTruncate = [](sqlite3_file* f, sqlite3_int64 n) {
                return of(f)->real()->pMethods->xTruncate(of(f)->real(), n);
            };
            m.xSync = [](sqlite3_file* f, int) { return of(f)->owner->step(); };
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
            m.xDeviceCharacteristics = [](sqlite3_file* f) {
                return of(f)->real()->pMethods->xDeviceCharacteristics(of(f)->real());
            };
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
    std::atomic<long> left_{never};
    std::atomic<long> writes_{0};
    std::atomic<int> code_{SQLITE_OK};
};

}  // namespace sz::test
