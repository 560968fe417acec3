// SPDX-License-Identifier: AGPL-3.0-or-later
// The other end of socket_server.hpp, for a program that waits for its answers. Used by one thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "kernel/bus/bus.hpp"

namespace sz {

class SocketClient {
  public:
    // SZ-BUS-025 nobody listens there; SZ-BUS-022 too many connections; SZ-BUS-027 another version
    // of the protocol.
    [[nodiscard]] static Result<std::unique_ptr<SocketClient>> connect(
        const std::filesystem::path& path);
    ~SocketClient();
    SocketClient(const SocketClient&) = delete;
    SocketClient& operator=(const SocketClient&) = delete;

    // Waits for the answer and delivers topics while it does. SZ-BUS-023: the connection ended
    // first.
    [[nodiscard]] Result<Json> call(const std::string& method, const Json& params,
                                    CallOptions options = {});
    // `fn` runs inside call() and poll(), on their thread.
    [[nodiscard]] Status subscribe(const std::string& topic, TopicFn fn);
    // Delivers topics until `is_enough` says true after one, or the time is over. SZ-BUS-003: it is
    // over.
    [[nodiscard]] Status poll(std::chrono::milliseconds patience,
                              const std::function<bool()>& is_enough);

  private:
    struct Impl;
    explicit SocketClient(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
