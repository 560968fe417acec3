// SPDX-License-Identifier: AGPL-3.0-or-later
// The plugin as the program opens it.
#include "identities.hpp"

using namespace identity::test;
using sz::plugin::bytes;
using sz::plugin::str;
using sz::plugin::TextSink;
using sz::plugin::testing::FindingList;
using sz::plugin::testing::LoadedPlugin;

TEST_CASE("the library makes an identity, signs with it and says what is wrong") {
    const sz::test::TempDir folder;
    const LoadedPlugin plugin(SZ_BUILD "/plugins/org.sessionzero.identity-local/identity_local.so",
                              folder.path().string());
    const auto& identity = plugin.extension<sz_identity>(SZ_IDENTITY_ID);
    FindingList findings;
    TextSink id, signature, token;
    REQUIRE(identity.create(identity.self, str("Mira"), str(""), id.table(), findings.table()) ==
            SZ_OK);
    CHECK(id.text.size() == 63);
    REQUIRE(identity.sign(identity.self, str(id.text), bytes("hello"), signature.table(),
                          findings.table()) == SZ_OK);
    CHECK(signature.text.size() == 64);
    REQUIRE(identity.export_secret(identity.self, str(id.text), token.table(), findings.table()) ==
            SZ_OK);
    CHECK(findings.items.empty());
    TextSink again;
    CHECK(identity.import_secret(identity.self, str(token.text), str("Mira"), str(""),
                                 again.table(), findings.table()) == SZ_ERR_CONFLICT);
    REQUIRE(findings.items.size() == 1);
    CHECK(findings.items[0].code == "SZ-IDENTITY-005");
    CHECK(again.text.empty());
}

TEST_CASE("the library seals with the effort that a person's passphrase needs") {
    const sz::test::TempDir folder;
    const LoadedPlugin plugin(SZ_BUILD "/plugins/org.sessionzero.identity-local/identity_local.so",
                              folder.path().string());
    const auto& identity = plugin.extension<sz_identity>(SZ_IDENTITY_ID);
    TextSink id;
    REQUIRE(identity.create(identity.self, str("Mira"), str("secret"), id.table(), nullptr) ==
            SZ_OK);
    CHECK(identity.lock(identity.self, str(id.text), nullptr) == SZ_OK);
    CHECK(identity.unlock(identity.self, str(id.text), str("wrong"), nullptr) == SZ_ERR_DENIED);
    CHECK(identity.unlock(identity.self, str(id.text), str("secret"), nullptr) == SZ_OK);
}
