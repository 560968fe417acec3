// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/netlab/talker/talker.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/net/doctor/sample.hpp"
#include "kernel/net/protocols/echo.hpp"
#include "kernel/net/protocols/transfer.hpp"

namespace talker {

using namespace sz::net;

namespace {

constexpr const char* plugin_id = "org.sessionzero.transport-direct";
constexpr const char* numbers_protocol = "Numbers";
// So many echoes may be on their way at once: none waits for another, if it comes back within as
// many of their times.
constexpr std::size_t turns_max = 20;
// Longer than any outage here.
constexpr std::chrono::milliseconds patience{120'000};
constexpr std::uint64_t progress_bytes = 65'536;

class Counted final : public TransferSink {
  public:
    explicit Counted(std::function<void(std::uint64_t)> progress)
        : progress_(std::move(progress)) {}
    sz::Status begin(std::uint64_t) override { return {}; }
    sz::Status write(std::string_view piece) override {
        const std::uint64_t before = std::exchange(bytes_, bytes_ + piece.size());
        if (before / progress_bytes != bytes_ / progress_bytes) progress_(bytes_);
        return {};
    }

  private:
    std::function<void(std::uint64_t)> progress_;
    std::uint64_t bytes_ = 0;
};

}  // namespace

Talker::Talker(const std::string& library, std::uint8_t seed, Say say)
    : say_(std::move(say)),
      plugin_(std::make_unique<sz::plugin::testing::LoadedPlugin>(library, ".")),
      identity_(seed),
      place_{kernel_, transports_, identity_, identity_.key().client_id()} {
    run([this] {
        const auto added =
            transports_.add(plugin_id, &plugin_->extension<sz_transports>(SZ_TRANSPORTS_ID));
        if (!added) throw std::runtime_error(added.error().message);
    });
}

Talker::~Talker() {
    run([this] {
        *is_over_ = true;
        caller_.reset();
        others_.clear();
        door_.reset();
        transports_.remove(plugin_id);
    });
    plugin_.reset();
    kernel_.stop();
}

void Talker::note(const char* event, Json more) {
    more["event"] = event;
    more["at"] = in_ms(Clock::now());
    say_(more);
}

Conversation::Events Talker::changes_of(const std::string& peer) {
    Conversation::Events events;
    events.waiting = [this, peer] { note("waiting", {{"peer", peer}}); };
    events.back = [this, peer] { note("back", {{"peer", peer}}); };
    events.ended = [this, peer](const sz::Error& why) {
        note("ended", {{"peer", peer}, {"code", why.code}, {"why", why.message}});
    };
    return events;
}

void Talker::listen(const std::string& url) {
    run([&] {
        Door::Events events;
        events.listening = [this](const sz::TransportListener::Address& where) {
            note("listening", {{"port", where.port}});
        };
        events.guest = [this](const std::shared_ptr<Conversation>& guest) {
            guest->admit();
            guest->on(changes_of(guest->peer()));
            meet(guest);
        };
        events.turned_away = [this](const sz::Error& why) {
            note("turned away", {{"why", why.message}});
        };
        events.failed = [this](const sz::Error& why) { note("failed", {{"why", why.message}}); };
        door_ = std::make_shared<Door>(place_, std::move(events));
        if (auto begun = door_->listen(url, Json::object()); !begun)
            note("failed", {{"why", begun.error().message}});
    });
}

void Talker::call(const std::string& url) {
    run([&] {
        auto changes = changes_of("host");
        Caller::Events events;
        events.up = [this](const std::shared_ptr<Conversation>& host) { meet(host); };
        events.failed = [this](const sz::Error& why) { note("failed", {{"why", why.message}}); };
        events.waiting = changes.waiting;
        events.back = changes.back;
        events.ended = changes.ended;
        auto called = Caller::call(place_, url, Json::object(), {}, std::move(events));
        if (!called) return note("failed", {{"why", called.error().message}});
        caller_ = *called;
    });
}

void Talker::meet(const std::shared_ptr<Conversation>& other) {
    others_.push_back(other);
    offer(*other);
    serve_numbers(*other);
    note("up", {{"peer", other->peer()}});
}

void Talker::offer(Conversation& other) {
    const auto executor = kernel_.io().get_executor();
    const auto nobody = [](const std::exception_ptr&, const mpst::Outcome&) {};
    other.protocols().offer<Doctor::Host, Doctor::Guest>(
        std::string(doctor_protocol), SZ_CHANNEL_PLAY,
        [executor, nobody](Doctor::Host::Start start) {
            mpst::spawn(executor, std::move(start), play_doctor_host, nobody);
        },
        patience);
    other.protocols().offer<Transfer::Giver, Transfer::Taker>(
        std::string(transfer_protocol), SZ_CHANNEL_BULK,
        [executor, nobody](Transfer::Giver::Start start) {
            static const FindSource find = Sample::find;
            mpst::spawn(
                executor, std::move(start),
                [](Transfer::Giver::Start first) { return play_giver(std::move(first), find); },
                nobody);
        },
        patience);
}

void Talker::serve_numbers(Conversation& other) {
    other.protocols().offer<Transfer::Giver, Transfer::Taker>(
        numbers_protocol, SZ_CHANNEL_PLAY,
        [this](Transfer::Giver::Start start) {
            mpst::spawn(
                kernel_.io().get_executor(), std::move(start),
                [this](Transfer::Giver::Start first) {
                    return play_numbers(std::move(first), kernel_.io(), is_over_);
                },
                [](const std::exception_ptr&, const mpst::Outcome&) {});
        },
        patience);
}

void Talker::each(const std::function<void(Conversation&)>& work) {
    run([&] {
        for (const auto& other : others_) work(*other);
    });
}

void Talker::note_end(const char* what, const std::exception_ptr& thrown,
                      const mpst::Outcome& outcome, Json more) {
    if (!thrown && !outcome) return note(what, std::move(more));
    note("broken", {{"what", what}, {"why", outcome ? outcome->sentence() : "It threw."}});
}

// `then` is told how it ended.
template <class Role, class Peer, class Body, class Then>
void Talker::open(Conversation& other, const char* protocol, std::uint32_t channel, Body body,
                  Then then) {
    mpst::spawn(kernel_.io().get_executor(),
                other.protocols().open<Role, Peer>(protocol, channel, patience), std::move(body),
                std::move(then));
}

void Talker::echo(std::size_t count, std::chrono::milliseconds every) {
    each([&](Conversation& other) {
        struct Series {
            std::vector<double> ms;
            std::size_t left = turns_max;
        };
        const auto series = std::make_shared<Series>();
        const auto begins = Clock::now();
        for (std::size_t turn = 0; turn < turns_max; ++turn) {
            const std::size_t mine = (count + turns_max - 1 - turn) / turns_max;
            const Turns turns{kernel_.io(), begins + every * static_cast<int>(turn),
                              every * static_cast<int>(turns_max), mine, series->ms};
            open<Doctor::Guest, Doctor::Host>(
                other, doctor_protocol.data(), SZ_CHANNEL_PLAY,
                [turns, series](Doctor::Guest::Start start) {
                    return play_turns(std::move(start), turns);
                },
                [this, series](const std::exception_ptr& thrown, const mpst::Outcome& outcome) {
                    if (thrown || outcome) return note_end("echoes", thrown, outcome, {});
                    if (--series->left == 0) note("echoes", {{"ms", series->ms}});
                });
        }
    });
}

void Talker::numbers(std::chrono::milliseconds every) {
    each([&](Conversation& other) {
        const auto taken = std::make_shared<std::vector<Numbered>>();
        open<Transfer::Taker, Transfer::Giver>(
            other, numbers_protocol, SZ_CHANNEL_PLAY,
            [taken, text = std::to_string(every.count())](Transfer::Taker::Start start) {
                return take_numbers(std::move(start), text, *taken);
            },
            [this, taken, peer = other.peer()](const std::exception_ptr& thrown,
                                               const mpst::Outcome& outcome) {
                Json all = Json::array();
                for (const Numbered& one : *taken)
                    all.push_back(Json::array({one.number, one.said_ms, one.came_ms}));
                note_end("numbers", thrown, outcome,
                         {{"peer", peer}, {"messages", std::move(all)}});
            });
    });
}

void Talker::fetch(std::uint64_t bytes) {
    each([&](Conversation& other) {
        struct Fetch {
            Counted sink;
            std::optional<sz::Result<std::uint64_t>> taken;
        };
        const auto fetch = std::make_shared<Fetch>(Fetch{Counted([this](std::uint64_t now) {
                                                             note("progress", {{"bytes", now}});
                                                         }),
                                                         {}});
        open<Transfer::Taker, Transfer::Giver>(
            other, transfer_protocol.data(), SZ_CHANNEL_BULK,
            [fetch, bytes](Transfer::Taker::Start start) {
                return play_taker(std::move(start), Sample::name(bytes), fetch->sink, fetch->taken);
            },
            [this, fetch](const std::exception_ptr& thrown, const mpst::Outcome& outcome) {
                const bool is_good = fetch->taken && *fetch->taken;
                note_end("fetched", thrown, outcome,
                         {{"bytes", is_good ? **fetch->taken : std::uint64_t{0}}});
            });
    });
}

void Talker::stop() {
    run([this] { *is_over_ = true; });
}

void Talker::report() {
    Json all = Json::array();
    each([&](Conversation& other) {
        all.push_back(Json{{"peer", other.peer()},
                           {"address", other.peer_address()},
                           {"is_waiting", other.is_waiting()},
                           {"statistics", other.statistics()}});
    });
    note("report", {{"others", std::move(all)}});
}

}  // namespace talker
