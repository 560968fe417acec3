// SPDX-License-Identifier: AGPL-3.0-or-later
// Keys and identities of a test's own. Link PkgConfig::SODIUM.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "kernel/crypto/crypto.hpp"
#include "kernel/plugin/services.hpp"

// libsodium's two functions by hand: its header belongs to kernel/crypto, which has no key of its
// own to sign with.
extern "C" {
int crypto_sign_seed_keypair(unsigned char* public_key, unsigned char* secret_key,
                             const unsigned char* seed);
int crypto_sign_detached(unsigned char* signature, unsigned long long* size,
                         const unsigned char* message, unsigned long long message_size,
                         const unsigned char* secret_key);
}

namespace sz::test {

class TestKey {
  public:
    explicit TestKey(std::uint8_t seed) {
        (void)crypto_init();
        const std::array<unsigned char, 32> bytes{seed};
        crypto_sign_seed_keypair(public_.data(), secret_.data(), bytes.data());
    }
    [[nodiscard]] std::string client_id() const { return client_id_text(public_); }
    [[nodiscard]] Signature sign(std::string_view message) const {
        Signature signature{};
        crypto_sign_detached(signature.data(), nullptr,
                             reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                             secret_.data());
        return signature;
    }

  private:
    PublicKey public_{};
    std::array<unsigned char, 64> secret_{};
};

// One identity, always unlocked.
class FakeIdentity final : public Identity {
  public:
    explicit FakeIdentity(std::uint8_t seed, std::string name = "Mira")
        : key_(seed), name_(std::move(name)) {}
    [[nodiscard]] const TestKey& key() const { return key_; }

    [[nodiscard]] Result<Json> list() const override {
        return Json::array({{{"client_id", key_.client_id()}, {"name", name_}, {"active", true}}});
    }
    [[nodiscard]] Result<std::string> active() const override { return key_.client_id(); }
    [[nodiscard]] Result<std::string> sign(const std::string&, std::string_view message) override {
        const Signature signature = key_.sign(message);
        return std::string(signature.begin(), signature.end());
    }
    [[nodiscard]] Result<std::string> create(const std::string&, const std::string&) override {
        return no<std::string>();
    }
    [[nodiscard]] Status use(const std::string&) override { return no<void>(); }
    [[nodiscard]] Status unlock(const std::string&, const std::string&) override {
        return no<void>();
    }
    [[nodiscard]] Status lock(const std::string&) override { return no<void>(); }
    [[nodiscard]] Status set_passphrase(const std::string&, const std::string&,
                                        const std::string&) override {
        return no<void>();
    }
    [[nodiscard]] Result<std::string> export_secret(const std::string&) override {
        return no<std::string>();
    }
    [[nodiscard]] Result<std::string> import_secret(const std::string&, const std::string&,
                                                    const std::string&) override {
        return no<std::string>();
    }

  private:
    template <class T>
    static Result<T> no() {
        return fail(ErrorKind::unsupported, "SZ-IDENTITY-099", "A test's identity only signs.");
    }
    TestKey key_;
    std::string name_;
};

}  // namespace sz::test
