// SPDX-License-Identifier: AGPL-3.0-or-later
// Session-typed protocols over one conversation of two programs: any number of them at a time, each
// a talk with two roles, of which one is here. What arrives is held against the role's automaton
// before the role sees it: who deviates is told in which state, what was expected and what came,
// and that talk is over; the others go on.
//
//   mux.offer<Doctor::Host, Doctor::Guest>("Doctor", SZ_CHANNEL_PLAY, [](auto start) { … });
//   Doctor::Guest::Start start = mux.open<Doctor::Guest, Doctor::Host>("Doctor", SZ_CHANNEL_PLAY);
//
// All [kernel-thread]. Roles are played as coroutines (sz/mpst/asio.hpp) on the kernel's executor.
#pragma once

#include <sz/mpst/join.hpp>
#include <sz/mpst/monitor.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"
#include "kernel/net/protocols/mux_frame.hpp"

namespace sz::net {

class ProtocolMux;

// One talk, at this end.
struct Talk {
    Talk(ProtocolMux& owner, std::uint32_t talk, std::uint32_t on, mpst::Monitor watch,
         std::string with)
        : mux(&owner), number(talk), channel(on), monitor(watch), peer(std::move(with)) {}

    ProtocolMux* mux;  // null when that is gone
    std::uint32_t number, channel;
    mpst::Monitor monitor;
    std::string peer;  // the other role's name, for the monitor
    std::deque<mpst::Frame> inbox;
    std::size_t inbox_bytes = 0;
    std::optional<mpst::Notice> ended;  // by whom, and why
    std::function<void()> call;         // something has changed

    void tell() {
        if (const auto kept = call) kept();
    }
};

// The way to the role at the other end; models mpst::channel.
class ProtocolWay {
  public:
    explicit ProtocolWay(std::shared_ptr<Talk> talk) : talk_(std::move(talk)) {}
    ProtocolWay(ProtocolWay&&) = default;
    ProtocolWay& operator=(ProtocolWay&&) = default;
    ~ProtocolWay();  // the talk is over, at this end

    // Never wait: `late` is what a coroutine takes for “call me”.
    [[nodiscard]] mpst::Passage send(const mpst::Frame& frame, mpst::Clock::time_point until);
    [[nodiscard]] mpst::Passage receive(mpst::Frame& frame, mpst::Clock::time_point until);
    void cancel(const mpst::Notice& notice) noexcept;
    [[nodiscard]] mpst::Notice notice() const;
    void when_ready(std::function<void()> call) { talk_->call = std::move(call); }
    [[nodiscard]] bool is_held() const;

  private:
    std::shared_ptr<Talk> talk_;
};

class ProtocolMux {
  public:
    struct Carrier {
        // False: no room; writable() will be called.
        std::function<bool(std::uint32_t channel)> has_room;
        std::function<Status(std::uint32_t channel, std::string message)> send;
        // The connection is lost and waited for: nobody is late meanwhile. May be empty.
        std::function<bool()> is_held;
        // Said once for each talk that the other side broke; it may end the conversation.
        std::function<void(const Error& error)> deviated;
    };
    // `is_caller`: the one of the two that has connected.
    ProtocolMux(Carrier carrier, bool is_caller);
    ~ProtocolMux();  // as end()
    ProtocolMux(const ProtocolMux&) = delete;
    ProtocolMux& operator=(const ProtocolMux&) = delete;

    // Plays `Role` whenever the other side opens this protocol: `begin` gets the first state.
    template <class Role, class Peer, class Begin>
    void offer(std::string protocol, std::uint32_t channel, Begin begin,
               std::chrono::milliseconds patience = default_patience) {
        offers_[std::move(protocol)] = {
            Role::protocol_hash, channel,
            [begin = std::move(begin), patience](ProtocolMux& mux, std::uint32_t number,
                                                 std::uint32_t on) {
                begin(mux.join<Role, Peer>(number, on, patience));
            }};
    }
    // Begins a protocol of this shape with the other side. That it is not known there, or another
    // shape, comes to the role as the end of its session.
    template <class Role, class Peer>
    [[nodiscard]] typename Role::Start open(const std::string& protocol, std::uint32_t channel,
                                            std::chrono::milliseconds patience = default_patience) {
        const std::uint32_t number = next_;
        next_ += 2;
        say_open({number, Role::protocol_hash, protocol}, channel);
        return join<Role, Peer>(number, channel, patience);
    }

    // What the conversation brought, and that there is room again.
    void receive(std::uint32_t channel, std::string_view message);
    void writable();
    // The conversation is over: every talk that is under way learns why.
    void end(const std::string& why);

    [[nodiscard]] std::size_t talks() const { return talks_.size(); }

    static constexpr std::chrono::milliseconds default_patience{30'000};

  private:
    friend class ProtocolWay;
    struct Offer {
        std::uint64_t hash;
        std::uint32_t channel;
        std::function<void(ProtocolMux&, std::uint32_t number, std::uint32_t channel)> begin;
    };

    template <class Role, class Peer>
    [[nodiscard]] typename Role::Start join(std::uint32_t number, std::uint32_t channel,
                                            std::chrono::milliseconds patience) {
        auto talk = std::make_shared<Talk>(*this, number, channel, mpst::Monitor::of<Role>(),
                                           std::string(mpst::role_name<Peer>()));
        talks_.emplace(number, talk);
        mpst::Options options;
        options.patience = patience;
        return mpst::join<Role>(options, mpst::to_role<Peer>(ProtocolWay(std::move(talk))));
    }
    void say_open(const OpenTalk& open, std::uint32_t channel);
    void got(const OpenTalk& open, std::uint32_t channel);
    void got(TalkMessage message, std::uint32_t channel);
    void got(const CancelTalk& cancel);
    void refuse(std::uint32_t talk, std::uint32_t channel, const std::string& why);
    void break_off(Talk& talk, const mpst::Failure& failure);
    void say(std::uint32_t channel, std::string message);
    [[nodiscard]] bool has_room(std::uint32_t channel) const;

    struct Unsaid {
        std::uint32_t channel;
        std::string message;
    };

    Carrier carrier_;
    std::deque<Unsaid> unsaid_;  // there was no room; it goes before anything else
    std::uint32_t next_;
    std::map<std::string, Offer> offers_;
    std::map<std::uint32_t, std::shared_ptr<Talk>> talks_;
    bool is_over_ = false;
};

}  // namespace sz::net
