// SPDX-License-Identifier: AGPL-3.0-or-later
// A port mapper as a C++ class. The words and contracts stand in ext/port_mapper.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "../ext/port_mapper.h"
#include "border.hpp"
#include "pack_format.hpp"  // Progress

namespace sz::plugin {

class PortMapper {
  public:
    PortMapper(const char* name, const char* title) noexcept
        : table_{sizeof(sz_port_mapper), 0, name, title, this, c_map, c_unmap} {}
    virtual ~PortMapper() = default;
    PortMapper(const PortMapper&) = delete;
    PortMapper& operator=(const PortMapper&) = delete;

    // As in sz_port_mapper; a Fault's message becomes the finding. [worker-thread]
    [[nodiscard]] virtual Result<std::string> map(std::string_view request,
                                                  const Progress& progress) const = 0;
    [[nodiscard]] virtual Status unmap(std::string_view mapping,
                                       std::chrono::milliseconds patience) const = 0;

    [[nodiscard]] const sz_port_mapper* table() const noexcept { return &table_; }

  private:
    static sz_status c_map(const void* self, sz_str request, sz_sink out,
                           const sz_progress* progress, const sz_findings* findings) noexcept {
        return guard_text(out, findings, [&] {
            return static_cast<const PortMapper*>(self)->map(view(request), Progress(progress));
        });
    }
    static sz_status c_unmap(const void* self, sz_str mapping, std::uint32_t patience_ms,
                             const sz_findings* findings) noexcept {
        return guard(findings, [&] {
            return static_cast<const PortMapper*>(self)->unmap(
                view(mapping), std::chrono::milliseconds(patience_ms));
        });
    }

    sz_port_mapper table_;
};

}  // namespace sz::plugin
