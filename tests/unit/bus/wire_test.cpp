// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/wire.hpp"

#include "kernel/base/limits.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using wire::Request;

TEST_CASE("a request is read as it is written", "[wire]") {
    Request call;
    call.id = 7;
    call.name = "pack.list";
    call.params = {{"a", 1}};
    call.deadline = std::chrono::milliseconds(500);
    const auto read = wire::read_request(wire::call_line(call));
    REQUIRE(read);
    CHECK(read->kind == Request::Kind::call);
    CHECK(read->id == 7);
    CHECK(read->name == "pack.list");
    CHECK(read->params == Json{{"a", 1}});
    CHECK(read->deadline.count() == 500);
}

TEST_CASE("every kind of request has its word", "[wire]") {
    CHECK(wire::read_request(R"({"id":1,"call":"a.b"})")->params == Json::object());
    CHECK(wire::read_request(R"({"id":1,"cancel":true})")->kind == Request::Kind::cancel);
    CHECK(wire::read_request(R"({"id":1,"subscribe":"a.*"})")->kind == Request::Kind::subscribe);
    CHECK(wire::read_request(R"({"id":1,"unsubscribe":"a.*"})")->kind ==
          Request::Kind::unsubscribe);
}

TEST_CASE("what is not a request is refused", "[wire]") {
    const auto line = GENERATE(
        as<std::string>{}, "", "x", "[]", "{}", "7", R"({"id":1})", R"({"call":"a"})",
        R"({"id":-1,"call":"a"})", R"({"id":1.5,"call":"a"})", R"({"id":"1","call":"a"})",
        R"({"id":1,"call":7})", R"({"id":1,"call":""})", R"({"id":1,"call":"a","cancel":true})",
        R"({"id":1,"call":"a","params":[]})", R"({"id":1,"call":"a","deadline_ms":-2})",
        R"({"id":1,"call":"a","deadline_ms":999999999999})", R"({"id":1,"call":"a","extra":1})",
        R"({"id":1,"id":2,"call":"a"})");
    INFO(line);
    const auto read = wire::read_request(line);
    REQUIRE(!read);
    CHECK(read.error().code == "SZ-BUS-020");
}

TEST_CASE("a message is one line, whatever its text holds", "[wire]") {
    const auto line = wire::topic_line("a.b", {{"text", "x\ny"}});
    CHECK(line == "{\"message\":{\"text\":\"x\\ny\"},\"topic\":\"a.b\"}\n");
}

TEST_CASE("a result too large to send becomes an error that says so", "[wire]") {
    const auto line = wire::reply_line(3, Json(std::string(limits::bus_message_bytes_max, 'x')));
    const auto message = wire::parse_line(line);
    REQUIRE(message);
    CHECK(message->at("id") == 3);
    CHECK(message->at("error").at("code") == "SZ-BUS-024");
}
