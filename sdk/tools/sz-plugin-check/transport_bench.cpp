// SPDX-License-Identifier: AGPL-3.0-or-later
#include "transport_bench.hpp"

#include <algorithm>
#include <string_view>

namespace check {

using sz::plugin::bytes;
using sz::plugin::parse_json;
using sz::plugin::str;
using sz::plugin::view;

namespace {

bool has_scheme(const sz_transport& transport, const std::string& url) {
    const std::string wanted = " " + url.substr(0, url.find("://")) + " ";
    return (" " + std::string(view(transport.schemes)) + " ").find(wanted) != std::string::npos;
}

std::string with(const std::string& options, const Json& more) {
    auto all = parse_json(options.empty() ? "{}" : options);
    if (!all || !all->is_object()) throw Broken("The options are no JSON object.");
    all->update(more);
    return all->dump();
}

}  // namespace

Recorder::Recorder()
    : table_{sizeof(sz_transport_events),
             0,
             this,
             [](void* self, Handle listener, sz_str json) {
                 of(self).note(listener, "listening", json,
                               [](Seen& seen, Json said) { seen.opened = std::move(said); });
             },
             [](void* self, Handle listener, sz_str json) {
                 of(self).note(listener, "candidate", json, [](Seen&, const Json&) {});
             },
             [](void* self, Handle listener, Handle connection, sz_str json) {
                 of(self).note(listener, "accepted", json, [&](Seen& seen, Json said) {
                     seen.accepted.push_back(connection);
                     Seen& fresh = of(self).seen_[connection];
                     if (!fresh.opened.is_null()) of(self).blame("It accepts a handle twice.");
                     fresh.opened = std::move(said);
                 });
             },
             [](void* self, Handle connection, sz_str json) {
                 of(self).note(connection, "connected", json, [&](Seen& seen, Json said) {
                     if (!seen.opened.is_null()) of(self).blame("It says `connected` twice.");
                     seen.opened = std::move(said);
                 });
             },
             [](void* self, Handle connection, std::uint32_t channel, sz_bytes message) {
                 of(self).note(connection, "message", str("{}"), [&](Seen& seen, const Json&) {
                     if (seen.opened.is_null())
                         of(self).blame("A message comes before `connected`.");
                     seen.messages.push_back({channel, std::string(sz::plugin::chars(message))});
                 });
             },
             [](void* self, Handle connection, std::uint32_t channel) {
                 of(self).note(connection, "writable", str("{}"), [&](Seen& seen, const Json&) {
                     if (channel < SZ_CHANNELS) ++seen.writable.at(channel);
                 });
             },
             [](void* self, Handle connection, std::uint32_t, sz_str json) {
                 of(self).note(connection, "path", json, [](Seen&, const Json&) {});
             },
             [](void* self, Handle handle, sz_str json) {
                 of(self).note(handle, "step", json, [](Seen&, const Json&) {});
             },
             [](void* self, Handle handle, std::uint32_t why, sz_str json) {
                 of(self).note(handle, "closed", json, [&](Seen& seen, Json said) {
                     seen.closed += 1;
                     seen.why = why;
                     seen.closing = std::move(said);
                 });
             }} {}

template <class Note>
void Recorder::note(Handle handle, const char* event, sz_str json, Note fn) {
    std::unique_lock lock(mutex_);
    Seen& seen = seen_[handle];
    if (std::this_thread::get_id() == caller_)
        blame(std::string("It tells of `") + event + "` from inside of a call.");
    else if (seen.is_telling)
        blame(std::string("It tells of `") + event + "` while it tells of something else.");
    if (seen.closed > 0)
        blame(std::string(event) == "closed"
                  ? "It says `closed` twice."
                  : std::string("It tells of `") + event + "` after `closed`.");
    auto said = parse_json(view(json));
    if (!said || !said->is_object())
        blame(std::string("What it says with `") + event + "` is no JSON object.");
    if (std::this_thread::get_id() != caller_ && std::string_view(event) == "message") {
        seen.is_telling = true;
        news_.wait_for(lock, 2 * wait_max, [&] { return !holds_; });
        seen.is_telling = false;
    }
    fn(seen, said ? *std::move(said) : Json::object());
    lock.unlock();
    news_.notify_all();
}

Seen Recorder::seen(Handle handle) {
    const std::lock_guard lock(mutex_);
    return seen_[handle];
}

std::vector<Handle> Recorder::handles() {
    const std::lock_guard lock(mutex_);
    std::vector<Handle> all;
    for (const auto& [handle, seen] : seen_) all.push_back(handle);
    return all;
}

void Recorder::hold(bool holds) {
    {
        const std::lock_guard lock(mutex_);
        holds_ = holds;
    }
    news_.notify_all();
}

std::string Recorder::wrong() {
    const std::lock_guard lock(mutex_);
    return wrong_;
}

void Recorder::complain(const std::string& what) {
    const std::lock_guard lock(mutex_);
    blame(what);
}

void Recorder::blame(const std::string& what) {
    if (wrong_.empty()) wrong_ = what;
}

Bench::Bench(const Subject& subject, const TransportPlace& place) : place_(place) {
    plugin_ =
        std::make_unique<sz::plugin::testing::LoadedPlugin>(subject.library(), subject.data_dir);
    const auto& all = plugin_->extension<sz_transports>(SZ_TRANSPORTS_ID);
    for (std::uint32_t i = 0; i < all.count; ++i)
        if (has_scheme(*all.items[i], place.url)) transport_ = all.items[i];
    expect(transport_ != nullptr, "It has no transport for " + place.url + ".");
}

sz_status Bench::try_listen(const std::string& url, const std::string& options, Handle& handle,
                            FindingList& findings) const {
    return transport_->listen(transport_->self, str(url), str(options), seen.table(), &handle,
                              findings.table());
}

sz_status Bench::try_connect(const std::string& url, const std::string& options, Handle& handle,
                             FindingList& findings) const {
    return transport_->connect(transport_->self, str(url), str(options), seen.table(), &handle,
                               findings.table());
}

Handle Bench::listen(std::string& url, const Json& more) {
    Handle handle = 0;
    FindingList findings;
    const sz_status status = try_listen(place_.url, with(place_.options, more), handle, findings);
    expect(status == SZ_OK && handle != 0,
           "listen gives status " + std::to_string(status) + " and handle " +
               std::to_string(handle) +
               (findings.items.empty() ? "." : ": " + findings.items.front().message));
    opened_.push_back(handle);
    seen.wait(handle, "`listening` does not come.",
              [](const Seen& s) { return !s.opened.is_null() || s.closed > 0; });
    const Seen now = seen.seen(handle);
    expect(!now.opened.is_null(), "It does not listen: " + now.closing.dump());
    const Json urls = now.opened.value("urls", Json::array());
    expect(urls.is_array() && !urls.empty() && urls[0].is_string(),
           "`listening` names no URL under \"urls\".");
    url = urls[0].get<std::string>();
    return handle;
}

Handle Bench::connect(const std::string& url, const Json& more) {
    Handle handle = 0;
    FindingList findings;
    const sz_status status = try_connect(url, with(place_.connect_options, more), handle, findings);
    expect(status == SZ_OK && handle != 0,
           "connect gives status " + std::to_string(status) + " and handle " +
               std::to_string(handle) +
               (findings.items.empty() ? "." : ": " + findings.items.front().message));
    opened_.push_back(handle);
    return handle;
}

Bench::Pair Bench::join(const Json& more) {
    std::string url;
    const Handle listener = listen(url, more);
    return join_at(listener, url);
}

Bench::Pair Bench::join_at(Handle listener, const std::string& url) {
    Pair pair;
    pair.listener = listener;
    pair.url = url;
    const std::size_t before = seen.seen(listener).accepted.size();
    pair.client = connect(url);
    seen.wait(pair.client, "`connected` does not come.",
              [](const Seen& s) { return !s.opened.is_null() || s.closed > 0; });
    const Seen now = seen.seen(pair.client);
    expect(now.closed == 0, "It does not connect: " + now.closing.dump());
    seen.wait(listener, "`accepted` does not come.",
              [&](const Seen& s) { return s.accepted.size() > before; });
    pair.server = seen.seen(listener).accepted.back();
    return pair;
}

sz_status Bench::send(Handle connection, std::uint32_t channel, const std::string& message) const {
    return transport_->send(transport_->self, connection, channel, bytes(message));
}

void Bench::send_surely(Handle connection, std::uint32_t channel, const std::string& message) {
    while (true) {
        const unsigned before = seen.seen(connection).writable.at(channel);
        const sz_status status = send(connection, channel, message);
        if (status == SZ_OK) return;
        expect(status == SZ_ERR_LIMIT,
               "send gives status " + std::to_string(status) + " on a connection that is open.");
        seen.wait(connection, "`writable` does not come after SZ_ERR_LIMIT.",
                  [&](const Seen& s) { return s.writable.at(channel) > before || s.closed > 0; });
    }
}

sz_status Bench::close(Handle handle, const std::string& reason) const {
    return transport_->close(transport_->self, handle, str(reason));
}

Json Bench::statistics(Handle handle) const {
    const auto text = sz::plugin::read_text(
        [&](sz_sink out) { return transport_->statistics(transport_->self, handle, out); });
    if (!text) return nullptr;
    auto parsed = parse_json(*text);
    return parsed ? *std::move(parsed) : Json("no JSON");
}

void Bench::wait_closed(Handle handle, const std::string& what) {
    seen.wait(handle, what, [](const Seen& s) { return s.closed > 0; });
}

void Bench::wait_messages(Handle handle, std::size_t count) {
    const auto came = [&] { return std::to_string(seen.seen(handle).messages.size()); };
    try {
        seen.wait(handle, "", [&](const Seen& s) { return s.messages.size() >= count; });
    } catch (const Broken&) {
        throw Broken("Of " + std::to_string(count) + " messages " + came() + " came.");
    }
}

std::string Bench::finish() {
    seen.hold(false);
    plugin_.reset();
    std::vector<Handle> known = opened_;
    for (const Handle handle : seen.handles())
        for (const Handle accepted : seen.seen(handle).accepted) known.push_back(accepted);
    std::sort(known.begin(), known.end());
    if (std::adjacent_find(known.begin(), known.end()) != known.end())
        seen.complain("It uses a handle twice.");
    for (const Handle handle : known)
        if (seen.seen(handle).closed == 0)
            seen.complain("`closed` does not come before deinit has returned.");
    for (const Handle handle : seen.handles())
        if (!std::binary_search(known.begin(), known.end(), handle) &&
            !seen.seen(handle).opened.is_null())
            seen.complain("It tells of a handle that nobody has.");
    return seen.wrong();
}

}  // namespace check
