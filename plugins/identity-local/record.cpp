// SPDX-License-Identifier: AGPL-3.0-or-later
#include "record.hpp"

#include <sodium.h>
#include <sz/client_id.h>

#include <sz/cpp/json.hpp>

namespace identity {

namespace {

using sz::plugin::Json;
using sz::plugin::member_or;

constexpr int format_version = 1;
constexpr std::uint64_t operations_max = 64;  // past what anybody writes, short of a hang
constexpr std::uint64_t memory_bytes_max = std::uint64_t{1} << 30;  // 1 GiB

Fault damaged(const std::string& what) {
    return sz::plugin::invalid("SZ-IDENTITY-011",
                               "The file of an identity is damaged: " + what + ".",
                               "Restore the file from a copy.");
}

template <std::size_t N>
std::string to_hex(const std::array<std::uint8_t, N>& bytes) {
    std::string hex(2 * N + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), N);
    hex.pop_back();
    return hex;
}

template <std::size_t N>
bool from_hex(const std::string& hex, std::array<std::uint8_t, N>& bytes) {
    std::size_t written = 0;
    return hex.size() == 2 * N &&
           sodium_hex2bin(bytes.data(), N, hex.data(), hex.size(), nullptr, &written, nullptr) ==
               0 &&
           written == N;
}

// What everybody may know: authenticated together with the sealed secret.
Json public_part(const Record& record) {
    Json part{{"v", format_version},
              {"name", record.name},
              {"public", record.client_id},
              {"created_at", record.created_at}};
    if (record.sealed) {
        part["kdf"] = {{"name", "argon2id"},
                       {"opslimit", record.sealed->effort.operations},
                       {"memlimit", record.sealed->effort.memory_bytes},
                       {"salt", to_hex(record.sealed->salt)}};
    }
    return part;
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// The key that the passphrase stands for; nothing when there is not enough memory.
std::optional<SecretBytes> stretched(std::string_view passphrase, const Sealed& sealed) {
    SecretBytes key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    const int failed = crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(),
                                     sealed.salt.data(), sealed.effort.operations,
                                     static_cast<std::size_t>(sealed.effort.memory_bytes),
                                     crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) return std::nullopt;
    return key;
}

Fault no_memory() {
    Fault made = sz::plugin::invalid("SZ-IDENTITY-014",
                                     "There is not enough memory to work the passphrase out.",
                                     "Close other programs and try again.");
    made.status = SZ_ERR_ENVIRONMENT;
    return made;
}

Result<Sealed> read_sealed(const Json& json) {
    const Json kdf = json.contains("kdf") ? json["kdf"] : Json();
    Sealed sealed{};
    sealed.effort = {member_or(kdf, "opslimit", std::uint64_t{0}),
                     member_or(kdf, "memlimit", std::uint64_t{0})};
    if (member_or(kdf, "name", std::string()) != "argon2id")
        return damaged("it names no known way to use a passphrase");
    if (sealed.effort.operations < crypto_pwhash_OPSLIMIT_MIN ||
        sealed.effort.operations > operations_max ||
        sealed.effort.memory_bytes < crypto_pwhash_MEMLIMIT_MIN ||
        sealed.effort.memory_bytes > memory_bytes_max) {
        return damaged("the effort for its passphrase is out of range");
    }
    if (!from_hex(member_or(kdf, "salt", std::string()), sealed.salt) ||
        !from_hex(member_or(json, "nonce", std::string()), sealed.nonce) ||
        !from_hex(member_or(json, "box", std::string()), sealed.box)) {
        return damaged("its sealed secret is not complete");
    }
    return sealed;
}

}  // namespace

Effort Effort::moderate() {
    return {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE};
}

Result<Record> Record::read(std::string_view text, std::optional<SigningKey>& key) {
    Result<Json> json = sz::plugin::parse_json(text);
    if (!json || !json->is_object()) return damaged("it is not the JSON that was written");
    if (member_or(*json, "v", 0) != format_version) return damaged("it is of another version");
    Record record{member_or(*json, "name", std::string()),
                  member_or(*json, "public", std::string()),
                  member_or(*json, "created_at", std::string()), std::nullopt};
    std::array<std::uint8_t, SZ_KEY_BYTES> public_key{};
    if (sz_key_read(SZ_CLIENT_ID_PREFIX, record.client_id.data(), record.client_id.size(),
                    public_key.data())
            .what != SZ_KEY_OK) {
        return damaged("its Client ID is wrong");
    }
    if (json->contains("secret")) {
        Json& secret = (*json)["secret"];
        if (!secret.is_string()) return damaged("its secret is not text");
        Result<SigningKey> read = SigningKey::from_token(secret.get_ref<const std::string&>());
        wipe(secret.get_ref<std::string&>());
        if (!read || read->client_id() != record.client_id)
            return damaged("its secret does not belong to its Client ID");
        key = *std::move(read);
        return record;
    }
    const Result<Sealed> sealed = read_sealed(*json);
    if (!sealed) return sealed.error();
    record.sealed = *sealed;
    return record;
}

std::string Record::text(const SigningKey& key) const {
    Json json = public_part(*this);
    if (sealed) {
        json["nonce"] = to_hex(sealed->nonce);
        json["box"] = to_hex(sealed->box);
    } else {
        json["secret"] = key.token();
    }
    std::string text = json.dump(2) + "\n";
    if (!sealed) wipe(json["secret"].get_ref<std::string&>());
    return text;
}

Status Record::seal(const SigningKey& key, std::string_view passphrase, const Effort& effort) {
    sealed.emplace(Sealed{effort, {}, {}, {}});
    randombytes_buf(sealed->salt.data(), sealed->salt.size());
    randombytes_buf(sealed->nonce.data(), sealed->nonce.size());
    const auto lock = stretched(passphrase, *sealed);
    if (!lock) return no_memory();
    const std::string known = public_part(*this).dump();
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed->box.data(), nullptr, key.seed(), SigningKey::seed_bytes, bytes_of(known),
        known.size(), nullptr, sealed->nonce.data(), lock->data());
    return {};
}

Result<SigningKey> Record::open(std::string_view passphrase) const {
    const auto lock = stretched(passphrase, *sealed);
    if (!lock) return no_memory();
    const std::string known = public_part(*this).dump();
    SecretBytes seed(SigningKey::seed_bytes);
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        seed.data(), nullptr, nullptr, sealed->box.data(), sealed->box.size(), bytes_of(known),
        known.size(), sealed->nonce.data(), lock->data());
    if (failed == 0) {
        SigningKey key = SigningKey::from_seed(seed);
        if (key.client_id() == client_id) return key;
    }
    Fault wrong = sz::plugin::invalid(
        "SZ-IDENTITY-010", "The passphrase is wrong, or the file of the identity was changed.",
        "Try again; capital and small letters count.");
    wrong.status = SZ_ERR_DENIED;
    return wrong;
}

}  // namespace identity
