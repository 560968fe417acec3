// SPDX-License-Identifier: AGPL-3.0-or-later
// The bus that a shell gives to a panel: what comes back comes on the shell's own thread.
#pragma once

#include <memory>
#include <string>

#include "kernel/base/threads.hpp"
#include "kernel/bus/bus.hpp"

struct sz_bus;

namespace sz {

class PanelBus {
  public:
    // `ui` posts to the windows' thread. Both outlive this object. Made, and ended, on that thread.
    PanelBus(Bus& bus, Executor& ui, std::string plugin);
    ~PanelBus();  // calls under way are answered SZ_ERR_CANCELLED; then nothing comes any more
    PanelBus(const PanelBus&) = delete;
    PanelBus& operator=(const PanelBus&) = delete;

    [[nodiscard]] const sz_bus* table() const noexcept;

  private:
    std::unique_ptr<class BusTable> bus_;
};

}  // namespace sz
