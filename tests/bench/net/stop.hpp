// SPDX-License-Identifier: AGPL-3.0-or-later
// A measurement without its subject is worth nothing: the program ends.
#pragma once

#include <string>
#include <utility>

#include "kernel/base/result.hpp"

namespace sz::netbench {

[[noreturn]] void stop_with(const std::string& sentence);

template <class T>
T must(Result<T> result) {
    if (!result) stop_with(result.error().message);
    return std::move(*result);
}
inline void must(const Status& status) {
    if (!status) stop_with(status.error().message);
}

}  // namespace sz::netbench
