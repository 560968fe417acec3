// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ends.hpp"

#include <boost/asio/post.hpp>
#include <utility>
#include <vector>

namespace direct {

std::shared_ptr<Line> Ends::new_line(bool is_listener, const TransportEvents& events,
                                     bool has_datagrams) {
    auto line = std::make_shared<Line>(++last_, is_listener, events, has_datagrams);
    const std::lock_guard lock(mutex_);
    lines_.emplace(line->handle, line);
    return line;
}

void Ends::add(const std::shared_ptr<End>& end) {
    end->on_ended = [this](End& ended) {
        const Handle handle = ended.line().handle;
        {
            const std::lock_guard lock(mutex_);
            lines_.erase(handle);
        }
        ends_.erase(handle);
    };
    ends_.emplace(end->line().handle, end);
}

std::shared_ptr<Line> Ends::find(Handle handle) {
    const std::lock_guard lock(mutex_);
    const auto found = lines_.find(handle);
    return found == lines_.end() ? nullptr : found->second;
}

template <class Fn>
void Ends::with_end(Handle handle, Fn fn) {
    boost::asio::post(io_, [this, handle, fn = std::move(fn)] {
        const auto found = ends_.find(handle);
        if (found == ends_.end()) return;
        const std::shared_ptr<End> end = found->second;
        fn(*end);
    });
}

sz_status Ends::send(Handle connection, std::uint32_t channel, std::string_view message) {
    const auto line = find(connection);
    if (line == nullptr || line->is_listener) return SZ_ERR_NOT_FOUND;
    bool is_first = false;
    const sz_status status = line->push(channel, message, is_first);
    if (status == SZ_OK && is_first) with_end(connection, [](End& end) { end.flush(); });
    return status;
}

sz_status Ends::protect(Handle connection, const Key& send, const Key& receive) {
    const auto line = find(connection);
    if (line == nullptr || line->is_listener) return SZ_ERR_NOT_FOUND;
    const sz_status status = line->begin_protect();
    if (status == SZ_OK)
        with_end(connection, [send, receive](End& end) { end.protect(send, receive); });
    return status;
}

sz_status Ends::close(Handle handle, std::string_view reason) {
    const auto line = find(handle);
    if (line == nullptr || !line->begin_close()) return SZ_ERR_NOT_FOUND;
    with_end(handle, [said = std::string(reason.substr(0, SZ_TRANSPORT_REASON_BYTES_MAX))](
                         End& end) { end.close(said); });
    return SZ_OK;
}

sz::plugin::Result<std::string> Ends::statistics(Handle handle) {
    const auto line = find(handle);
    if (line == nullptr) return sz::plugin::fault(SZ_ERR_NOT_FOUND);
    const Figures& figures = line->figures;
    if (line->is_listener)
        return Json{{"connections", figures.connections.load()},
                    {"refused", figures.refused.load()}}
            .dump();
    Json all{{"sent_bytes", figures.sent_bytes.load()},
             {"received_bytes", figures.received_bytes.load()},
             {"sent_messages", figures.sent_messages.load()},
             {"received_messages", figures.received_messages.load()},
             {"queued_bytes", line->queued_bytes()}};
    if (const auto us = figures.round_trip_us.load(); us >= 0)
        all["round_trip_ms"] = static_cast<double>(us) / 1000;
    if (const auto loss = figures.loss_millionths.load(); loss >= 0)
        all["loss"] = static_cast<double>(loss) / 1e6;
    return all.dump();
}

void Ends::close_all(const std::string& reason) {
    std::vector<std::shared_ptr<End>> all;
    for (const auto& [handle, end] : ends_) all.push_back(end);
    for (const auto& end : all) {
        if (end->line().begin_close()) end->close(reason);
    }
}

}  // namespace direct
