// SPDX-License-Identifier: AGPL-3.0-or-later
// The transport: URLs to carriers, calls of the kernel's thread to ends on its own.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <string>
#include <sz/cpp/transport.hpp>
#include <thread>

#include "carrier.hpp"

namespace direct {

class DirectTransport final : public sz::plugin::Transport {
  public:
    using Carriers = std::map<std::string, std::shared_ptr<Carrier>>;  // by scheme

    DirectTransport(const Info& info, Carriers carriers);
    ~DirectTransport() override;  // closes everything and waits for it

    [[nodiscard]] sz::plugin::Result<Handle> listen(
        std::string_view url, std::string_view options,
        const sz::plugin::TransportEvents& events) override;
    [[nodiscard]] sz::plugin::Result<Handle> connect(
        std::string_view url, std::string_view options,
        const sz::plugin::TransportEvents& events) override;
    [[nodiscard]] sz_status send(Handle connection, std::uint32_t channel,
                                 std::string_view message) override;
    [[nodiscard]] sz_status protect(Handle connection, const Key& send,
                                    const Key& receive) override;
    [[nodiscard]] sz::plugin::Result<std::string> statistics(Handle handle) override;
    [[nodiscard]] sz_status close(Handle handle, std::string_view reason) override;

  private:
    using Make = std::shared_ptr<End> (Carrier::*)(Ends&, std::shared_ptr<Line>, const Address&,
                                                   const Options&);
    void run();
    [[nodiscard]] sz::plugin::Result<Handle> open(std::string_view url, std::string_view options,
                                                  const sz::plugin::TransportEvents& events,
                                                  Use use);

    Carriers carriers_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> stays_{
        io_.get_executor()};
    Ends ends_{io_};
    std::thread thread_;  // from the first use on
};

}  // namespace direct
