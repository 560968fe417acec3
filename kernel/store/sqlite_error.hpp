// SPDX-License-Identifier: AGPL-3.0-or-later
// SQLite's error codes in words for a person. Inside kernel/store only.
#pragma once

#include <string>

#include "kernel/base/result.hpp"

struct sqlite3;

namespace sz {

// The error of the last call on `connection`: SZ-STORE-002 for damage, else SZ-STORE-003. SQLite's
// own text is left out of the message because it may name statements and tables; it goes to the
// log.
[[nodiscard]] Error sqlite_error(sqlite3* connection, const std::string& file);

// The error of a statement that was told to stop.
[[nodiscard]] Error sqlite_stopped(const std::string& file);

}  // namespace sz
