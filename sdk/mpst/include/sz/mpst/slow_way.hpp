// SPDX-License-Identifier: AGPL-3.0-or-later
// What an operation does when it cannot be done at once: wait, or go through a channel.
#pragma once

#include <cassert>

#include "state.hpp"

namespace mpst {

namespace detail {

[[noreturn]] inline void not_passed(EndpointBase& endpoint, AnyChannel& channel, Passage passage,
                                    std::string_view label, const Where& where) {
    const Notice notice = channel.notice();
    Failure failure;
    failure.received = label;
    failure.why = shown(notice.why);
    switch (passage) {
        case Passage::cancelled:
            failure.what = Trouble::cancelled;
            failure.by = shown(notice.by);
            failure.at = shown(notice.at);
            endpoint.conversation().cancel({failure.by, failure.at, failure.why});
            break;
        case Passage::too_long: failure.what = Trouble::too_long; break;
        case Passage::disconnected: failure.what = Trouble::disconnected; break;
        default: failure.what = Trouble::deadline; break;
    }
    endpoint.fail(std::move(failure), where);
}

template <message M, class Away>
void write_frame(Away& away, const M& message) {
    away.frame.label = label_of<M>();
    away.frame.payload.clear();
    away.form_of(tag_of<M>).write(away.frame.payload, &message);
}

// To a peer in another program, or when the queue is full.
template <class Role, class Peer, message M>
[[gnu::noinline]] void push_slowly(Endpoint<Role>& endpoint, Port<Role, Peer>& port, M& message,
                                   const Where& where) {
    if (port.away == nullptr) {
        endpoint.wait(port.out.core().of_writer, endpoint.patience, where,
                      [&port] { return port.out.has_room(); });
        port.out.push(std::move(message));
        return;
    }
    write_frame(*port.away, message);
    const Passage passage =
        port.away->channel->send(port.away->frame, time_after(endpoint.patience));
    if (passage != Passage::done)
        not_passed(endpoint, *port.away->channel, passage, label_of<M>(), where);
}

// The frame's message into the port's queue, when it is M. Whether it was.
template <message M, class Port>
bool admit(EndpointBase& endpoint, Port& port, const Where& where) {
    if (port.away->frame.label != label_of<M>()) return false;
    Reader reader(port.away->frame.payload);
    const auto read = port.away->form_of(tag_of<M>).read;
    const bool is_whole =
        port.away->arrived.push_made(tag_of<M>, [&](std::byte* at) { return read(reader, at); });
    if (!is_whole) {
        Failure failure;
        failure.what = Trouble::bad_payload;
        failure.received = label_of<M>();
        failure.why = reader.is_good() ? "There are bytes behind it." : "Bytes are missing in it.";
        endpoint.fail(std::move(failure), where);
    }
    [[maybe_unused]] const bool is_there = port.in.has_message();
    assert(is_there);
    return true;
}

template <class Port, class... Way>
void admit_one(EndpointBase& endpoint, Port& port, const Where& where) {
    if ((admit<typename Way::message>(endpoint, port, where) || ...)) return;
    Failure failure;
    failure.what = Trouble::wrong_message;
    failure.received = shown(port.away->frame.label);
    endpoint.fail(std::move(failure), where);
}

template <class Role, class Port, class... Way>
[[gnu::noinline]] void pull_slowly(Endpoint<Role>& endpoint, Port& port, const within* limit,
                                   const Where& where) {
    const Clock::duration patience = limit != nullptr ? limit->time : endpoint.patience;
    if (port.away == nullptr) {
        endpoint.wait(port.in.core().of_reader, patience, where,
                      [&port] { return port.in.has_message(); });
        return;
    }
    const auto until = time_after(patience);
    const Passage passage = port.away->channel->receive(port.away->frame, until);
    if (passage != Passage::done) not_passed(endpoint, *port.away->channel, passage, {}, where);
    admit_one<Port, Way...>(endpoint, port, where);
}

}  // namespace detail

}  // namespace mpst
