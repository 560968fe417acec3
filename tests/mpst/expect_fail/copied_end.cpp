// SPDX-License-Identifier: AGPL-3.0-or-later
// Copies an end.
// g++: use of deleted function .*end<.*Client>::end\(const
// clang++: deleted copy constructor of '.*Client::End'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(const Client::End& end) { return end; }
