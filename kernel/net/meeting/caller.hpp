// SPDX-License-Identifier: AGPL-3.0-or-later
// The player's side: calls a host, and calls again whenever the connection is lost, until the
// conversation is over.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/net/meeting/conversation.hpp"
#include "kernel/net/meeting/introduction.hpp"

namespace sz::net {

// [kernel-thread]
class Caller : public std::enable_shared_from_this<Caller> {
  public:
    struct Events {
        std::function<void(const TransportStep&)> step;  // until it is up
        std::function<void(std::shared_ptr<Conversation>)> up;
        std::function<void(const Error&)> failed;  // it never came to be
        std::function<void()> waiting, back;
        std::function<void(const Error&)> ended;
    };
    // Errors of the address at once: SZ-NET-070, 101, or the transport's.
    [[nodiscard]] static Result<std::shared_ptr<Caller>> call(Place& place, const std::string& url,
                                                              const Json& options,
                                                              std::vector<ExpectedPeer> expected,
                                                              Events events);
    Caller(Place& place, std::string url, std::string options, Events events)
        : place_(place),
          url_(std::move(url)),
          options_(std::move(options)),
          events_(std::move(events)),
          alarm_(place.thread) {}
    ~Caller();
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    // The last word; nothing more is said.
    void hang_up(const std::string& reason);

  private:
    [[nodiscard]] Status dial(bool is_first);
    void introduced(Result<Introduced> who);
    void begin(Introduced who);
    void dial_again();
    void try_again();

    Place& place_;
    std::string url_, options_;
    std::vector<ExpectedPeer> expected_;
    Events events_;
    std::shared_ptr<Introduction> introduction_;
    std::shared_ptr<Conversation> conversation_;
    Alarm alarm_;
    SteadyMs dialled_at_ = 0;
};

}  // namespace sz::net
