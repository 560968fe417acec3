// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/result.hpp"

#include "tests/support/catch.hpp"

using namespace sz;

TEST_CASE("every kind of error has a name that leads back to it", "[result]") {
    const auto kind =
        GENERATE(ErrorKind::input, ErrorKind::usage, ErrorKind::not_found, ErrorKind::denied,
                 ErrorKind::conflict, ErrorKind::limit, ErrorKind::environment,
                 ErrorKind::cancelled, ErrorKind::unsupported, ErrorKind::internal);
    CHECK(kind_from_name(kind_name(kind)) == kind);
}

TEST_CASE("a kind of error that nobody knows is a defect", "[result]") {
    CHECK(kind_from_name("nonsense") == ErrorKind::internal);
}

TEST_CASE("exit codes tell input, usage and environment apart", "[result]") {
    CHECK(exit_code(ErrorKind::input) == 1);
    CHECK(exit_code(ErrorKind::not_found) == 1);
    CHECK(exit_code(ErrorKind::conflict) == 1);
    CHECK(exit_code(ErrorKind::limit) == 1);
    CHECK(exit_code(ErrorKind::usage) == 2);
    CHECK(exit_code(ErrorKind::environment) == 3);
    CHECK(exit_code(ErrorKind::denied) == 3);
    CHECK(exit_code(ErrorKind::internal) == 3);
}

namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return fail(ErrorKind::input, "SZ-TEST-001", "odd");
    return number / 2;
}

Result<int> quarter(int number) {
    SZ_ASSIGN(const int halved, half(number));
    return half(halved);
}

}  // namespace

TEST_CASE("a failed step ends the surrounding function with its error", "[result]") {
    CHECK(quarter(12).value() == 3);
    REQUIRE(!quarter(6));
    CHECK(quarter(6).error().code == "SZ-TEST-001");
}

TEST_CASE("warnings and notes are not errors", "[result]") {
    Finding note, error;
    note.severity = Severity::note;
    CHECK(!has_error({note}));
    CHECK(has_error({note, error}));
}
