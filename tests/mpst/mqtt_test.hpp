// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of sessions through a broker have in common: somebody who is no member, and two
// ends of a channel without roles.
#pragma once

#include <sz/mpst/mqtt/channel.hpp>

#include <future>

#include "mosquitto.hpp"
#include "tests/support/catch.hpp"

#define NEEDS(broker)                                              \
    do {                                                           \
        if (mpst_test::Mosquitto::program().empty())               \
            SKIP("the broker program mosquitto is not installed"); \
        REQUIRE((broker).is_up());                                 \
    } while (false)

namespace mpst_test {

// Listens to topics and says what it likes.
class Stranger final : private mpst::mqtt::detail::BrokerListener {
  public:
    struct Heard {
        std::string topic;
        mpst::Bytes bytes;
    };

    Stranger(const std::string& uri, const std::vector<std::string>& topics)
        : broker_(address(uri, topics), *this) {
        broker_.open();
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(20), [this] { return is_up_; });
    }
    // Confirmed by the broker: what was said is on its way.
    [[nodiscard]] bool say(const std::string& topic, const mpst::Bytes& bytes) {
        std::unique_lock lock(mutex_);
        const int before = confirmed_;
        lock.unlock();
        if (!broker_.publish(topic, bytes, true)) return false;
        lock.lock();
        return changed_.wait_for(lock, std::chrono::seconds(20),
                                 [&] { return confirmed_ > before; });
    }
    [[nodiscard]] std::vector<Heard> heard() {
        const std::lock_guard lock(mutex_);
        return heard_;
    }

  private:
    static mpst::mqtt::detail::BrokerAddress address(const std::string& uri,
                                                     const std::vector<std::string>& topics) {
        static std::atomic<int> number = 0;
        mpst::mqtt::detail::BrokerAddress to;
        to.uri = uri;
        to.client_id = "stranger" + std::to_string(number++);
        to.will_topic = "nobody";
        for (const std::string& topic : topics) to.subscriptions.push_back({topic, 0});
        return to;
    }
    void on_up() noexcept override {
        const std::lock_guard lock(mutex_);
        is_up_ = true;
        changed_.notify_all();
    }
    void on_down(std::string, bool) noexcept override {}
    void on_bytes(std::string_view topic, std::span<const std::byte> bytes) noexcept override {
        const std::lock_guard lock(mutex_);
        heard_.push_back({std::string(topic), {bytes.begin(), bytes.end()}});
    }
    void on_published(bool is_confirmed) noexcept override {
        const std::lock_guard lock(mutex_);
        confirmed_ += is_confirmed ? 1 : 0;
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_up_ = false;
    int confirmed_ = 0;
    std::vector<Heard> heard_;
    mpst::mqtt::detail::Broker broker_;
};

// A program that has met its peers, without a role's types.
inline std::shared_ptr<mpst::mqtt::detail::Link> meet(const mpst::mqtt::Options& options,
                                                      mpst::mqtt::detail::Part part) {
    auto link = std::make_shared<mpst::mqtt::detail::Link>(options, std::move(part));
    const auto failure = link->meet();
    if (failure) throw mpst::SessionFailed(*failure);
    return link;
}

// Two programs that have met: Left and Right.
struct Pair {
    mpst::mqtt::Channel left, right;
    explicit Pair(const mpst::mqtt::Options& options) : Pair(options, options) {}
    Pair(const mpst::mqtt::Options& of_left, const mpst::mqtt::Options& of_right)
        : Pair(both(of_left, of_right)) {}

  private:
    using Link = std::shared_ptr<mpst::mqtt::detail::Link>;
    explicit Pair(std::pair<Link, Link> links)
        : left(std::move(links.first), 0), right(std::move(links.second), 0) {}
    static std::pair<Link, Link> both(const mpst::mqtt::Options& of_left,
                                      const mpst::mqtt::Options& of_right) {
        auto left = std::async(std::launch::async, [&of_left] {
            return meet(of_left, {"Left", {"Right"}, 0});
        });
        auto right = meet(of_right, {"Right", {"Left"}, 0});
        return {left.get(), std::move(right)};
    }
};

}  // namespace mpst_test
