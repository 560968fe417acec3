// SPDX-License-Identifier: AGPL-3.0-or-later
// The first half of the order of loading: everything that is decided before a line of a plugin's
// code runs.
#include <algorithm>
#include <array>

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/folder.hpp"
#include "kernel/plugin/plugins_impl.hpp"

namespace sz {

namespace {

constexpr std::size_t reason_bytes_max = 16 * limits::kib;

bool is_panel_only(const Manifest& manifest) {
    const auto is_panel = [](const std::string& extension) {
        return extension.rfind("sz.panel/", 0) == 0;
    };
    const auto& offered = manifest.extensions;
    return manifest.kind == "panel" ||
           (!offered.empty() && std::all_of(offered.begin(), offered.end(), is_panel));
}

// Which state a plugin stays in for which error; the rest are faults of the folder.
PluginState state_of(const Error& error) {
    if (error.code == "SZ-PLUGIN-013") return PluginState::untrusted;
    if (error.code == "SZ-PLUGIN-014") return PluginState::found;
    if (error.code == "SZ-PLUGIN-015") return PluginState::disabled;
    if (error.code == "SZ-PLUGIN-016") return PluginState::quarantined;
    return PluginState::invalid;
}

// What stands for a plugin in `root`. In the profile that is everything that a person may have
// meant as one, a link too: it is listed with the reason that it is refused for. What begins with
// '.' is being added or removed just now. A bundle is made by its build, which may have more beside
// it.
std::vector<fs::path> plugin_folders(const fs::path& root, bool is_bundle) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator entries(root, error), end; !error && entries != end;
         entries.increment(error)) {
        std::error_code ignored;
        const auto status = entries->symlink_status(ignored);
        const auto& path = entries->path();
        const bool is_plugin =
            is_bundle ? fs::is_directory(status) &&
                            fs::exists(fs::symlink_status(path / manifest_name, ignored))
                      : (fs::is_directory(status) || fs::is_symlink(status)) &&
                            path.filename().string().front() != '.';
        if (is_plugin) found.push_back(path);
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

const char* state_name(PluginState state) noexcept {
    static constexpr std::array<const char*, 8> names{"found",    "invalid",     "untrusted",
                                                      "disabled", "quarantined", "unresolved",
                                                      "failed",   "running"};
    return names.at(static_cast<std::size_t>(state));
}

void PluginFolder::stop_at(PluginState state, const Error& why) {
    record.state = state;
    record.reason =
        clean_line(why.hint.empty() ? why.message : why.message + " " + why.hint, reason_bytes_max);
    const bool is_choice = state == PluginState::disabled || state == PluginState::found;
    log::write(is_choice ? log::Level::debug : log::Level::warning, "plugin",
               record.id + " is not running (" + why.code + "): " + record.reason);
}

void Plugins::Impl::quarantine_lost_calls() {
    if (trust.take_lost(Breadcrumb::lost(folders.breadcrumb()), bundle)) {
        if (const auto saved = trust.save(); !saved) {
            log::error("plugin", saved.error().message);
            return;  // the page keeps it until it can be saved; this run knows it already
        }
    }
    auto opened = Breadcrumb::open(folders.breadcrumb());
    if (!opened) return log::warning("plugin", opened.error().message);
    breadcrumb = std::move(*opened);
}

void Plugins::Impl::find_in(const std::filesystem::path& root, bool is_bundle) {
    if (root.empty()) return;
    for (const fs::path& path : plugin_folders(root, is_bundle)) {
        if (plugins.size() == limits::plugins_max) {
            log::error("plugin", "There are more plugins than the program loads; the rest of " +
                                     root.string() + " is left out.");
            return;
        }
        auto plugin = std::make_unique<PluginFolder>();
        plugin->path = path;
        plugin->record.id = clean_line(path.filename().string(), limits::id_bytes_max);
        plugin->record.folder = clean_text(path.string());
        plugin->claim.is_in_bundle_folder = is_bundle;
        plugins.push_back(std::move(plugin));
    }
    if (!is_bundle) return;
    for (const auto& [id, bundled] : bundle) {
        if (find(id) != nullptr) continue;
        auto plugin = std::make_unique<PluginFolder>();
        plugin->record.id = id;
        plugin->record.version = bundled.version;
        plugin->record.bundled = true;
        plugin->stop_at(PluginState::invalid,
                        {ErrorKind::environment,
                         "SZ-PLUGIN-010",
                         "It belongs to the program, but its folder is missing.",
                         "Install SessionZero again.",
                         {}});
        plugins.push_back(std::move(plugin));
    }
}

void Plugins::Impl::examine(PluginFolder& plugin) {
    if (const auto fit = read(plugin); !fit) plugin.stop_at(state_of(fit.error()), fit.error());
}

Status Plugins::Impl::read(PluginFolder& plugin) {
    SZ_ASSIGN(auto manifest_file, read_manifest(plugin.path, options.schema_check));
    plugin.manifest = std::move(manifest_file.manifest);
    const Manifest& manifest = plugin.manifest;
    PluginRecord& record = plugin.record;
    record.id = manifest.id;
    record.name = manifest.name;
    record.version = manifest.version;
    record.author = manifest.author;
    record.license = manifest.license;
    record.kind = manifest.kind;
    record.extensions = manifest.extensions;
    record.capabilities = manifest.capabilities;
    plugin.claim.id = manifest.id;
    plugin.claim.manifest_sha256 = manifest_file.sha256;
    record.bundled = trust.decide(plugin.claim, bundle) == Grant::bundled;
    SZ_TRY(check_abi(manifest.abi_major, manifest.abi_minor));
    // A program without a window does not pay for the hashes of what it never loads.
    if (record.bundled && is_panel_only(manifest) && !options.panels) return check_choices(plugin);

    SZ_ASSIGN(auto library, check_files(plugin.path, manifest));
    SZ_ASSIGN(plugin.claim.signer, check_signature(plugin.path, manifest_file.bytes));
    plugin.is_checked = true;
    const Grant grant = trust.decide(plugin.claim, bundle);
    if (grant == Grant::none || grant == Grant::refused)
        return fail(trust.why_not(plugin.claim, bundle));
    SZ_TRY(check_choices(plugin));
    plugin.library = std::move(library);
    return {};
}

// What the person, or the last crash, decided about a plugin that is granted.
Status Plugins::Impl::check_choices(const PluginFolder& plugin) const {
    const std::string& id = plugin.manifest.id;
    const Trust::Entry& entry = trust.entry(id);
    const std::string way_back = "Bring it back with: szctl plugin enable " + id;
    if (options.safe_mode && !plugin.record.bundled) {
        return fail(ErrorKind::denied, "SZ-PLUGIN-015",
                    "Safe mode loads the program's own plugins only.",
                    "Start without --safe-mode to have it back.", id);
    }
    if (entry.is_disabled)
        return fail(ErrorKind::denied, "SZ-PLUGIN-015", "You turned it off.", way_back, id);
    if (!entry.quarantined.empty()) {
        return fail(ErrorKind::environment, "SZ-PLUGIN-016",
                    "The program ended, or had to be ended, while it was busy (" +
                        clean_text(entry.quarantined, 60) + ").",
                    way_back, id);
    }
    if (is_panel_only(plugin.manifest) && !options.panels) {
        return fail(ErrorKind::unsupported, "SZ-PLUGIN-014",
                    "It is a panel, and this program has no window.", "The desktop loads it.", id);
    }
    return {};
}

PluginFolder* Plugins::Impl::find(std::string_view id) const {
    const auto has_id = [&](const auto& plugin) {
        return plugin->record.id == id && !plugin->is_removed;
    };
    const auto found = std::find_if(plugins.begin(), plugins.end(), has_id);
    return found == plugins.end() ? nullptr : found->get();
}

}  // namespace sz
