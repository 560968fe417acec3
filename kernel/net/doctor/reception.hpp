// SPDX-License-Identifier: AGPL-3.0-or-later
// The other end of an examination: listens, asks the router for the port if that is wanted, says
// under which addresses it may be reached, and answers whoever comes to measure.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/net/doctor/steps.hpp"
#include "kernel/net/meeting/door.hpp"
#include "kernel/net/ports/port_mappings.hpp"
#include "kernel/net/protocols/join.hpp"
#include "kernel/net/protocols/transfer.hpp"

namespace sz::net {

struct ReceptionOptions {
    std::string url;
    std::string transport_options = "{}";  // a JSON object
    bool asks_router = false;
    bool waits = true;  // for visitors; else it ends when the addresses are known
};

// [kernel-thread]
class Reception : public std::enable_shared_from_this<Reception> {
  public:
    using Done = std::function<void(Json report)>;  // once, not from inside begin()

    Reception(Place place, PortMappings& ports, ReceptionOptions options, std::string version,
              Steps::Told told, Done done);
    ~Reception();
    Reception(const Reception&) = delete;
    Reception& operator=(const Reception&) = delete;

    // SZ-NET-101 or the transport's: the address makes no sense.
    [[nodiscard]] Status begin();
    // Closes, tells the visitors, and reports.
    void end(const std::string& reason);

  private:
    void listening(const TransportListener::Address& address);
    void add_address(const std::string& url, const std::string& scope);
    void router_said(const PortEvent& event);
    void welcome(const std::shared_ptr<Conversation>& visitor);
    void addresses_known();

    Place place_;  // its own: what is under way holds on to it
    PortMappings& ports_;
    ReceptionOptions options_;
    Steps steps_;
    Done done_;
    Speaker own_;
    const DecideJoin let_in_ = [](const Speaker&) { return Status{}; };
    const FindSource samples_;
    std::shared_ptr<Door> door_;
    Alarm alarm_;
    std::string scheme_, mark_;
    std::optional<PortMappings::PortId> port_;
    bool router_is_asked_ = false, router_is_named_ = false;
    std::shared_ptr<Json> addresses_, visitors_;
};

}  // namespace sz::net
