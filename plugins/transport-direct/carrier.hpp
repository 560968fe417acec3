// SPDX-License-Identifier: AGPL-3.0-or-later
// One way to carry: what makes the ends of some URL schemes.
#pragma once

#include <memory>

#include "ends.hpp"
#include "options.hpp"

namespace direct {

class Carrier {
  public:
    virtual ~Carrier() = default;
    // The end for a line; its begin() is called next. [io-thread]
    [[nodiscard]] virtual std::shared_ptr<End> listener(Ends& all, std::shared_ptr<Line> line,
                                                        const Address& where,
                                                        const Options& options) = 0;
    [[nodiscard]] virtual std::shared_ptr<End> connection(Ends& all, std::shared_ptr<Line> line,
                                                          const Address& where,
                                                          const Options& options) = 0;
};

}  // namespace direct
