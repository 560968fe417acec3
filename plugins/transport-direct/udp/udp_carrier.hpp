// SPDX-License-Identifier: AGPL-3.0-or-later
// udp://
#pragma once

#include <memory>

#include "../carrier.hpp"

namespace direct::udp {

class BulkShare;

class UdpCarrier final : public Carrier {
  public:
    UdpCarrier();
    ~UdpCarrier() override;
    [[nodiscard]] std::shared_ptr<End> listener(Ends& all, std::shared_ptr<Line> line,
                                                const Address& where,
                                                const Options& options) override;
    [[nodiscard]] std::shared_ptr<End> connection(Ends& all, std::shared_ptr<Line> line,
                                                  const Address& where,
                                                  const Options& options) override;

  private:
    std::shared_ptr<BulkShare> share_;  // of all connections of this program: one line to the world
};

}  // namespace direct::udp
