// SPDX-License-Identifier: AGPL-3.0-or-later
// What Boost.Asio does not say about sockets between programs of one machine.
#pragma once

#include <filesystem>
#include <string>

#include "kernel/base/sys/file.hpp"

namespace sz::sys {

// An address of a socket file that fits: sun_path has 108 bytes, a profile's path may be longer. A
// long path is reached through the descriptor of its folder, so the address is good as long as this
// object lives and only in this process.
class SocketAddress {
  public:
    [[nodiscard]] static Expected<SocketAddress> of(const std::filesystem::path& path);
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

  private:
    SocketAddress(std::string text, File folder)
        : text_(std::move(text)), folder_(std::move(folder)) {}
    std::string text_;
    File folder_;
};

// Does the program at the other end run as the same user as this one?
[[nodiscard]] bool peer_is_same_user(int socket);

}  // namespace sz::sys
