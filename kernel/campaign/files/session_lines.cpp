// SPDX-License-Identifier: AGPL-3.0-or-later
// Events, streams and verdicts as lines of JSON. Text stays text, so that a person can read it; the
// few bytes that are no text are hexadecimal.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/campaign/files/limits.hpp"
#include "kernel/campaign/files/session_pack.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t signature_bytes = Signature{}.size();

tl::unexpected<Error> bad_line(const char* what) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-061", what);
}

std::string hex_of(std::string_view bytes) {
    return to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::optional<std::string> bytes_of_hex(const std::string& hex) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        if (digit(hex[i]) < 0 || digit(hex[i + 1]) < 0) return std::nullopt;
        bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
    }
    return bytes;
}

Result<Json> parse_line(std::string_view line) {
    auto parsed =
        parse_json(line, {limits::session_line_bytes_max, limits::session_line_depth_max,
                          limits::session_line_bytes_max, limits::session_line_values_max});
    if (!parsed || !parsed->is_object()) return bad_line("its line is not a JSON object");
    return parsed;
}

std::optional<Digest> digest_at(const Json& json, std::string_view key) {
    const std::string* text = read::text(json, key);
    const auto digest = text == nullptr ? Result<Digest>(fail(Error{})) : digest_from_hex(*text);
    return digest ? std::optional(*digest) : std::nullopt;
}

// A part's content; an action begins with its signature.
bool take_part(const Json& json, Part& part) {
    const std::string* kind = read::text(json, "kind");
    const std::string* audience = read::text(json, "audience");
    const std::string* salt = read::text(json, "salt");
    const std::string* content = read::text(json, "content");
    if (kind == nullptr || audience == nullptr || salt == nullptr || content == nullptr)
        return false;
    const auto salt_bytes = bytes_of_hex(*salt);
    const std::string* signed_by = read::text(json, "signature");
    const auto signature = bytes_of_hex(signed_by == nullptr ? std::string() : *signed_by);
    if (!salt_bytes || !signature) return false;
    if (content->size() > limits::event_bytes_max ||
        audience->size() > limits::part_label_bytes_max)
        return false;
    part = {*kind, *audience, *salt_bytes, *signature + *content};
    return true;
}

}  // namespace

std::string event_line(const Event& event) {
    Json parts = Json::array();
    for (const Part& part : event.parts) {
        Json json{{"kind", part.kind}, {"audience", part.audience}, {"salt", hex_of(part.salt)}};
        std::string_view content = part.content;
        if (part.kind == "action") {
            json["signature"] = hex_of(content.substr(0, signature_bytes));
            content.remove_prefix(std::min(signature_bytes, content.size()));
        }
        json["content"] = content;
        parts.push_back(std::move(json));
    }
    return canonical_json(Json{{"index", event.index},
                               {"at", event.at},
                               {"head", to_hex(event.head)},
                               {"parts", std::move(parts)}});
}

Result<Event> parse_event_line(std::string_view line) {
    SZ_ASSIGN(const Json json, parse_line(line));
    const auto index = read::count(json, "index");
    const auto at = read::count(json, "at");
    const auto head = digest_at(json, "head");
    if (!index || !at || !head) return bad_line("its line lacks its number, its time or its head");
    Event event{*index, static_cast<UnixMs>(*at), {}, *head};
    for (const Json& one : read::list(json, "parts")) {
        if (event.parts.size() >= limits::event_parts_max) return bad_line("it has too many parts");
        if (!take_part(one, event.parts.emplace_back()))
            return bad_line("a part of it is not as it should be");
    }
    return event;
}

std::string stream_line(const Stream& stream) {
    return canonical_json(
        Json{{"number", stream.number}, {"author", stream.author}, {"stream", stream.stream}});
}

Result<Stream> parse_stream_line(std::string_view line) {
    SZ_ASSIGN(const Json json, parse_line(line));
    const auto number = read::count(json, "number");
    const std::string* author = read::text(json, "author");
    const std::string* name = read::text(json, "stream");
    if (!number || *number == 0 || author == nullptr || name == nullptr)
        return bad_line("a line of the streams is not as it should be");
    return Stream{*number, *author, *name, 0, {}};
}

std::string verdict_line(const Verdict& verdict) {
    Json json{{"stream", verdict.stream},
              {"seq", verdict.seq},
              {"event", verdict.event},
              {"action", to_hex(verdict.action)},
              {"chain", to_hex(verdict.chain)}};
    if (!verdict.refusal.empty()) json["refusal"] = verdict.refusal;
    return canonical_json(json);
}

Result<Verdict> parse_verdict_line(std::string_view line) {
    SZ_ASSIGN(const Json json, parse_line(line));
    const auto stream = read::count(json, "stream");
    const auto seq = read::count(json, "seq");
    const auto event = read::count(json, "event");
    const auto action = digest_at(json, "action");
    const auto chain = digest_at(json, "chain");
    if (!stream || !seq || !event || !action || !chain)
        return bad_line("a line of the verdicts is not as it should be");
    return Verdict{*stream, *seq, *event, *action, string_or(json, "refusal"), *chain};
}

std::string snapshot_line(const Snapshot& snapshot) {
    return canonical_json(Json{{"number", snapshot.number},
                               {"event", snapshot.event},
                               {"at", snapshot.at},
                               {"note", snapshot.note}});
}

Result<Snapshot> parse_snapshot_line(std::string_view line) {
    SZ_ASSIGN(const Json json, parse_line(line));
    Snapshot snapshot;
    const auto at = read::count(json, "at");
    snapshot.number = read::count(json, "number").value_or(0);
    snapshot.event = read::count(json, "event").value_or(0);
    snapshot.note = string_or(json, "note");
    if (!at || snapshot.number == 0 || snapshot.event == 0 || !check_note(snapshot.note))
        return bad_line("a line of the snapshots is not as it should be");
    snapshot.at = static_cast<UnixMs>(*at);
    return snapshot;
}

}  // namespace sz::campaign
