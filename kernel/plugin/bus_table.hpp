// SPDX-License-Identifier: AGPL-3.0-or-later
// The bus as a plugin sees it: an sz_bus over the kernel's Bus, answering on one thread.
#pragma once

#include <sz/host.h>

#include <memory>
#include <string>

#include "kernel/bus/bus.hpp"

namespace sz {

class BusTable {
  public:
    // Answers on the kernel thread; the plugin may add methods.
    [[nodiscard]] static std::unique_ptr<BusTable> on_kernel_thread(Bus& bus, KernelThread& thread,
                                                                    std::string plugin);
    // Answers through `executor`, from whose thread it is also made, used for unsubscribe, and
    // ended.
    [[nodiscard]] static std::unique_ptr<BusTable> on_executor(Bus& bus, Executor& executor,
                                                               std::string plugin);
    ~BusTable();  // close()
    BusTable(const BusTable&) = delete;
    BusTable& operator=(const BusTable&) = delete;

    [[nodiscard]] const sz_bus* table() const noexcept { return &table_; }

    // Answers every call under way with SZ_ERR_CANCELLED, ends subscriptions and methods. Nothing
    // comes after it. On the thread of the table, while the plugin still runs.
    void close();

  private:
    struct State;
    explicit BusTable(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;  // shared with what is posted and not yet run
    sz_bus table_;
};

}  // namespace sz
