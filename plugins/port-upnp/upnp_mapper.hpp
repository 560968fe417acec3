// SPDX-License-Identifier: AGPL-3.0-or-later
// The port mapper as the kernel sees it.
#pragma once

#include <sz/cpp/port_mapper.hpp>

#include <functional>
#include <vector>

#include "addresses.hpp"

namespace upnp {

class UpnpMapper final : public sz::plugin::PortMapper {
  public:
    using Search = std::function<std::vector<Url>()>;

    UpnpMapper();                        // searches with miniupnpc
    explicit UpnpMapper(Search search);  // for tests, which must not

    [[nodiscard]] sz::plugin::Result<std::string> map(
        std::string_view request, const sz::plugin::Progress& progress) const override;
    [[nodiscard]] sz::plugin::Status unmap(std::string_view mapping,
                                           std::chrono::milliseconds patience) const override;

  private:
    Search search_;
};

}  // namespace upnp
