// SPDX-License-Identifier: AGPL-3.0-or-later
// Our own format: .szp archives (.szpack is the older ending) and the folders that they are made
// from.
#pragma once

#include <sz/cpp/pack_format.hpp>

#include "limits.hpp"

namespace szp {

class SzpFormat final : public sz::plugin::PackFormat {
  public:
    SzpFormat() : SzpFormat(Limits{}) {}
    explicit SzpFormat(const Limits& limits);

    [[nodiscard]] int probe(std::string_view path) const override;
    [[nodiscard]] sz::plugin::Status read(std::string_view path, std::string_view options,
                                          const sz::plugin::PackWriter& out,
                                          const sz::plugin::Progress& progress,
                                          sz::plugin::Findings& findings) const override;
    // Options: {"as": "archive" | "folder"}; an archive if nothing is said.
    [[nodiscard]] sz::plugin::Status write(const sz::plugin::PackReader& in, std::string_view path,
                                           std::string_view options,
                                           const sz::plugin::Progress& progress,
                                           sz::plugin::Findings& findings) const override;

  private:
    Limits limits_;
};

}  // namespace szp
