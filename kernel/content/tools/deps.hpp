// SPDX-License-Identifier: AGPL-3.0-or-later
// What a pack needs, and what those need: the versions of the installed packs that fit together,
// and where none do.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/content/pack_check.hpp"

namespace sz::tools {

// What is said of an installed pack besides its dependencies.
struct PackTitle {
    std::string name, license;
};
using PackTitles = std::function<PackTitle(const std::string& pack, const std::string& version)>;

// The pack that is asked about; it need not be installed.
struct DependencyRoot {
    std::string id, name, version;
    std::vector<PackDependency> needs;
};

// Of a manifest (szpack.json). What is malformed in it is left out: the check of the pack says so.
[[nodiscard]] DependencyRoot dependency_root(const Json& manifest);

// For each pack one version: the newest installed that everybody who needs it admits. Returns
//   {"packs": [{"id","name","version","installed","state"}],
//    "edges": [{"from","from_version","to","name","range","version","state"}]}
// packs and edges in the order in which they are met; "version" is "" where there is none. States:
// "ok", "missing" (not installed), "outside" (of the range), "conflict" (no version fits all),
// "circle" (edges only). Findings: SZ-DEPS-001 missing, 002 outside, 003 conflict, 004 circle,
// 005 more than limits::dependency_packs_max packs, 006 no choice of versions came to rest.
// [any-thread]
[[nodiscard]] Json dependency_tree(const DependencyRoot& root, const OtherPacks& others,
                                   const PackTitles& titles, Findings& findings);

}  // namespace sz::tools
