// SPDX-License-Identifier: AGPL-3.0-or-later
#include <condition_variable>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "kernel/app/profile.hpp"
#include "kernel/bus/socket_client.hpp"
#include "kernel/bus/topics.hpp"
#include "kernel/store/profile_folders.hpp"

namespace sz {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto samples_patience = 120s;

// A kernel of this program's own. Topics arrive on the kernel thread and wait here until the
// caller's thread asks.
class OwnKernel final : public BusClient {
  public:
    explicit OwnKernel(std::unique_ptr<Profile> profile) : profile_(std::move(profile)) {}
    ~OwnKernel() override { profile_.reset(); }  // before what its subscriptions use
    OwnKernel(const OwnKernel&) = delete;
    OwnKernel& operator=(const OwnKernel&) = delete;

    Result<Json> call(const std::string& method, const Json& params,
                      std::chrono::milliseconds deadline) override {
        std::optional<Result<Json>> outcome;  // guarded by mutex_
        profile_->bus().call(method, params, {deadline}, [this, &outcome](Result<Json> result) {
            const std::lock_guard lock(mutex_);
            outcome = std::move(result);
            changed_.notify_one();
        });
        std::unique_lock lock(mutex_);
        while (true) {
            deliver(lock);
            if (outcome) return std::move(*outcome);
            changed_.wait(lock, [&] { return outcome || !topics_.empty(); });
        }
    }

    void on_topic(std::string topic, TopicFn fn) override {
        subscriptions_.emplace_back(topic, std::move(fn));
        profile_->bus().subscribe(
            std::move(topic), [this, number = subscriptions_.size() - 1](const std::string& name,
                                                                         const Json& message) {
                const std::lock_guard lock(mutex_);
                topics_.push_back({number, name, message});
                changed_.notify_one();
            });
    }

    Status listen(std::chrono::milliseconds patience,
                  const std::function<bool()>& is_enough) override {
        const auto until = Clock::now() + patience;
        std::unique_lock lock(mutex_);
        while (true) {
            deliver(lock);
            if (is_enough()) return {};
            if (!changed_.wait_until(lock, until, [&] { return !topics_.empty(); })) {
                return fail(ErrorKind::cancelled, "SZ-BUS-003", "Nothing more came in time.");
            }
        }
    }

  private:
    struct Arrival {
        std::size_t subscription;
        std::string topic;
        Json message;
    };

    // Called with the lock held and returns with it held; not while the callbacks run.
    void deliver(std::unique_lock<std::mutex>& lock) {
        while (!topics_.empty()) {
            const auto arrival = std::move(topics_.front());
            topics_.pop_front();
            lock.unlock();
            const auto fn = subscriptions_[arrival.subscription].second;
            fn(arrival.topic, arrival.message);
            lock.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Arrival> topics_;
    std::vector<std::pair<std::string, TopicFn>> subscriptions_;  // caller's thread only
    std::unique_ptr<Profile> profile_;
};

// The kernel of another program that has the profile open.
class OtherKernel final : public BusClient {
  public:
    explicit OtherKernel(std::unique_ptr<SocketClient> client) : client_(std::move(client)) {}

    Result<Json> call(const std::string& method, const Json& params,
                      std::chrono::milliseconds deadline) override {
        return client_->call(method, params, {deadline});
    }
    void on_topic(std::string topic, TopicFn fn) override {
        // If the connection has ended, the next call says so.
        static_cast<void>(client_->subscribe(topic, std::move(fn)));
    }
    Status listen(std::chrono::milliseconds patience,
                  const std::function<bool()>& is_enough) override {
        return client_->poll(patience, is_enough);
    }

  private:
    std::unique_ptr<SocketClient> client_;
};

}  // namespace

bool BusClient::is_served(const std::string& folder) {
    const auto path = profile_path(folder);
    if (!path) return false;
    const auto other = SocketClient::connect(ProfileFolders{*path}.socket());
    return other || other.error().code != "SZ-BUS-025";
}

Result<std::unique_ptr<BusClient>> BusClient::open(Profile::Options options) {
    SZ_ASSIGN(const auto path, profile_path(options.folder));
    const std::string socket = ProfileFolders{path}.socket();
    auto other = Result<std::unique_ptr<SocketClient>>(nullptr);
    auto own = Profile::open_when_free(options, [&](std::chrono::milliseconds) {
        auto connected = SocketClient::connect(socket);
        const bool is_silent = !connected && connected.error().code == "SZ-BUS-025";
        if (!is_silent) other = std::move(connected);
        return is_silent;
    });
    if (!other) return fail(other.error());
    if (*other) return std::make_unique<OtherKernel>(std::move(*other));
    if (!own) return fail(own.error());
    auto client = std::make_unique<OwnKernel>(std::move(*own));
    // A program without a screen does one thing and goes: it should find the samples, and not leave
    // in the midst of them.
    if (auto ready = client->call("app.ready", Json::object(), samples_patience); !ready)
        return fail(ready.error());
    return client;
}

}  // namespace sz
