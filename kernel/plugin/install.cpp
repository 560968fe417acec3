// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/install.hpp"

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/plugin/folder.hpp"

namespace sz {

namespace {

Status copy_file_to(const fs::path& from, const fs::path& to) {
    SZ_ASSIGN(const std::string bytes, read_file(from, limits::plugin_file_bytes_max));
    SZ_TRY(make_folder(to.parent_path()));
    return write_file(to, bytes);
}

}  // namespace

Result<std::string> install_plugin(const std::filesystem::path& source,
                                   const std::filesystem::path& plugins,
                                   const Bus::SchemaCheck& check) {
    SZ_ASSIGN(const std::string text,
              read_file(source / manifest_name, limits::plugin_manifest_bytes_max));
    SZ_ASSIGN(const Manifest manifest, parse_manifest(text, check));
    std::error_code ignored;
    if (fs::exists(plugins / manifest.id, ignored)) {
        return fail(
            ErrorKind::conflict, "SZ-PLUGIN-023", "The plugin " + manifest.id + " is here already.",
            "Remove the folder " + (plugins / manifest.id).string() + " first.", manifest.id);
    }
    // Checked where it comes from, so that no path is followed that the check does not allow, and
    // again where it arrived.
    SZ_TRY(check_files(source, manifest));
    SZ_TRY(make_folder(plugins));
    SZ_ASSIGN(TempFolder temporary, TempFolder::create(plugins, ".adding-"));
    const fs::path copy = temporary.path() / manifest.id;
    for (const auto& [name, hash] : manifest.files)
        SZ_TRY(copy_file_to(source / name, copy / name));
    SZ_TRY(write_file(copy / manifest_name, text));
    if (fs::exists(fs::symlink_status(source / signature_name, ignored)))
        SZ_TRY(copy_file_to(source / signature_name, copy / signature_name));
    SZ_TRY(check_signature(copy, text));
    SZ_TRY(check_files(copy, manifest));
    fs::rename(copy, plugins / manifest.id, ignored);
    if (ignored) {
        return fail(ErrorKind::environment, "SZ-PLUGIN-024",
                    "The plugin cannot be put into the profile.",
                    "Check the disk and the permissions of the folder.", plugins.string());
    }
    SZ_TRY(sync_folder(plugins));
    return manifest.id;
}

}  // namespace sz
