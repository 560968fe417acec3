// SPDX-License-Identifier: AGPL-3.0-or-later
// Routers, clocks and queues that a test winds by hand.
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "kernel/net/ports/port_mappings.hpp"
#include "tests/support/temp_dir.hpp"

namespace sz::test {

class ByHand final : public Executor {
  public:
    void post(std::function<void()> work) override { queue.push_back(std::move(work)); }
    bool run_one() {
        if (queue.empty()) return false;
        const auto work = std::move(queue.front());
        queue.pop_front();
        work();
        return true;
    }
    std::deque<std::function<void()>> queue;
};

// What routers forward, by mapper, and what each was asked: "upnp map 41977", "upnp unmap 41977".
class FakeMappers final : public PortMappers {
  public:
    std::vector<std::string> names{"upnp"};
    std::map<std::string, Error> broken;  // a mapper that fails, and why
    std::map<int, std::string> taken;     // outside ports of others
    std::uint16_t next_port = 50'000;     // instead of one that is taken
    std::chrono::seconds lease{3600};
    std::string address = "198.50.100.7";
    std::function<void()> while_mapping = [] {};

    mutable std::vector<std::string> asked;
    mutable std::vector<PortRequest> requests;
    mutable std::map<int, std::string> forwarded;  // outside port → mapper

    [[nodiscard]] std::vector<PortMapperInfo> list() const override {
        std::vector<PortMapperInfo> all;
        for (const auto& name : names) all.push_back({name, "The " + name, "org.test." + name});
        return all;
    }
    [[nodiscard]] Result<PortMapping> map(std::string_view mapper, const PortRequest& request,
                                          const GoesOn& goes_on) const override {
        const std::string name(mapper);
        asked.push_back(name + " map " + std::to_string(request.port));
        requests.push_back(request);
        while_mapping();
        if (const auto why = broken.find(name); why != broken.end()) return fail(why->second);
        if (!goes_on()) return fail(ErrorKind::cancelled, "SZ-PORT-011", "Cancelled.");
        std::uint16_t outside = request.port;
        if (request.previous.is_object()) outside = request.previous.at("port");
        if (taken.contains(outside)) outside = next_port;
        forwarded[outside] = name;
        return PortMapping{{{"port", outside}}, address, outside, lease, "Box"};
    }
    [[nodiscard]] Status unmap(std::string_view mapper, const Json& mapping,
                               std::chrono::milliseconds) const override {
        const std::string name(mapper);
        const int port = mapping.at("port");
        asked.push_back(name + " unmap " + std::to_string(port));
        if (const auto why = broken.find(name); why != broken.end()) return fail(why->second);
        forwarded.erase(port);
        return {};
    }
};

inline Error silence() {
    return {ErrorKind::environment, "SZ-PORT-001", "No router answered.", "By hand.", {}};
}

// One run of the program after another, on one record.
struct Run {
    TempDir folder;
    std::filesystem::path file = folder / "ports.json";
    FakeMappers mappers;
    ByHand kernel, router;
    struct Timer {
        std::chrono::milliseconds delay;
        std::function<void()> work;
    };
    std::map<std::uint64_t, Timer> timers;
    std::uint64_t next_timer = 1;
    UnixMs unix_ms = 1'800'000'000'000;
    std::chrono::steady_clock::time_point steady{};
    std::optional<PortMappings> ports;
    std::vector<PortEvent> events;

    Run() { start(); }
    void start() {
        ports.emplace(PortMappings::Services{
            mappers, kernel, router, file,
            [this](std::chrono::milliseconds delay, std::function<void()> work) {
                timers[next_timer] = {delay, std::move(work)};
                return next_timer++;
            },
            [this](std::uint64_t timer) { timers.erase(timer); },
            Sources{[this] { return unix_ms; }, [] { return std::string(); }},
            [this] { return steady; }});
    }
    // Power failure: nothing that is queued happens any more.
    void crash() {
        router.queue.clear();
        kernel.queue.clear();
        ports.reset();
        router.queue.clear();
        kernel.queue.clear();
        timers.clear();
    }
    void settle() {
        while (router.run_one() || kernel.run_one()) {
        }
    }
    // The one timer there is comes due.
    std::chrono::milliseconds ring() {
        if (timers.size() != 1) throw std::runtime_error(std::to_string(timers.size()) + " timers");
        const Timer timer = timers.begin()->second;
        timers.clear();
        timer.work();
        settle();
        return timer.delay;
    }
    PortMappings::PortId open(std::uint16_t port = 41'977) {
        return ports->open(PortProtocol::udp, port,
                           [this](const PortEvent& event) { events.push_back(event); });
    }
    [[nodiscard]] bool has_record() const { return std::filesystem::exists(file); }
};

}  // namespace sz::test
