// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mapping.hpp"

#include <algorithm>
#include <charconv>

#include "limits.hpp"

namespace upnp {

namespace {

bool is_same_router(const Router& router, const Mapping& mapping) {
    return mapping.service.control.address == router.url.address;
}

// The steps at one router, and what they have come to.
class Steps {
  public:
    Steps(const Router& router, const Request& request, const Patience& patience)
        : router_(router), gateway_(router.gateway), request_(request), patience_(patience) {
        about_ = {request.protocol, request.port, router.name, router.own_address};
        lease_s_ = request.lease_s;
    }

    Result<Mapped> run() {
        if (const auto open = look_outside(); !open) return open.error();
        for (const std::uint16_t port : wishes()) {
            const SoapAnswer answer = try_port(port);
            if (answer.is_ok()) return finish(port);
            if (!is_taken(answer)) return trouble(about_, answer);
            tried_.push_back(port);
            if (gateway_.is_second_version()) {
                const SoapAnswer any = gateway_.add_any(wanted(port), patience_);
                if (const auto chosen = reserved_port(any)) return finish(*chosen);
            }
        }
        return all_taken(about_, tried_);
    }

  private:
    sz::plugin::Status look_outside() {
        const SoapAnswer answer = gateway_.outside_address(patience_);
        if (answer.error == code::cancelled || answer.error == code::silent ||
            answer.error == code::nonsense)
            return trouble(about_, answer);
        if (!answer.is_ok()) return {};  // it does not tell; it may forward all the same
        outside_address_ = answer.value("NewExternalIPAddress");
        const auto number = parse_ipv4(outside_address_);
        if (!number && !outside_address_.empty()) return makes_no_sense(about_);
        if (number && kind_of(*number) == AddressKind::open) return {};
        remove_previous();
        return no_open_address(about_, outside_address_);
    }

    void remove_previous() const {
        if (!request_.previous || !is_same_router(router_, *request_.previous)) return;
        const Mapping& before = *request_.previous;
        if (is_ours(gateway_.entry(before.protocol, before.outside_port, patience_)))
            (void)gateway_.remove(before.protocol, before.outside_port, patience_);
    }

    // What to try, in order: what it was, the port itself, others. They are the same at each try,
    // so that a port stays what players were told, if it can.
    [[nodiscard]] std::vector<std::uint16_t> wishes() const {
        std::vector<std::uint16_t> ports;
        const auto add = [&](std::uint32_t port) {
            const auto wish = static_cast<std::uint16_t>(port);
            if (std::find(ports.begin(), ports.end(), wish) == ports.end()) ports.push_back(wish);
        };
        if (request_.previous && request_.previous->protocol == request_.protocol)
            add(request_.previous->outside_port);
        add(request_.port);
        constexpr std::uint32_t first = 20'000, count = 40'000, step = 7'919;
        for (std::uint32_t n = 1; ports.size() < limits::outside_ports_max; ++n)
            add(first + (request_.port + n * step) % count);
        return ports;
    }

    static bool is_taken(const SoapAnswer& answer) {
        return answer.error == code::conflict || answer.error == code::other_mechanism ||
               answer.error == code::same_ports_wanted;
    }

    [[nodiscard]] bool is_ours(const SoapAnswer& answer) const {
        const auto entry = Gateway::read_entry(answer);
        if (!entry || entry->inside_address != router_.own_address) return false;
        return entry->inside_port == request_.port ||
               (request_.previous && entry->inside_port == request_.previous->inside_port);
    }

    [[nodiscard]] Gateway::Wanted wanted(std::uint16_t port) const {
        return {request_.protocol,    port,    request_.port, router_.own_address,
                request_.description, lease_s_};
    }

    // Some routers give a port to whoever asked last, so it is looked at who has it.
    SoapAnswer try_port(std::uint16_t port) {
        SoapAnswer before = gateway_.entry(request_.protocol, port, patience_);
        if (before.error == code::cancelled || before.error == code::silent) return before;
        if (Gateway::read_entry(before) && !is_ours(before)) {
            before.error = code::conflict;
            return before;
        }
        SoapAnswer answer = gateway_.add(wanted(port), patience_);
        if (answer.error == code::permanent_only && lease_s_ != 0) {
            lease_s_ = 0;
            answer = gateway_.add(wanted(port), patience_);
        }
        if (answer.error == code::cancelled) undo(port);
        return answer;
    }

    // The caller has gone while the router was busy with it, or had just done it.
    void undo(std::uint16_t port) const {
        const sz::plugin::Progress nobody(nullptr);
        const Patience last{Clock::now() + std::chrono::milliseconds(limits::undo_ms_max), nobody};
        if (is_ours(gateway_.entry(request_.protocol, port, last)))
            (void)gateway_.remove(request_.protocol, port, last);
    }

    static std::optional<std::uint16_t> reserved_port(const SoapAnswer& answer) {
        if (!answer.is_ok()) return std::nullopt;
        const std::string text = answer.value("NewReservedPort");
        std::uint16_t port = 0;
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, port);
        if (read.ec != std::errc{} || read.ptr != end || port == 0) return std::nullopt;
        return port;
    }

    // It said yes: is it so?
    Result<Mapped> finish(std::uint16_t port) {
        Mapped mapped{{router_.url, gateway_.service(), request_.protocol, port, request_.port,
                       router_.own_address},
                      outside_address_,
                      lease_s_};
        const SoapAnswer now = gateway_.entry(request_.protocol, port, patience_);
        if (now.error == code::no_such_entry) return said_yes_and_did_not(about_);
        if (const auto entry = Gateway::read_entry(now)) {
            if (!is_ours(now)) return said_yes_and_did_not(about_);
            if (entry->lease_s > 0 && (lease_s_ == 0 || entry->lease_s < lease_s_))
                mapped.lease_s = entry->lease_s;
        }
        if (now.error == code::cancelled) undo(port);
        if (now.error == code::cancelled || now.error == code::silent) return trouble(about_, now);
        return mapped;
    }

    const Router& router_;
    const Gateway& gateway_;
    const Request& request_;
    const Patience& patience_;
    Case about_;
    std::string outside_address_;
    std::uint32_t lease_s_ = 0;
    std::vector<std::uint16_t> tried_;
};

}  // namespace

Result<Mapped> map_at(const Router& router, const Request& request, const Patience& patience) {
    return Steps(router, request, patience).run();
}

}  // namespace upnp
