// SPDX-License-Identifier: AGPL-3.0-or-later
#include "end.hpp"

#include <utility>

namespace direct {

void End::end(const Ending& ending) {
    if (std::exchange(has_ended_, true)) return;
    const auto kept = shared_from_this();  // until this function has returned
    line_->shut();
    drop();
    const Json said{{"code", ending.code},
                    {"message", ending.message},
                    {"hint", ending.hint},
                    {"reason", tame_reason(ending.reason)}};
    if (is_known_) line_->events.closed(line_->handle, ending.why, said.dump());
    if (on_ended) on_ended(*this);
}

void End::step(const char* name, const char* state, const std::string& message,
               const std::string& hint) const {
    Json said{{"step", name}, {"state", state}, {"message", message}};
    if (!hint.empty()) said["hint"] = hint;
    line_->events.step(line_->handle, said.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void End::received(std::uint32_t channel, std::string_view message) const {
    line_->figures.received_messages += 1;
    line_->figures.received_bytes += message.size();
    line_->events.message(line_->handle, channel, message);
}

std::string tame_reason(std::string_view reason) {
    const std::string cut(reason.substr(0, SZ_TRANSPORT_REASON_BYTES_MAX));
    // The library's own way to mend UTF-8: writes U+FFFD for what is none.
    const std::string quoted = Json(cut).dump(-1, ' ', false, Json::error_handler_t::replace);
    return Json::parse(quoted).get<std::string>();
}

}  // namespace direct
