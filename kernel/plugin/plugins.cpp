// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/plugins.hpp"

#include "kernel/plugin/plugins_impl.hpp"

namespace sz {

Result<std::unique_ptr<Plugins>> Plugins::load(const ProfileFolders& folders, Options options,
                                               Bus& bus, Tasks& tasks, KernelThread& thread) {
    auto impl = std::make_unique<Impl>(folders, std::move(options), bus, tasks, thread);
    SZ_ASSIGN(impl->bundle, read_bundle(impl->options.bundle, impl->options.schema_check));
    impl->quarantine_lost_calls();
    impl->find_in(impl->options.bundle, true);
    impl->find_in(folders.plugins(), false);
    for (const auto& plugin : impl->plugins)
        if (!plugin->path.empty()) impl->examine(*plugin);
    impl->start_all();
    return std::unique_ptr<Plugins>(new Plugins(std::move(impl)));
}

Plugins::Plugins(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Plugins::~Plugins() { impl_->stop_all(); }

const FieldTypes& Plugins::fields() const { return impl_->fields; }

const PackFormats& Plugins::formats() const { return impl_->formats; }

Transports& Plugins::transports() { return impl_->transports; }
Identity& Plugins::identity() { return impl_->identity; }

const PortMappers& Plugins::port_mappers() const { return impl_->port_mappers; }

std::vector<PluginRecord> Plugins::records() const {
    std::vector<PluginRecord> all;
    for (const auto& plugin : impl_->plugins)
        if (plugin->is_listed()) all.push_back(plugin->record);
    return all;
}

std::vector<Error> Plugins::notices() const {
    std::vector<Error> all;
    if (const auto& damage = impl_->trust.damage()) all.push_back(*damage);
    for (const auto& plugin : impl_->plugins) {
        const PluginRecord& record = plugin->record;
        if (record.state != PluginState::quarantined) continue;
        all.push_back(
            {ErrorKind::environment,
             "SZ-PLUGIN-016",
             record.id + " is not running, and what it offers is missing. " + record.reason,
             {},
             record.id});
    }
    return all;
}

const Panels& Plugins::panels() const { return impl_->panels; }

Status Plugins::add_methods() {
    SZ_TRY(impl_->add_plugin_methods());
    return impl_->add_field_methods();
}

}  // namespace sz
