// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/host.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

struct TaskCall {
    std::string plugin, title;
    const KernelThread& thread;
    sz_task_fn fn;
    sz_reply_fn done;
    void* cookie;
};

// What the function of a task reports to, on its own thread.
struct TaskReport {
    TaskProgress& progress;
    const std::string& plugin;
    OwnThread thread{};
    sz_progress table{sizeof(sz_progress), 0, this, report};

    static sz_status report(void* self, std::uint64_t done, std::uint64_t total,
                            sz_str what) noexcept {
        auto& own = *static_cast<TaskReport*>(self);
        if (!is_allowed(own.thread.is_current(), own.plugin, "sz_progress.report"))
            return SZ_ERR_INTERNAL;
        try {
            own.progress.report(done, total, clean_text(view(what), limits::name_bytes_max));
        } catch (...) {
            return SZ_ERR_INTERNAL;
        }
        return own.progress.is_cancelled() ? SZ_ERR_CANCELLED : SZ_OK;
    }
};

Result<Json> run_task(const TaskCall& task, TaskProgress& progress) {
    TextSink result(limits::bus_message_bytes_max);
    TaskReport report{progress, task.plugin};
    const sz_status status = call_plugin(!task.thread.is_current(), task.plugin, "task", [&] {
        return task.fn(task.cookie, &report.table, result.table());
    });
    auto json = parse_json(result.text.empty() ? "{}" : result.text);
    if (status == SZ_OK)
        return json ? std::move(json)
                    : Result<Json>(fail(misbehaved(task.plugin, "its task's result is not JSON.")));
    Error error =
        json && json->is_object() && json->contains("message") ? error_from_json(*json) : Error{};
    error.kind = error_kind(status);
    if (error.code.empty()) error.code = "SZ-PLUGIN-063";
    if (error.message.empty()) error.message = "“" + task.title + "” did not work.";
    return fail(std::move(error));
}

}  // namespace

PluginHost::PluginHost(const Manifest& manifest, const Services& services)
    : plugin_(manifest.id),
      source_("plugin:" + manifest.id),
      tasks_(services.tasks),
      thread_(services.thread),
      data_folder_(services.data_root / manifest.id),
      has_bus_(manifest.asks_for("bus")),
      has_tasks_(manifest.asks_for("tasks")),
      has_data_(manifest.asks_for("data")),
      bus_(BusTable::on_kernel_thread(services.bus, services.thread, manifest.id)),
      host_{sizeof(sz_host), SZ_ABI_MAJOR, SZ_ABI_MINOR, 0,       this,
            "SessionZero",   SZ_VERSION,   get_service,  data_dir},
      log_table_{sizeof(sz_log), 0, this, write_log},
      tasks_table_{sizeof(sz_tasks), 0, this, start_task} {}

const void* PluginHost::get_service(void* self, const char* id) {
    const auto& host = *static_cast<PluginHost*>(self);
    const std::string_view wanted = id == nullptr ? std::string_view{} : std::string_view{id};
    if (wanted == SZ_LOG_ID) return &host.log_table_;
    if (wanted == SZ_BUS_ID && host.has_bus_) return host.bus_->table();
    if (wanted == SZ_TASKS_ID && host.has_tasks_) return &host.tasks_table_;
    return nullptr;
}

sz_status PluginHost::data_dir(void* self, sz_sink out) {
    const auto& host = *static_cast<PluginHost*>(self);
    if (!host.has_data_) return SZ_ERR_DENIED;
    if (const auto made = make_folder(host.data_folder_, true); !made) {
        log::error(host.source_, made.error().message);
        return SZ_ERR_ENVIRONMENT;
    }
    const std::string path = fs::absolute(host.data_folder_).string();
    return out.write(out.self, path.data(), path.size());
}

void PluginHost::write_log(void* self, std::uint32_t level, sz_str message) {
    const auto& host = *static_cast<PluginHost*>(self);
    const auto known = std::clamp(level, SZ_LOG_ERROR, SZ_LOG_DEBUG);
    log::write(static_cast<log::Level>(known), host.source_, clean_text(view(message)));
}

sz_status PluginHost::start_task(void* self, sz_str title, sz_task_fn fn, sz_reply_fn done,
                                 void* cookie, std::uint64_t* out_task) {
    auto& host = *static_cast<PluginHost*>(self);
    if (fn == nullptr || done == nullptr) return SZ_ERR_INVALID;
    if (!is_allowed(host.thread_.is_current(), host.plugin_, "sz_tasks.start"))
        return SZ_ERR_INTERNAL;
    if (host.is_closed_) return SZ_ERR_CANCELLED;
    const TaskCall task{host.plugin_, clean_text(view(title), limits::name_bytes_max),
                        host.thread_, fn,
                        done,         cookie};
    // Known by its id only once it is started, and it cannot end before this function does.
    auto own_id = std::make_shared<std::string>();
    *own_id = host.tasks_.start(
        task.title, [task](TaskProgress& progress) { return run_task(task, progress); },
        [task, own_id, &running = host.running_tasks_](Result<Json>& result) {
            running.erase(*own_id);
            const sz_status status = result ? SZ_OK : abi_status(result.error().kind);
            const std::string text =
                canonical_json(result ? *result : error_to_json(result.error()));
            (void)call_plugin(task.thread.is_current(), task.plugin, "task.done",
                              [&] { return task.done(task.cookie, status, str(text)), SZ_OK; });
        });
    host.running_tasks_.insert(*own_id);
    std::uint64_t number = 0;
    std::from_chars(own_id->data(), own_id->data() + own_id->size(), number);
    if (out_task != nullptr) *out_task = number;
    return SZ_OK;
}

// The bus first: a task may be waiting for an answer from it.
void PluginHost::close() {
    if (std::exchange(is_closed_, true)) return;
    bus_->close();
    while (!running_tasks_.empty()) {
        const std::string task = *running_tasks_.begin();
        tasks_.cancel_and_wait(task);
        running_tasks_.erase(task);
    }
}

}  // namespace sz
