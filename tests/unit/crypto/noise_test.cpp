// SPDX-License-Identifier: AGPL-3.0-or-later
// The handshake against the public test vectors (noise_vectors.json says where they are from), and
// what must never be accepted. What is not in the vectors (numbers after REKEY(), keys by label,
// hashes before a payload) was worked out with a second implementation: Python's cryptography.
#include "kernel/crypto/noise.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "kernel/crypto/crypto.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::noise;
using Json = nlohmann::json;

namespace {

std::string bytes(const std::string& hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return out;
}

std::string hex(std::string_view text) {
    return to_hex(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

SecretKey secret(const std::string& digits) {
    const std::string raw = bytes(digits);
    REQUIRE(raw.size() == SecretKey::size);
    SecretKey key;
    std::copy(raw.begin(), raw.end(), key.bytes().begin());
    return key;
}

const Json& vectors() {
    static const Json all = [] {
        std::ifstream in(SZ_REPOSITORY "/tests/unit/crypto/noise_vectors.json");
        return Json::parse(in).at("vectors");
    }();
    return all;
}

HandshakeState side(const Json& vector, Role role) {
    const std::string who = role == Role::initiator ? "init" : "resp";
    return {role, bytes(vector.at("prologue")), KeyPair::of(secret(vector.at(who + "_static"))),
            KeyPair::of(secret(vector.at(who + "_ephemeral")))};
}

HandshakeState::Payload always(const std::string& payload) {
    return [payload](const Hash&) { return Result<std::string>(payload); };
}

struct Pair {
    explicit Pair(const Json& vector)
        : initiator(side(vector, Role::initiator)), responder(side(vector, Role::responder)) {}
    HandshakeState& writer(int message) { return message % 2 == 0 ? initiator : responder; }
    HandshakeState& reader(int message) { return message % 2 == 0 ? responder : initiator; }
    std::string pass(int message, const std::string& payload = {}) {
        const std::string sent = writer(message).write(always(payload)).value();
        REQUIRE(reader(message).read(sent).value().payload == payload);
        return sent;
    }
    HandshakeState initiator, responder;
};

}  // namespace

TEST_CASE("the handshake of Noise XX gives the messages of the public vectors") {
    REQUIRE(vectors().size() == 3);
    for (const Json& vector : vectors()) {
        CAPTURE(vector.at("name").get<std::string>());
        Pair pair(vector);
        const Json& messages = vector.at("messages");
        for (int i = 0; i < 3; ++i) {
            const std::string payload = bytes(messages[i].at("payload"));
            CHECK(hex(pair.pass(i, payload)) == messages[i].at("ciphertext"));
        }
        Agreed initiator = pair.initiator.finish().value();
        Agreed responder = pair.responder.finish().value();
        if (vector.contains("handshake_hash"))
            CHECK(to_hex(initiator.hash) == vector.at("handshake_hash"));
        CHECK(initiator.hash == responder.hash);
        CHECK(initiator.peer == pair.responder.own());
        CHECK(responder.peer == pair.initiator.own());
        for (std::size_t i = 3; i < messages.size(); ++i) {
            const bool is_from_initiator = messages[i].at("from") == "init";
            Agreed& from = is_from_initiator ? initiator : responder;
            Agreed& to = is_from_initiator ? responder : initiator;
            const std::string payload = bytes(messages[i].at("payload"));
            std::string sealed, opened;
            REQUIRE(from.send.encrypt("", payload, sealed));
            CHECK(hex(sealed) == messages[i].at("ciphertext"));
            REQUIRE(to.receive.decrypt("", sealed, opened));
            CHECK(opened == payload);
        }
    }
}

TEST_CASE("a payload is made for the hash as it stands before it, and its reader learns the same") {
    const Json& vector = vectors()[0];
    Pair pair(vector);
    pair.pass(0, bytes(vector.at("messages")[0].at("payload")));
    Hash given{};
    const std::string payload = bytes(vector.at("messages")[1].at("payload"));
    const auto sent = pair.responder.write([&](const Hash& hash) {
        given = hash;
        return Result<std::string>(payload);
    });
    CHECK(to_hex(given) == "b4fca201ef17050a2933539b8a9c0b636959e00a4bdb63da1b1e405a92de3400");
    CHECK(pair.initiator.read(sent.value()).value().so_far == given);
}

TEST_CASE("keys by label are the same at both ends and as a second implementation makes them") {
    const Json& vector = vectors()[0];
    Pair pair(vector);
    for (int i = 0; i < 3; ++i) pair.pass(i, bytes(vector.at("messages")[i].at("payload")));
    Agreed initiator = pair.initiator.finish().value();
    Agreed responder = pair.responder.finish().value();
    CHECK(to_hex(initiator.keys.key("test label").bytes()) ==
          "af7706e8e383139316fd44b1ce8fe2682fdd4eb0225db5d526a24f0e46d765bb");
    CHECK(to_hex(responder.keys.key("test label").bytes()) ==
          "af7706e8e383139316fd44b1ce8fe2682fdd4eb0225db5d526a24f0e46d765bb");
    CHECK(to_hex(responder.keys.key("another").bytes()) !=
          to_hex(responder.keys.key("test label").bytes()));
}

TEST_CASE("REKEY() gives another key at both ends, and the numbers go on") {
    SecretKey key;
    for (std::size_t i = 0; i < SecretKey::size; ++i) key.bytes()[i] = static_cast<std::uint8_t>(i);
    CipherState cipher(SecretKey(key.bytes()));
    cipher.set_next(7);
    cipher.rekey();
    CHECK(cipher.next() == 7);
    std::string sealed;
    REQUIRE(cipher.encrypt("ad", "after", sealed));
    CHECK(hex(sealed) == "a9336263996a4c43cf8d54b06a68cca609f1b9dc33");
    CHECK(cipher.next() == 8);
    CipherState old(SecretKey(key.bytes()));
    old.set_next(7);
    std::string opened;
    const auto refused = old.decrypt("ad", sealed, opened);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CRYPTO-011");
    CHECK(opened.empty());
    CHECK(old.next() == 7);
    old.rekey();
    REQUIRE(old.decrypt("ad", sealed, opened));
    CHECK(opened == "after");
}

TEST_CASE("the last number but the reserved one seals, then no more") {
    CipherState cipher{SecretKey()};
    cipher.set_next(nonce_reserved - 1);
    std::string sealed;
    CHECK(cipher.encrypt("", "x", sealed));
    const auto refused = cipher.encrypt("", "x", sealed);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CRYPTO-010");
    CHECK(cipher.decrypt("", sealed, sealed).error().code == "SZ-CRYPTO-010");
}

TEST_CASE("a changed byte of messages 2 and 3 is refused wherever it is") {
    for (const int at : {1, 2}) {
        std::size_t size = 1;
        for (std::size_t place = 0; place < size; ++place) {
            Pair pair(vectors()[0]);
            for (int i = 0; i < at; ++i) pair.pass(i, "payload");
            std::string sent = pair.writer(at).write(always("payload")).value();
            size = sent.size();
            sent[place] = static_cast<char>(sent[place] ^ 0x80);
            const auto read = pair.reader(at).read(sent);
            CAPTURE(at, place);
            REQUIRE_FALSE(read);
            CHECK(read.error().code == "SZ-CRYPTO-011");
        }
        CHECK(size == (at == 1 ? 32u + 48 + 7 + 16 : 48u + 7 + 16));
    }
}

TEST_CASE("messages that are too short are refused, and a key of zeros") {
    for (int at = 0; at < 3; ++at) {
        Pair pair(vectors()[0]);
        for (int i = 0; i < at; ++i) pair.pass(i);
        const std::string sent = pair.writer(at).write(always("")).value();
        for (const std::size_t size : {std::size_t{0}, std::size_t{31}, sent.size() - 1}) {
            Pair again(vectors()[0]);
            for (int i = 0; i < at; ++i) again.pass(i);
            const auto read = again.reader(at).read(sent.substr(0, size));
            CAPTURE(at, size);
            REQUIRE_FALSE(read);
            CHECK(read.error().code == "SZ-CRYPTO-013");
        }
    }
    Pair pair(vectors()[0]);
    REQUIRE(pair.responder.read(std::string(32, '\0')));
    CHECK(pair.responder.write(always("")).error().code == "SZ-CRYPTO-012");
}

TEST_CASE("a payload may be as long as a message of Noise allows, and one byte more is refused") {
    Pair pair(vectors()[0]);
    const std::size_t most = message_bytes_max - 32 - tag_bytes;
    CHECK(pair.initiator.write(always(std::string(most + 1, 'x'))).error().code == "SZ-CRYPTO-013");
    Pair again(vectors()[0]);
    const std::string sent = again.initiator.write(always(std::string(most, 'x'))).value();
    CHECK(again.responder.read(sent));
    CHECK(Pair(vectors()[0]).responder.read(sent + std::string(17, 'x')).error().code ==
          "SZ-CRYPTO-013");
}

TEST_CASE("steps out of turn are refused") {
    Pair pair(vectors()[0]);
    CHECK(pair.responder.write(always("")).error().code == "SZ-CRYPTO-014");
    CHECK(pair.initiator.read("x").error().code == "SZ-CRYPTO-014");
    CHECK(pair.initiator.finish().error().code == "SZ-CRYPTO-014");
    for (int i = 0; i < 3; ++i) pair.pass(i);
    CHECK_FALSE(pair.initiator.is_my_turn());
    CHECK_FALSE(pair.responder.is_my_turn());
    CHECK(pair.initiator.write(always("")).error().code == "SZ-CRYPTO-014");
}

TEST_CASE("a moved secret is gone from where it was") {
    SecretKey key = SecretKey::random();
    const std::string before = hex(key.view());
    const SecretKey moved = std::move(key);
    CHECK(hex(moved.view()) == before);
    CHECK(hex(key.view()) == std::string(64, '0'));  // NOLINT(bugprone-use-after-move)
    CHECK(equal_secrets(moved.view(), moved.view()));
    CHECK_FALSE(equal_secrets(moved.view(), key.view()));
    CHECK_FALSE(equal_secrets(moved.view(), moved.view().substr(1)));
}

TEST_CASE("HMAC-SHA256 and HKDF give the answers of RFC 4231 and RFC 5869") {
    // RFC 4231 section 4.2 has a key of 20 bytes, which HMAC fills with zeros to the same block.
    const SecretKey key = secret("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b" + std::string(24, '0'));
    CHECK(to_hex(hmac_sha256(key, {"Hi ", "There"}).bytes()) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    // RFC 5869, A.3: no salt, which is a key of zeros, no info; the first 32 of its 42 bytes.
    const std::string input(22, '\x0b');
    CHECK(to_hex(KeySource(SecretKey(), {input}).key("").bytes()) ==
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}
