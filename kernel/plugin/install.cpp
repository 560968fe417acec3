// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/install.hpp"

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/crypto/crypto.hpp"
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
                                   const Bus::SchemaCheck& check, const ClaimCheck& may_come) {
    SZ_ASSIGN(const std::string text,
              read_file(source / manifest_name, limits::plugin_manifest_bytes_max));
    SZ_ASSIGN(const Manifest manifest, parse_manifest(text, check));
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(plugins / manifest.id, ignored))) {
        return fail(ErrorKind::conflict, "SZ-PLUGIN-023",
                    "The plugin " + manifest.id + " is here already.",
                    "Remove that one first: szctl plugin remove " + manifest.id, manifest.id);
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
    Claim claim{manifest.id, sha256_hex(text), {}, false};
    SZ_ASSIGN(claim.signer, check_signature(copy, text));
    SZ_TRY(check_files(copy, manifest));
    SZ_TRY(may_come(claim));
    fs::rename(copy, plugins / manifest.id, ignored);
    if (ignored) {
        return fail(ErrorKind::environment, "SZ-PLUGIN-024",
                    "The plugin cannot be put into the profile.",
                    "Check the disk and the permissions of the folder.", plugins.string());
    }
    SZ_TRY(sync_folder(plugins));
    return manifest.id;
}

Status remove_plugin(const std::filesystem::path& folder) {
    // Renamed first, so that an interrupted removal leaves no half of a plugin in the list.
    const fs::path aside = folder.parent_path() / (".removing-" + folder.filename().string());
    std::error_code error;
    fs::remove_all(aside, error);
    if (!error) fs::rename(folder, aside, error);
    if (error) {
        return fail(ErrorKind::environment, "SZ-PLUGIN-026",
                    "The plugin cannot be removed: " + error.message() + ".",
                    "Check the disk and the permissions of the folder.", folder.string());
    }
    SZ_TRY(sync_folder(folder.parent_path()));
    fs::remove_all(aside, error);
    if (error) {
        log::warning("plugin", "Not everything of a removed plugin could be deleted: " +
                                   aside.string() + " (" + error.message() + ").");
    }
    return {};
}

}  // namespace sz
