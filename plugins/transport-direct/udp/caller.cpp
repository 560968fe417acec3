// SPDX-License-Identifier: AGPL-3.0-or-later
#include "caller.hpp"

#include <algorithm>
#include <utility>

#include "random.hpp"

namespace direct::udp {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;

namespace {

// Greetings are small, and a host that is waited for is to be found as soon as it is there again.
constexpr milliseconds pause{250};
constexpr std::size_t addresses_max = 16;  // of one name
constexpr int opens_max = 24;              // with one cookie

std::string why_no_name(const error_code& wrong) {
    if (wrong == asio::error::host_not_found || wrong == asio::error::no_data)
        return "No computer has that name.";
    if (wrong == asio::error::host_not_found_try_again)
        return "The name could not be looked up: nobody answers. Is this computer online?";
    return "The name could not be looked up.";
}

}  // namespace

void Caller::begin(Told told) {
    told_ = std::move(told);
    told_.step("resolve", "begun", "Looking for " + where_.host + ".", {});
    const auto self = shared_from_this();
    resolver_.async_resolve(where_.host, std::to_string(where_.port),
                            asio::ip::udp::resolver::numeric_service,
                            [self](const error_code& wrong, const auto& all) {
                                if (!self->is_stopped_) self->resolved(wrong, all);
                            });
}

void Caller::stop() {
    is_stopped_ = true;
    resolver_.cancel();
    timer_.cancel();
    if (wire_ != nullptr) wire_->at_door({});
    told_ = {};
}

void Caller::fail(const std::string& code, const std::string& message, const std::string& hint) {
    timer_.cancel();
    const auto failed = std::exchange(told_.failed, {});
    if (failed) failed({SZ_CLOSED_FAILED, code, message, hint, {}});
}

// Those of the first family first, then in turns: a family that leads nowhere costs one pause.
void Caller::resolved(const error_code& wrong, const asio::ip::udp::resolver::results_type& all) {
    if (wrong) {
        const std::string hint = "Check how the name is written, or ask for an address.";
        told_.step("resolve", "failed", why_no_name(wrong), hint);
        return fail("SZ-TRANSPORT-020", why_no_name(wrong) + " (" + where_.host + ")", hint);
    }
    if (!open_wire()) return;
    std::vector<Endpoint> first, second;
    for (const auto& entry : all) {
        const Endpoint address = entry.endpoint();
        if (!wire_->can_reach(address)) continue;
        const bool is_first = first.empty() || first.front().protocol() == address.protocol();
        (is_first ? first : second).push_back(address);
    }
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        for (const auto* family : {&first, &second}) {
            if (i < family->size() && addresses_.size() < addresses_max)
                addresses_.push_back(wire_->reachable((*family)[i]));
        }
    }
    std::string names;
    for (const Endpoint& address : addresses_)
        names += (names.empty() ? "" : ", ") + plain_address(address).to_string();
    if (addresses_.empty())
        return fail("SZ-TRANSPORT-020",
                    where_.host +
                        " has only addresses of IPv6, and this "
                        "computer has none.",
                    "Ask for an address of IPv4.");
    told_.step("resolve", "done", where_.host + " is " + names + ".", {});
    told_.step("cookie", "begun", "Greeting port " + std::to_string(where_.port) + ".", {});
    fill_random(nonce_);
    greet();
}

bool Caller::open_wire() {
    auto wire = Wire::open_anywhere(io_);
    if (!wire) {
        told_.step("socket", "failed", wire.error().message, wire.error().hint);
        fail(wire.error().code, wire.error().message, wire.error().hint);
        return false;
    }
    wire_ = *std::move(wire);
    wire_->at_door([weak = weak_from_this()](const Datagram& datagram, const Endpoint& from) {
        if (const auto self = weak.lock(); self != nullptr && !self->is_stopped_)
            self->receive(datagram, from);
    });
    return true;
}

// One more address each time, and those before it again.
void Caller::greet() {
    // A cookie goes stale, and the host may have begun anew.
    if (open_ && ++opens_ > opens_max) {
        open_.reset();
        opens_ = 0;
    }
    if (open_) {
        wire_->send(write(*open_), opening_);
    } else {
        greeted_ = std::min(greeted_ + 1, addresses_.size());
        const auto hello = write(Hello{wire_version, nonce_});
        for (std::size_t i = 0; i < greeted_; ++i) wire_->send(hello, addresses_[i]);
    }
    again_in(pause);
}

void Caller::again_in(milliseconds time) {
    timer_.expires_after(time);
    timer_.async_wait([weak = weak_from_this()](const error_code& wrong) {
        const auto self = weak.lock();
        if (!wrong && self != nullptr && !self->is_stopped_) self->greet();
    });
}

bool Caller::is_asked(const Nonce& nonce, const Endpoint& from) const {
    return nonce == nonce_ &&
           std::find(addresses_.begin(), addresses_.end(), from) != addresses_.end();
}

void Caller::receive(const Datagram& datagram, const Endpoint& from) {
    const auto self = shared_from_this();
    if (const auto* cookie = std::get_if<Cookie>(&datagram)) got(*cookie, from);
    if (const auto* opened = std::get_if<Opened>(&datagram)) got(*opened, from);
    if (const auto* refused = std::get_if<Refused>(&datagram)) got(*refused, from);
}

void Caller::got(const Cookie& cookie, const Endpoint& from) {
    if (!is_asked(cookie.nonce, from)) return;
    if (open_ && from != opening_) return;  // another one was quicker
    const bool is_first = !open_;
    open_ = Open{wire_version, nonce_, cookie.time, cookie.mac};
    opening_ = from;
    if (!is_first) return;  // a newer cookie for the same door
    told_.step("cookie", "done", shown(from) + " has answered.", {});
    told_.step("connect", "begun", "Connecting to " + shown(from) + ".", {});
    // Once: who answers for ever and lets nobody in is given up, too.
    if (const auto answered = std::exchange(told_.answered, {})) answered();
    greet();
}

void Caller::got(const Opened& opened, const Endpoint& from) {
    if (!is_asked(opened.nonce, from) || !open_ || from != opening_ || opened.connection == 0)
        return;
    timer_.cancel();
    const auto found = std::exchange(told_.found, {});
    is_stopped_ = true;
    wire_->at_door({});
    found({std::move(wire_), opened.connection, from});
}

void Caller::got(const Refused& refused, const Endpoint& from) {
    if (!is_asked(refused.nonce, from) || (open_ && from != opening_)) return;
    switch (refused.why) {
        case Refusal::full:
            return fail("SZ-TRANSPORT-022", "The table is full: it takes no more connections.",
                        "Ask the host to free a seat.");
        case Refusal::version:
            return fail("SZ-TRANSPORT-023",
                        "The program there speaks another version of this connection.",
                        "One of the two has to be updated.");
    }
}

Ending Caller::gave_up() const {
    const std::string port = std::to_string(where_.port);
    if (addresses_.empty())
        return {SZ_CLOSED_FAILED,
                "SZ-TRANSPORT-020",
                "The name could not be looked up in time.",
                "Is this computer online?",
                {}};
    if (!open_)
        return {SZ_CLOSED_FAILED,
                "SZ-TRANSPORT-021",
                "Nobody answers at " + shown(addresses_.front()) +
                    (addresses_.size() > 1 ? " or its other addresses." : "."),
                "Is the table open? Is UDP port " + port +
                    " forwarded to the host's computer, and let in by its firewall?",
                {}};
    return no_link();
}

Ending Caller::no_link() {
    return {SZ_CLOSED_FAILED,
            "SZ-TRANSPORT-025",
            "Somebody answered, but no connection came of it in time.",
            "The network loses very much, or lets only small datagrams pass. Try again.",
            {}};
}

}  // namespace direct::udp
