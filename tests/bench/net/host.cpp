// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/net/host.hpp"

#include <sz/mpst/asio.hpp>

#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "kernel/net/meeting/caller.hpp"
#include "kernel/net/meeting/door.hpp"
#include "kernel/net/protocols/echo.hpp"
#include "kernel/net/protocols/transfer.hpp"
#include "tests/bench/net/asker.hpp"
#include "tests/bench/net/child.hpp"
#include "tests/bench/net/counters.hpp"
#include "tests/bench/net/wait.hpp"

namespace sz::netbench {

using namespace sz::net;

namespace {

constexpr std::uint8_t host_seed = 1, player_seed = 3;
const char* const anywhere = "udp://127.0.0.1:0";

// So many bytes as its name says.
class Letters final : public TransferSource {
  public:
    explicit Letters(std::uint64_t size) : size_(size), left_(size) {}
    std::uint64_t size() const override { return size_; }
    Result<std::string> read(std::size_t bytes_max) override {
        const std::size_t some = std::min<std::uint64_t>(bytes_max, left_);
        left_ -= some;
        return std::string(some, 'x');
    }

  private:
    std::uint64_t size_, left_;
};

const FindSource letters = [](const std::string& what) -> Result<std::unique_ptr<TransferSource>> {
    return std::make_unique<Letters>(std::stoull(what));
};

void play(KernelThread& thread, Conversation& guest) {
    const auto executor = thread.io().get_executor();
    const auto ended = [](std::exception_ptr, const mpst::Outcome&) {};
    guest.protocols().offer<Doctor::Host, Doctor::Guest>(
        std::string(doctor_protocol), SZ_CHANNEL_PLAY,
        [executor, ended](Doctor::Host::Start start) {
            mpst::spawn(executor, std::move(start), play_doctor_host, ended);
        });
    guest.protocols().offer<Transfer::Giver, Transfer::Taker>(
        std::string(transfer_protocol), SZ_CHANNEL_BULK,
        [executor, ended](Transfer::Giver::Start start) {
            mpst::spawn(
                executor, std::move(start),
                [](Transfer::Giver::Start s) { return play_giver(std::move(s), letters); }, ended);
        });
}

// A door, and who came in.
class Table {
  public:
    explicit Table(Program& program) {
        url_ = wait_for<std::string>(program, [&](const auto& done) {
            Door::Events events;
            events.listening = [done](const TransportListener::Address& where) {
                done(where.urls.at(0));
            };
            events.guest = [this, &program](const std::shared_ptr<Conversation>& guest) {
                guest->admit();
                guests_.push_back(guest);
                play(program.thread, *guest);
            };
            events.failed = events.turned_away = [](const Error& why) { stop_with(why.message); };
            door_ = std::make_shared<Door>(program.place, std::move(events));
            must(door_->listen(anywhere, Json::object()));
        });
    }
    [[nodiscard]] const std::string& url() const { return url_; }
    // [kernel-thread]
    [[nodiscard]] std::size_t guests_up() const {
        const auto is_up = [](const auto& guest) { return guest->session().was_up(); };
        return static_cast<std::size_t>(std::count_if(guests_.begin(), guests_.end(), is_up));
    }

  private:
    std::shared_ptr<Door> door_;
    std::vector<std::shared_ptr<Conversation>> guests_;
    std::string url_;
};

}  // namespace

void be_host() {
    Program program(host_seed);
    std::vector<std::unique_ptr<Porch>> porches;
    std::set<std::shared_ptr<Way>> ways;
    const GotWay got = [&ways](const std::shared_ptr<Way>& way) {
        answer(*way);
        way->ended = [&ways, raw = way.get()](const Error&) {
            std::erase_if(ways, [raw](const auto& one) { return one.get() == raw; });
        };
        ways.insert(way);
    };
    const auto open = [&](auto make, const char* url) {
        return wait_for<std::string>(program, [&](const auto& done) {
            porches.push_back(make(program.place, url, done, got));
        });
    };
    nlohmann::json ready;
    ready["plain"] = open(Porch::plain, anywhere);
    ready["session"] = open(Porch::sessions, anywhere);
    ready["ws"] = open(Porch::plain, "ws://127.0.0.1:0");
    const Table table(program);
    ready["talk"] = table.url();
    const auto enet = enet_answerer(), beast = beast_answerer();
    ready["enet"] = enet->port();
    ready["beast"] = beast->port();
    be_asked(ready, [](const std::string&) { return counters(); });
}

void be_table() {
    Program program(host_seed);
    const Table table(program);
    be_asked({{"url", table.url()}}, [&](const std::string& question) {
        if (question == "counters") return counters();
        std::size_t guests = 0;
        program.run([&] { guests = table.guests_up(); });
        return nlohmann::json(guests);
    });
}

void be_player(const std::string& url) {
    Program program(player_seed);
    const auto side = talk_side(program, url);
    be_asked(nlohmann::json::object(), [](const std::string&) { return counters(); });
}

}  // namespace sz::netbench
