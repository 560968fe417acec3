// SPDX-License-Identifier: AGPL-3.0-or-later
// A table as the JSON text of a dataset.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "table.hpp"

namespace csv {

struct DatasetName {
    std::string id, title, version;
};

struct DatasetText {
    std::string text;
    std::uint64_t entries = 0;
};

// False: cancelled, or a fault says why. `values` is raised by the number of JSON values.
[[nodiscard]] bool write_dataset(const Table& table, const DatasetName& name,
                                 const std::function<bool()>& go_on, Faults& faults,
                                 std::uint64_t& values, DatasetText& written);

}  // namespace csv
