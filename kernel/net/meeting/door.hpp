// SPDX-License-Identifier: AGPL-3.0-or-later
// The host's side: listens, lets in who proves who they are, and brings who comes back to the
// conversation that they had.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "kernel/net/meeting/conversation.hpp"
#include "kernel/net/meeting/introduction.hpp"

namespace sz::net {

// [kernel-thread]
class Door : public std::enable_shared_from_this<Door> {
  public:
    struct Events {
        std::function<void(const TransportListener::Address&)> listening;
        std::function<void(const TransportListener::Candidate&)> candidate;
        std::function<void(const TransportStep&)> step;
        std::function<void(std::shared_ptr<Conversation>)> guest;  // a new one
        std::function<void(const Error&)> turned_away;             // a stranger, and why
        std::function<void(const Error&)> failed;                  // one of the listeners has ended
    };
    Door(Place& place, Events events) : place_(place), events_(std::move(events)) {}
    ~Door();
    Door(const Door&) = delete;
    Door& operator=(const Door&) = delete;

    // One more address to listen at. SZ-NET-101; what goes wrong later comes as `failed`.
    [[nodiscard]] Status listen(const std::string& url, const Json& options);
    // Ends every conversation with this reason, and listens no more.
    void close(const std::string& reason);
    [[nodiscard]] std::size_t guests() const { return guests_.size(); }

  private:
    void somebody(std::unique_ptr<TransportConnection> path, const std::string& address);
    void introduced(Introduced who, const std::string& address);
    void turn_away(Introduced& who, const Error& why);
    [[nodiscard]] bool make_room();
    void welcome(Introduced& who, const std::string& address);

    Place& place_;
    Events events_;
    std::vector<std::unique_ptr<TransportListener>> listeners_;
    std::set<std::shared_ptr<Introduction>> strangers_;
    std::map<std::string, std::shared_ptr<Conversation>> guests_;  // by session
};

}  // namespace sz::net
