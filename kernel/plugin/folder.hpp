// SPDX-License-Identifier: AGPL-3.0-or-later
// A plugin folder on disk: exactly the files that plugin.json lists, each with the hash that it
// states.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "kernel/base/result.hpp"
#include "kernel/base/sys/file.hpp"
#include "kernel/plugin/manifest.hpp"

namespace sz {

inline constexpr const char* manifest_name = "plugin.json";
// Detached: {"signer": Client ID, "signature": 128 hex digits} over "SessionZero plugin v1\n" and
// the bytes of plugin.json.
inline constexpr const char* signature_name = "plugin.json.sig";
inline constexpr const char* signature_domain = "SessionZero plugin v1\n";

struct ReadManifest {
    Manifest manifest;
    std::string bytes, sha256;
};

// Reads `folder`/plugin.json. SZ-PLUGIN-001…003; 004 when the folder's name is not the plugin's id,
// 019 when the folder is a link or has no plugin.json.
[[nodiscard]] Result<ReadManifest> read_manifest(const std::filesystem::path& folder,
                                                 const Bus::SchemaCheck& check);

// Who signed it: a Client ID, or nobody. SZ-PLUGIN-007 there is a signature and it does not fit.
[[nodiscard]] Result<std::optional<std::string>> check_signature(
    const std::filesystem::path& folder, const std::string& manifest_bytes);

// Compares the folder with the list. Gives the library's open file, whose very bytes were hashed:
// load from it. SZ-PLUGIN-005 a file that is not listed, is missing, or is a link or a device; 006
// a hash differs.
[[nodiscard]] Result<sys::File> check_files(const std::filesystem::path& folder,
                                            const Manifest& manifest);

}  // namespace sz
