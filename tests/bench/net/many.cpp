// SPDX-License-Identifier: AGPL-3.0-or-later
// Many players at one table: what they hold, and what they do while nobody says anything.
#include <cstdio>
#include <thread>

#include "kernel/net/meeting/caller.hpp"
#include "tests/bench/net/child.hpp"
#include "tests/bench/net/counters.hpp"
#include "tests/bench/net/rows.hpp"
#include "tests/bench/net/side.hpp"
#include "tests/bench/net/wait.hpp"
#include "tests/bench/samples.hpp"

namespace sz::netbench {

using namespace sz::net;

namespace {

// Callers in this program, each with its conversation.
class Crowd {
  public:
    Crowd(Program& program, std::string url) : program_(program), url_(std::move(url)) {}
    ~Crowd() {
        program_.run([this] {
            callers_.clear();
            conversations_.clear();
        });
    }
    void add() {
        conversations_.push_back(
            wait_for<std::shared_ptr<Conversation>>(program_, [&](const auto& done) {
                Caller::Events events;
                events.up = done;
                events.failed = events.ended = [](const Error& why) { stop_with(why.message); };
                callers_.push_back(must(
                    Caller::call(program_.place, url_, Json::object(), {}, std::move(events))));
            }));
    }

  private:
    Program& program_;
    std::string url_;
    std::vector<std::shared_ptr<Caller>> callers_;
    std::vector<std::shared_ptr<Conversation>> conversations_;
};

void wait_for_guests(Child& table, std::size_t count) {
    const auto until = Clock::now() + std::chrono::seconds(60);
    while (table.ask("guests") != count) {
        if (Clock::now() > until) stop_with("Not everybody came to the table.");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

double resident(const nlohmann::json& counted) { return counted.at("resident").get<double>(); }
double wakes(const nlohmann::json& counted) { return counted.at("wakes").get<double>(); }

}  // namespace

// What the first connection brings to life is not counted; the others are.
Rows measure_memory(bool smoke) {
    Child table({"--table"});
    Program program(2);
    Crowd crowd(program, table.ready().at("url").get<std::string>());
    crowd.add();
    wait_for_guests(table, 1);
    const double host_before = resident(table.ask("counters")), before = resident(counters());
    const std::size_t more = smoke ? 3 : 63;
    for (std::size_t i = 0; i < more; ++i) crowd.add();
    wait_for_guests(table, 1 + more);
    const auto share = [&](double bytes) { return bytes / 1024 / static_cast<double>(more); };
    const std::string note = "growth of VmRSS from 1 connection to " + std::to_string(1 + more) +
                             ", divided; without the system's socket buffers";
    return {{"memory of a connection, at the host",
             share(resident(table.ask("counters")) - host_before),
             "KiB",
             0,
             {},
             0,
             false,
             note},
            {"memory of a connection, at the caller",
             share(resident(counters()) - before),
             "KiB",
             0,
             {},
             0,
             false,
             note}};
}

Rows measure_idleness(bool smoke) {
    constexpr std::size_t peers = 8;
    const auto nothing = std::chrono::milliseconds(smoke ? 100 : 10'000);
    Child table({"--table"});
    std::vector<std::unique_ptr<Child>> players;
    for (std::size_t i = 0; i < (smoke ? 2 : peers); ++i)
        players.push_back(std::make_unique<Child>(
            std::vector<std::string>{"--player", table.ready().at("url").get<std::string>()}));
    wait_for_guests(table, players.size());
    std::this_thread::sleep_for(nothing / 5);  // the last words of their beginnings
    const auto begun = Clock::now();
    const double host_before = wakes(table.ask("counters"));
    std::vector<double> before;
    for (const auto& player : players) before.push_back(wakes(player->ask("counters")));
    std::this_thread::sleep_for(nothing);
    const double host_after = wakes(table.ask("counters"));
    std::vector<double> each;
    for (std::size_t i = 0; i < players.size(); ++i)
        each.push_back(wakes(players[i]->ask("counters")) - before[i]);
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    const std::string note = "voluntary context switches of all threads";
    return {{"wake-ups of an idle host with eight peers",
             (host_after - host_before) / seconds,
             "1/s",
             0,
             {},
             0,
             false,
             note},
            {"wake-ups of each of its idle peers",
             bench::median(each) / seconds,
             "1/s",
             0,
             {},
             0,
             false,
             note}};
}

}  // namespace sz::netbench
