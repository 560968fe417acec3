// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/action.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "kernel/base/ids.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

constexpr std::size_t path_bytes_max = 3 * limits::id_bytes_max + 2;
constexpr std::size_t operation_name_bytes_max = 64;

tl::unexpected<Error> action_malformed(const std::string& what, std::string where = {}) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-010",
                "An action is not as it should be: " + what + ".",
                "Update the program that wrote it.", std::move(where));
}

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool has_only(const Json& object, std::initializer_list<std::string_view> keys) {
    return std::all_of(object.items().begin(), object.items().end(), [&](const auto& item) {
        return std::find(keys.begin(), keys.end(), std::string_view(item.key())) != keys.end();
    });
}

Result<Operation> parse_operation(const Json& value) {
    if (!value.is_object() || !has_only(value, {"instance", "path", "op", "args", "base"})) {
        return action_malformed("an operation has a member that is not known");
    }
    const std::string* instance = read::text(value, "instance");
    const std::string* path = read::text(value, "path");
    const std::string* op = read::text(value, "op");
    const Json* args = read::member(value, "args");
    if (instance == nullptr || !is_uuid(*instance))
        return action_malformed("an operation's instance is not an id");
    if (path == nullptr || path->size() > path_bytes_max)
        return action_malformed("an operation's path is missing or too long");
    if (op == nullptr || op->empty() || op->size() > operation_name_bytes_max)
        return action_malformed("an operation has no name");
    if (args == nullptr || !args->is_array())
        return action_malformed("an operation's arguments are not a list");
    Operation operation{*instance, *path, *op, *args, std::nullopt};
    if (const Json* base = read::member(value, "base"); base != nullptr && !base->is_null()) {
        operation.base = read::count(*base);
        if (!operation.base) return action_malformed("an operation's base is not a revision");
    }
    return operation;
}

Status parse_name(const Json& value, Action& action) {
    for (auto [key, target] :
         {std::pair{"campaign", &action.campaign}, std::pair{"host", &action.host},
          std::pair{"author", &action.author}, std::pair{"stream", &action.stream},
          std::pair{"seen", &action.seen}}) {
        const std::string* text = read::text(value, key);
        if (text == nullptr) return action_malformed("a member is missing", key);
        *target = *text;
    }
    if (!is_uuid(action.campaign)) return action_malformed("the campaign is not an id");
    if (!client_id_key(action.host) || !client_id_key(action.author))
        return action_malformed("host or author is no Client ID");
    if (!is_hex(action.stream, 32)) return action_malformed("the stream is not 32 hex digits");
    if (!is_hex(action.seen, 64))
        return action_malformed("the head that was seen is not 64 hex digits");
    const auto seq = read::count(value, "seq");
    if (!seq || *seq == 0)
        return action_malformed("the number in the stream is not a number from 1");
    action.seq = *seq;
    return {};
}

}  // namespace

Json operation_json(const Operation& operation) {
    Json value{{"instance", operation.instance},
               {"path", operation.path},
               {"op", operation.op},
               {"args", operation.args}};
    if (operation.base) value["base"] = *operation.base;
    return value;
}

std::string action_bytes(const Action& action) {
    Json operations = Json::array();
    for (const Operation& operation : action.operations)
        operations.push_back(operation_json(operation));
    return canonical_json(Json{{"v", 1},
                               {"campaign", action.campaign},
                               {"host", action.host},
                               {"author", action.author},
                               {"stream", action.stream},
                               {"seq", action.seq},
                               {"seen", action.seen},
                               {"operations", std::move(operations)}});
}

std::string signing_message(std::string_view bytes) {
    std::string message = "SessionZero action v1\n";
    message += bytes;
    return message;
}

Result<Action> parse_action(std::string_view bytes) {
    auto parsed = parse_json(
        bytes, {limits::action_bytes_max, limits::action_depth_max, limits::action_bytes_max});
    if (!parsed)
        return action_malformed(parsed.error().code + ", " + parsed.error().message,
                                parsed.error().where);
    const Json& value = *parsed;
    if (!value.is_object() || !has_only(value, {"v", "campaign", "host", "author", "stream", "seq",
                                                "seen", "operations"})) {
        return action_malformed("it has a member that is not known");
    }
    if (read::count(value, "v") != 1U)
        return action_malformed("it is of a version that this program does not know");
    Action action;
    SZ_TRY(parse_name(value, action));
    const Json& operations = read::list(value, "operations");
    if (operations.empty() || operations.size() > limits::action_operations_max) {
        return action_malformed("it must have from 1 to " +
                                std::to_string(limits::action_operations_max) + " operations");
    }
    action.operations.reserve(operations.size());
    for (const Json& operation : operations) {
        SZ_ASSIGN(Operation one, parse_operation(operation));
        action.operations.push_back(std::move(one));
    }
    return action;
}

Status check_signature(const SignedAction& signed_action, const std::string& author) {
    SZ_ASSIGN(const PublicKey key, client_id_key(author));
    if (verify(key, signing_message(signed_action.bytes), signed_action.signature)) return {};
    return fail(ErrorKind::denied, "SZ-CAMPAIGN-012",
                "An action does not bear its author's signature.", {}, author);
}

Digest action_hash(std::string_view bytes) {
    return Hasher("SessionZero action v1").add(bytes).finish();
}

std::string operation_key(const Action& action, std::size_t operation) {
    const Digest digest = Hasher("SessionZero operation key v1")
                              .add(action.author)
                              .add(action.stream)
                              .add(action.seq)
                              .add(std::uint64_t{operation})
                              .finish();
    return to_hex(std::span(digest).first(8));
}

}  // namespace sz::campaign
