// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/protocols/mux_frame.hpp"

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using namespace sz::net;

TEST_CASE("the frames of the mux have the bytes that the header says") {
    using namespace std::string_literals;
    CHECK(write_mux(OpenTalk{0x01020304, 0x1122334455667788, "Join"}) ==
          "\x00\x04\x03\x02\x01\x88\x77\x66\x55\x44\x33\x22\x11Join"s);
    CHECK(write_mux(7, mpst::Frame{"hi", {std::byte{0xff}}}) == "\x01\x07\0\0\0\x02hi\xff"s);
    CHECK(write_mux(CancelTalk{1, {"a", "bc", ""}}) == "\x02\x01\0\0\0\x01\0a\x02\0bc\0\0"s);
}

TEST_CASE("what is written is read again, and nothing shorter is") {
    const auto law = [](std::uint32_t talk, const std::string& label, const std::string& payload) {
        mpst::Frame frame{label.substr(0, 255), {}};
        for (const char c : payload) frame.payload.push_back(static_cast<std::byte>(c));
        const auto read = read_mux(write_mux(talk, frame));
        RC_ASSERT(read.has_value());
        const auto& message = std::get<TalkMessage>(*read);
        RC_ASSERT(message.talk == talk);
        RC_ASSERT(message.frame.label == frame.label);
        RC_ASSERT(message.frame.payload == frame.payload);
    };
    CHECK(rc::check(law));
    const std::string cancel = write_mux(CancelTalk{1, {"who", "where", "why"}});
    CHECK(read_mux(cancel));
    for (std::size_t i = 0; i < cancel.size(); ++i)
        CHECK(read_mux(cancel.substr(0, i)).error().code == "SZ-NET-120");
    CHECK_FALSE(read_mux(cancel + "x"));
    CHECK_FALSE(read_mux(write_mux(OpenTalk{1, 2, ""})));
}

TEST_CASE("the words of an end are cut to their limit") {
    const std::string long_text(5000, 'w');
    const auto read = read_mux(write_mux(CancelTalk{1, {long_text, "x", long_text}}));
    REQUIRE(read);
    CHECK(std::get<CancelTalk>(*read).notice.by.size() == 1000);
    CHECK(std::get<CancelTalk>(*read).notice.why.size() == 1000);
}
