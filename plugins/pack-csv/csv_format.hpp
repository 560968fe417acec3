// SPDX-License-Identifier: AGPL-3.0-or-later
// The pack format "csv" as the kernel sees it.
#pragma once

#include <sz/cpp/pack_format.hpp>

namespace csv {

// Options: see options.hpp, and README.md for what each means.
class CsvFormat final : public sz::plugin::PackFormat {
  public:
    CsvFormat();
    [[nodiscard]] int probe(std::string_view path) const override;
    [[nodiscard]] sz::plugin::Status read(std::string_view path, std::string_view options,
                                          const sz::plugin::PackWriter& out,
                                          const sz::plugin::Progress& progress,
                                          sz::plugin::Findings& findings) const override;
};

}  // namespace csv
