// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/catch.hpp"
TEST_CASE("x") { CHECK(true); }
