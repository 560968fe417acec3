// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/ports/port_mappings.hpp"

#include <algorithm>
#include <atomic>
#include <map>

#include "kernel/base/log.hpp"
#include "kernel/net/ports/port_record.hpp"

namespace sz {

namespace {

using Milliseconds = std::chrono::milliseconds;
using PortId = PortMappings::PortId;

// What one round of asking came to.
struct Outcome {
    std::string mapper;  // empty: nobody could
    PortMapping mapping;
    std::vector<PortTry> tried;
};

// What is asked on the router's queue, and what is known there: the record, and which entry of it
// is whose.
class RouterSide {
  public:
    RouterSide(const PortMappings::Services& services, std::optional<Error>& notice)
        : mappers_(services.mappers),
          sources_(services.sources),
          now_(services.now),
          record_(services.record, services.sources.now_ms(), notice),
          left_(record_.ports()) {}

    // Each mapper in order, the one that has it already first.
    Outcome map(PortId id, PortProtocol protocol, std::uint16_t port,
                const PortMappers::GoesOn& goes_on) {
        Outcome outcome;
        const auto deadline = now_() + PortMappings::patience;
        const auto held = held_.find(id);
        const std::string holder = held == held_.end() ? "" : held->second.recorded.mapper;
        for (const PortMapperInfo& mapper : in_order(holder)) {
            const auto time = std::chrono::duration_cast<Milliseconds>(deadline - now_());
            if (time < PortMappings::patience_least) {
                outcome.tried.push_back({mapper.name, mapper.title, no_time()});
                continue;
            }
            PortRequest request{protocol, port, PortMappings::lease, time, nullptr};
            if (mapper.name == holder) request.previous = held->second.recorded.mapping;
            auto mapped = mappers_.map(mapper.name, request, goes_on);
            if (mapped) {
                keep(id, mapper.name, *mapped);
                outcome.mapper = mapper.name;
                outcome.mapping = *std::move(mapped);
                return outcome;
            }
            outcome.tried.push_back({mapper.name, mapper.title, mapped.error()});
            if (!goes_on()) break;
        }
        if (outcome.tried.empty()) outcome.tried.push_back({"", "", no_mapper()});
        return outcome;
    }

    void unmap(PortId id) {
        const auto held = held_.find(id);
        if (held == held_.end()) return;
        take_back(held->second.recorded);
        held_.erase(held);
    }

    void remove_left() {
        for (RecordedPort& port : std::exchange(left_, {})) {
            // By its lease it is over; nobody has to be asked.
            const bool is_over = port.ends_at != 0 && port.ends_at <= sources_.now_ms();
            if (is_over || ++port.tries > PortRecord::tries_max)
                say(record_.erase(port.mapper, port.mapping));
            else
                take_back(port);
        }
    }

  private:
    struct Held {
        RecordedPort recorded;
        std::uint16_t outside_port = 0;
    };

    [[nodiscard]] std::vector<PortMapperInfo> in_order(const std::string& first) const {
        auto all = mappers_.list();
        std::stable_partition(all.begin(), all.end(),
                              [&](const PortMapperInfo& one) { return one.name == first; });
        return all;
    }

    // What was held before under that id goes back, unless it is the same outside port: with that,
    // what is held now would go.
    void keep(PortId id, const std::string& mapper, const PortMapping& mapping) {
        const UnixMs lease_ms = std::chrono::duration_cast<Milliseconds>(mapping.lease).count();
        const UnixMs ends_at = lease_ms == 0 ? 0 : sources_.now_ms() + lease_ms;
        const auto found = held_.find(id);
        const auto before = found == held_.end() ? std::nullopt : std::optional(found->second);
        held_[id] = {{mapper, mapping.mapping, ends_at, 0}, mapping.outside_port};
        say(record_.put(held_[id].recorded));
        if (!before ||
            (before->recorded.mapper == mapper && before->recorded.mapping == mapping.mapping))
            return;
        if (before->outside_port != mapping.outside_port)
            take_back(before->recorded);
        else
            say(record_.erase(before->recorded.mapper, before->recorded.mapping));
    }

    // It stays in the record when its router cannot be asked now: the next start asks again.
    void take_back(const RecordedPort& port) {
        const auto gone = mappers_.unmap(port.mapper, port.mapping, PortMappings::unmap_patience);
        if (gone) return say(record_.erase(port.mapper, port.mapping));
        log::warning("ports", "A port could not be taken back: " + gone.error().message);
        say(record_.put(port));
    }

    static void say(const Status& written) {
        if (!written) log::warning("ports", written.error().code + " " + written.error().message);
    }

    static Error no_mapper() {
        return {ErrorKind::environment,
                "SZ-PORT-010",
                "No plugin that asks routers for a port is running.",
                "“szctl plugin list” shows the plugins and why one is not running.",
                {}};
    }
    static Error no_time() {
        return {
            ErrorKind::environment, "SZ-PORT-012", "There was no time left to try this.", {}, {}};
    }

    const PortMappers& mappers_;
    Sources sources_;
    std::function<std::chrono::steady_clock::time_point()> now_;
    PortRecord record_;
    std::vector<RecordedPort> left_;  // of an earlier run
    std::map<PortId, Held> held_;
};

bool is_same(const PortEvent& one, const PortEvent& other) {
    if (one.is_mapped != other.is_mapped) return false;
    if (one.is_mapped)
        return one.mapper == other.mapper &&
               one.mapping.outside_port == other.mapping.outside_port &&
               one.mapping.outside_address == other.mapping.outside_address;
    return std::equal(one.tried.begin(), one.tried.end(), other.tried.begin(), other.tried.end(),
                      [](const PortTry& a, const PortTry& b) {
                          return a.mapper == b.mapper && a.why.code == b.why.code &&
                                 a.why.message == b.why.message;
                      });
}

}  // namespace

struct PortMappings::Impl : std::enable_shared_from_this<PortMappings::Impl> {
    struct Port {
        PortProtocol protocol;
        std::uint16_t number;
        OnEvent on_event;
        std::shared_ptr<std::atomic<bool>> is_wanted = std::make_shared<std::atomic<bool>>(true);
        std::optional<PortEvent> last{};
        std::optional<TimerId> timer{};
        std::chrono::seconds retry = retry_first;
    };

    explicit Impl(Services the_services)
        : services(std::move(the_services)),
          router_side(std::make_shared<RouterSide>(services, notice)) {}

    Services services;
    std::optional<Error> notice;
    std::shared_ptr<RouterSide> router_side;  // after this, only on the router's queue
    std::map<PortId, Port> ports;
    PortId next_id = 1;
    bool is_stopped = false;

    void ask(PortId id) {
        const Port& port = ports.at(id);
        services.router.post([side = router_side, kernel = &services.kernel,
                              weak = weak_from_this(), id, protocol = port.protocol,
                              number = port.number, is_wanted = port.is_wanted] {
            if (!*is_wanted) return;
            Outcome outcome =
                side->map(id, protocol, number, [is_wanted] { return is_wanted->load(); });
            kernel->post([weak, id, outcome = std::move(outcome)]() mutable {
                if (const auto impl = weak.lock()) impl->take(id, std::move(outcome));
            });
        });
    }

    void take(PortId id, Outcome outcome) {
        const auto found = ports.find(id);
        if (found == ports.end()) return;  // closed meanwhile
        Port& port = found->second;
        const bool is_mapped = !outcome.mapper.empty();
        const auto wait = is_mapped ? time_to_renewal(outcome.mapping.lease) : port.retry;
        port.retry = is_mapped ? retry_first : std::min(2 * port.retry, retry_most);
        port.timer = services.after(wait, [this, id] {
            ports.at(id).timer.reset();
            ask(id);
        });
        PortEvent event{is_mapped, port.last && port.last->is_mapped, std::move(outcome.mapper),
                        std::move(outcome.mapping), std::move(outcome.tried)};
        if (port.last && is_same(*port.last, event)) return;
        port.last = event;
        const OnEvent tell = port.on_event;  // it may close the port
        if (tell) tell(event);
    }

    static std::chrono::seconds time_to_renewal(std::chrono::seconds lease) {
        return lease.count() == 0 ? look_again : std::max(lease / 2, renew_least);
    }

    void close(PortId id, std::function<void()> done) {
        const auto found = ports.find(id);
        if (found != ports.end()) {
            *found->second.is_wanted = false;
            if (found->second.timer) services.cancel(*found->second.timer);
            ports.erase(found);
        }
        services.router.post(
            [side = router_side, kernel = &services.kernel, id, done = std::move(done)] {
                side->unmap(id);
                if (done) kernel->post(done);
            });
    }
};

PortMappings::PortMappings(Services services)
    : impl_(std::make_shared<Impl>(std::move(services))) {}

PortMappings::~PortMappings() { stop(); }

const std::optional<Error>& PortMappings::notice() const noexcept { return impl_->notice; }

PortMappings::PortId PortMappings::open(PortProtocol protocol, std::uint16_t port,
                                        OnEvent on_event) {
    const PortId id = impl_->next_id++;
    if (impl_->is_stopped) return id;
    impl_->ports.emplace(id, Impl::Port{protocol, port, std::move(on_event)});
    impl_->ask(id);
    return id;
}

void PortMappings::close(PortId port, std::function<void()> done) {
    impl_->close(port, std::move(done));
}

void PortMappings::remove_left() {
    impl_->services.router.post([side = impl_->router_side] { side->remove_left(); });
}

void PortMappings::stop() {
    if (impl_->is_stopped) return;
    impl_->is_stopped = true;
    while (!impl_->ports.empty()) impl_->close(impl_->ports.begin()->first, {});
}

}  // namespace sz
