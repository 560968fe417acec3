// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>

#include "kernel/content/library.hpp"
#include "tests/support/plugin_kernel.hpp"

namespace sz::test {

inline std::filesystem::path faulty(const std::string& name) {
    return std::filesystem::path(SZ_BUILD) / "tests/faulty_plugins" / ("org.test." + name);
}

// A kernel over `place` that checks manifests against the real schemas.
inline PluginKernel::Options checked() { return {false, false, check_schema}; }

}  // namespace sz::test
