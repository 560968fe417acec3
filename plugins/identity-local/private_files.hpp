// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that only their owner may read, written so that a crash leaves the old content or the new.
// What differs between systems stands in private_files_SYSTEM.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sz/cpp/result.hpp>

namespace identity {

class PrivateFiles {
  public:
    explicit PrivateFiles(std::string folder) : folder_(std::move(folder)) {}

    struct Content {
        std::string text;       // wipe it when it holds a secret
        bool was_open = false;  // others could read or write it; they cannot any more
    };

    // Names of plain files that do not begin with a dot, sorted.
    [[nodiscard]] sz::plugin::Result<std::vector<std::string>> names() const;

    // SZ-IDENTITY-006: it cannot be read, is not a plain file of this user's, has more than
    // `bytes_max` bytes, or its permissions cannot be mended. SZ_ERR_NOT_FOUND: there is none.
    [[nodiscard]] sz::plugin::Result<Content> read(const std::string& name,
                                                   std::size_t bytes_max) const;

    // Writes a neighbour (0600), syncs it, renames it over `name`, syncs the folder.
    // SZ-IDENTITY-006.
    [[nodiscard]] sz::plugin::Status write(const std::string& name, std::string_view text) const;

    // Renames `name`, if it is there, to a name that is free, so that nothing is lost.
    // SZ-IDENTITY-006.
    [[nodiscard]] sz::plugin::Status set_aside(const std::string& name) const;

    [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }

  private:
    std::string folder_;
};

}  // namespace identity
