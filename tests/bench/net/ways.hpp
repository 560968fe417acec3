// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages from one program to another, in two ways that differ in one thing: sealing and channel.
// Both come from the transport to the kernel's thread and go back from it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "kernel/net/meeting/place.hpp"
#include "kernel/net/session.hpp"

namespace sz::netbench {

// One end. [kernel-thread]
class Way {
  public:
    Way() = default;
    virtual ~Way() = default;
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;

    // False: there is no room, nothing was taken, `room` will come.
    [[nodiscard]] virtual bool send(std::uint32_t channel, std::string_view message) = 0;

    std::function<void()> up;
    std::function<void(std::uint32_t channel, const std::string& message)> message;
    std::function<void()> room;
    std::function<void(const Error& why)> ended;
};

// Who calls; `got` once, when it is up. What goes wrong ends the program.
using GotWay = std::function<void(std::shared_ptr<Way>)>;
// What the transport carries, as it is: its datagrams go unsealed, as they do before anybody has
// keys.
void call_plainly(net::Place& place, const std::string& url, const GotWay& got);
// As two programs talk: sealed datagrams, sealed records, a session that confirms.
void call_session(net::Place& place, const std::string& url, const GotWay& got);

// Who is called: gives a way for everybody who comes. Where it listens is told once.
class Porch {
  public:
    using Listening = std::function<void(const std::string& url)>;
    virtual ~Porch() = default;
    [[nodiscard]] static std::unique_ptr<Porch> plain(net::Place& place, const std::string& url,
                                                      Listening listening, GotWay got);
    [[nodiscard]] static std::unique_ptr<Porch> sessions(net::Place& place, const std::string& url,
                                                         Listening listening, GotWay got);
};

}  // namespace sz::netbench
