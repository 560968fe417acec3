// SPDX-License-Identifier: AGPL-3.0-or-later
// The pack format "datasworn" as the kernel sees it.
#pragma once

#include <sz/cpp/pack_format.hpp>

namespace datasworn {

// Options: {"version": "1.0.0"}, the version of the packs that are made.
class DataswornFormat final : public sz::plugin::PackFormat {
  public:
    DataswornFormat();
    [[nodiscard]] int probe(std::string_view path) const override;
    [[nodiscard]] sz::plugin::Status read(std::string_view path, std::string_view options,
                                          const sz::plugin::PackWriter& out,
                                          const sz::plugin::Progress& progress,
                                          sz::plugin::Findings& findings) const override;
};

}  // namespace datasworn
