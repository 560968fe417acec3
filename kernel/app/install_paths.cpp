// SPDX-License-Identifier: AGPL-3.0-or-later
#include <system_error>

#include "kernel/app/profile.hpp"
#include "kernel/base/sys/process.hpp"

namespace sz {

InstallPaths install_paths() {
    const auto prefix = sys::executable_path().parent_path().parent_path();
    std::error_code error;
    if (std::filesystem::is_directory(prefix / "plugins", error))
        return {prefix / "plugins", prefix / "packs"};
    return {prefix / "lib" / "sessionzero" / "plugins", prefix / "share" / "sessionzero" / "packs"};
}

}  // namespace sz
