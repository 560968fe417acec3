// SPDX-License-Identifier: AGPL-3.0-or-later
// What a computed field reads, as a plugin gets it.
#pragma once

#include <sz/ext/field_type.h>

#include "kernel/plugin/services.hpp"
#include "kernel/plugin/thread_rule.hpp"

namespace sz {

// One for each call of evaluate, on the stack.
class ResolverTable {
  public:
    explicit ResolverTable(FieldResolver& resolver)
        : resolver_(resolver), table_{sizeof(sz_field_resolver), 0, this, resolve} {}
    ResolverTable(const ResolverTable&) = delete;
    ResolverTable& operator=(const ResolverTable&) = delete;
    [[nodiscard]] const sz_field_resolver* table() const noexcept { return &table_; }

  private:
    static sz_status resolve(void* self, sz_str path, sz_sink out,
                             const sz_findings* findings) noexcept;
    [[nodiscard]] Result<Json> answer(sz_str path);

    OwnThread thread_;
    FieldResolver& resolver_;
    std::size_t calls_ = 0;
    sz_field_resolver table_;
};

}  // namespace sz
