// SPDX-License-Identifier: AGPL-3.0-or-later
// A method of the bus with the schemas of its two sides.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "kernel/bus/bus.hpp"

namespace sz {

#ifdef SZ_DEBUG_CHECKS
inline constexpr bool bus_checks_are_on = true;
#else
inline constexpr bool bus_checks_are_on = false;
#endif

struct Method {
    MethodInfo info;
    std::string params_schema, result_schema;
    Handler handler;
};

// SZ-BUS-011 no schema or one that cannot be used, 012 no name: as Bus::add_method.
[[nodiscard]] Result<std::shared_ptr<Method>> make_method(MethodInfo info, Handler handler,
                                                          const Bus::SchemaCheck& check);

// The schema of one part ("params", "result", "message") as a document of its own; it may use the
// definitions beside it. Empty if there is no such part.
[[nodiscard]] std::string part_of_schema(const Json& schema, const char* part);

}  // namespace sz
