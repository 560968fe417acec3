// SPDX-License-Identifier: AGPL-3.0-or-later
// What the file of one identity says: who it is, and the secret, in plain text or sealed with a
// passphrase.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "secret.hpp"

namespace identity {

// How much work it is to try one passphrase (Argon2id). Written into the file, so it may be raised
// later.
struct Effort {
    std::uint64_t operations;
    std::uint64_t memory_bytes;
    // 256 MiB and 3 passes: under a second on a desktop of today (libsodium's "moderate").
    [[nodiscard]] static Effort moderate();
};

struct Sealed {
    Effort effort;
    std::array<std::uint8_t, 16> salt;
    std::array<std::uint8_t, 24> nonce;
    std::array<std::uint8_t, SigningKey::seed_bytes + 16> box;  // XChaCha20-Poly1305 of the seed
};

struct Record {
    std::string name;
    std::string client_id;
    std::string created_at;  // RFC 3339, UTC, milliseconds
    std::optional<Sealed> sealed;

    // Reads a file. `key` gets the key pair when the secret stands there in plain text.
    // SZ-IDENTITY-011 says what is damaged.
    [[nodiscard]] static Result<Record> read(std::string_view text, std::optional<SigningKey>& key);

    // The file's text: sealed, or with the secret of `key`. Wipe it.
    [[nodiscard]] std::string text(const SigningKey& key) const;

    // Seals the secret; everything else in the record is authenticated with it, so do this last.
    // SZ-IDENTITY-014.
    [[nodiscard]] Status seal(const SigningKey& key, std::string_view passphrase,
                              const Effort& effort);

    // SZ_ERR_DENIED, SZ-IDENTITY-010: another passphrase, or a changed file, which cannot be told
    // apart.
    [[nodiscard]] Result<SigningKey> open(std::string_view passphrase) const;
};

}  // namespace identity
