// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/bus/wire.hpp"

#include "kernel/base/limits.hpp"

namespace sz::wire {

namespace {

constexpr std::size_t name_bytes_max = 256;  // of a method or topic
constexpr std::int64_t deadline_ms_max = 7LL * 24 * 60 * 60 * 1000;

auto not_a_request(std::string what) {
    return fail(ErrorKind::input, "SZ-BUS-020",
                "A message on the profile's socket is not a request: " + std::move(what),
                "Use a program of the same version.");
}

std::string line_of(const Json& message) { return canonical_json(message) + "\n"; }

Status read_member(Request& request, const std::string& key, const Json& value) {
    if (key == "id") {
        if (!value.is_number_unsigned()) return not_a_request("“id” must be a whole number.");
        request.id = value.get<std::uint64_t>();
    } else if (key == "call" || key == "subscribe" || key == "unsubscribe") {
        using Kind = Request::Kind;
        request.kind = key == "call"        ? Kind::call
                       : key == "subscribe" ? Kind::subscribe
                                            : Kind::unsubscribe;
        if (!value.is_string()) return not_a_request("“" + key + "” must be a name.");
        request.name = value.get<std::string>();
        if (request.name.empty() || request.name.size() > name_bytes_max)
            return not_a_request("the name is empty or too long.");
    } else if (key == "cancel") {
        request.kind = Request::Kind::cancel;
    } else if (key == "params") {
        if (!value.is_object()) return not_a_request("“params” must be an object.");
        request.params = value;
    } else if (key == "deadline_ms") {
        if (!value.is_number_integer())
            return not_a_request("“deadline_ms” must be a whole number.");
        const auto ms = value.get<std::int64_t>();
        if (ms < -1 || ms > deadline_ms_max) return not_a_request("“deadline_ms” is out of range.");
        request.deadline = std::chrono::milliseconds(ms);
    } else {
        return not_a_request("the key “" + key.substr(0, 40) + "” is unknown.");
    }
    return {};
}

}  // namespace

Result<Json> parse_line(std::string_view line) {
    // A result may be as deep as any JSON is allowed to be, and stands some levels down in its
    // message.
    auto message = parse_json(line, {limits::bus_message_bytes_max, limits::json_depth_max + 8,
                                     limits::bus_message_bytes_max});
    if (!message) return not_a_request(message.error().message);
    if (!message->is_object()) return not_a_request("it is not an object.");
    return message;
}

Result<Request> read_request(std::string_view line) {
    SZ_ASSIGN(const Json message, parse_line(line));
    const auto verbs = message.count("call") + message.count("cancel") +
                       message.count("subscribe") + message.count("unsubscribe");
    if (verbs != 1)
        return not_a_request("it must have one of “call”, “cancel”, “subscribe”, “unsubscribe”.");
    if (message.count("id") == 0) return not_a_request("it has no “id”.");
    Request request;
    request.params = Json::object();
    for (const auto& [key, value] : message.items()) SZ_TRY(read_member(request, key, value));
    return request;
}

std::string call_line(const Request& request) {
    switch (request.kind) {
        case Request::Kind::cancel: return line_of({{"id", request.id}, {"cancel", true}});
        case Request::Kind::subscribe:
            return line_of({{"id", request.id}, {"subscribe", request.name}});
        case Request::Kind::unsubscribe:
            return line_of({{"id", request.id}, {"unsubscribe", request.name}});
        case Request::Kind::call: break;
    }
    return line_of({{"id", request.id},
                    {"call", request.name},
                    {"params", request.params},
                    {"deadline_ms", request.deadline.count() < 0 ? -1 : request.deadline.count()}});
}

std::string hello_line(std::string_view version) {
    return line_of({{"hello", {{"protocol", protocol}, {"version", version}}}});
}

std::string reply_line(std::uint64_t id, const Result<Json>& result) {
    if (!result) return line_of({{"id", id}, {"error", error_to_json(result.error())}});
    Json message{{"id", id}};
    message["result"] = *result;
    auto line = line_of(message);
    if (line.size() <= limits::bus_message_bytes_max) return line;
    return reply_line(id, fail(ErrorKind::limit, "SZ-BUS-024",
                               "The answer is too large to be sent.", "Ask for less at a time."));
}

std::string topic_line(const std::string& topic, const Json& message) {
    return line_of({{"topic", topic}, {"message", message}});
}

std::string refusal_line(const Error& error) { return line_of({{"error", error_to_json(error)}}); }

}  // namespace sz::wire
