// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/embedded_schemas.hpp"

#include <algorithm>

#include "kernel/bus/bus.hpp"

namespace sz {

std::string_view embedded_schema(std::string_view path) {
    const auto table = embedded_schema_table();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [path](const EmbeddedSchema& s) { return s.path == path; });
    return found == table.end() ? std::string_view{} : found->text;
}

std::vector<std::string_view> embedded_schemas() {
    std::vector<std::string_view> paths;
    for (const auto& schema : embedded_schema_table()) paths.push_back(schema.path);
    return paths;
}

}  // namespace sz
