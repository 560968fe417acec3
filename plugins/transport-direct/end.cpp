// SPDX-License-Identifier: AGPL-3.0-or-later
#include "end.hpp"

#include <algorithm>
#include <utility>

namespace direct {

namespace {

// What a peer or the system said may be no UTF-8.
std::string text_of(const Json& said) {
    return said.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void End::end(const Ending& ending) {
    if (std::exchange(has_ended_, true)) return;
    const auto kept = shared_from_this();  // until this function has returned
    line_->shut();
    drop();
    const Json said{{"code", ending.code},
                    {"message", ending.message},
                    {"hint", ending.hint},
                    {"reason", tame_reason(ending.reason)}};
    // First, so that who hears of it finds nothing under this handle any more.
    if (on_ended) on_ended(*this);
    if (is_known_) line_->events.closed(line_->handle, ending.why, text_of(said));
}

void End::step(const char* name, const char* state, const std::string& message,
               const std::string& hint) const {
    Json said{{"step", name}, {"state", state}, {"message", message}};
    if (!hint.empty()) said["hint"] = hint;
    line_->events.step(line_->handle, text_of(said));
}

void End::received(std::uint32_t channel, std::string_view message) const {
    line_->figures.received_messages += 1;
    line_->figures.received_bytes += message.size();
    line_->events.message(line_->handle, channel, message);
}

std::string tame_reason(std::string_view reason) {
    std::size_t length = std::min<std::size_t>(reason.size(), SZ_TRANSPORT_REASON_BYTES_MAX);
    // Not in the middle of a character, of which all bytes but the first begin with the bits 10.
    while (length > 0 && length < reason.size() && (reason[length] & 0xC0) == 0x80) --length;
    // The library's own way to mend UTF-8: writes U+FFFD for what is none.
    return Json::parse(text_of(Json(reason.substr(0, length)))).get<std::string>();
}

}  // namespace direct
