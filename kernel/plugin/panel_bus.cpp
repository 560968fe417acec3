// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/panel_bus.hpp"

#include <utility>

#include "kernel/plugin/bus_table.hpp"

namespace sz {

PanelBus::PanelBus(Bus& bus, Executor& ui, std::string plugin)
    : bus_(BusTable::on_executor(bus, ui, std::move(plugin))) {}

PanelBus::~PanelBus() = default;

const sz_bus* PanelBus::table() const noexcept { return bus_->table(); }

}  // namespace sz
