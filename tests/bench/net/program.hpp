// SPDX-License-Identifier: AGPL-3.0-or-later
// As much of a SessionZero program as a connection needs: the kernel's thread, the transport as a
// plugin, an identity.
#pragma once

#include <functional>
#include <memory>

#include "kernel/net/meeting/place.hpp"
#include "tests/support/test_key.hpp"

namespace sz::netbench {

class Program {
  public:
    // Each with another seed is somebody else.
    explicit Program(std::uint8_t seed);
    ~Program();  // what uses the place is gone before
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // On the kernel's thread; waits for it.
    void run(const std::function<void()>& work) { thread.run_and_wait(work); }

    KernelThread thread;
    PluginTransports transports{thread};
    test::FakeIdentity identity;
    net::Place place{thread, transports, identity, identity.key().client_id()};

  private:
    struct Plugin;
    std::unique_ptr<Plugin> plugin_;
};

}  // namespace sz::netbench
