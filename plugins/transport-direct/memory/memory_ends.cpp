// SPDX-License-Identifier: AGPL-3.0-or-later
#include "memory_ends.hpp"

#include <boost/asio/post.hpp>
#include <optional>
#include <utility>

namespace direct::memory {

namespace {

// Messages that are delivered before others have their turn.
constexpr int turn_messages = 16;

std::string url(const std::string& name) { return "memory://" + name; }

}  // namespace

MemoryConnection::MemoryConnection(Ends& all, std::shared_ptr<Line> line, std::string name,
                                   std::shared_ptr<Names> names)
    : End(std::move(line)), all_(all), name_(std::move(name)), names_(std::move(names)) {}

MemoryConnection::MemoryConnection(Ends& all, std::shared_ptr<Line> line,
                                   const std::shared_ptr<MemoryConnection>& peer, Seat seat)
    : End(std::move(line)), all_(all), name_(peer->name()), peer_(peer), seat_(std::move(seat)) {}

void MemoryConnection::begin() {
    if (names_ == nullptr) return;  // it is joined already
    const std::string wanted = "Looking for " + url(name_) + ".";
    step("connect", "begun", wanted);
    const auto found = names_->find(name_);
    if (found != names_->end())
        return found->second->accept(
            std::static_pointer_cast<MemoryConnection>(shared_from_this()));
    const std::string message = "Nobody listens at " + url(name_) + " in this program.";
    const std::string hint = "Begin to listen first; a name is known in one program only.";
    step("connect", "failed", message, hint);
    end({SZ_CLOSED_FAILED, "SZ-TRANSPORT-021", message, hint, {}});
}

void MemoryConnection::joined(const std::shared_ptr<MemoryConnection>& peer) {
    peer_ = peer;
    line().open();
    step("connect", "done", "Connected to " + url(name_) + ".");
    line().events.connected(line().handle, Json{{"peer", url(name_)}}.dump());
}

bool MemoryConnection::deliver_one(MemoryConnection& peer) {
    for (std::uint32_t channel = 0; channel < SZ_CHANNELS; ++channel) {
        const std::optional<std::string> message = line().pop(channel);
        if (!message) continue;
        line().figures.sent_messages += 1;
        line().figures.sent_bytes += message->size();
        peer.received(channel, *message);
        return true;
    }
    return false;
}

void MemoryConnection::flush() {
    const auto peer = peer_.lock();
    if (peer == nullptr || peer->has_ended()) return;
    for (int i = 0; i < turn_messages; ++i) {
        if (!deliver_one(*peer)) return;
    }
    boost::asio::post(all_.io(), [self = shared_from_this()] {
        if (!self->has_ended()) self->flush();
    });
}

void MemoryConnection::close(const std::string& reason) {
    const auto peer = peer_.lock();
    if (peer != nullptr && !peer->has_ended()) {
        while (deliver_one(*peer)) {
        }
        peer->end({SZ_CLOSED_PEER,
                   "SZ-TRANSPORT-004",
                   "The other side has closed the connection.",
                   {},
                   reason});
    }
    end({SZ_CLOSED_HERE, "SZ-TRANSPORT-003", "It was closed here.", {}, reason});
}

void MemoryConnection::drop() {
    peer_.reset();
    seat_ = Seat();
}

MemoryListener::MemoryListener(Ends& all, std::shared_ptr<Line> line, std::string name,
                               std::size_t most, std::shared_ptr<Names> names)
    : End(std::move(line)),
      all_(all),
      name_(std::move(name)),
      most_(most),
      names_(std::move(names)) {}

void MemoryListener::begin() {
    if (!names_->emplace(name_, this).second)
        return end({SZ_CLOSED_FAILED,
                    "SZ-TRANSPORT-010",
                    "Somebody in this program listens at " + url(name_) + " already.",
                    "Take another name.",
                    {}});
    line().events.listening(line().handle, Json{{"urls", Json::array({url(name_)})}}.dump());
    line().events.candidate(
        line().handle,
        Json{{"url", url(name_)}, {"family", "local"}, {"scope", "loopback"}}.dump());
}

void MemoryListener::accept(const std::shared_ptr<MemoryConnection>& peer) {
    auto seat = Seat::take(shared_line(), most_);
    if (!seat)
        return peer->end({SZ_CLOSED_FAILED, "SZ-TRANSPORT-022",
                          "The host takes no more connections.", "Try again later.",
                          no_seat_reason});
    const auto half = std::make_shared<MemoryConnection>(
        all_, all_.new_line(false, line().events, false), peer, std::move(*seat));
    all_.add(half);
    half->line().open();
    line().events.accepted(line().handle, half->line().handle, Json{{"peer", url(name_)}}.dump());
    peer->joined(half);
}

void MemoryListener::close(const std::string& reason) {
    end({SZ_CLOSED_HERE, "SZ-TRANSPORT-003", "It was closed here.", {}, reason});
}

void MemoryListener::drop() {
    const auto found = names_->find(name_);
    if (found != names_->end() && found->second == this) names_->erase(found);
}

}  // namespace direct::memory
