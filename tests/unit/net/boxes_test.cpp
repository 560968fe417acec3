// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/boxes.hpp"

#include "tests/support/catch.hpp"

using sz::net::Outbox;

namespace {

// Two bytes a piece: "aabb" is two of them, "c" and "" are one each.
Outbox outbox_with_four_pieces() {
    Outbox box(2, 1000);
    for (const char* message : {"aabb", "c", ""}) box.push(message);
    return box;
}

std::string said(Outbox& box) {
    std::string all;
    while (const auto piece = box.take())
        all += std::to_string(piece->number) + std::string(piece->content) +
               (piece->is_last ? "." : " ");
    return all;
}

}  // namespace

TEST_CASE("an outbox says what it has, piece by piece, and again from where it is asked to") {
    Outbox box = outbox_with_four_pieces();
    CHECK(said(box) == "0aa 1bb.2c.3.");
    CHECK(said(box).empty());
    box.go_on_from(1);
    CHECK(said(box) == "1bb.2c.3.");
    box.confirm(2);
    box.push("d");
    CHECK(said(box) == "4d.");
    box.go_on_from(2);
    CHECK(said(box) == "2c.3.4d.");
    box.go_on_from(5);
    CHECK(said(box).empty());
    CHECK(box.bytes() == 0);
    box.push("e");
    CHECK(said(box) == "5e.");
}

TEST_CASE("what is confirmed before it was said again is not said again") {
    Outbox box = outbox_with_four_pieces();
    CHECK(said(box) == "0aa 1bb.2c.3.");
    box.go_on_from(0);
    box.confirm(3);
    CHECK(said(box) == "3.");
    box.go_on_from(3);
    box.confirm(4);
    CHECK(said(box).empty());
    Outbox half = outbox_with_four_pieces();
    CHECK(said(half) == "0aa 1bb.2c.3.");
    half.go_on_from(0);
    half.confirm(1);
    CHECK(said(half) == "1bb.2c.3.");
}
