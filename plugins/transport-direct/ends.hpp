// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything that is open: the kernel's thread asks here by handle, the transport's own thread owns
// the ends.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "end.hpp"

namespace direct {

class Ends {
  public:
    explicit Ends(boost::asio::io_context& io) : io_(io) {}

    [[nodiscard]] boost::asio::io_context& io() { return io_; }

    // A line with a number of its own, known from now on. [any-thread]
    [[nodiscard]] std::shared_ptr<Line> new_line(bool is_listener, const TransportEvents& events,
                                                 bool has_datagrams = true);
    // An end for a line, from now on. Its begin() is still to be called. [io-thread]
    void add(const std::shared_ptr<End>& end);

    // As in sz_transport. [any-thread]
    [[nodiscard]] sz_status send(Handle connection, std::uint32_t channel,
                                 std::string_view message);
    [[nodiscard]] sz_status protect(Handle connection, const Key& send, const Key& receive);
    [[nodiscard]] sz_status close(Handle handle, std::string_view reason);
    [[nodiscard]] sz::plugin::Result<std::string> statistics(Handle handle);

    // Ends all that is open, as at the program's end. [io-thread]
    void close_all(const std::string& reason);

  private:
    [[nodiscard]] std::shared_ptr<Line> find(Handle handle);
    // Calls `fn` with the end on its own thread, if it is still there then.
    template <class Fn>
    void with_end(Handle handle, Fn fn);

    boost::asio::io_context& io_;
    std::atomic<Handle> last_{0};
    std::mutex mutex_;
    std::map<Handle, std::shared_ptr<Line>> lines_;
    std::map<Handle, std::shared_ptr<End>> ends_;  // [io-thread]
};

}  // namespace direct
