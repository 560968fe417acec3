// SPDX-License-Identifier: AGPL-3.0-or-later
// Where things are in a profile, and the lock that makes one kernel its owner.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "kernel/base/result.hpp"
#include "kernel/base/sys/file.hpp"

namespace sz {

// --profile DIR, else SESSIONZERO_PROFILE, else $XDG_DATA_HOME/sessionzero, else
// ~/.local/share/sessionzero.
[[nodiscard]] Result<std::filesystem::path> profile_path(const std::string& from_option);

struct ProfileFolders {
    std::filesystem::path root;

    [[nodiscard]] std::filesystem::path manifest() const { return root / "profile.json"; }
    [[nodiscard]] std::filesystem::path library() const { return root / "library.sqlite"; }
    [[nodiscard]] std::filesystem::path packs() const {
        return root / "packs";
    }  // packs/ID/VERSION/szpack.json …
    [[nodiscard]] std::filesystem::path campaigns() const {
        return root / "campaigns";
    }  // campaigns/ID.sqlite
    [[nodiscard]] std::filesystem::path plugins() const {
        return root / "plugins";
    }  // plugins/ID/plugin.json
    [[nodiscard]] std::filesystem::path plugin_data() const { return root / "plugin-data"; }
    [[nodiscard]] std::filesystem::path settings() const { return root / "settings.json"; }
    [[nodiscard]] std::filesystem::path trust() const { return root / "trust.json"; }
    [[nodiscard]] std::filesystem::path known_hosts() const { return root / "known-hosts.json"; }
    [[nodiscard]] std::filesystem::path logs() const { return root / "logs"; }
    [[nodiscard]] std::filesystem::path run() const { return root / "run"; }
    [[nodiscard]] std::filesystem::path socket() const { return run() / "bus.sock"; }
    [[nodiscard]] std::filesystem::path lock() const { return run() / "kernel.lock"; }
    [[nodiscard]] std::filesystem::path breadcrumb() const { return run() / "breadcrumb"; }

    // Makes what is missing, private (0700); checks profile.json. SZ-PROFILE-001 cannot be made,
    // 002 damaged (says which file and how to start afresh without losing campaigns), 003 made by a
    // newer version.
    [[nodiscard]] Status prepare() const;
};

// Held while a kernel owns the profile. SZ-PROFILE-010: another kernel owns it (Error::where has
// its process id).
class ProfileLock {
  public:
    [[nodiscard]] static Result<ProfileLock> acquire(const ProfileFolders& folders);

  private:
    explicit ProfileLock(sys::File file) : file_(std::move(file)) {}
    sys::File file_;
};

}  // namespace sz
