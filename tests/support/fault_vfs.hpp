// SPDX-License-Identifier: AGPL-3.0-or-later
// A disk that fails on demand: the nth write or sync of SQLite, and every one after it, until
// repaired. Truncations are not counted and never fail.
#pragma once

#include <atomic>

#include "tests/support/pass_through_vfs.hpp"

namespace sz::test {

class FaultVfs final : public PassThroughVfs {
  public:
    using PassThroughVfs::PassThroughVfs;

    // From now on `steps` writes and syncs succeed, then all fail with `code` (SQLITE_IOERR_WRITE,
    // SQLITE_FULL).
    void fail_after(long steps, int code) {
        code_ = code;
        left_ = steps;
    }
    void repair() { left_ = never; }

  protected:
    int write(File& file, const void* from, int bytes, sqlite3_int64 at) override {
        const int fault = step();
        return fault == SQLITE_OK ? PassThroughVfs::write(file, from, bytes, at) : fault;
    }
    // A step that can fail, and no more: what a sync makes durable cannot be seen from here, and it
    // takes long.
    int sync(File&, int) override { return step(); }

  private:
    static constexpr long never = -1;

    // SQLITE_OK, or the fault that is due.
    int step() {
        if (left_ == never) return SQLITE_OK;
        if (left_ == 0) return code_;
        --left_;
        return SQLITE_OK;
    }

    std::atomic<long> left_{never};
    std::atomic<int> code_{SQLITE_OK};
};

}  // namespace sz::test
