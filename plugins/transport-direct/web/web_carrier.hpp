// SPDX-License-Identifier: AGPL-3.0-or-later
// ws:// and wss://, for tunnels that carry TCP or HTTP only.
#pragma once

#include "../carrier.hpp"
#include "times.hpp"

namespace direct::web {

class WebCarrier final : public Carrier {
  public:
    explicit WebCarrier(bool is_secure, const Times& times = {})
        : is_secure_(is_secure), times_(times) {}

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
    bool is_secure_;
    Times times_;
};

}  // namespace direct::web
