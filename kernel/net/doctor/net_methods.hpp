// SPDX-License-Identifier: AGPL-3.0-or-later
// The doctor on the bus: net.doctor, net.doctor-listen, net.host-info; their steps on topic
// net.step.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "kernel/bus/bus.hpp"
#include "kernel/bus/tasks.hpp"
#include "kernel/net/meeting/place.hpp"
#include "kernel/net/ports/port_mappings.hpp"

namespace sz::net {

// [kernel-thread]
class NetMethods {
  public:
    struct Services {
        Bus& bus;
        Tasks& tasks;
        KernelThread& thread;
        Transports& transports;
        Identity& identity;
        PortMappings& ports;
        std::string version;
    };
    explicit NetMethods(Services services);
    ~NetMethods();  // what is under way ends
    NetMethods(const NetMethods&) = delete;
    NetMethods& operator=(const NetMethods&) = delete;

    [[nodiscard]] Status add_methods();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace sz::net
