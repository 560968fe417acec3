// SPDX-License-Identifier: AGPL-3.0-or-later
// The host as a plugin sees it: log, data folder, and the tables of bus and tasks (bus.hpp wraps
// the bus).
#pragma once

#include <string>
#include <string_view>

#include "border.hpp"

namespace sz::plugin {

class Host {
  public:
    explicit Host(const sz_host& table) noexcept : table_(&table) {}

    // The absolute path of the plugin's own folder. Wants the capability "data". [any-thread]
    [[nodiscard]] Result<std::string> data_dir() const {
        return read_text([&](sz_sink out) { return table_->data_dir(table_->self, out); });
    }
    // [any-thread]
    void log(std::uint32_t level, std::string_view message) const noexcept {
        detail::log(level, message);
    }

    // NULL when the host has none, or when plugin.json does not ask for the capability "bus" or
    // "tasks". [any-thread]
    [[nodiscard]] const sz_bus* bus() const noexcept { return service<sz_bus>(SZ_BUS_ID); }
    [[nodiscard]] const sz_tasks* tasks() const noexcept { return service<sz_tasks>(SZ_TASKS_ID); }
    template <class Table>
    [[nodiscard]] const Table* service(const char* id) const noexcept {
        return static_cast<const Table*>(table_->get_service(table_->self, id));
    }
    [[nodiscard]] const sz_host& table() const noexcept { return *table_; }

  private:
    const sz_host* table_;
};

}  // namespace sz::plugin
