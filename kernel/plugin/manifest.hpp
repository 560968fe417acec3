// SPDX-License-Identifier: AGPL-3.0-or-later
// plugin.json and bundle.json, read and checked.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.hpp"
#include "kernel/bus/bus.hpp"

namespace sz {

struct Dependency {
    std::string id,
        version;  // "1.2.0" exactly that one, "^1.2.0" that or a later one of the same major
};

struct Manifest {
    std::string id, name, version, description, author, license, kind, library;
    unsigned abi_major = 0, abi_minor = 0;
    std::vector<std::string> extensions, capabilities;
    std::vector<Dependency> dependencies;
    std::map<std::string, std::string> files;  // path in the folder → SHA-256 in lower-case hex

    [[nodiscard]] bool asks_for(std::string_view capability) const;
};

// SZ-PLUGIN-001 not JSON or too large, 002 against schemas/v1/plugin.json, 003 its parts contradict
// each other. Without a schema check only the types of what is read are checked.
[[nodiscard]] Result<Manifest> parse_manifest(const std::string& text,
                                              const Bus::SchemaCheck& check);

// What a distribution grants: plugin id → the one manifest it means.
struct BundledPlugin {
    std::string version, manifest_sha256;
};
using Bundle = std::map<std::string, BundledPlugin, std::less<>>;

// `folder`/bundle.json; an empty bundle when the folder has none. SZ-PLUGIN-008 it is damaged.
[[nodiscard]] Result<Bundle> read_bundle(const std::filesystem::path& folder,
                                         const Bus::SchemaCheck& check);

// Can a plugin compiled with this ABI run here? SZ-PLUGIN-009 says who has to move.
[[nodiscard]] Status check_abi(unsigned major, unsigned minor);

}  // namespace sz
