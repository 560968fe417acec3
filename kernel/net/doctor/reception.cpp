// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/doctor/reception.hpp"

#include <sz/mpst/asio.hpp>

#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/net/doctor/sample.hpp"
#include "kernel/net/doctor/shapes.hpp"
#include "kernel/net/host_mark.hpp"
#include "kernel/net/words.hpp"

namespace sz::net {

namespace {

// Addresses of this machine come at once, and no transport says which is the last.
constexpr SteadyMs addresses_take_ms = 300;

constexpr std::size_t visitors_max = 500;  // in the report

std::string scope_words(const std::string& scope) {
    if (scope == "loopback") return "programs on this computer";
    if (scope == "home" || scope == "link") return "computers in this home";
    return "everybody, if routers and firewalls let them in";
}

}  // namespace

Reception::Reception(Place place, PortMappings& ports, ReceptionOptions options,
                     std::string version, Steps::Told told, Done done)
    : place_(std::move(place)),
      ports_(ports),
      options_(std::move(options)),
      steps_(place_.now, std::move(told)),
      done_(std::move(done)),
      own_{"SessionZero", std::move(version), doctor_shapes()},
      samples_(Sample::find),
      alarm_(place_.thread),
      addresses_(std::make_shared<Json>(Json::array())),
      visitors_(std::make_shared<Json>(Json::array())) {}

Reception::~Reception() {
    if (port_) ports_.close(*port_);
}

Status Reception::begin() {
    SZ_ASSIGN(const HostMark mark, HostMark::short_of(place_.client_id));
    mark_ = mark.text();
    scheme_ = options_.url.substr(0, options_.url.find("://"));
    const std::weak_ptr<Reception> weak = weak_from_this();
    Door::Events events;
    events.listening = [weak](const TransportListener::Address& address) {
        if (const auto self = weak.lock()) self->listening(address);
    };
    events.candidate = [weak](const TransportListener::Candidate& candidate) {
        if (const auto self = weak.lock()) self->add_address(candidate.url, candidate.scope);
    };
    events.step = [weak](const TransportStep& step) {
        if (const auto self = weak.lock())
            self->steps_.tell(step.name, step.state, step.message, step.hint);
    };
    events.guest = [weak](const std::shared_ptr<Conversation>& visitor) {
        if (const auto self = weak.lock()) self->welcome(visitor);
    };
    events.turned_away = [weak](const Error& why) {
        if (const auto self = weak.lock())
            self->steps_.note("stranger", "Somebody was turned away: " + why.message, why.hint);
    };
    events.failed = [weak](const Error& why) {
        const auto self = weak.lock();
        if (self == nullptr || !self->done_) return;
        if (self->steps_.is_good()) self->steps_.failed("listen", why);
        self->end("It is closed.");
    };
    door_ = std::make_shared<Door>(place_, std::move(events));
    return door_->listen(options_.url, Json::parse(options_.transport_options));
}

void Reception::listening(const TransportListener::Address& address) {
    const auto weak = weak_from_this();
    router_is_asked_ = options_.asks_router && address.port != 0;
    if (router_is_asked_) {
        steps_.begin("router", "Asking the router to forward port " + std::to_string(address.port) +
                                   " to this computer.");
        const PortProtocol protocol =
            address.protocol == "tcp" ? PortProtocol::tcp : PortProtocol::udp;
        port_ = ports_.open(protocol, address.port, [weak](const PortEvent& event) {
            if (const auto self = weak.lock()) self->router_said(event);
        });
    }
    if (options_.waits || router_is_asked_) return;
    alarm_.set(addresses_take_ms, [weak] {
        if (const auto self = weak.lock()) self->addresses_known();
    });
}

void Reception::add_address(const std::string& url, const std::string& scope) {
    const std::string whole = url + '#' + mark_;
    addresses_->push_back({{"url", whole}, {"scope", scope}});
    steps_.note("address", whole + " is for " + scope_words(scope) + '.');
    if (scope == "home" && !options_.asks_router && !std::exchange(router_is_named_, true))
        steps_.note("router", "The router of this home was not asked to let others in.",
                    "With --router it is asked; or forward the port there by hand.");
}

void Reception::router_said(const PortEvent& event) {
    if (event.is_mapped) {
        const PortMapping& mapping = event.mapping;
        steps_.done("router",
                    mapping.router + " forwards port " + std::to_string(mapping.outside_port) +
                        " to this computer.",
                    {{"mapper", event.mapper}, {"outside_port", mapping.outside_port}});
        if (!mapping.outside_address.empty()) {
            const std::string url = scheme_ + "://" + mapping.outside_address + ':' +
                                    std::to_string(mapping.outside_port);
            addresses_->push_back({{"url", url + '#' + mark_}, {"scope", "router"}});
            steps_.note("address", url + '#' + mark_ + " is for everybody.");
        }
    } else {
        for (const PortTry& one : event.tried)
            steps_.note("router", one.title + ": " + one.why.message, one.why.hint);
    }
    if (!options_.waits) addresses_known();
}

void Reception::addresses_known() { end("It was only asked for the addresses."); }

void Reception::welcome(const std::shared_ptr<Conversation>& visitor) {
    const std::string words = spoken_words(visitor->session().connection()->hash());
    if (visitors_->size() < visitors_max)
        visitors_->push_back({{"client_id", visitor->peer()},
                              {"address", visitor->peer_address()},
                              {"words", words}});
    steps_.note("visitor", visitor->peer() + " has come, from " + visitor->peer_address() +
                               ". Both can read aloud: " + words + '.');
    const auto executor = place_.thread.io().get_executor();
    const auto nobody = [](std::exception_ptr, const mpst::Outcome&) {};
    const auto player = std::make_shared<std::optional<Speaker>>();
    visitor->protocols().offer<Join::Host, Join::Player>(
        std::string(join_protocol), SZ_CHANNEL_PLAY,
        [executor, weak = weak_from_this(), weak_visitor = std::weak_ptr(visitor),
         player](Join::Host::Start start) {
            const auto here = weak.lock();
            if (here == nullptr) return;
            mpst::spawn(
                executor, std::move(start),
                [here, player](Join::Host::Start first) {
                    return play_join_host(std::move(first), here->own_, here->let_in_, *player);
                },
                [weak_visitor, player](std::exception_ptr, const mpst::Outcome&) {
                    const auto joined = *player ? weak_visitor.lock() : nullptr;
                    if (joined != nullptr) joined->admit();
                });
        });
    visitor->protocols().offer<Doctor::Host, Doctor::Guest>(
        std::string(doctor_protocol), SZ_CHANNEL_PLAY, [executor, nobody](Doctor::Host::Start s) {
            mpst::spawn(executor, std::move(s), play_doctor_host, nobody);
        });
    visitor->protocols().offer<Transfer::Giver, Transfer::Taker>(
        std::string(transfer_protocol), SZ_CHANNEL_BULK,
        [executor, nobody, weak = weak_from_this()](Transfer::Giver::Start start) {
            const auto here = weak.lock();
            if (here == nullptr) return;
            mpst::spawn(
                executor, std::move(start),
                [here](Transfer::Giver::Start first) {
                    return play_giver(std::move(first), here->samples_);
                },
                nobody);
        });
    Conversation::Events events;
    const std::string who = visitor->peer();
    const auto say = [weak = weak_from_this(), who](const char* what) {
        return [weak, who, what] {
            if (const auto here = weak.lock()) here->steps_.note("visitor", who + what);
        };
    };
    events.waiting = say(" is not heard any more, and is waited for.");
    events.back = say(" is back.");
    events.ended = [weak = weak_from_this(), who](const Error& why) {
        if (const auto here = weak.lock())
            here->steps_.note("visitor", who + " has gone. " + why.message);
    };
    visitor->on(std::move(events));
}

void Reception::end(const std::string& reason) {
    const Done done = std::exchange(done_, nullptr);
    if (!done) return;
    const auto kept = shared_from_this();
    alarm_.off();
    if (port_) ports_.close(*std::exchange(port_, std::nullopt));
    if (door_ != nullptr) door_->close(reason);
    Json report{{"ok", steps_.is_good()},        {"url", options_.url},
                {"client_id", place_.client_id}, {"addresses", *addresses_},
                {"visitors", *visitors_},        {"steps", steps_.all()}};
    if (!steps_.is_good()) report["kind"] = kind_name(ErrorKind::environment);
    done(std::move(report));
}

}  // namespace sz::net
