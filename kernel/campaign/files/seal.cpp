// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/seal.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sz::campaign {

namespace {

std::string seal_message(std::string_view bytes) {
    return "SessionZero seal v1\n" + std::string(bytes);
}

std::string seal_bytes(const Rebuilt& ledger) {
    return canonical_json(Json{{"v", 1},
                               {"campaign", ledger.campaign},
                               {"host", ledger.host},
                               {"events", ledger.events},
                               {"head", to_hex(ledger.head)},
                               {"answers", to_hex(ledger.answers)}});
}

}  // namespace

Status can_seal(Identity& identity, const std::string& host) {
    // Empty bytes are no seal of anything.
    auto signature = identity.sign(host, seal_message({}));
    if (!signature) return fail(std::move(signature).error());
    return {};
}

Result<Seal> make_seal(Identity& identity, const Rebuilt& ledger) {
    Seal seal{seal_bytes(ledger), {}};
    SZ_ASSIGN(const std::string signature, identity.sign(ledger.host, seal_message(seal.bytes)));
    if (signature.size() != seal.signature.size())
        return fail(ErrorKind::internal, "SZ-CAMPAIGN-012",
                    "The identity's plugin gave no proper signature.");
    std::copy(signature.begin(), signature.end(), seal.signature.begin());
    return seal;
}

bool holds_key(const Identity& identity, const std::string& client_id) {
    const auto all = identity.list();
    return all && all->is_array() && std::any_of(all->begin(), all->end(), [&](const Json& one) {
               return string_or(one, "client_id") == client_id;
           });
}

Status check_seal(const Seal& seal, const Rebuilt& ledger) {
    const auto key = client_id_key(ledger.host);
    if (key && seal.bytes == seal_bytes(ledger) &&
        verify(*key, seal_message(seal.bytes), seal.signature))
        return {};
    return fail(ErrorKind::input, "SZ-CAMPAIGN-071",
                "The seal of this session datapack is not its host's, or is for another ledger: "
                "the file was changed after it was exported.",
                "Ask for another copy, or export the campaign again where it is whole.");
}

}  // namespace sz::campaign
