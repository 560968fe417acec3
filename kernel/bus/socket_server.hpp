// SPDX-License-Identifier: AGPL-3.0-or-later
// Serves a bus on a Unix stream socket to programs of the same user (wire.hpp).
//
// Whoever holds the profile's lock owns the socket's path: a file that a dead kernel left there is
// replaced. Connections that break the rules are told so and closed; one that does not read what it
// asked for is read no further, and closed in the end.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "kernel/bus/bus.hpp"

namespace sz {

class SocketServer {
  public:
    // Makes the socket (0600) in its folder (0700). SZ-BUS-021 it cannot be made. [kernel-thread]
    [[nodiscard]] static Result<std::unique_ptr<SocketServer>> listen(
        const std::filesystem::path& path, std::string version, Bus& bus, KernelThread& thread);
    ~SocketServer();  // stop()
    SocketServer(const SocketServer&) = delete;
    SocketServer& operator=(const SocketServer&) = delete;

    // Closes all connections and removes the socket. [kernel-thread]
    void stop();
    [[nodiscard]] std::size_t connections() const;  // [kernel-thread]

  private:
    struct Impl;
    explicit SocketServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
