// SPDX-License-Identifier: AGPL-3.0-or-later
// A SQLite VFS that stands before the system's and hands everything on. What a test wants to be
// otherwise, a class overrides. Link SQLite::SQLite3 to use it.
#pragma once

#include <sqlite3.h>

#include <string>
#include <utility>

namespace sz::test {

class PassThroughVfs {
  public:
    // `name` is what Database::Options::vfs takes; one object of a name at a time.
    // As the default it also serves whatever opens databases without naming a VFS.
    explicit PassThroughVfs(std::string name, bool is_default = false) : name_(std::move(name)) {
        vfs_ = *real_;
        vfs_.zName = name_.c_str();
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.pAppData = this;
        vfs_.xOpen = &PassThroughVfs::open;
        vfs_.xDelete = [](sqlite3_vfs* vfs, const char* path, int is_durable) {
            return self(vfs)->remove(path, is_durable);
        };
        sqlite3_vfs_register(&vfs_, is_default ? 1 : 0);
    }
    virtual ~PassThroughVfs() { sqlite3_vfs_unregister(&vfs_); }
    PassThroughVfs(const PassThroughVfs&) = delete;
    PassThroughVfs& operator=(const PassThroughVfs&) = delete;

    [[nodiscard]] const char* name() const { return name_.c_str(); }

  protected:
    struct File {
        sqlite3_file base;
        PassThroughVfs* vfs;
        const char* path;  // nullptr: a temporary file without a name; SQLite keeps the text
        [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };

    // The hooks. Each answers a code of SQLite.
    virtual int may_open() { return SQLITE_OK; }
    virtual int remove(const char* path, int is_durable) {
        return real_->xDelete(real_, path, is_durable);
    }
    virtual int read(File& file, void* to, int bytes, sqlite3_int64 at) {
        return file.real()->pMethods->xRead(file.real(), to, bytes, at);
    }
    virtual int write(File& file, const void* from, int bytes, sqlite3_int64 at) {
        return file.real()->pMethods->xWrite(file.real(), from, bytes, at);
    }
    virtual int truncate(File& file, sqlite3_int64 size) {
        return file.real()->pMethods->xTruncate(file.real(), size);
    }
    virtual int sync(File& file, int flags) {
        return file.real()->pMethods->xSync(file.real(), flags);
    }
    virtual int device_characteristics(File& file) {
        return file.real()->pMethods->xDeviceCharacteristics(file.real());
    }

  private:
    static PassThroughVfs* self(sqlite3_vfs* vfs) {
        return static_cast<PassThroughVfs*>(vfs->pAppData);
    }
    static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

    static int open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags,
                    int* out_flags) {
        auto* ours = self(vfs);
        file->pMethods = nullptr;
        if (const int code = ours->may_open(); code != SQLITE_OK) return code;
        of(file).vfs = ours;
        of(file).path = path;
        sqlite3_file* real = of(file).real();
        const int code = ours->real_->xOpen(ours->real_, path, real, flags, out_flags);
        if (real->pMethods != nullptr) file->pMethods = methods();
        return code;
    }

    // The system's own method.
    template <auto Method, class... Args>
    static auto pass(sqlite3_file* file, Args... args) {
        sqlite3_file* real = of(file).real();
        return (real->pMethods->*Method)(real, args...);
    }

    static const sqlite3_io_methods* methods() {
        using Methods = sqlite3_io_methods;
        static const Methods table = [] {
            Methods m{};
            m.iVersion = 2;
            m.xClose = pass<&Methods::xClose>;
            m.xRead = [](sqlite3_file* f, void* to, int bytes, sqlite3_int64 at) {
                return of(f).vfs->read(of(f), to, bytes, at);
            };
            m.xWrite = [](sqlite3_file* f, const void* from, int bytes, sqlite3_int64 at) {
                return of(f).vfs->write(of(f), from, bytes, at);
            };
            m.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
                return of(f).vfs->truncate(of(f), size);
            };
            m.xSync = [](sqlite3_file* f, int flags) { return of(f).vfs->sync(of(f), flags); };
            m.xFileSize = pass<&Methods::xFileSize, sqlite3_int64*>;
            m.xLock = pass<&Methods::xLock, int>;
            m.xUnlock = pass<&Methods::xUnlock, int>;
            m.xCheckReservedLock = pass<&Methods::xCheckReservedLock, int*>;
            m.xFileControl = pass<&Methods::xFileControl, int, void*>;
            m.xSectorSize = pass<&Methods::xSectorSize>;
            m.xDeviceCharacteristics = [](sqlite3_file* f) {
                return of(f).vfs->device_characteristics(of(f));
            };
            m.xShmMap = pass<&Methods::xShmMap, int, int, int, void volatile**>;
            m.xShmLock = pass<&Methods::xShmLock, int, int, int>;
            m.xShmBarrier = pass<&Methods::xShmBarrier>;
            m.xShmUnmap = pass<&Methods::xShmUnmap, int>;
            return m;
        }();
        return &table;
    }

    std::string name_;
    sqlite3_vfs* real_ = sqlite3_vfs_find(nullptr);
    sqlite3_vfs vfs_{};
};

}  // namespace sz::test
