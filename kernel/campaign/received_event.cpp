// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/received_event.hpp"

#include <algorithm>
#include <span>

#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t received_salt_bytes = 16;

tl::unexpected<Error> not_held(const std::string& what) {
    return fail(
        ErrorKind::input, "SZ-CAMPAIGN-046", "An event from the host does not hold: " + what + ".",
        "Leave the table and ask the host what happened: its ledger may be damaged or forged.");
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::optional<std::string> from_hex(std::string_view hex, std::size_t bytes) {
    if (hex.size() != bytes * 2) return std::nullopt;
    std::string raw;
    const auto digit = [](char c) { return std::string_view("0123456789abcdef").find(c); };
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = digit(hex[i]);
        const auto low = digit(hex[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        raw += static_cast<char>(high * 16 + low);
    }
    return raw;
}

Json part_json(const Part& part) {
    Json value{
        {"kind", part.kind}, {"audience", part.audience}, {"salt", to_hex(bytes_of(part.salt))}};
    if (part.kind == "action") {
        constexpr std::size_t signature_bytes = std::tuple_size_v<Signature>;
        value["signature"] = to_hex(bytes_of(part.content).first(signature_bytes));
        value["content"] = part.content.substr(signature_bytes);
    } else {
        value["content"] = part.content;
    }
    return value;
}

Result<ReceivedPart> part_from(const Json& value) {
    if (const std::string* leaf = read::text(value, "leaf")) {
        SZ_ASSIGN(const Digest digest, digest_from_hex(*leaf));
        return ReceivedPart(digest);
    }
    const std::string* kind = read::text(value, "kind");
    const std::string* audience = read::text(value, "audience");
    const std::string* salt_hex = read::text(value, "salt");
    const std::string* content = read::text(value, "content");
    if (kind == nullptr || audience == nullptr || salt_hex == nullptr || content == nullptr)
        return not_held("a part lacks something");
    const auto salt = from_hex(*salt_hex, received_salt_bytes);
    if (!salt) return not_held("a part's salt is not hex");
    Part part{*kind, *audience, *salt, *content};
    if (*kind == "action") {
        const std::string* hex = read::text(value, "signature");
        const auto signature =
            hex == nullptr ? std::nullopt : from_hex(*hex, std::tuple_size_v<Signature>);
        if (!signature) return not_held("an action's signature is not hex");
        part.content = *signature + *content;
    }
    return ReceivedPart(std::move(part));
}

Status check_action(const Part& part, std::string_view campaign, std::string_view host) {
    SZ_ASSIGN(const SignedAction signed_action, action_of(part));
    SZ_ASSIGN(const Action action, parse_action(signed_action.bytes));
    if (action.campaign != campaign || action.host != host)
        return not_held("an action is for another campaign or host");
    return check_signature(signed_action, action.author);
}

}  // namespace

ReceivedEvent redact(const Event& event, const Viewer& viewer) {
    ReceivedEvent received{event.index, event.at, {}};
    for (const Part& part : event.parts) {
        const auto audience = Audience::parse(part.audience);
        if (audience && audience->includes(viewer)) {
            received.parts.emplace_back(part);
        } else {
            received.parts.emplace_back(sub_leaf(part));
        }
    }
    return received;
}

Json received_json(const ReceivedEvent& event) {
    Json parts = Json::array();
    for (const ReceivedPart& part : event.parts) {
        if (const auto* full = std::get_if<Part>(&part)) {
            parts.push_back(part_json(*full));
        } else {
            parts.push_back({{"leaf", to_hex(std::get<Digest>(part))}});
        }
    }
    return {{"index", event.index}, {"at", event.at}, {"parts", std::move(parts)}};
}

Result<ReceivedEvent> received_from_json(const Json& value) {
    const auto index = read::count(value, "index");
    const auto at = read::count(value, "at");
    if (!index || !at) return not_held("it has no number or time");
    ReceivedEvent event{*index, static_cast<UnixMs>(*at), {}};
    for (const Json& part : read::list(value, "parts")) {
        SZ_ASSIGN(ReceivedPart one, part_from(part));
        event.parts.push_back(std::move(one));
    }
    return event;
}

Result<Digest> check_received(const ReceivedEvent& event, EventIndex previous_index,
                              const Digest& previous, std::string_view campaign,
                              std::string_view host) {
    if (event.index != previous_index + 1) return not_held("it does not follow the one before it");
    if (event.parts.empty()) return not_held("it has no parts");
    std::vector<Digest> sub_leaves;
    std::vector<Part> seen;
    for (const ReceivedPart& received : event.parts) {
        const auto* part = std::get_if<Part>(&received);
        sub_leaves.push_back(part == nullptr ? std::get<Digest>(received) : sub_leaf(*part));
        if (part == nullptr) continue;
        const bool is_first = &received == &event.parts.front();
        if ((part->kind == "action") != is_first)
            return not_held("its action does not stand first");
        if (is_first) {
            SZ_TRY(check_action(*part, campaign, host));
        } else {
            seen.push_back(*part);
        }
    }
    if (auto records = records_of(seen); !records) return not_held(records.error().message);
    return chain_head(previous, event.index, event.at, sub_leaves);
}

}  // namespace sz::campaign
