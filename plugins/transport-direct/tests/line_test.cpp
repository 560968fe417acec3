// SPDX-License-Identifier: AGPL-3.0-or-later
#include "../line.hpp"

#include "../end.hpp"
#include "tests/support/catch.hpp"

using namespace direct;

namespace {

unsigned told_of_room = 0;

const sz_transport_events& counting() {
    static sz_transport_events table{};
    table.size = sizeof table;
    table.writable = [](void*, Handle, std::uint32_t) { ++told_of_room; };
    told_of_room = 0;
    return table;
}

}  // namespace

TEST_CASE("a channel takes what it has room for, then tells when half of it is free") {
    for (const std::uint32_t channel : {SZ_CHANNEL_PLAY, SZ_CHANNEL_BULK}) {
        Line line(1, false, TransportEvents(counting()), true);
        bool is_first = false;
        CHECK(line.push(channel, "x", is_first) == SZ_ERR_NOT_FOUND);  // not open yet
        line.open();
        const std::size_t most = channel == SZ_CHANNEL_PLAY ? 16 : 8;  // of 16 KiB
        const std::string message(16384, 'm');
        for (std::size_t i = 0; i < most; ++i) {
            CHECK(line.push(channel, message, is_first) == SZ_OK);
            CHECK(is_first == (i == 0));
        }
        CHECK(line.queued_bytes() == most * 16384);
        CHECK(line.push(channel, "x", is_first) == SZ_ERR_LIMIT);
        for (std::size_t i = 1; i < most / 2; ++i) CHECK(line.pop(channel));
        CHECK(told_of_room == 0);
        CHECK(line.pop(channel));
        CHECK(told_of_room == 1);
        while (line.pop(channel)) {
        }
        CHECK(told_of_room == 1);  // once for a refusal
    }
}

TEST_CASE("a line that is closing takes nothing and gives what it has") {
    Line line(1, false, TransportEvents(counting()), true);
    bool is_first = false;
    line.open();
    CHECK(line.push(0, "last", is_first) == SZ_OK);
    CHECK(line.begin_close());
    CHECK_FALSE(line.begin_close());
    CHECK(line.push(0, "late", is_first) == SZ_ERR_NOT_FOUND);
    line.open();  // too late
    CHECK(line.push(0, "late", is_first) == SZ_ERR_NOT_FOUND);
    CHECK(line.pop(0) == "last");
}

TEST_CASE("a line is protected once, if it has datagrams") {
    Line plain(1, false, TransportEvents(counting()), false);
    plain.open();
    CHECK(plain.begin_protect() == SZ_ERR_UNSUPPORTED);
    Line line(2, false, TransportEvents(counting()), true);
    CHECK(line.begin_protect() == SZ_ERR_NOT_FOUND);
    line.open();
    CHECK(line.begin_protect() == SZ_OK);
    CHECK(line.begin_protect() == SZ_ERR_CONFLICT);
}

TEST_CASE("a reason is passed on as text, cut where a character begins") {
    CHECK(tame_reason(std::string(1000, 'r')) == std::string(1000, 'r'));
    CHECK(tame_reason(std::string(1001, 'r')) == std::string(1000, 'r'));
    CHECK(tame_reason(std::string(999, 'r') + "\xC3\xA4") == std::string(999, 'r'));
    CHECK(tame_reason(std::string(998, 'r') + "\xC3\xA4") == std::string(998, 'r') + "\xC3\xA4");
    CHECK(tame_reason("a\xFFz") == "a\xEF\xBF\xBDz");  // U+FFFD
}
