// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/transports.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "kernel/base/ids.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/text.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/transport_inlet.hpp"

namespace sz {

namespace {

Error broken_table(const std::string& plugin, const std::string& what) {
    return {ErrorKind::input, "SZ-PLUGIN-036", "Its transports are broken: " + what,
            "Ask its author for a newer version.", plugin};
}

// RFC 3986, section 3.1, in lower case.
bool is_scheme(std::string_view word) {
    return !word.empty() && word.size() <= 32 && word[0] >= 'a' && word[0] <= 'z' &&
           word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+-.") ==
               std::string_view::npos;
}

bool is_whole(const sz_transport& table) {
    return table.size >= SZ_TRANSPORT_SIZE_1 && table.name != nullptr && table.schemes != nullptr &&
           table.listen != nullptr && table.connect != nullptr && table.send != nullptr &&
           table.protect != nullptr && table.statistics != nullptr && table.close != nullptr;
}

std::string scheme_of(const std::string& url) {
    const std::string scheme = ascii_lower(url.substr(0, url.find("://")));
    return scheme.size() == url.size() ? std::string() : scheme;
}

}  // namespace

TransportConnection::TransportConnection(std::shared_ptr<TransportInlet> inlet,
                                         sz_transport_handle handle)
    : inlet_(std::move(inlet)), handle_(handle) {
    inlet_->attach(*this);
}
TransportConnection::~TransportConnection() { inlet_->detach(handle_); }

Result<bool> TransportConnection::send(std::uint32_t channel, std::string_view message) {
    const sz_status status = inlet_->send(handle_, channel, message);
    if (status == SZ_OK) return true;
    if (status == SZ_ERR_LIMIT) return false;
    if (status == SZ_ERR_NOT_FOUND)
        return fail(ErrorKind::environment, "SZ-NET-102", "The connection has ended.");
    return fail(misbehaved(inlet_->plugin(), "its transport takes no message."));
}

Status TransportConnection::protect(const Key& send, const Key& receive) {
    const sz_status status = inlet_->protect(handle_, send, receive);
    if (status == SZ_OK) return {};
    if (status == SZ_ERR_UNSUPPORTED)
        return fail(ErrorKind::unsupported, "SZ-NET-103", "It has no datagrams to protect.");
    return fail(ErrorKind::environment, "SZ-NET-102", "The connection has ended.");
}

Json TransportConnection::statistics() const { return inlet_->statistics(handle_); }
void TransportConnection::close(const std::string& reason) { inlet_->close(handle_, reason); }

TransportListener::TransportListener(std::shared_ptr<TransportInlet> inlet,
                                     sz_transport_handle handle)
    : inlet_(std::move(inlet)), handle_(handle) {
    inlet_->attach(*this);
}
TransportListener::~TransportListener() { inlet_->detach(handle_); }

Json TransportListener::statistics() const { return inlet_->statistics(handle_); }

Status PluginTransports::add(const std::string& plugin, const sz_transports* table) {
    if (table->size < SZ_TRANSPORTS_SIZE_1 || (table->count > 0 && table->items == nullptr) ||
        table->count > 100)
        return fail(broken_table(plugin, "the list."));
    std::vector<One> added;
    for (std::uint32_t i = 0; i < table->count; ++i) {
        const sz_transport* transport = table->items[i];
        if (transport == nullptr || !is_whole(*transport) || !is_object_id(transport->name))
            return fail(broken_table(plugin, "item " + std::to_string(i) + "."));
        One one{transport, plugin, {}};
        std::istringstream schemes(transport->schemes);
        for (std::string scheme; schemes >> scheme;) {
            const auto takes = [&](const One& other) {
                return std::find(other.schemes.begin(), other.schemes.end(), scheme) !=
                       other.schemes.end();
            };
            if (!is_scheme(scheme) || std::any_of(all_.begin(), all_.end(), takes) ||
                std::any_of(added.begin(), added.end(), takes) || takes(one))
                return fail(broken_table(plugin, "the scheme “" +
                                                     clean_line(scheme, limits::id_bytes_max) +
                                                     "” is none, or is offered already."));
            one.schemes.push_back(scheme);
        }
        added.push_back(std::move(one));
    }
    std::move(added.begin(), added.end(), std::back_inserter(all_));
    return {};
}

void PluginTransports::remove(const std::string& plugin) {
    std::erase_if(all_, [&](const One& one) { return one.plugin == plugin; });
    for (const auto& weak : inlets_) {
        const auto inlet = weak.lock();
        if (inlet == nullptr || inlet->plugin() != plugin) continue;
        cut_off_.push_back(inlet);
        inlet->cut_off();
    }
}

std::vector<TransportInfo> PluginTransports::list() const {
    std::vector<TransportInfo> all;
    for (const One& one : all_) {
        const char* title = one.table->title == nullptr ? one.table->name : one.table->title;
        all.push_back({one.table->name, clean_line(title), one.plugin, one.schemes});
    }
    return all;
}

Result<std::pair<std::shared_ptr<TransportInlet>, sz_transport_handle>> PluginTransports::open(
    const std::string& url, const Json& options, Open sz_transport::*function, const char* call) {
    const std::string scheme = scheme_of(url);
    const auto one = std::find_if(all_.begin(), all_.end(), [&](const One& other) {
        return std::find(other.schemes.begin(), other.schemes.end(), scheme) != other.schemes.end();
    });
    if (one == all_.end()) {
        std::string known;
        for (const One& other : all_)
            for (const std::string& name : other.schemes)
                known += (known.empty() ? "" : ", ") + name + "://";
        return fail(ErrorKind::input, "SZ-NET-101",
                    "No transport is there for “" + clean_line(url, limits::name_bytes_max) + "”.",
                    known.empty() ? "“szctl plugin list” shows which plugins run."
                                  : "An address begins with one of " + known + ".");
    }
    auto inlet = std::make_shared<TransportInlet>(one->plugin, one->table, thread_);
    Findings said;
    FindingSink findings(said);
    sz_transport_handle handle = 0;
    const std::string text = options.dump();
    const sz_status status = call_plugin(thread_.is_current(), one->plugin, call, [&] {
        return (one->table->*function)(one->table->self, str(url), str(text), inlet->events(),
                                       &handle, findings.table());
    });
    if (status != SZ_OK)
        return fail(error_of(status, findings,
                             {ErrorKind::input, "SZ-NET-105", "The transport refused the address.",
                              "The log may say more.", url}));
    if (handle == 0) return fail(misbehaved(one->plugin, "its transport gives the handle 0."));
    inlet->opened(handle);
    std::erase_if(inlets_, [](const auto& weak) { return weak.expired(); });
    inlets_.push_back(inlet);
    return std::pair{std::move(inlet), handle};
}

Result<std::unique_ptr<TransportListener>> PluginTransports::listen(
    const std::string& url, const Json& options, TransportListener::Events events) {
    SZ_ASSIGN(auto opened, open(url, options, &sz_transport::listen, "transport.listen"));
    auto listener = std::make_unique<TransportListener>(std::move(opened.first), opened.second);
    listener->events_ = std::move(events);
    return listener;
}

Result<std::unique_ptr<TransportConnection>> PluginTransports::connect(
    const std::string& url, const Json& options, TransportConnection::Events events) {
    SZ_ASSIGN(auto opened, open(url, options, &sz_transport::connect, "transport.connect"));
    auto connection = std::make_unique<TransportConnection>(std::move(opened.first), opened.second);
    connection->on(std::move(events));
    return connection;
}

}  // namespace sz
