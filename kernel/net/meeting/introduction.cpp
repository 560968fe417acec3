// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/meeting/introduction.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/log.hpp"
#include "kernel/net/words.hpp"

namespace sz::net {

Result<std::shared_ptr<Introduction>> Introduction::call(Place& place, const std::string& url,
                                                         const Json& options,
                                                         std::vector<ExpectedPeer> expected,
                                                         Step step, Done done) {
    auto made = std::make_shared<Introduction>(place, std::move(step), std::move(done));
    made->expected_ = std::move(expected);
    SZ_ASSIGN(made->path_, place.transports.connect(url, options, made->ears()));
    return made;
}

std::shared_ptr<Introduction> Introduction::answer(Place& place,
                                                   std::unique_ptr<TransportConnection> path,
                                                   Done done) {
    auto made = std::make_shared<Introduction>(place, nullptr, std::move(done));
    made->path_ = std::move(path);
    made->path_->on(made->ears());
    if (auto ready = made->prepare(noise::Role::responder); !ready) {
        log::error("net", ready.error().message);
        made->path_->close("This computer cannot say who it is.");
    } else {
        made->watch();
    }
    return made;
}

Status Introduction::prepare(noise::Role role) {
    HandshakeOptions options;
    options.role = role;
    options.client_id = place_.client_id;
    options.sign = [this](std::string_view message) {
        return place_.identity.sign(place_.client_id, message);
    };
    options.expected = expected_;
    SZ_ASSIGN(handshake_, Handshake::create(std::move(options), place_.now()));
    return {};
}

TransportConnection::Events Introduction::ears() {
    const std::weak_ptr<Introduction> weak = weak_from_this();
    TransportConnection::Events events;
    events.connected = [weak](const std::string&) {
        if (const auto self = weak.lock()) self->connected();
    };
    events.message = [weak](std::uint32_t channel, const std::string& message) {
        if (const auto self = weak.lock()) self->received(channel, message);
    };
    events.step = [weak](const TransportStep& step) {
        const auto self = weak.lock();
        if (self != nullptr && self->step_) self->step_(step);
    };
    events.ended = [weak](const TransportEnd& end) {
        const auto self = weak.lock();
        if (self == nullptr) return;
        Error error = end.error;
        if (!end.reason.empty()) error.message += " It says: " + end.reason;
        self->fail_with(error);
    };
    return events;
}

void Introduction::tell_step(const char* state, const std::string& message,
                             const std::string& hint) {
    if (step_) step_({"handshake", state, message, hint});
}

// Its patience counts from here: the transport had its own.
void Introduction::connected() {
    const auto kept = shared_from_this();
    tell_step("begun", "Both prove who they are.");
    if (auto ready = prepare(noise::Role::initiator); !ready) return fail_with(ready.error());
    shake(handshake_->start());
    watch();
}

void Introduction::watch() {
    const SteadyMs until = greeting_ ? greeting_->deadline() : handshake_->deadline();
    alarm_.set(until - place_.now(), [this, weak = weak_from_this()] {
        const auto self = weak.lock();
        if (self == nullptr) return;
        const Status late =
            greeting_ ? greeting_->tick(place_.now()) : handshake_->tick(place_.now());
        if (late) return watch();
        fail_with(late.error());
    });
}

void Introduction::received(std::uint32_t channel, const std::string& message) {
    if (greeting_) return received_greeting(channel, message);
    shake(handshake_->receive(channel, message, place_.now()));
}

void Introduction::shake(Result<std::optional<Packet>> answer) {
    const auto kept = shared_from_this();
    if (!answer) return fail_with(answer.error());
    if (*answer) {
        if (auto sent = path_->send((*answer)->channel, (*answer)->bytes); !sent)
            return fail_with(sent.error());
    }
    if (handshake_->is_done()) finish_handshake();
}

void Introduction::finish_handshake() {
    auto channel = handshake_->finish();
    if (!channel) return fail_with(channel.error());
    keys_ = channel->wire_keys();
    if (channel->role() == noise::Role::initiator) {
        tell_step("done", "The host is " + channel->peer_client_id() +
                              ". Both can read aloud: " + spoken_words(channel->hash()) + '.');
        protect();
        Introduced introduced;
        introduced.channel = *std::move(channel);
        return finish(std::move(introduced));
    }
    greeting_.emplace(*std::move(channel), place_.now());
    watch();
}

// Who was called protects when the other is known to have the keys, too: before, what has to be
// sent again could not be opened there.
void Introduction::received_greeting(std::uint32_t channel, const std::string& message) {
    if (auto taken = greeting_->receive(channel, message); !taken) return fail_with(taken.error());
    if (!greeting_->is_here()) return;
    protect();
    Introduced introduced;
    introduced.greeting = std::move(greeting_);
    greeting_.reset();
    finish(std::move(introduced));
}

void Introduction::protect() {
    TransportConnection::Key send{}, receive{};
    std::copy(keys_->send.bytes().begin(), keys_->send.bytes().end(), send.begin());
    std::copy(keys_->receive.bytes().begin(), keys_->receive.bytes().end(), receive.begin());
    const Status done = path_->protect(send, receive);
    if (!done && done.error().code != "SZ-NET-103") log::warning("net", done.error().message);
    keys_.reset();
}

void Introduction::fail_with(const Error& error) {
    if (handshake_)
        tell_step("failed", error.message, error.hint);  // before, it is the transport's
    if (path_ != nullptr) path_->close(error.message);
    finish(fail(error));
}

void Introduction::finish(Result<Introduced> result) {
    const auto kept = shared_from_this();
    alarm_.off();
    if (result) {
        path_->on({});
        result->path = std::move(path_);
    }
    if (const Done done = std::exchange(done_, nullptr)) done(std::move(result));
    path_.reset();
}

void Introduction::stop() {
    alarm_.off();
    done_ = nullptr;
    step_ = nullptr;
    if (path_ != nullptr) path_->on({});
    path_.reset();
}

}  // namespace sz::net
