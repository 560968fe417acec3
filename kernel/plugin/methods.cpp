// SPDX-License-Identifier: AGPL-3.0-or-later
// What the bus offers about plugins and field types.
#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/install.hpp"
#include "kernel/plugin/plugins_impl.hpp"

namespace sz {

namespace {

Json record_json(const PluginRecord& record) {
    return {{"id", record.id},
            {"name", record.name},
            {"version", record.version},
            {"author", record.author},
            {"license", record.license},
            {"kind", record.kind},
            {"state", state_name(record.state)},
            {"reason", record.reason},
            {"bundled", record.bundled},
            {"extensions", record.extensions},
            {"capabilities", record.capabilities},
            {"folder", record.folder}};
}

Json info_json(const PluginFolder& plugin) {
    Json info = record_json(plugin.record);
    info["description"] = plugin.manifest.description;
    info["abi"] =
        std::to_string(plugin.manifest.abi_major) + "." + std::to_string(plugin.manifest.abi_minor);
    info["signer"] = plugin.claim.signer ? Json(*plugin.claim.signer) : Json();
    info["dependencies"] = Json::array();
    for (const Dependency& dependency : plugin.manifest.dependencies)
        info["dependencies"].push_back({{"id", dependency.id}, {"version", dependency.version}});
    return info;
}

Error unknown_plugin(const std::string& id) {
    return {ErrorKind::not_found, "SZ-PLUGIN-020", "There is no plugin “" + id + "”.",
            "“szctl plugin list” shows them.", id};
}

// What a decision changed; it is carried out at the next start, since a loaded library stays.
Json decided(const PluginFolder& plugin, bool wants_restart) {
    return {{"plugin", record_json(plugin.record)}, {"restart", wants_restart}};
}

}  // namespace

Result<Json> Plugins::Impl::enable(PluginFolder& plugin) {
    auto& entry = trust.change(plugin.record.id);
    const bool was_off = entry.is_disabled || !entry.quarantined.empty();
    entry.is_disabled = false;
    entry.quarantined.clear();
    entry.lost.clear();
    SZ_TRY(trust.save());
    const PluginState state = plugin.record.state;
    if (was_off && state == PluginState::running) {
        plugin.record.reason.clear();  // turned off and on again in one run
        return decided(plugin, false);
    }
    // Whatever else keeps it from running still does, and its reason says so.
    const bool starts =
        was_off && (state == PluginState::disabled || state == PluginState::quarantined);
    if (starts) plugin.record.reason = "It is on again and starts with the program's next start.";
    return decided(plugin, starts);
}

Result<Json> Plugins::Impl::disable(PluginFolder& plugin) {
    trust.change(plugin.record.id).is_disabled = true;
    SZ_TRY(trust.save());
    const bool is_running = plugin.record.state == PluginState::running;
    plugin.record.reason =
        is_running ? "You turned it off; it runs until the program ends." : "You turned it off.";
    return decided(plugin, is_running);
}

Result<Json> Plugins::Impl::grant(PluginFolder& plugin) {
    if (plugin.record.bundled) return decided(plugin, false);
    if (!plugin.is_checked) {
        return fail(ErrorKind::input, "SZ-PLUGIN-021",
                    "It cannot be trusted as it is: " + plugin.record.reason, {}, plugin.record.id);
    }
    SZ_TRY(trust.grant(plugin.claim, bundle));
    SZ_TRY(trust.save());
    const bool was_untrusted = plugin.record.state == PluginState::untrusted;
    if (was_untrusted)
        plugin.record.reason = "You trust it now; it starts with the program's next start.";
    return decided(plugin, was_untrusted);
}

// What was decided about the plugin and what it keeps in its data folder stay: it may come again.
Result<Json> Plugins::Impl::remove(const std::string& id) {
    const auto in_profile =
        std::find_if(plugins.begin(), plugins.end(), [&](const auto& candidate) {
            return candidate->record.id == id && !candidate->is_removed &&
                   !candidate->claim.is_in_bundle_folder && !candidate->path.empty();
        });
    if (in_profile == plugins.end()) {
        if (find(id) == nullptr) return fail(unknown_plugin(id));
        return fail(ErrorKind::denied, "SZ-PLUGIN-025",
                    "The plugin " + id + " comes with the program and cannot be removed.",
                    "To keep it from running: szctl plugin disable " + id, id);
    }
    PluginFolder& plugin = **in_profile;
    SZ_TRY(remove_plugin(plugin.path));
    plugin.is_removed = true;
    plugin.library = sys::File();
    const bool is_running = plugin.record.state == PluginState::running;
    plugin.record.reason = is_running ? "You removed it; it runs until the program ends."
                                      : "You removed it from the profile.";
    return decided(plugin, is_running);
}

void Plugins::Impl::add_from(const std::filesystem::path& source, const Call& call) {
    const auto may_come = [trust = trust, bundle = bundle](const Claim& claim) {
        return trust.check_owner(claim, bundle);
    };
    auto work = [source, may_come, target = folders.plugins(),
                 check = options.schema_check](TaskProgress&) -> Result<Json> {
        SZ_ASSIGN(const std::string id, install_plugin(source, target, check, may_come));
        return Json{{"id", id}};
    };
    auto done = [this](Result<Json>& result) {
        if (!result) return;
        auto plugin = std::make_unique<PluginFolder>();
        plugin->path = folders.plugins() / string_or(*result, "id");
        plugin->record.folder = clean_text(plugin->path.string());
        examine(*plugin);
        plugin->library = sys::File();
        if (plugin->record.state == PluginState::found && plugin->record.reason.empty())
            plugin->record.reason = "You trust it; it starts with the program's next start.";
        result = record_json(plugin->record);
        plugins.push_back(std::move(plugin));
    };
    call.answer(Json{{"task", tasks.start("Adding a plugin", std::move(work), std::move(done))}});
}

Status Plugins::Impl::add_plugin_methods() {
    const auto add = [this](const char* name, std::function<Result<Json>(PluginFolder&)> method) {
        return bus.add_method(
            {name, {}, {}, "kernel"}, [this, method = std::move(method)](const Call& call) {
                const std::string id = string_or(call.params(), "id");
                PluginFolder* plugin = find(id);
                call.answer(plugin == nullptr ? fail(unknown_plugin(id)) : method(*plugin));
            });
    };
    SZ_TRY(
        add("plugin.info", [](PluginFolder& plugin) -> Result<Json> { return info_json(plugin); }));
    SZ_TRY(add("plugin.enable", [this](PluginFolder& plugin) { return enable(plugin); }));
    SZ_TRY(add("plugin.disable", [this](PluginFolder& plugin) { return disable(plugin); }));
    SZ_TRY(add("plugin.trust", [this](PluginFolder& plugin) { return grant(plugin); }));
    SZ_TRY(bus.add_method({"plugin.remove", {}, {}, "kernel"}, [this](const Call& call) {
        call.answer(remove(string_or(call.params(), "id")));
    }));
    SZ_TRY(bus.add_method({"plugin.add", {}, {}, "kernel"}, [this](const Call& call) {
        add_from(string_or(call.params(), "path"), call);
    }));
    return bus.add_method({"plugin.list", {}, {}, "kernel"}, [this](const Call& call) {
        Json list = Json::array();
        for (const auto& plugin : plugins)
            if (plugin->is_listed()) list.push_back(record_json(plugin->record));
        call.answer(Json{{"plugins", std::move(list)}});
    });
}

Status Plugins::Impl::add_field_methods() {
    SZ_TRY(bus.add_method({"field.types", {}, {}, "kernel"}, [this](const Call& call) {
        Json list = Json::array();
        for (const std::string& name : fields.names()) {
            auto description = fields.describe(name);
            Json type = description ? std::move(*description) : Json::object();
            type["name"] = name;
            type["plugin"] = fields.plugin_of(name);
            list.push_back(std::move(type));
        }
        call.answer(Json{{"types", std::move(list)}});
    }));
    SZ_TRY(bus.add_method({"field.parse", {}, {}, "kernel"}, [this](const Call& call) {
        const Json& params = call.params();
        auto value = fields.parse(params.at("definition"), string_or(params, "text"),
                                  string_or(params, "locale"));
        if (!value) return call.answer(fail(std::move(value).error()));
        call.answer(Json{{"value", std::move(*value)}});
    }));
    return bus.add_method({"field.format", {}, {}, "kernel"}, [this](const Call& call) {
        const Json& params = call.params();
        auto text =
            fields.format(params.at("definition"), params.at("value"), string_or(params, "locale"));
        if (!text) return call.answer(fail(std::move(text).error()));
        call.answer(Json{{"text", std::move(*text)}});
    });
}

}  // namespace sz
