// SPDX-License-Identifier: AGPL-3.0-or-later
#include "incoming.hpp"

namespace direct::web {

Incoming::Incoming(asio::io_context& io, const Times& times, std::unique_ptr<Socket> socket,
                   Hooks hooks)
    : times_(times), timer_(io), socket_(std::move(socket)), hooks_(std::move(hooks)) {}

void Incoming::start() {
    timer_.expires_after(times_.handshake_max);
    timer_.async_wait([kept = shared_from_this(), this](error_code error) {
        if (!error) over();
    });
    socket_->secure_as_server([kept = shared_from_this(), this](error_code error) {
        if (!hooks_.gone) return;
        if (error) return over();
        socket_->read_request([kept, this](error_code wrong, bool is_upgrade) {
            if (hooks_.gone) requested(wrong, is_upgrade);
        });
    });
}

void Incoming::requested(const error_code& error, bool is_upgrade) {
    // Of TCP itself: there is nobody to answer.
    const bool is_of_tcp = error.category() == boost::system::system_category() ||
                           error.category() == asio::error::get_misc_category();
    if (error && is_of_tcp) return over();
    if (error) return answer(400, "This is no request that can be understood.\n");
    if (!is_upgrade)
        return answer(426, "This is a SessionZero table. Open its address in SessionZero.\n");
    auto seat = hooks_.ask_for_seat();
    if (!seat) return answer(503, no_seat_reason.c_str());
    seat_ = *std::move(seat);
    accept();
}

void Incoming::answer(unsigned status, const char* text) {
    socket_->answer(status, text, [kept = shared_from_this(), this](error_code) {
        if (hooks_.gone) over();
    });
}

void Incoming::accept() {
    socket_->accept([kept = shared_from_this(), this](error_code error) {
        if (!hooks_.gone) return;
        if (error) return over();
        const Hooks hooks = std::exchange(hooks_, {});
        timer_.cancel();
        hooks.entered(std::move(socket_), std::move(seat_));
        hooks.gone();
    });
}

void Incoming::over() {
    const Hooks hooks = std::exchange(hooks_, {});
    drop();
    if (hooks.gone) hooks.gone();
}

void Incoming::drop() {
    hooks_ = {};
    seat_ = Seat();
    timer_.cancel();
    if (socket_ != nullptr) socket_->drop();
}

}  // namespace direct::web
