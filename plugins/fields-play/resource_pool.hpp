// SPDX-License-Identifier: AGPL-3.0-or-later
// The parts of a resource, and what its definition says of them.
#pragma once

#include "common.hpp"

namespace play {

struct Pool {
    Decimal current;
    std::optional<Decimal> maximum;  // what is stored; nothing where a formula computes it
    Decimal temporary;
};

// What the definition says.
struct PoolLimits {
    Decimal min;
    std::optional<Decimal> max;  // what the maximum is where the value does not say
    bool is_open = false;        // current may go beyond the maximum
    bool has_formula = false;    // the maximum is computed and never stored
    // What the maximum is now for whoever changes it, as the host says to `apply` (things, or a
    // formula); nothing where only what is stored counts.
    std::optional<Decimal> computed;

    // What the current one may reach; nothing where that is unknown, or there is no such limit.
    [[nodiscard]] std::optional<Decimal> maximum_of(const Pool& pool) const {
        return computed ? computed : pool.maximum;
    }
};

// SZ-FIELD-104.
[[nodiscard]] Result<PoolLimits> limits_of(const Json& definition);

[[nodiscard]] Json json_of_pool(const Pool& pool);

// A canonical value as it is seen: what a thing that is gone had lifted beyond the maximum does not
// count any more.
[[nodiscard]] Pool pool_of(const PoolLimits& limits, const Json& value);

// A number alone is the current one; the maximum stays what it is, or what the definition says.
[[nodiscard]] Result<Pool> read_pool(const PoolLimits& limits, const Json& value,
                                     const Pool* before);

// SZ-FIELD-200.
[[nodiscard]] std::optional<Fault> wrong_pool(const PoolLimits& limits, const Pool& pool);

[[nodiscard]] inline Decimal between(const Decimal& number, const Decimal& least,
                                     const std::optional<Decimal>& most) {
    if (number.compare(least) < 0) return least;
    return most && number.compare(*most) > 0 ? *most : number;
}

}  // namespace play
