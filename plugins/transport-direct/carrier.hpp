// SPDX-License-Identifier: AGPL-3.0-or-later
// One way to carry: what makes the ends of some URL schemes.
#pragma once

#include <memory>

#include "ends.hpp"
#include "options.hpp"

namespace direct {

class Carrier {
  public:
    Carrier() = default;
    virtual ~Carrier() = default;
    Carrier(const Carrier&) = delete;
    Carrier& operator=(const Carrier&) = delete;

    // Does it have datagrams that can be protected?
    [[nodiscard]] virtual bool has_datagrams() const { return true; }
    // Why the address or an option makes no sense for it. [kernel-thread]
    [[nodiscard]] virtual sz::plugin::Status check(const Address&, const Options&, Use) const {
        return {};
    }
    // The end for a line; its begin() is called next. [io-thread]
    [[nodiscard]] virtual std::shared_ptr<End> listener(Ends& all, std::shared_ptr<Line> line,
                                                        const Address& where,
                                                        const Options& options) = 0;
    [[nodiscard]] virtual std::shared_ptr<End> connection(Ends& all, std::shared_ptr<Line> line,
                                                          const Address& where,
                                                          const Options& options) = 0;
};

}  // namespace direct
