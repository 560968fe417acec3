// SPDX-License-Identifier: AGPL-3.0-or-later
// What a person does with identities.
#include <sz/client_id.h>

#include <atomic>
#include <thread>

#include "identities.hpp"

using namespace identity::test;

namespace {

// RFC 8032 section 7.1, test 1, as text.
const std::string token_1 = "szsecret1n4smr800l4dxpw5yft6f9mpvc3zyn3tf0vexjxts8wkqx89w0asqajjcg2";
const std::string id_1 = "szid16adfsqvzky9t042tlmfujeq88g8wzuhnm2nzxfd0qgdx3ac82ydq0frwpq";

bool is_signed_by(const std::string& client_id, const std::string& message,
                  const std::string& signature) {
    std::uint8_t key[SZ_KEY_BYTES];
    REQUIRE(sz_key_read(SZ_CLIENT_ID_PREFIX, client_id.data(), client_id.size(), key).what ==
            SZ_KEY_OK);
    return crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()),
                                       reinterpret_cast<const unsigned char*>(message.data()),
                                       message.size(), key) == 0;
}

}  // namespace

TEST_CASE("an identity is made, signs, and is still there after a restart") {
    Home home;
    const std::string id = *home.open()->create("Mira", "");
    const auto store = home.open();
    CHECK(list(*store) == Json::array({{{"client_id", id},
                                        {"name", "Mira"},
                                        {"active", true},
                                        {"protected", false},
                                        {"unlocked", true},
                                        {"created_at", "2025-11-21T21:58:25.123Z"}}}));
    const auto signature = store->sign(id, "I take 5 damage");
    REQUIRE(signature);
    CHECK(is_signed_by(id, "I take 5 damage", *signature));
    CHECK_FALSE(is_signed_by(id, "I take 6 damage", *signature));
    CHECK(home.warnings.empty());
}

TEST_CASE("a known secret gives the known Client ID and the known signature") {
    Home home;
    const auto store = home.open();
    CHECK(*store->import_secret(token_1, "RFC", "") == id_1);
    const std::string signature = *store->sign(id_1, "");
    const unsigned char first_bytes[] = {0xe5, 0x56, 0x43, 0x00, 0xc3, 0x60, 0xac, 0x72};
    CHECK(std::equal(std::begin(first_bytes), std::end(first_bytes),
                     reinterpret_cast<const unsigned char*>(signature.data())));
    CHECK(*store->export_secret(id_1) == token_1);
}

TEST_CASE("the Secret Token makes the same identity on another computer") {
    Home here, there;
    const auto first = here.open();
    const std::string id = *first->create("Mira", "");
    const auto second = there.open();
    CHECK(*second->import_secret(*first->export_secret(id), "Mira again", "") == id);
    CHECK(is_signed_by(id, "hello", *second->sign(id, "hello")));
    CHECK(code(second->import_secret(*first->export_secret(id), "Mira", "")) == "SZ-IDENTITY-005");
}

TEST_CASE("a mistyped Secret Token is found, and a Client ID in its place is named") {
    Home home;
    const auto store = home.open();
    std::string mistyped = token_1;
    mistyped[20] = mistyped[20] == 'q' ? 'p' : 'q';
    const auto wrong = store->import_secret(mistyped, "x", "");
    REQUIRE(!wrong);
    CHECK(wrong.error().code == "SZ-IDENTITY-012");
    CHECK(wrong.error().status == SZ_ERR_INVALID);
    CHECK(wrong.error().message ==
          "The Secret Token was mistyped: the checksum does not fit; character 21 is probably "
          "wrong.");
    CHECK_THAT(store->import_secret(id_1, "x", "").error().message,
               ContainsSubstring("you pasted a Client ID"));
    CHECK(list(*store).empty());
}

TEST_CASE("a passphrase protects from the next start on, and the wrong one opens nothing") {
    Home home;
    const std::string id = *home.open()->create("Mira", "correct horse");
    const auto store = home.open();
    CHECK(list(*store)[0]["protected"] == true);
    CHECK(list(*store)[0]["unlocked"] == false);
    CHECK(code(store->sign(id, "x")) == "SZ-IDENTITY-003");
    CHECK(store->sign(id, "x").error().status == SZ_ERR_DENIED);
    CHECK(store->export_secret(id).error().status == SZ_ERR_DENIED);
    const auto wrong = store->unlock(id, "Correct horse");
    CHECK(code(wrong) == "SZ-IDENTITY-010");
    CHECK(wrong.error().status == SZ_ERR_DENIED);
    CHECK(code(store->unlock(id, "")) == "SZ-IDENTITY-010");
    REQUIRE(store->unlock(id, "correct horse"));
    CHECK(is_signed_by(id, "x", *store->sign(id, "x")));
    REQUIRE(store->lock(id));
    CHECK(code(store->sign(id, "x")) == "SZ-IDENTITY-003");
}

TEST_CASE("a passphrase is set, changed and taken away") {
    Home home;
    const std::string id = *home.open()->create("Mira", "");
    REQUIRE(home.open()->set_passphrase(id, "", "one"));
    CHECK(home.open()->set_passphrase(id, "two", "three").error().status == SZ_ERR_DENIED);
    REQUIRE(home.open()->set_passphrase(id, "one", "two"));
    CHECK(code(home.open()->unlock(id, "one")) == "SZ-IDENTITY-010");
    CHECK(home.open()->unlock(id, "two"));
    REQUIRE(home.open()->set_passphrase(id, "two", ""));
    const auto store = home.open();
    CHECK(list(*store)[0]["protected"] == false);
    CHECK(is_signed_by(id, "x", *store->sign(id, "x")));
}

TEST_CASE("an unlocked identity stays unlocked when its passphrase changes, a locked one locked") {
    Home home;
    const auto store = home.open();
    const std::string id = *store->create("Mira", "one");
    CHECK(store->sign(id, "x"));
    REQUIRE(store->set_passphrase(id, "one", "two"));
    CHECK(store->sign(id, "x"));
    REQUIRE(store->lock(id));
    REQUIRE(store->set_passphrase(id, "two", "three"));
    CHECK(code(store->sign(id, "x")) == "SZ-IDENTITY-003");
    REQUIRE(store->set_passphrase(id, "three", ""));
    CHECK(store->sign(id, "x"));
    REQUIRE(store->lock(id));  // nothing to lock
    CHECK(store->sign(id, "x"));
}

TEST_CASE("the first identity is the active one until another is chosen, also after a restart") {
    Home home;
    const auto store = home.open();
    const std::string first = *store->create("First", "");
    const std::string second = *store->create("Second", "");
    CHECK(list(*store)[0]["active"] == true);
    REQUIRE(store->use(second));
    const Json after = list(*home.open());
    CHECK(after[0]["active"] == false);
    CHECK(after[1]["active"] == true);
    CHECK(after[1]["client_id"] == second);
    CHECK(after[0]["client_id"] == first);
}

TEST_CASE("identities are listed in order of making although the clock was set back") {
    Home home;
    const std::string first = *home.open()->create("First", "");
    home.now_ms -= 1'000'000'000;
    const std::string second = *home.open()->create("Second", "");
    const Json all = list(*home.open());
    CHECK(all[0]["client_id"] == first);
    CHECK(all[1]["client_id"] == second);
    CHECK(all[1]["created_at"] == "2025-11-21T21:58:25.124Z");
}

TEST_CASE("an identity that is not here is said to be not here, or mistyped") {
    Home home;
    const auto store = home.open();
    CHECK(store->use(id_1).error().status == SZ_ERR_NOT_FOUND);
    CHECK(store->use(id_1).error().message == "There is no such identity here.");
    CHECK(store->sign("szid1oops", "x").error().message ==
          "The Client ID was mistyped: bad character at 6.");
    CHECK(store->unlock(id_1, "x").error().status == SZ_ERR_NOT_FOUND);
    CHECK(store->lock(id_1).error().status == SZ_ERR_NOT_FOUND);
    CHECK(store->set_passphrase(id_1, "", "x").error().status == SZ_ERR_NOT_FOUND);
    CHECK(store->export_secret(id_1).error().status == SZ_ERR_NOT_FOUND);
}

TEST_CASE("names and passphrases have limits") {
    Home home;
    const auto store = home.open();
    CHECK(code(store->create("", "")) == "SZ-IDENTITY-013");
    CHECK(code(store->create("two\nlines", "")) == "SZ-IDENTITY-013");
    CHECK(code(store->create(std::string(201, 'x'), "")) == "SZ-IDENTITY-013");
    CHECK(store->create(std::string(200, 'x'), std::string(1024, 'p')));
    CHECK(code(store->create("x", std::string(1025, 'p'))) == "SZ-IDENTITY-013");
    CHECK(list(*store).size() == 1);
}

TEST_CASE("what is signed and listed while another identity is unlocked is right") {
    Home home;
    const auto store = home.open();
    const auto open = store->create("Mira", "");
    const auto sealed = store->create("Ada", "secret");
    REQUIRE(open);
    REQUIRE(sealed);
    const auto signature = store->sign(*open, "hello");
    std::atomic<bool> is_over = false;
    std::thread changes([&] {
        for (int i = 0; i < 20; ++i) {
            static_cast<void>(store->lock(*sealed));
            static_cast<void>(store->unlock(*sealed, "secret"));
            static_cast<void>(store->create("One more", ""));
        }
        is_over = true;
    });
    std::size_t wrong = 0;
    while (!is_over) {
        const auto again = store->sign(*open, "hello");  // Ed25519 draws no lots
        if (!again || *again != *signature || list(*store).size() < 2) ++wrong;
    }
    changes.join();
    CHECK(wrong == 0);
    CHECK(list(*store).size() == 22);
}
