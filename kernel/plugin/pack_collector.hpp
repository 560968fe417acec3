// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes what a pack format reads: every path checked, every limit kept, whatever the format does.
#pragma once

#include <sz/ext/pack_format.h>

#include <map>
#include <string>

#include "kernel/base/result.hpp"
#include "kernel/plugin/field_change.hpp"
#include "kernel/plugin/services.hpp"
#include "kernel/plugin/thread_rule.hpp"

namespace sz {

class PackCollector {
  public:
    explicit PackCollector(Findings& findings) : findings_(findings) {}
    PackCollector(const PackCollector&) = delete;
    PackCollector& operator=(const PackCollector&) = delete;

    [[nodiscard]] const sz_pack_writer* table() const noexcept { return &table_; }
    // The first thing that was refused; SZ_OK while all is well.
    [[nodiscard]] sz_status status() const noexcept { return status_; }
    // The files of each pack, in order of path.
    [[nodiscard]] ReadPacks take();

  private:
    sz_status begin();
    sz_status put(std::string_view path, std::string_view content);
    sz_status account(std::string_view json);
    sz_status refuse(Error why);  // reports it and gives its status
    template <class Fn>
    static sz_status guarded(void* self, Fn&& fn) noexcept;
    static sz_status c_begin(void* self) noexcept;
    static sz_status c_put(void* self, sz_str path, sz_bytes content) noexcept;
    static sz_status c_account(void* self, sz_str json) noexcept;

    OwnThread thread_;
    Findings& findings_;
    ReadPacks packs_;
    std::map<std::string, std::string> folded_;  // of the pack being read: folded path → path
    std::uint64_t bytes_ = 0;                    // of all packs
    sz_status status_ = SZ_OK;
    sz_pack_writer table_{sizeof(sz_pack_writer), 0, this, c_begin, c_put, c_account};
};

}  // namespace sz
