// SPDX-License-Identifier: AGPL-3.0-or-later
// A host and players in one program, over the real transports.
#pragma once

#include <sz/cpp/testing.hpp>
#include <sz/mpst/asio.hpp>

#include <condition_variable>
#include <mutex>
#include <optional>

#include "kernel/net/meeting/caller.hpp"
#include "kernel/net/meeting/door.hpp"
#include "kernel/net/protocols/echo.hpp"
#include "kernel/net/protocols/transfer.hpp"
#include "kernel/net/words.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_key.hpp"

namespace sz::net::testing {

using namespace std::chrono_literals;

// What the host gives: numbered lines.
inline std::string numbered(std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; text.size() < bytes; ++i) text += std::to_string(i) + '\n';
    text.resize(bytes);
    return text;
}

class Lines final : public TransferSource {
  public:
    Lines(std::size_t bytes, std::function<void(std::size_t)> read)
        : content_(numbered(bytes)), read_(std::move(read)) {}
    std::uint64_t size() const override { return content_.size(); }
    Result<std::string> read(std::size_t bytes_max) override {
        std::string some = content_.substr(at_, bytes_max);
        at_ += some.size();
        read_(at_);
        return some;
    }

  private:
    std::string content_;
    std::function<void(std::size_t)> read_;  // so much of it, by now
    std::size_t at_ = 0;
};

class Kept final : public TransferSink {
  public:
    std::string content;
    std::function<void(std::size_t)> grown;
    Status begin(std::uint64_t) override { return {}; }
    Status write(std::string_view piece) override {
        content += piece;
        if (grown) grown(content.size());
        return {};
    }
};

class Company {
  public:
    test::TempDir folder;
    std::unique_ptr<sz::plugin::testing::LoadedPlugin> plugin =
        std::make_unique<sz::plugin::testing::LoadedPlugin>(
            SZ_BUILD "/plugins/org.sessionzero.transport-direct/transport_direct.so",
            folder.path().string());
    KernelThread kernel;
    PluginTransports transports{kernel};
    test::FakeIdentity host_identity{1, "Host"}, player_identity{2, "Mira"};
    Place host_place{kernel, transports, host_identity, host_identity.key().client_id()};
    Place player_place{kernel, transports, player_identity, player_identity.key().client_id()};

    std::shared_ptr<Door> door;
    TransportListener::Address address;
    std::vector<std::shared_ptr<Conversation>> guests;
    std::shared_ptr<Caller> caller;
    std::shared_ptr<Conversation> conversation;
    std::vector<std::string> heard;
    Door::Options door_options;
    bool admits = true;

    Company() {
        run([this] {
            REQUIRE(transports.add("org.sessionzero.transport-direct",
                                   &plugin->extension<sz_transports>(SZ_TRANSPORTS_ID)));
        });
    }
    ~Company() {
        run([this] {
            caller.reset();
            conversation.reset();
            guests.clear();
            door.reset();
            transports.remove("org.sessionzero.transport-direct");
        });
        plugin.reset();  // as the kernel does: what it still says is dropped
        run([] {});
    }
    void run(const std::function<void()>& work) { kernel.run_and_wait(work); }
    void note(const std::string& what) {
        const std::lock_guard lock(mutex_);
        heard.push_back(what);
        changed_.notify_all();
    }
    // Waits for it, and takes it off the list.
    bool hears(const std::string& what, std::chrono::seconds most = 20s) {
        std::unique_lock lock(mutex_);
        const auto find = [&] {
            return std::find_if(heard.begin(), heard.end(),
                                [&](const std::string& one) { return one.starts_with(what); });
        };
        const bool is_there = changed_.wait_for(lock, most, [&] { return find() != heard.end(); });
        UNSCOPED_INFO("waiting for “" << what << "”");
        for (const auto& one : heard) UNSCOPED_INFO("  heard: " << one);
        if (is_there) {
            last_ = *find();
            heard.erase(find());
        }
        return is_there;
    }
    [[nodiscard]] const std::string& last() const { return last_; }
    std::mutex& mutex() { return mutex_; }  // of `heard`

    void open(const std::string& url, const Json& options = Json::object()) {
        run([&] {
            Door::Events events;
            events.listening = [this](const TransportListener::Address& where) {
                address = where;
                note("listening");
            };
            events.guest = [this](const std::shared_ptr<Conversation>& guest) {
                guests.push_back(guest);
                if (admits) guest->admit();
                serve(*guest);
                note("guest " + guest->peer());
            };
            events.turned_away = [this](const Error& why) { note("turned away " + why.code); };
            events.failed = [this](const Error& why) { note("door failed " + why.message); };
            door = std::make_shared<Door>(host_place, std::move(events), door_options);
            REQUIRE(door->listen(url, options));
        });
        REQUIRE(hears("listening"));
    }
    std::string url() const { return address.urls.at(0); }

    void call(const std::string& where, const Json& options = Json::object(),
              std::vector<ExpectedPeer> expected = {}) {
        run([&] {
            Caller::Events events;
            events.step = [this](const TransportStep& step) {
                note("step " + step.name + ' ' + step.state + ' ' + step.message);
            };
            events.up = [this](std::shared_ptr<Conversation> up) {
                conversation = std::move(up);
                note("up " + conversation->peer());
            };
            events.failed = [this](const Error& why) {
                note("failed " + why.code + ' ' + why.message);
            };
            events.waiting = [this] { note("waiting"); };
            events.back = [this] { note("back"); };
            events.ended = [this](const Error& why) {
                note("ended " + why.code + ' ' + why.message);
            };
            auto called =
                Caller::call(player_place, where, options, std::move(expected), std::move(events));
            if (!called) return note("refused " + called.error().code);
            caller = *called;
        });
    }

    // Fetches so many bytes; “fetched N” or “not fetched WHY” is heard.
    void fetch(std::size_t bytes, std::chrono::milliseconds patience = 30s) {
        run([&] {
            mpst::spawn(
                kernel.io().get_executor(),
                conversation->protocols().open<Transfer::Taker, Transfer::Giver>(
                    std::string(transfer_protocol), SZ_CHANNEL_BULK, patience),
                [this, bytes](Transfer::Taker::Start start) {
                    return play_taker(std::move(start), std::to_string(bytes), kept, fetched);
                },
                [this](std::exception_ptr, const mpst::Outcome& outcome) {
                    note(outcome ? "not fetched " + outcome->sentence()
                                 : "fetched " + std::to_string(fetched->value()));
                });
        });
    }
    void echo(std::size_t count, std::size_t bytes) {
        echoes.count = count;
        echoes.bytes = bytes;
        run([&] {
            mpst::spawn(
                kernel.io().get_executor(),
                conversation->protocols().open<Doctor::Guest, Doctor::Host>(
                    std::string(doctor_protocol), SZ_CHANNEL_PLAY),
                [this](Doctor::Guest::Start start) {
                    return play_doctor_guest(std::move(start), echoes, times);
                },
                [this](std::exception_ptr, const mpst::Outcome& outcome) {
                    note(outcome ? "no echo " + outcome->sentence() : "echoed");
                });
        });
    }

    Kept kept;
    std::size_t given = 0;  // that was read to be given, last
    std::optional<Result<std::uint64_t>> fetched;
    Echoes echoes;
    std::vector<std::chrono::nanoseconds> times;

  private:
    void serve(Conversation& guest) {
        const auto executor = kernel.io().get_executor();
        guest.protocols().offer<Doctor::Host, Doctor::Guest>(
            std::string(doctor_protocol), SZ_CHANNEL_PLAY, [executor](Doctor::Host::Start start) {
                mpst::spawn(executor, std::move(start), play_doctor_host,
                            [](std::exception_ptr, const mpst::Outcome&) {});
            });
        guest.protocols().offer<Transfer::Giver, Transfer::Taker>(
            std::string(transfer_protocol), SZ_CHANNEL_BULK,
            [this, executor](Transfer::Giver::Start start) {
                mpst::spawn(
                    executor, std::move(start),
                    [this](Transfer::Giver::Start s) { return play_giver(std::move(s), find_); },
                    [](std::exception_ptr, const mpst::Outcome&) {});
            });
    }
    const FindSource find_ =
        [this](const std::string& what) -> Result<std::unique_ptr<TransferSource>> {
        return std::make_unique<Lines>(std::stoul(what), [this](std::size_t by_now) {
            given = by_now;
            note("given");
        });
    };

    std::mutex mutex_;
    std::condition_variable changed_;
    std::string last_;
};

}  // namespace sz::net::testing
