// SPDX-License-Identifier: AGPL-3.0-or-later
// The host's side: listens, lets in who proves who they are, and brings who comes back to the
// conversation that they had.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kernel/base/limits.hpp"
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
        // A new one; to be admitted within Options::admission_ms, or it is ended.
        std::function<void(std::shared_ptr<Conversation>)> guest;
        std::function<void(const Error&)> turned_away;  // a stranger, and why
        std::function<void(const Error&)> failed;       // one of the listeners has ended
    };
    struct Options {
        std::size_t guests_max = limits::net_guests_max;
        std::size_t strangers_max = limits::net_strangers_max;
        std::size_t strangers_from_one_max = limits::net_strangers_from_one_max;
        std::size_t unadmitted_from_one_max = limits::net_unadmitted_from_one_max;
        SteadyMs admission_ms = limits::net_admission_ms;
    };
    Door(Place& place, Events events) : Door(place, std::move(events), Options()) {}
    Door(Place& place, Events events, Options options)
        : place_(place), events_(std::move(events)), options_(options) {}
    ~Door();
    Door(const Door&) = delete;
    Door& operator=(const Door&) = delete;

    // One more address to listen at. SZ-NET-101; what goes wrong later comes as `failed`. The
    // transport lets in more than there is room for, unless `options` say how many: who has to go
    // when too many come is decided here.
    [[nodiscard]] Status listen(const std::string& url, Json options);
    // Ends every conversation with this reason, and listens no more.
    void close(const std::string& reason);
    [[nodiscard]] std::size_t guests() const { return guests_.size(); }

  private:
    struct Stranger {
        std::shared_ptr<Introduction> introduction;
        std::string home;
    };
    struct Guest {
        std::shared_ptr<Conversation> conversation;
        std::string home;  // where they called from first
        SteadyMs came_at = 0;
        std::unique_ptr<Alarm> alarm;  // the end of their time to be admitted
    };
    void somebody(std::unique_ptr<TransportConnection> path, const std::string& address);
    void make_room_for_stranger(const std::string& home);
    void introduced(Introduced who, const std::string& address);
    void turn_away(Introduced& who, const Error& why);
    void forget_the_gone();
    [[nodiscard]] bool make_room(const std::string& home);
    void welcome(Introduced& who, const std::string& address);

    Place& place_;
    Events events_;
    Options options_;
    std::vector<std::unique_ptr<TransportListener>> listeners_;
    std::list<Stranger> strangers_;        // the oldest first
    std::map<std::string, Guest> guests_;  // by session
};

}  // namespace sz::net
