// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client.hpp"

#include <boost/asio/error.hpp>

#include "tls.hpp"

namespace direct::web {

namespace {

// Some tunnels know themselves without the usual port only (RFC 9110, section 7.2).
std::string host_field(const Address& where) {
    const std::string whole = place(where);
    const bool is_usual = where.port == (where.scheme == "wss" ? 443 : 80);
    return is_usual ? whole.substr(0, whole.rfind(':')) : whole;
}

}  // namespace

Client::Client(Ends& all, std::shared_ptr<Line> line, const Times& times, Address where,
               Options options)
    : Link(all, std::move(line), times),
      where_(std::move(where)),
      options_(std::move(options)),
      patience_(all.io()) {}

void Client::begin() {
    patience_.expires_after(options_.patience);
    patience_.async_wait([kept = shared_from_this(), this](error_code error) {
        if (!error && !has_ended()) out_of_patience();
    });
    if (where_.scheme == "wss") {
        const TlsContext made = tls_of_connection(options_);
        if (made.context == nullptr) return fail("tls", made.wrong);
        tls_ = made.context;
    }
    dial();
}

void Client::dial() {
    Dial::Hooks hooks;
    // Dial stops before this goes: drop() sees to it.
    hooks.step = [this](const char* name, const char* state, const std::string& message,
                        const std::string& hint) {
        step_ = name;
        step(name, state, message, hint);
    };
    hooks.connected = [kept = shared_from_this(), this](TcpSocket socket) {
        dialed(std::move(socket));
    };
    hooks.failed = [kept = shared_from_this(), this](const Said& why) {
        end({SZ_CLOSED_FAILED, why.code, why.message, why.hint, {}});
    };
    dial_ = std::make_shared<Dial>(all().io(), where_, std::move(hooks));
    dial_->start();
}

void Client::dialed(TcpSocket socket) {
    trying_ = new_socket(std::move(socket), tls_);
    const auto next = [kept = shared_from_this(), this, socket_kept = trying_](error_code error) {
        if (!has_ended()) secured(error);
    };
    if (tls_ != nullptr) {
        step_ = "tls";
        step("tls", "begun", "Asking " + place(where_) + " to encrypt.");
    }
    trying_->secure_as_client(where_.host, next);
}

void Client::secured(const error_code& error) {
    if (error) return fail("tls", why_not_trusted(where_, error, trying_->verdict()));
    if (tls_ != nullptr) step("tls", "done", "It is encrypted.");
    step_ = "upgrade";
    step("upgrade", "begun", "Asking " + place(where_) + " for the table.");
    trying_->upgrade(host_field(where_), where_.path,
                     [kept = shared_from_this(), this, socket_kept = trying_](
                         error_code wrong, const Socket::Answer& answer) {
                         if (!has_ended()) upgraded(wrong, answer);
                     });
}

void Client::upgraded(const error_code& error, const Socket::Answer& answer) {
    if (error && answer.is_ours && answer.status == 503)
        return fail("upgrade",
                    {"SZ-TRANSPORT-022", "The host takes no more connections.",
                     "Try again later, or ask the host."},
                    answer.reason);
    if (error || !answer.is_ours)
        return fail("upgrade", why_not_upgraded(where_, error, answer.status));
    step("upgrade", "done", "The table answers.");
    patience_.cancel();
    line().open();
    const std::string peer = url_of(where_.scheme, trying_->peer_address(), trying_->peer_port());
    line().events.connected(line().handle, Json{{"peer", peer}}.dump());
    start(std::exchange(trying_, nullptr));
}

void Client::fail(const char* step_name, const Said& why, const std::string& reason) {
    step(step_name, "failed", why.message, why.hint);
    end({SZ_CLOSED_FAILED, why.code, why.message, why.hint, reason});
}

void Client::out_of_patience() {
    if (trying_ == nullptr) return fail(step_, why_not_connected(where_, asio::error::timed_out));
    fail(step_,
         {"SZ-TRANSPORT-025", place(where_) + " answers, but no connection came of it in time.",
          "It may be another program, or the network is very slow."});
}

void Client::drop() {
    patience_.cancel();
    // Each may be what calls this, so it stays until that has returned.
    if (const auto dial = std::exchange(dial_, nullptr)) dial->stop();
    if (const auto trying = std::exchange(trying_, nullptr)) trying->drop();
    Link::drop();
}

}  // namespace direct::web
