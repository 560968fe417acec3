// SPDX-License-Identifier: AGPL-3.0-or-later
// What a connection between two programs costs, as sz_net_bench measures it.
#include "tests/bench/measure.hpp"

namespace sz::bench {

Rows measure_net(const Setup& setup) { return rows_of(setup, "sz_net_bench"); }

}  // namespace sz::bench
