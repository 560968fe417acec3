// SPDX-License-Identifier: AGPL-3.0-or-later
// memory://NAME: both ends in this program. For tests, and for programs that host and play at once.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "../carrier.hpp"

namespace direct::memory {

class MemoryListener;

// Who listens under which name. [io-thread]
using Names = std::map<std::string, MemoryListener*>;

class MemoryCarrier final : public Carrier {
  public:
    [[nodiscard]] bool has_datagrams() const override { return false; }
    [[nodiscard]] sz::plugin::Status check(const Address& where, const Options& options,
                                           Use use) const override;
    [[nodiscard]] std::shared_ptr<End> listener(Ends& all, std::shared_ptr<Line> line,
                                                const Address& where,
                                                const Options& options) override;
    [[nodiscard]] std::shared_ptr<End> connection(Ends& all, std::shared_ptr<Line> line,
                                                  const Address& where,
                                                  const Options& options) override;

  private:
    std::shared_ptr<Names> names_ = std::make_shared<Names>();
};

}  // namespace direct::memory
