// SPDX-License-Identifier: AGPL-3.0-or-later
// What session types cost a message, as sz_session_bench measures it.
#include "tests/bench/measure.hpp"

namespace sz::bench {

Rows measure_sessions(const Setup& setup) {
    Rows rows = rows_of(setup, "sz_session_bench");
    for (Row& row : rows) row.note = "a message";
    return rows;
}

}  // namespace sz::bench
