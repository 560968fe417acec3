// SPDX-License-Identifier: AGPL-3.0-or-later
// The program as one plugin sees it: sz_host and the services behind it.
#pragma once

#include <sz/host.h>

#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "kernel/bus/bus.hpp"
#include "kernel/bus/tasks.hpp"
#include "kernel/plugin/bus_table.hpp"
#include "kernel/plugin/manifest.hpp"

namespace sz {

// Services follow the capabilities that the manifest asks for: "bus" sz.bus, "tasks" sz.tasks,
// "data" the data folder. That tells a person what a plugin is about; it does not stop a hostile
// one.
class PluginHost {
  public:
    struct Services {
        Bus& bus;
        Tasks& tasks;
        KernelThread& thread;
        std::filesystem::path data_root;
    };
    PluginHost(const Manifest& manifest, const Services& services);
    PluginHost(const PluginHost&) = delete;
    PluginHost& operator=(const PluginHost&) = delete;

    [[nodiscard]] const sz_host* table() const noexcept { return &host_; }
    ~PluginHost() { close(); }
    // Ends what the plugin has begun: its calls and subscriptions, then its tasks, whose `done` has
    // been called when it returns. Nothing new is begun after it. Before deinit. [kernel-thread]
    void close();

  private:
    static const void* get_service(void* self, const char* id);
    static sz_status data_dir(void* self, sz_sink out);
    static void write_log(void* self, std::uint32_t level, sz_str message);
    static sz_status start_task(void* self, sz_str title, sz_task_fn fn, sz_reply_fn done,
                                void* cookie, std::uint64_t* out_task);

    std::string plugin_, source_;
    Tasks& tasks_;
    KernelThread& thread_;
    std::filesystem::path data_folder_;
    bool has_bus_, has_tasks_, has_data_;
    std::unique_ptr<BusTable> bus_;
    bool is_closed_ = false;               // [kernel-thread]
    std::set<std::string> running_tasks_;  // [kernel-thread]
    sz_host host_;
    sz_log log_table_;
    sz_tasks tasks_table_;
};

}  // namespace sz
