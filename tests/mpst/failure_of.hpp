// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <sz/mpst/failure.hpp>

#include "tests/support/catch.hpp"

// How `use` failed; the test fails when it did not.
template <class Use>
mpst::Failure failure_of(const Use& use) {
    try {
        use();
    } catch (const mpst::SessionFailed& failed) {
        return failed.failure();
    }
    FAIL("nothing was thrown");
    return {};
}
