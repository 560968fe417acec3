// SPDX-License-Identifier: AGPL-3.0-or-later
// A host for a transport under test: it writes down what it is told and watches the rules that
// every event keeps, and it can be slow on purpose.
#pragma once

#include <sz/ext/transport.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <sz/cpp/testing.hpp>
#include <thread>
#include <vector>

#include "subject.hpp"

namespace check {

using Handle = sz_transport_handle;
using sz::plugin::testing::FindingList;

// How long anything is waited for that has no time of its own.
inline constexpr std::chrono::milliseconds wait_max{6000};

// A rule is broken, and how.
struct Broken : std::runtime_error {
    using runtime_error::runtime_error;
};
inline void expect(bool holds, const std::string& complaint) {
    if (!holds) throw Broken(complaint);
}

// What was told of one listener or connection.
struct Seen {
    struct Message {
        std::uint32_t channel;
        std::string content;
    };
    Json opened;                   // `listening`, `accepted` or `connected`; null before
    std::vector<Handle> accepted;  // of a listener
    std::vector<Message> messages;
    std::array<unsigned, SZ_CHANNELS> writable{};
    unsigned closed = 0;  // how often
    std::uint32_t why = 0;
    Json closing;
    bool is_telling = false;  // an event is under way
};

class Recorder {
  public:
    Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;
    [[nodiscard]] const sz_transport_events* table() const { return &table_; }

    // Waits until `holds(what was seen of it)`; what did not happen is the complaint.
    template <class Holds>
    void wait(Handle handle, const std::string& complaint, Holds holds) {
        std::unique_lock lock(mutex_);
        const bool came = news_.wait_for(lock, wait_max, [&] { return holds(seen_[handle]); });
        if (!came) throw Broken(complaint);
    }
    [[nodiscard]] Seen seen(Handle handle);
    [[nodiscard]] std::vector<Handle> handles();
    // Messages wait in the transport's own thread from the next one on; or no more.
    void hold(bool holds);
    // What it did against the rules of events; empty when nothing.
    [[nodiscard]] std::string wrong();
    void complain(const std::string& what);

  private:
    template <class Note>
    void note(Handle handle, const char* event, sz_str json, Note fn);
    void blame(const std::string& what);  // the first counts; the mutex is held
    static Recorder& of(void* self) { return *static_cast<Recorder*>(self); }

    sz_transport_events table_;
    const std::thread::id caller_ = std::this_thread::get_id();
    std::mutex mutex_;
    std::condition_variable news_;
    std::map<Handle, Seen> seen_;
    std::string wrong_;
    bool holds_ = false;
};

class Bench {
  public:
    struct Pair {
        Handle listener = 0, client = 0, server = 0;
        std::string url;
    };

    Bench(const Subject& subject, const TransportPlace& place);

    // What the transport answers. `more` are options beside those of the command line.
    [[nodiscard]] sz_status try_listen(const std::string& url, const std::string& options,
                                       Handle& handle, FindingList& findings) const;
    [[nodiscard]] sz_status try_connect(const std::string& url, const std::string& options,
                                        Handle& handle, FindingList& findings) const;
    // An open listener and its URL; a connection to `url` that may come to be; two that are joined.
    [[nodiscard]] Handle listen(std::string& url, const Json& more = Json::object());
    [[nodiscard]] Handle connect(const std::string& url, const Json& more = Json::object());
    [[nodiscard]] Pair join(const Json& more = Json::object());
    [[nodiscard]] Pair join_at(Handle listener, const std::string& url);

    [[nodiscard]] sz_status send(Handle connection, std::uint32_t channel,
                                 const std::string& message) const;
    // Waits for room where there is none.
    void send_surely(Handle connection, std::uint32_t channel, const std::string& message);
    [[nodiscard]] sz_status close(Handle handle, const std::string& reason) const;
    [[nodiscard]] Json statistics(Handle handle) const;
    void wait_closed(Handle handle, const std::string& what);
    void wait_messages(Handle handle, std::size_t count);

    // Ends the plugin and says what was wrong with it up to its end; empty when nothing.
    [[nodiscard]] std::string finish();

    [[nodiscard]] const sz_transport& transport() const { return *transport_; }
    [[nodiscard]] const TransportPlace& place() const { return place_; }
    Recorder seen;

  private:
    const TransportPlace& place_;
    std::unique_ptr<sz::plugin::testing::LoadedPlugin> plugin_;
    const sz_transport* transport_ = nullptr;
    std::vector<Handle> opened_;  // by us
};

}  // namespace check
