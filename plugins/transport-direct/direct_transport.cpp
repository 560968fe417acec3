// SPDX-License-Identifier: AGPL-3.0-or-later
#include "direct_transport.hpp"

#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

namespace direct {

DirectTransport::DirectTransport(const Info& info, Carriers carriers)
    : Transport(info), carriers_(std::move(carriers)) {}

// The context runs until the last end has let go of its timers and sockets.
DirectTransport::~DirectTransport() {
    if (!thread_.joinable()) return;
    boost::asio::post(io_, [this] { ends_.close_all("The program ends."); });
    stays_.reset();
    thread_.join();
}

// An exception is one of a lack of memory or a defect; what is open goes on.
void DirectTransport::run() {
    while (true) {
        try {
            io_.run();
            return;
        } catch (const std::exception& wrong) {
            sz::plugin::detail::log(SZ_LOG_ERROR, wrong.what());
        }
    }
}

sz::plugin::Result<Handle> DirectTransport::open(std::string_view url, std::string_view options,
                                                 const sz::plugin::TransportEvents& events,
                                                 Use use) {
    auto where = parse_address(url, use);
    if (!where) return where.error();
    const auto found = carriers_.find(where->scheme);
    if (found == carriers_.end())
        return sz::plugin::invalid("SZ-TRANSPORT-001",
                                   "No way is known to " + where->scheme + "://.",
                                   std::string("This transport knows ") + table()->schemes + ".");
    auto said = parse_options(options);
    if (!said) return said.error();
    const std::shared_ptr<Carrier>& carrier = found->second;
    if (auto checked = carrier->check(*where, *said, use); !checked) return checked.error();
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    auto line = ends_.new_line(use == Use::listening, events, carrier->has_datagrams());
    const Handle handle = line->handle;
    const Make make = use == Use::listening ? &Carrier::listener : &Carrier::connection;
    boost::asio::post(io_, [this, carrier, line = std::move(line), where = *std::move(where),
                            said = *std::move(said), make]() mutable {
        const auto end = ((*carrier).*make)(ends_, std::move(line), where, said);
        ends_.add(end);
        end->begin();
    });
    return handle;
}

sz::plugin::Result<Handle> DirectTransport::listen(std::string_view url, std::string_view options,
                                                   const sz::plugin::TransportEvents& events) {
    return open(url, options, events, Use::listening);
}
sz::plugin::Result<Handle> DirectTransport::connect(std::string_view url, std::string_view options,
                                                    const sz::plugin::TransportEvents& events) {
    return open(url, options, events, Use::connecting);
}
sz_status DirectTransport::send(Handle connection, std::uint32_t channel,
                                std::string_view message) {
    return ends_.send(connection, channel, message);
}
sz_status DirectTransport::protect(Handle connection, const Key& send, const Key& receive) {
    return ends_.protect(connection, send, receive);
}
sz::plugin::Result<std::string> DirectTransport::statistics(Handle handle) {
    return ends_.statistics(handle);
}
sz_status DirectTransport::close(Handle handle, std::string_view reason) {
    return ends_.close(handle, reason);
}

}  // namespace direct
