// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/plugin.hpp>

#include <memory>

#include "carriers.hpp"

namespace direct {

// Its thread starts with the first listener or connection.
class Direct final : public sz::plugin::Plugin {
  public:
    [[nodiscard]] sz::plugin::Status init(const sz::plugin::Host&) override {
        offer(transport_);
        return {};
    }

  private:
    DirectTransport transport_{info, all_carriers()};
};

}  // namespace direct

SZ_PLUGIN("org.sessionzero.transport-direct", direct::Direct);
