// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>

#include "kernel/base/sys/local_socket.hpp"

namespace sz::sys {

Expected<SocketAddress> SocketAddress::of(const std::filesystem::path& path) {
    if (path.native().size() < sizeof(sockaddr_un::sun_path))
        return SocketAddress(path.native(), File{});
    auto folder = File::open_folder(path.parent_path());
    if (!folder) return tl::unexpected(folder.error());
    auto text =
        "/proc/self/fd/" + std::to_string(folder->descriptor()) + "/" + path.filename().native();
    if (text.size() >= sizeof(sockaddr_un::sun_path))
        return tl::unexpected(std::make_error_code(std::errc::filename_too_long));
    return SocketAddress(std::move(text), std::move(*folder));
}

bool peer_is_same_user(int socket) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return false;
    return credentials.uid == ::geteuid();
}

}  // namespace sz::sys
