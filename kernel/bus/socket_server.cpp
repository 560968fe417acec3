// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/socket_server.hpp"

#include <boost/asio/io_context.hpp>
#include <set>

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/base/sys/local_socket.hpp"
#include "kernel/bus/socket_connection.hpp"

namespace sz {

namespace asio = boost::asio;
using boost::system::error_code;
using Protocol = asio::local::stream_protocol;

namespace {

constexpr std::chrono::milliseconds accept_again_after{200};

auto cannot_listen(const fs::path& path, const std::string& why) {
    return fail(ErrorKind::environment, "SZ-BUS-021",
                "Other programs cannot reach this one: its socket cannot be made: " + why,
                "Check the folder and its permissions.", path.string());
}

// The acceptor, bound and listening.
Result<Protocol::acceptor> open_acceptor(asio::io_context& io, const fs::path& path) {
    SZ_TRY(make_folder(path.parent_path(), true));
    std::error_code failed;
    const auto status = fs::symlink_status(path, failed);
    if (status.type() == fs::file_type::socket) {
        fs::remove(path, failed);
    } else if (status.type() != fs::file_type::not_found) {
        return cannot_listen(path, "something else is in its place.");
    }
    const auto address = sys::SocketAddress::of(path);
    if (!address) return cannot_listen(path, sys::reason(address.error()) + ".");
    error_code error;
    Protocol::acceptor acceptor(io);
    acceptor.open(Protocol(), error);
    if (!error) acceptor.bind(Protocol::endpoint(address->text()), error);
    // Until listen() nobody can connect, so the mode is right before it matters.
    if (!error) {
        failed.clear();
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failed);
        if (failed) return cannot_listen(path, sys::reason(failed) + ".");
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error)
        return cannot_listen(
            path, sys::reason(std::error_code(error.value(), std::generic_category())) + ".");
    return acceptor;
}

}  // namespace

struct SocketServer::Impl {
    Impl(Protocol::acceptor the_acceptor, fs::path the_path, std::string the_version, Bus& the_bus,
         KernelThread& the_thread)
        : acceptor(std::move(the_acceptor)),
          path(std::move(the_path)),
          version(std::move(the_version)),
          bus(the_bus),
          thread(the_thread) {}

    Protocol::acceptor acceptor;
    fs::path path;
    std::string version;
    Bus& bus;
    KernelThread& thread;
    std::set<std::shared_ptr<SocketConnection>> connections;
    std::uint64_t timer = 0;
    // Handlers of Boost.Asio may run once more after close(); they look here whether this object is
    // still there.
    std::shared_ptr<bool> is_stopped = std::make_shared<bool>(false);

    void accept() {
        acceptor.async_accept(
            [this, stopped = is_stopped](const error_code& error, Protocol::socket socket) {
                if (*stopped) return;
                if (error) {
                    // Out of descriptors, most likely: asking again at once would only burn time.
                    log::warning(
                        "bus", "A program could not connect: the system refuses more connections.");
                    timer = thread.post_after(accept_again_after, [this, stopped] {
                        if (!*stopped) accept();
                    });
                    return;
                }
                admit(std::move(socket));
                accept();
            });
    }

    void admit(Protocol::socket socket) {
        if (!sys::peer_is_same_user(socket.native_handle())) {
            log::warning("bus", "A program of another user tried to connect.");
            return;
        }
        const bool is_full = connections.size() >= limits::bus_connections_max;
        auto connection = std::make_shared<SocketConnection>(std::move(socket), bus);
        if (is_full) {
            return connection->refuse({ErrorKind::limit,
                                       "SZ-BUS-022",
                                       "Too many programs are connected to this profile.",
                                       "Close some of them.",
                                       {}});
        }
        connections.insert(connection);
        connection->start(version, [this, stopped = is_stopped, raw = connection.get()] {
            if (*stopped) return;
            connections.erase(raw->shared_from_this());
        });
    }

    void stop() {
        if (std::exchange(*is_stopped, true)) return;
        if (timer != 0) thread.cancel_timer(timer);
        error_code ignored;
        acceptor.close(ignored);
        for (const auto& connection : std::exchange(connections, {})) connection->close();
        std::error_code gone_already;
        fs::remove(path, gone_already);
    }
};

Result<std::unique_ptr<SocketServer>> SocketServer::listen(const fs::path& path,
                                                           std::string version, Bus& bus,
                                                           KernelThread& thread) {
    auto acceptor = open_acceptor(thread.io(), path);
    if (!acceptor) return fail(acceptor.error());
    auto impl = std::make_unique<Impl>(std::move(*acceptor), path, std::move(version), bus, thread);
    impl->accept();
    return std::unique_ptr<SocketServer>(new SocketServer(std::move(impl)));
}

SocketServer::SocketServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

SocketServer::~SocketServer() {
    impl_->thread.run_and_wait([this] { impl_->stop(); });
}

void SocketServer::stop() { impl_->stop(); }

std::size_t SocketServer::connections() const { return impl_->connections.size(); }

}  // namespace sz
