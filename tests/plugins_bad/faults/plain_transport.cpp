// SPDX-License-Identifier: AGPL-3.0-or-later
// A small sound transport inside of one program, plain://NAME; and, with the option "fault", one
// that breaks a rule of ext/transport.h:
//   loses        every 50th message         closes-twice  `closed` comes twice
//   swaps        messages of a channel      from-inside   `message` comes from inside of send
//   hoards       never SZ_ERR_LIMIT         forgets-room  never `writable`
//   bulk-first   play waits for bulk        drops         at a close, what was sent before
//   no-end       no `closed` at deinit      nonsense      takes any options
#include <sz/cpp/json.hpp>
#include <sz/cpp/plugin.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace plain {

using sz::plugin::Json;
using sz::plugin::Result;
using sz::plugin::TransportEvents;
using Handle = sz_transport_handle;

constexpr std::size_t room_bytes = 100'000;

struct End {
    End(Handle number, const TransportEvents& to) : handle(number), events(to) {}
    Handle handle;
    TransportEvents events;
    std::string name;  // of a listener
    std::size_t most = 64;
    Handle listener = 0, peer = 0;  // of a connection
    bool is_open = false, is_closing = false, is_refusing[SZ_CHANNELS] = {};
    std::string reason;
    std::deque<std::string> queues[SZ_CHANNELS];
    std::size_t bytes[SZ_CHANNELS] = {};
    std::uint64_t sent = 0, received = 0;
};

// All state is guarded by one mutex; the thread takes one step at a time, and tells of it without
// the mutex.
class PlainTransport final : public sz::plugin::Transport {
  public:
    PlainTransport() : Transport({"plain", "Plain", "plain"}), thread_([this] { run(); }) {}
    ~PlainTransport() override {
        {
            const std::lock_guard lock(mutex_);
            is_over_ = true;
            for (auto& [handle, end] : ends_) {
                if (!has_fault("no-end")) end->is_closing = true;
            }
        }
        news_.notify_all();
        thread_.join();
    }

    Result<Handle> listen(std::string_view url, std::string_view options,
                          const TransportEvents& events) override {
        auto end = make(url, options, events);
        if (!end) return end.error();
        const std::string name = (*end)->name;
        return add(std::move(*end), [this, name](End& self) {
            if (listeners_.contains(name)) return fail(self, "The name is taken.");
            listeners_[name] = self.handle;
            tell([&self, name] {
                self.events.listening(self.handle,
                                      Json{{"urls", Json::array({"plain://" + name})}}.dump());
            });
        });
    }
    Result<Handle> connect(std::string_view url, std::string_view options,
                           const TransportEvents& events) override {
        auto end = make(url, options, events);
        if (!end) return end.error();
        const std::string name = (*end)->name;
        (*end)->name.clear();
        return add(std::move(*end), [this, name](End& self) { knock(self, name); });
    }
    sz_status send(Handle connection, std::uint32_t channel, std::string_view message) override {
        std::unique_lock lock(mutex_);
        const auto found = ends_.find(connection);
        if (found == ends_.end() || !found->second->is_open || found->second->is_closing)
            return SZ_ERR_NOT_FOUND;
        End& end = *found->second;
        if (end.bytes[channel] + message.size() > room_bytes && !has_fault("hoards")) {
            end.is_refusing[channel] = true;
            return SZ_ERR_LIMIT;
        }
        if (has_fault("from-inside")) {
            const End& peer = *ends_.at(end.peer);
            lock.unlock();
            peer.events.message(peer.handle, channel, message);
            return SZ_OK;
        }
        end.queues[channel].emplace_back(message);
        end.bytes[channel] += message.size();
        lock.unlock();
        news_.notify_all();
        return SZ_OK;
    }
    Result<std::string> statistics(Handle handle) override {
        const std::lock_guard lock(mutex_);
        const auto found = ends_.find(handle);
        if (found == ends_.end()) return sz::plugin::fault(SZ_ERR_NOT_FOUND);
        const End& end = *found->second;
        if (!end.name.empty()) return Json{{"connections", guests(handle)}}.dump();
        return Json{{"sent_messages", end.sent}, {"received_messages", end.received}}.dump();
    }
    sz_status close(Handle handle, std::string_view reason) override {
        const std::lock_guard lock(mutex_);
        const auto found = ends_.find(handle);
        if (found == ends_.end() || found->second->is_closing) return SZ_ERR_NOT_FOUND;
        found->second->is_closing = true;
        if (has_fault("drops"))
            for (auto& queue : found->second->queues) queue.clear();
        found->second->reason = reason.substr(0, SZ_TRANSPORT_REASON_BYTES_MAX);
        news_.notify_all();
        return SZ_OK;
    }

  private:
    using Step = std::function<void(End&)>;

    [[nodiscard]] bool has_fault(std::string_view name) const { return fault_ == name; }

    Result<std::unique_ptr<End>> make(std::string_view url, std::string_view options,
                                      const TransportEvents& events) {
        const std::string scheme = "plain://";
        const auto is_name = [](char c) { return c > ' ' && c != '/' && c != '\x7f'; };
        if (url.substr(0, scheme.size()) != scheme || url.size() == scheme.size() ||
            url.size() > 100 ||
            !std::all_of(url.begin() + static_cast<std::ptrdiff_t>(scheme.size()), url.end(),
                         is_name))
            return sz::plugin::invalid("PLAIN-1", "This is no address.");
        const auto all = sz::plugin::parse_json(options);
        if (all) {
            const std::lock_guard lock(mutex_);
            fault_ = sz::plugin::member_or(*all, "fault", fault_);
        }
        auto end = std::make_unique<End>(++last_, events);
        end->name = url.substr(scheme.size());
        for (const char* key : {"connections_max", "patience_ms"}) {
            if (has_fault("nonsense")) continue;
            if (!all || !all->is_object() ||
                (all->contains(key) && !((*all)[key].is_number_integer() && (*all)[key] > 0)))
                return sz::plugin::invalid("PLAIN-2", "This is no option.");
        }
        end->most = all ? sz::plugin::member_or<std::size_t>(*all, "connections_max", 64) : 64;
        return end;
    }
    Handle add(std::unique_ptr<End> end, Step begin) {
        const Handle handle = end->handle;
        {
            const std::lock_guard lock(mutex_);
            ends_.emplace(handle, std::move(end));
            steps_.emplace_back(handle, std::move(begin));
        }
        news_.notify_all();
        return handle;
    }
    std::size_t guests(Handle listener) const {
        return static_cast<std::size_t>(
            std::count_if(ends_.begin(), ends_.end(),
                          [&](const auto& one) { return one.second->listener == listener; }));
    }

    // On the thread, with the mutex, from here on.
    template <class Fn>
    void tell(Fn fn) {
        lock_->unlock();
        fn();
        lock_->lock();
    }
    void fail(End& end, const char* why) {
        ended(end, SZ_CLOSED_FAILED, Json{{"code", "PLAIN-3"}, {"message", why}, {"reason", ""}});
    }
    void ended(End& end, std::uint32_t why, const Json& said) {
        const Handle handle = end.handle;
        const TransportEvents events = end.events;
        if (const auto name = listeners_.find(end.name);
            name != listeners_.end() && name->second == handle)
            listeners_.erase(name);
        ends_.erase(handle);
        tell([&] {
            events.closed(handle, why, said.dump());
            if (has_fault("closes-twice")) events.closed(handle, why, said.dump());
        });
    }
    void knock(End& client, const std::string& name) {
        const auto found = listeners_.find(name);
        if (found == listeners_.end()) return fail(client, "Nobody is there.");
        const Handle host = found->second, guest = client.handle, fresh = ++last_;
        if (guests(host) >= ends_.at(host)->most) return fail(client, "There is no room.");
        const TransportEvents to = ends_.at(host)->events;
        auto server = std::make_unique<End>(fresh, to);
        server->listener = host;
        server->peer = guest;
        server->is_open = true;
        client.peer = fresh;
        client.is_open = true;
        ends_.emplace(fresh, std::move(server));
        const Json said{{"peer", "plain://" + name}};
        tell([&] { to.accepted(host, fresh, said.dump()); });
        tell([&] { client.events.connected(guest, said.dump()); });
    }
    bool carry_one() {
        for (auto& [handle, end] : ends_) {
            for (std::uint32_t i = 0; i < SZ_CHANNELS; ++i) {
                const std::uint32_t channel = has_fault("bulk-first") ? 1 - i : i;
                if (end->queues[channel].empty() || !ends_.contains(end->peer)) continue;
                return carry(*end, *ends_.at(end->peer), channel), true;
            }
        }
        return false;
    }
    void carry(End& from, End& to, std::uint32_t channel) {
        auto& queue = from.queues[channel];
        const auto which =
            queue.begin() + (has_fault("swaps") && queue.size() > 1 && from.sent % 10 == 5 ? 1 : 0);
        const std::string message = std::move(*which);
        queue.erase(which);
        from.bytes[channel] -= message.size();
        from.sent += 1;
        to.received += 1;
        if (!has_fault("loses") || from.sent % 50 != 0)
            tell([&] { to.events.message(to.handle, channel, message); });
        const bool has_room = from.is_refusing[channel] && from.bytes[channel] * 2 < room_bytes;
        if (!has_room || has_fault("forgets-room")) return;
        from.is_refusing[channel] = false;
        tell([&] { from.events.writable(from.handle, channel); });
    }
    bool close_one() {
        for (auto& [handle, end] : ends_) {
            if (!end->is_closing) continue;
            const auto peer = ends_.find(end->peer);
            const bool has_more = !end->queues[0].empty() || !end->queues[1].empty();
            if (peer != ends_.end() && has_more) continue;  // carried first
            const std::string reason = end->reason;
            const Json said{{"code", ""}, {"message", "Closed."}, {"reason", reason}};
            const Handle other = peer == ends_.end() ? 0 : end->peer;
            ended(*end, SZ_CLOSED_HERE, said);
            if (other != 0 && ends_.contains(other)) ended(*ends_.at(other), SZ_CLOSED_PEER, said);
            return true;
        }
        return false;
    }
    bool begin_one() {
        if (steps_.empty()) return false;
        const auto [handle, step] = std::move(steps_.front());
        steps_.pop_front();
        if (const auto end = ends_.find(handle); end != ends_.end() && !end->second->is_closing)
            step(*end->second);
        return true;
    }
    void run() {
        std::unique_lock lock(mutex_);
        lock_ = &lock;
        while (true) {
            if (begin_one() || carry_one() || close_one()) continue;
            if (is_over_) return;
            news_.wait(lock);
        }
    }

    std::string fault_;
    std::mutex mutex_;
    std::condition_variable news_;
    std::unique_lock<std::mutex>* lock_ = nullptr;
    std::atomic<Handle> last_{0};
    std::map<Handle, std::unique_ptr<End>> ends_;
    std::map<std::string, Handle> listeners_;
    std::deque<std::pair<Handle, Step>> steps_;
    bool is_over_ = false;
    std::thread thread_;
};

}  // namespace plain

SZ_PLUGIN("org.test.plain-transport", sz::plugin::Offer<plain::PlainTransport>);
