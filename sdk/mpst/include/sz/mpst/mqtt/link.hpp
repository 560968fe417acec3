// SPDX-License-Identifier: AGPL-3.0-or-later
// A role's connection to the broker of its session, which the channels to its peers share, and the
// thread that looks after time.
//
// Packets go with MQTT's quality of service 0 (at most once), though the library could confirm
// each. The lanes' own numbers already repair what is lost, sent twice or overtaken, from program
// to program and over a broker's restart, which quality 1 and 2 do not: they end at the broker. And
// they cost: each confirmation is a small packet, which Nagle's algorithm and delayed
// acknowledgements turn into 88 ms for a round trip between two programs of one computer, where
// quality 0 takes 0.14 ms. Wills and farewells are few, and go with quality 1.
//
// Locks: `order_` before Paho's before `mutex_`. Paho is called with `order_` held and without
// `mutex_`, and calls back with its own lock held.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

#include "broker.hpp"
#include "member.hpp"

namespace mpst::mqtt::detail {

class Link final : private BrokerListener {
  public:
    Link(Options options, Part part)
        : options_(std::move(options)),
          me_(random_nonce()),
          member_(options_, std::move(part), me_),
          broker_(address(), *this) {
        for (std::size_t i = 0; i < member_.places.size(); ++i)
            calls_.push_back(std::make_unique<Call>());
        member_.begin(Clock::now());
        worker_ = std::thread([this] { work(); });
    }
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;
    // Waits until the peers have everything, no longer than the patience.
    ~Link() {
        say_farewell();
        {
            const std::lock_guard lock(mutex_);
            is_stopping_ = true;
            poke();
        }
        worker_.join();
        broker_.close();
    }

    // Waits for all peers. What was in the way, if something was.
    [[nodiscard]] std::optional<Failure> meet() {
        const auto until = Clock::now() + options_.patience;
        std::unique_lock lock(mutex_);
        changed_.wait_until(lock, until, [this] {
            return member_.verdict() || member_.is_dead() || member_.missing().empty();
        });
        if (!member_.verdict() && member_.missing().empty()) {
            member_.join();
            return std::nullopt;
        }
        const Failure failure = member_.give_up();
        poke();
        return failure;
    }

    // The operations of a channel, to the peer of that number in the part.
    [[nodiscard]] Passage send(std::size_t to, const Frame& frame, Clock::time_point until) {
        {
            std::unique_lock lock(mutex_);
            Lane& lane = member_.places[to].lane;
            while (!lane.has_room() || has_ended(lane)) {
                if (has_ended(lane)) return end_of(lane);
                if (Clock::now() >= until) return Passage::late;
                changed_.wait_until(lock, until);
            }
            if (!lane.fits(frame)) return Passage::too_long;
            lane.push(frame);
        }
        pump();
        return Passage::done;
    }
    [[nodiscard]] Passage receive(std::size_t from, Frame& frame, Clock::time_point until) {
        {
            std::unique_lock lock(mutex_);
            Lane& lane = member_.places[from].lane;
            // What came before the way was gone is still to be had.
            while (lane.cancelled() != nullptr || !lane.take(frame)) {
                if (has_ended(lane)) return end_of(lane);
                if (Clock::now() >= until) return Passage::late;
                changed_.wait_until(lock, until);
            }
        }
        pump();
        return Passage::done;
    }
    void cancel(std::size_t to, const Notice& notice) noexcept {
        {
            const std::lock_guard lock(mutex_);
            member_.places[to].lane.cancel(notice);
            member_.places[to].has_news = true;
            tell();
        }
        pump();
    }
    [[nodiscard]] Notice notice(std::size_t of) {
        const std::lock_guard lock(mutex_);
        return member_.notice(member_.places[of]);
    }
    // Calls are made on the worker's thread. When this returns, the call before is not running any
    // more, unless it is the caller: hold no lock here that it takes.
    void when_ready(std::size_t of, std::function<void()> function) {
        Call& call = *calls_[of];
        const std::lock_guard calling(call.mutex);
        call.function = std::move(function);
        const std::lock_guard lock(mutex_);
        call.is_wanted = static_cast<bool>(call.function);
    }

  private:
    struct Call {
        std::recursive_mutex mutex;
        std::function<void()> function;
        bool is_wanted = false, is_due = false;  // under the link's mutex
    };
    static constexpr Clock::duration farewell_max = std::chrono::seconds(1);
    static constexpr int handed_max = 64;

    static std::uint64_t random_nonce() {
        std::random_device random;
        const std::uint64_t high = random(), low = random();
        return std::max<std::uint64_t>(high << 32U | low, 1);
    }
    BrokerAddress address() const {
        BrokerAddress to;
        to.uri = options_.broker;
        to.username = options_.username;
        to.password = options_.password;
        // 23 letters and digits are what every broker takes.
        to.client_id = "mpst";
        for (int shift = 60; shift >= 0; shift -= 4)
            to.client_id += "0123456789abcdef"[(me_ >> shift) & 15U];
        to.will_topic = member_.own_topic();
        to.will = write(member_.packet(Kind::gone));
        to.subscriptions = {{member_.own_topic(), 0}, {member_.rival_topic(), 0}};
        for (const Member::Place& place : member_.places) {
            to.subscriptions.push_back({place.from_it, 1});
            to.subscriptions.push_back({place.to_me, 1});
        }
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(options_.patience);
        to.keep_alive_seconds =
            static_cast<int>(std::clamp<std::int64_t>(seconds.count() / 3, 1, 20));
        return to;
    }

    // Of the mutex: whoever waits has something to look at.
    void tell() {
        bool has_calls = false;
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            if (!std::exchange(member_.places[i].has_news, false) || !calls_[i]->is_wanted)
                continue;
            calls_[i]->is_due = has_calls = true;
        }
        changed_.notify_all();
        if (has_calls) poke();
    }
    void poke() {
        is_poked_ = true;
        bell_.notify_one();
    }
    [[nodiscard]] bool has_ended(const Lane& lane) const {
        return lane.cancelled() != nullptr || lane.is_over() || member_.is_dead();
    }
    static Passage end_of(const Lane& lane) {
        return lane.cancelled() != nullptr ? Passage::cancelled : Passage::disconnected;
    }

    // Sends what is to be sent. When somebody else is at it, the worker looks again afterwards.
    void pump() {
        const std::unique_lock order(order_, std::try_to_lock);
        if (order.owns_lock()) return pump_in_order();
        const std::lock_guard lock(mutex_);
        poke();
    }
    void pump_in_order() {
        Outgoing out;
        for (;;) {
            {
                const std::lock_guard lock(mutex_);
                // No more than that many in Paho's memory: a broker may be slow to read.
                if (handed_ >= handed_max || !member_.next(out, Clock::now())) break;
                ++handed_;
            }
            if (!broker_.publish(out.topic, out.bytes, out.is_confirmed))
                return on_down("a packet could not be sent", false);
        }
        const std::lock_guard lock(mutex_);
        if (member_.due() < wakes_at_) poke();
    }

    void work() {
        std::unique_lock lock(mutex_);
        while (!is_stopping_) {
            is_poked_ = false;
            const auto now = Clock::now();
            const bool opens = member_.wants_line(now);
            member_.tick(now);
            tell();
            lock.unlock();
            {
                const std::lock_guard order(order_);
                if (opens) broker_.open();
                pump_in_order();
            }
            make_calls();
            lock.lock();
            wakes_at_ = std::min(member_.due(), Clock::now() + nap_max);
            bell_.wait_until(lock, wakes_at_, [this] { return is_poked_; });
            wakes_at_ = Clock::time_point::min();
        }
    }
    void make_calls() {
        for (const auto& call : calls_) {
            {
                const std::lock_guard lock(mutex_);
                if (!std::exchange(call->is_due, false)) continue;
            }
            const std::lock_guard calling(call->mutex);
            // A copy: the call may put another in its place.
            if (const auto function = call->function) function();
        }
    }

    void say_farewell() {
        std::unique_lock lock(mutex_);
        member_.ask_answers();
        poke();
        const auto time = member_.has_joined() ? options_.patience : farewell_max;
        changed_.wait_until(lock, Clock::now() + time, [this] { return member_.is_settled(); });
        confirmations_ += member_.say_bye();
        poke();
        const auto is_said = [this] { return confirmations_ <= 0 || member_.line() != Line::up; };
        changed_.wait_until(lock, Clock::now() + farewell_max, is_said);
    }

    void on_up() noexcept override {
        const std::lock_guard lock(mutex_);
        handed_ = 0;
        member_.up(Clock::now());
        tell();
        poke();
    }
    void on_down(std::string why, bool is_final) noexcept override {
        const std::lock_guard lock(mutex_);
        member_.down(std::move(why), is_final, Clock::now());
        tell();
        poke();
    }
    void on_bytes(std::string_view topic, std::span<const std::byte> bytes) noexcept override {
        try {
            const std::lock_guard lock(mutex_);
            member_.hear(topic, bytes, Clock::now());
            tell();
            if (member_.wants_to_speak() || member_.due() < wakes_at_) poke();
        } catch (const std::bad_alloc&) {
            // As if it were lost on the way: the peer sends it again.
        }
    }
    void on_published(bool is_confirmed) noexcept override {
        const std::lock_guard lock(mutex_);
        --handed_;
        if (is_confirmed) {
            --confirmations_;
            tell();
        }
        if (handed_ == handed_max / 2 && member_.wants_to_speak()) poke();
    }

    static constexpr Clock::duration nap_max = std::chrono::minutes(1);

    Options options_;
    std::uint64_t me_;

    std::mutex mutex_;
    std::condition_variable changed_;  // for those who wait for a peer
    std::condition_variable bell_;     // for the worker
    Member member_;
    bool is_stopping_ = false, is_poked_ = false;
    Clock::time_point wakes_at_ = Clock::time_point::min();
    int confirmations_ = 0;  // that are to come
    int handed_ = 0;         // to Paho, and not yet published
    std::vector<std::unique_ptr<Call>> calls_;

    std::mutex order_;
    Broker broker_;
    std::thread worker_;
};

}  // namespace mpst::mqtt::detail
