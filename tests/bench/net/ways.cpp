// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/net/ways.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "kernel/net/meeting/introduction.hpp"
#include "tests/bench/net/stop.hpp"

namespace sz::netbench {

using namespace sz::net;

namespace {

template <class Fn, class... Args>
void tell(const Fn& fn, Args&&... args) {
    if (!fn) return;
    const Fn kept = fn;
    kept(std::forward<Args>(args)...);
}

class PlainWay final : public Way {
  public:
    explicit PlainWay(std::unique_ptr<TransportConnection> path) : path_(std::move(path)) {
        TransportConnection::Events events;
        events.message = [this](std::uint32_t channel, const std::string& bytes) {
            message(channel, bytes);
        };
        events.writable = [this](std::uint32_t) { tell(room); };
        events.ended = [this](const TransportEnd& end) { tell(ended, end.error); };
        path_->on(std::move(events));
    }
    bool send(std::uint32_t channel, std::string_view bytes) override {
        return must(path_->send(channel, bytes));
    }

  private:
    std::unique_ptr<TransportConnection> path_;
};

// As net::Conversation, with messages instead of protocols.
class SessionWay final : public Way, public std::enable_shared_from_this<SessionWay> {
  public:
    SessionWay(Place& place, Session session, std::unique_ptr<TransportConnection> path)
        : place_(place),
          session_(std::move(session)),
          path_(std::move(path)),
          alarm_(place.thread) {
        TransportConnection::Events events;
        events.message = [this](std::uint32_t channel, const std::string& bytes) {
            must(session_.receive(channel, bytes, place_.now()));
            pump();
        };
        events.writable = [this](std::uint32_t) { pump(); };
        events.ended = [this](const TransportEnd& end) { tell(ended, end.error); };
        path_->on(std::move(events));
    }
    bool send(std::uint32_t channel, std::string_view bytes) override {
        const Status sent = session_.send(channel, std::string(bytes));
        if (!sent && sent.error().code == "SZ-NET-044") return false;
        must(sent);
        pump();
        return true;
    }
    void pump() {
        if (std::exchange(is_pumping_, true)) {
            is_again_ = true;
            return;
        }
        const auto kept = weak_from_this().lock();
        do {
            is_again_ = false;
            for (std::uint32_t channel = 0; channel < channels; ++channel) say(channel);
            for (const SessionEvent& event : session_.take_events()) take(event);
        } while (is_again_);
        is_pumping_ = false;
        watch();
    }

  private:
    void say(std::uint32_t channel) {
        auto& packet = pending_[channel];
        while (packet || (packet = session_.next_packet(channel))) {
            const auto sent = path_->send(packet->channel, packet->bytes);
            if (!sent || !*sent) return;  // its end comes as an event
            packet.reset();
        }
    }
    void take(const SessionEvent& event) {
        switch (event.kind) {
            case SessionEvent::Kind::up: return tell(up);
            case SessionEvent::Kind::message: return message(event.channel, event.bytes);
            case SessionEvent::Kind::room: return tell(room);
            default: stop_with("A session was lost.");
        }
    }
    void watch() {
        const auto at = session_.next_tick();
        if (!at) return;
        alarm_.set_by(*at, place_.now(), [this] {
            session_.tick(place_.now());
            pump();
        });
    }

    Place& place_;
    Session session_;
    std::unique_ptr<TransportConnection> path_;
    std::array<std::optional<Packet>, channels> pending_;
    Alarm alarm_;
    bool is_pumping_ = false, is_again_ = false;
};

class PlainPorch final : public Porch {
  public:
    PlainPorch(Place& place, const std::string& url, Listening listening, GotWay got) {
        TransportListener::Events events;
        events.listening = [listening =
                                std::move(listening)](const TransportListener::Address& where) {
            listening(where.urls.at(0));
        };
        events.accepted = [got = std::move(got)](std::unique_ptr<TransportConnection> path,
                                                 const std::string&) {
            got(std::make_shared<PlainWay>(std::move(path)));
        };
        listener_ = must(place.transports.listen(url, Json::object(), std::move(events)));
    }

  private:
    std::unique_ptr<TransportListener> listener_;
};

class SessionPorch final : public Porch {
  public:
    SessionPorch(Place& place, const std::string& url, Listening listening, GotWay got)
        : place_(place), got_(std::move(got)) {
        TransportListener::Events events;
        events.listening = [listening =
                                std::move(listening)](const TransportListener::Address& where) {
            listening(where.urls.at(0));
        };
        events.accepted = [this](std::unique_ptr<TransportConnection> path, const std::string&) {
            somebody(std::move(path));
        };
        listener_ = must(place.transports.listen(url, Json::object(), std::move(events)));
    }
    ~SessionPorch() override {
        for (const auto& one : strangers_) one->stop();
    }

  private:
    void somebody(std::unique_ptr<TransportConnection> path) {
        const auto own = std::make_shared<std::weak_ptr<Introduction>>();
        auto one =
            Introduction::answer(place_, std::move(path), [this, own](Result<Introduced> who) {
                strangers_.erase(own->lock());
                if (!who) return;
                auto session = must(Session::accept(*who->greeting, {}, place_.now()));
                auto way =
                    std::make_shared<SessionWay>(place_, std::move(session), std::move(who->path));
                got_(way);
                way->pump();
            });
        *own = one;
        strangers_.insert(std::move(one));
    }

    Place& place_;
    GotWay got_;
    std::unique_ptr<TransportListener> listener_;
    std::set<std::shared_ptr<Introduction>> strangers_;
};

}  // namespace

void call_plainly(Place& place, const std::string& url, const GotWay& got) {
    const auto path = std::make_shared<std::unique_ptr<TransportConnection>>();
    TransportConnection::Events events;
    events.connected = [path, got](const std::string&) {
        got(std::make_shared<PlainWay>(std::move(*path)));
    };
    events.ended = [](const TransportEnd& end) { stop_with(end.error.message); };
    *path = must(place.transports.connect(url, Json::object(), std::move(events)));
}

void call_session(Place& place, const std::string& url, const GotWay& got) {
    const auto own = std::make_shared<std::shared_ptr<Introduction>>();
    *own = must(Introduction::call(
        place, url, Json::object(), {}, nullptr, [&place, own, got](Result<Introduced> who) {
            own->reset();
            if (!who) stop_with(who.error().message);
            auto session = must(Session::open(*std::move(who->channel), {}, place.now()));
            const auto way =
                std::make_shared<SessionWay>(place, std::move(session), std::move(who->path));
            way->up = [got, way = way.get()] { got(way->shared_from_this()); };
            // Until it is up nobody else has it.
            way->ended = [way](const Error& why) { stop_with(why.message); };
            way->pump();
        }));
}

std::unique_ptr<Porch> Porch::plain(Place& place, const std::string& url, Listening listening,
                                    GotWay got) {
    return std::make_unique<PlainPorch>(place, url, std::move(listening), std::move(got));
}
std::unique_ptr<Porch> Porch::sessions(Place& place, const std::string& url, Listening listening,
                                       GotWay got) {
    return std::make_unique<SessionPorch>(place, url, std::move(listening), std::move(got));
}

}  // namespace sz::netbench
