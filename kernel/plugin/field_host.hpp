// SPDX-License-Identifier: AGPL-3.0-or-later
// What a field type that contains fields gets to reach the types of those fields.
#pragma once

#include <sz/ext/field_type.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/limits.hpp"
#include "kernel/plugin/field_types.hpp"
#include "kernel/plugin/thread_rule.hpp"

namespace sz {

// What is left for the fields inside one field: one budget for a call from the kernel and all the
// calls that it leads to. A definition of a few lines can stand for millions of values, because a
// default may hold items whose defaults hold items.
struct FieldBudget {
    FieldBudget() { output_bytes.fill(limits::nested_output_bytes_max); }

    std::size_t calls = limits::nested_calls_max;
    std::size_t input_bytes = limits::nested_input_bytes_max;
    // By depth: a value of the greatest size is written once at each level that it passes.
    std::array<std::size_t, limits::field_depth_max> output_bytes{};
    bool is_spent = false;
    bool is_reported = false;

    // Takes one call from what is left. False: it is spent.
    [[nodiscard]] bool take_call(std::size_t bytes) noexcept;
    [[nodiscard]] bool take_output(std::size_t depth, std::size_t bytes) noexcept;
};

// One for each call into a field type, on the stack; it knows how deep that call is nested.
class FieldHost {
  public:
    // The outermost. `budget` outlives it.
    FieldHost(const PluginFieldTypes& types, FieldBudget& budget) : FieldHost(types, budget, 0) {}
    FieldHost(const FieldHost&) = delete;
    FieldHost& operator=(const FieldHost&) = delete;
    [[nodiscard]] const sz_field_host* table() const noexcept { return &table_; }

  private:
    FieldHost(const PluginFieldTypes& types, FieldBudget& budget, std::size_t depth);

    // What a nested call is about.
    struct Call {
        const char* name;
        sz_str definition, value;
        sz_sink out;
        const sz_findings* findings;  // may be null
    };
    template <class Fn>
    static sz_status nested(void* self, const Call& call, Fn&& fn) noexcept;
    [[nodiscard]] std::optional<std::string> type_in(std::string_view definition) const;
    template <class Fn>
    [[nodiscard]] sz_status run(const Call& call, Fn&& fn) const;
    static sz_status normalize(void* self, sz_str definition, sz_str value, sz_sink out,
                               const sz_findings* findings) noexcept;
    static sz_status apply(void* self, sz_str definition, sz_str value, sz_str operation,
                           sz_sink out, const sz_findings* findings) noexcept;
    static sz_status format(void* self, sz_str definition, sz_str value, sz_str locale,
                            sz_sink out) noexcept;
    static sz_status search_text(void* self, sz_str definition, sz_str value, sz_sink out) noexcept;
    static sz_status references(void* self, sz_str definition, sz_str value, sz_sink out) noexcept;

    OwnThread thread_;
    const PluginFieldTypes& types_;
    FieldBudget& budget_;
    std::size_t depth_;
    sz_field_host table_;
    mutable std::string last_definition_;
    mutable std::optional<std::string> last_type_;
};

}  // namespace sz
