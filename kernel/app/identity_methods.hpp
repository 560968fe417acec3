// SPDX-License-Identifier: AGPL-3.0-or-later
// identity.* on the bus. The kernel thread never waits for them: they run one after the other on a
// thread of their own.
#pragma once

#include <memory>
#include <string>

#include "kernel/base/threads.hpp"
#include "kernel/bus/bus.hpp"
#include "kernel/plugin/services.hpp"

namespace sz {

class IdentityMethods {
  public:
    IdentityMethods(Identity& identity, Bus& bus);
    ~IdentityMethods();  // stop()
    IdentityMethods(const IdentityMethods&) = delete;
    IdentityMethods& operator=(const IdentityMethods&) = delete;

    // Registers identity.list, new, show, use, export, import, unlock, lock, passphrase.
    // [kernel-thread]
    [[nodiscard]] Status add_methods();
    void stop();  // finishes what is queued

  private:
    using Work = std::function<Result<Json>(const Json& params)>;  // on the thread of its own
    enum class Effect : std::uint8_t { none, changes };  // changes: identity.changed is published

    [[nodiscard]] Status add(const char* name, Effect effect, Work work);
    // The identity that is named, else the active one.
    [[nodiscard]] Result<std::string> named_or_active(const Json& params) const;
    [[nodiscard]] Result<Json> find(const std::string& client_id) const;
    [[nodiscard]] Result<Json> export_secret(const Json& params);

    Identity& identity_;
    Bus& bus_;
    WorkerPool pool_;
};

}  // namespace sz
