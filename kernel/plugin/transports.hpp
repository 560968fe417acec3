// SPDX-License-Identifier: AGPL-3.0-or-later
// The transports of all plugins behind one face: connections and listeners as objects, what happens
// on them as calls on the kernel thread. What is carried is opaque here.
#pragma once

#include <sz/ext/transport.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/base/result.hpp"
#include "kernel/base/threads.hpp"

namespace sz {

// A step on the way: sz_transport_events.step.
struct TransportStep {
    std::string name;   // "resolve", "cookie", …
    std::string state;  // "begun", "done", "failed"
    std::string message, hint;
};

enum class PathState : std::uint8_t { alive, silent, changed };

// How a connection or a listener ended.
struct TransportEnd {
    enum class Cause : std::uint8_t { here, peer, lost, failed, refused };
    Cause cause = Cause::lost;
    Error error;         // what to tell a person
    std::string reason;  // that close() got, here or there; a peer may have chosen it
};

class TransportInlet;

// One connection. All [kernel-thread]; none of its events comes from inside one of its functions.
class TransportConnection {
  public:
    struct Events {
        std::function<void(const std::string& peer)> connected;
        std::function<void(std::uint32_t channel, std::string message)> message;
        std::function<void(std::uint32_t channel)> writable;
        std::function<void(PathState state, const std::string& peer)> path;
        std::function<void(const TransportStep&)> step;
        std::function<void(const TransportEnd&)> ended;  // the last
    };
    using Key = std::array<std::uint8_t, 32>;

    TransportConnection(std::shared_ptr<TransportInlet> inlet, sz_transport_handle handle);
    ~TransportConnection();  // ends it, without a reason
    TransportConnection(const TransportConnection&) = delete;
    TransportConnection& operator=(const TransportConnection&) = delete;

    // From now on. In `accepted`, before anything has come.
    void on(Events events) { events_ = std::move(events); }

    // True: it is on its way. False: there is no room, `writable` will come. SZ-NET-102: the
    // connection has ended.
    [[nodiscard]] Result<bool> send(std::uint32_t channel, std::string_view message);
    // SZ-NET-103: the transport has nothing to protect.
    [[nodiscard]] Status protect(const Key& send, const Key& receive);
    // As sz_transport.statistics; an empty object when it has ended.
    [[nodiscard]] Json statistics() const;
    void close(const std::string& reason);

  private:
    friend class TransportInlet;
    std::shared_ptr<TransportInlet> inlet_;  // also the owner's other connections'
    sz_transport_handle handle_;
    Events events_;
};

// A listener. As a connection.
class TransportListener {
  public:
    struct Address {
        std::vector<std::string> urls;
        std::uint16_t port = 0;  // that a router would have to forward; 0: none
        std::string protocol;    // "udp", "tcp"
    };
    // Where it may be reached.
    struct Candidate {
        std::string url;
        std::string family;  // "ipv4", "ipv6", "local"
        std::string scope;   // "loopback", "link", "home", "public"
    };
    struct Events {
        std::function<void(const Address&)> listening;
        std::function<void(const Candidate&)> candidate;
        // Who drops it closes it.
        std::function<void(std::unique_ptr<TransportConnection>, const std::string& peer)> accepted;
        std::function<void(const TransportStep&)> step;
        std::function<void(const TransportEnd&)> ended;  // the last
    };

    TransportListener(std::shared_ptr<TransportInlet> inlet, sz_transport_handle handle);
    ~TransportListener();  // the connections that it gave stay
    TransportListener(const TransportListener&) = delete;
    TransportListener& operator=(const TransportListener&) = delete;

    [[nodiscard]] Json statistics() const;

  private:
    friend class TransportInlet;
    friend class PluginTransports;
    std::shared_ptr<TransportInlet> inlet_;  // also its connections'
    sz_transport_handle handle_;
    Events events_;
};

struct TransportInfo {
    std::string name, title, plugin;
    std::vector<std::string> schemes;
};

class Transports {
  public:
    virtual ~Transports() = default;
    [[nodiscard]] virtual std::vector<TransportInfo> list() const = 0;
    // SZ-NET-101: no transport takes such a URL. Else what the transport finds wrong with it. What
    // goes wrong later comes as `ended`. `options` as in ext/transport.h. [kernel-thread]
    [[nodiscard]] virtual Result<std::unique_ptr<TransportListener>> listen(
        const std::string& url, const Json& options, TransportListener::Events events) = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<TransportConnection>> connect(
        const std::string& url, const Json& options, TransportConnection::Events events) = 0;
};

// [kernel-thread]
class PluginTransports final : public Transports {
  public:
    explicit PluginTransports(KernelThread& thread) : thread_(thread) {}

    // Takes what get_extension(SZ_TRANSPORTS_ID) gave. SZ-PLUGIN-036: a table is broken, or a
    // scheme is somebody else's.
    [[nodiscard]] Status add(const std::string& plugin, const sz_transports* table);
    // Its connections end with its deinit; their events come no more.
    void remove(const std::string& plugin);

    [[nodiscard]] std::vector<TransportInfo> list() const override;
    [[nodiscard]] Result<std::unique_ptr<TransportListener>> listen(
        const std::string& url, const Json& options, TransportListener::Events events) override;
    [[nodiscard]] Result<std::unique_ptr<TransportConnection>> connect(
        const std::string& url, const Json& options, TransportConnection::Events events) override;

  private:
    struct One {
        const sz_transport* table;
        std::string plugin;
        std::vector<std::string> schemes;
    };
    using Open = decltype(sz_transport::listen);
    [[nodiscard]] Result<std::pair<std::shared_ptr<TransportInlet>, sz_transport_handle>> open(
        const std::string& url, const Json& options, Open sz_transport::*function,
        const char* call);

    KernelThread& thread_;
    std::vector<One> all_;
    std::vector<std::weak_ptr<TransportInlet>> inlets_;
    // Of plugins that go: what they still say until deinit has returned needs a place to go to.
    std::vector<std::shared_ptr<TransportInlet>> cut_off_;
};

}  // namespace sz
