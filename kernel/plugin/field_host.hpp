// SPDX-License-Identifier: AGPL-3.0-or-later
// What a field type that contains fields gets to reach the types of those fields.
#pragma once

#include <sz/ext/field_type.h>

#include <cstddef>

#include "kernel/plugin/field_types.hpp"

namespace sz {

// One for each call into a field type, on the stack; it knows how deep that call is nested.
class FieldHost {
  public:
    FieldHost(const PluginFieldTypes& types, std::size_t depth);
    FieldHost(const FieldHost&) = delete;
    FieldHost& operator=(const FieldHost&) = delete;
    [[nodiscard]] const sz_field_host* table() const noexcept { return &table_; }

  private:
    template <class Fn>
    static sz_status nested(void* self, sz_str definition, const char* call,
                            const sz_findings* findings, Fn&& fn) noexcept;
    static sz_status normalize(void* self, sz_str definition, sz_str value, sz_sink out,
                               const sz_findings* findings) noexcept;
    static sz_status apply(void* self, sz_str definition, sz_str value, sz_str operation,
                           sz_sink out, const sz_findings* findings) noexcept;
    static sz_status format(void* self, sz_str definition, sz_str value, sz_str locale,
                            sz_sink out) noexcept;
    static sz_status search_text(void* self, sz_str definition, sz_str value, sz_sink out) noexcept;
    static sz_status references(void* self, sz_str definition, sz_str value, sz_sink out) noexcept;

    const PluginFieldTypes& types_;
    std::size_t depth_;
    sz_field_host table_;
};

}  // namespace sz
