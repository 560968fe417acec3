// SPDX-License-Identifier: AGPL-3.0-or-later
// A way to a role in another program. Whoever models `channel` can carry a session; the one through
// an MQTT broker is in mqtt.hpp. Inside one program there are rings and no bytes.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mpst {

using Clock = std::chrono::steady_clock;

// A moment from now on; the last there is when that would be later.
inline Clock::time_point time_after(Clock::duration time) {
    const auto now = Clock::now();
    return time > Clock::time_point::max() - now ? Clock::time_point::max() : now + time;
}

// A message as bytes.
struct Frame {
    std::string label;
    std::vector<std::byte> payload;  // see codec.hpp
};

// Who ended the session, in which state, and why.
struct Notice {
    std::string by, at, why;
};

enum class Passage : std::uint8_t {
    done,
    late,          // `until` has passed
    cancelled,     // the peer ended the session; the channel's notice() says more
    disconnected,  // the peer or the way to it is gone; notice().why may say more
    too_long,      // this message can never pass
};

// The two ends of a pair of roles, both directions: messages arrive once, whole and in order, or
// not at all. One thread at a time calls it, but for `cancel` [any-thread].
template <class C>
concept channel = requires(C& c, const Frame& out, Frame& in, const Notice& said,
                           Clock::time_point until, std::function<void()> call) {
    // Returns at once where `until` has passed already. Never waits longer than until then.
    { c.send(out, until) } -> std::same_as<Passage>;
    { c.receive(in, until) } -> std::same_as<Passage>;
    // Tells the peer, without waiting. Later operations are `cancelled`, at both ends.
    { c.cancel(said) }
    noexcept;
    { c.notice() } -> std::convertible_to<Notice>;
    // `call` is called, on any thread, when a message, room or an end has come since. Only the
    // awaiting form needs it. An empty function takes it back: when that returns, the old one is
    // not called any more, nor is it after the channel's destructor.
    {c.when_ready(std::move(call))};
};

// One that may have, besides: `is_held()`, whether the way to the peer is gone for now and will be
// back. While it is so no patience of the awaiting form runs out; it begins anew afterwards. That
// it is not back in time is the channel's to say, by an end.
template <class C>
concept channel_that_holds = channel<C> && requires(const C& c) {
    { c.is_held() } -> std::convertible_to<bool>;
};

// A channel of any type.
class AnyChannel {
  public:
    virtual ~AnyChannel() = default;
    [[nodiscard]] virtual Passage send(const Frame& frame, Clock::time_point until) = 0;
    [[nodiscard]] virtual Passage receive(Frame& frame, Clock::time_point until) = 0;
    virtual void cancel(const Notice& notice) noexcept = 0;
    [[nodiscard]] virtual Notice notice() = 0;
    virtual void when_ready(std::function<void()> call) = 0;
    [[nodiscard]] virtual bool is_held() const = 0;
};

template <channel C>
class ChannelOf final : public AnyChannel {
  public:
    explicit ChannelOf(C inside) : inside_(std::move(inside)) {}
    Passage send(const Frame& frame, Clock::time_point until) override {
        return inside_.send(frame, until);
    }
    Passage receive(Frame& frame, Clock::time_point until) override {
        return inside_.receive(frame, until);
    }
    void cancel(const Notice& notice) noexcept override { inside_.cancel(notice); }
    Notice notice() override { return inside_.notice(); }
    void when_ready(std::function<void()> call) override { inside_.when_ready(std::move(call)); }
    bool is_held() const override {
        if constexpr (channel_that_holds<C>) return inside_.is_held();
        return false;
    }

  private:
    C inside_;
};

}  // namespace mpst
