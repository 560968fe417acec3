// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/app/identity_methods.hpp"

#include <optional>

#include "tests/support/catch.hpp"
#include "tests/unit/bus/bus_fixture.hpp"

using namespace sz;
using namespace sz::test;

namespace {

const std::string first_id = "szid1first";
const std::string second_id = "szid1second";

// Two identities; the second is protected by the passphrase "open".
class TwoIdentities final : public Identity {
  public:
    std::function<void()> in_create = [] {};
    bool is_second_unlocked = false;
    std::string used = first_id;
    std::vector<std::string> passphrases;  // the second's, as they were set

    Result<Json> list() const override {
        return Json{{{"client_id", first_id},
                     {"name", "One"},
                     {"active", used == first_id},
                     {"protected", false},
                     {"unlocked", true},
                     {"created_at", "2026-01-01"}},
                    {{"client_id", second_id},
                     {"name", "Two"},
                     {"active", used == second_id},
                     {"protected", true},
                     {"unlocked", is_second_unlocked},
                     {"created_at", "2026-01-02"}}};
    }
    Result<std::string> active() const override { return used; }
    Result<std::string> create(const std::string& name, const std::string&) override {
        in_create();
        return "szid1" + name;
    }
    Status use(const std::string& client_id) override {
        used = client_id;
        return {};
    }
    Status unlock(const std::string&, const std::string& passphrase) override {
        if (passphrase != "open") return fail(ErrorKind::denied, "SZ-IDENTITY-003", "wrong");
        is_second_unlocked = true;
        return {};
    }
    Status lock(const std::string&) override {
        is_second_unlocked = false;
        return {};
    }
    Status set_passphrase(const std::string&, const std::string& old_passphrase,
                          const std::string& new_passphrase) override {
        passphrases = {old_passphrase, new_passphrase};
        return {};
    }
    Result<std::string> sign(const std::string&, std::string_view) override {
        return std::string(64, 's');
    }
    Result<std::string> export_secret(const std::string& client_id) override {
        if (client_id == second_id && !is_second_unlocked)
            return fail(ErrorKind::denied, "SZ-IDENTITY-003", "locked");
        return "secret of " + client_id;
    }
    Result<std::string> import_secret(const std::string& token, const std::string& name,
                                      const std::string&) override {
        return "szid1" + token + name;
    }
};

struct IdentityFixture : BusFixture {
    TwoIdentities inner;
    std::optional<IdentityMethods> methods;

    IdentityFixture() {
        methods.emplace(inner, bus);
        if (!methods->add_methods()) throw std::runtime_error("methods");
    }
    ~IdentityFixture() {
        bus.stop();
        methods.reset();
    }
    IdentityFixture(const IdentityFixture&) = delete;
    IdentityFixture& operator=(const IdentityFixture&) = delete;

    Result<Json> call(const std::string& method, Json params = Json::object()) {
        return bus.call_and_wait(method, std::move(params));
    }
};

}  // namespace

TEST_CASE("the active identity is meant when none is named", "[identity]") {
    IdentityFixture f;
    CHECK(f.call("identity.show").value()["name"] == "One");
    REQUIRE(f.call("identity.use", {{"client_id", second_id}}));
    CHECK(f.call("identity.show").value()["name"] == "Two");
    CHECK(f.call("identity.show", {{"client_id", first_id}}).value()["name"] == "One");
    CHECK(f.call("identity.list").value()["identities"].size() == 2);
}

TEST_CASE("an identity that is not here is not found", "[identity]") {
    IdentityFixture f;
    CHECK(code_of(f.call("identity.show", {{"client_id", "szid1other"}})) == "SZ-IDENTITY-004");
    CHECK(code_of(f.call("identity.export", {{"client_id", "szid1other"}})) == "SZ-IDENTITY-004");
}

TEST_CASE("a slow identity call freezes nothing else", "[identity]") {
    IdentityFixture f;
    std::promise<void> release;
    f.inner.in_create = [&] { release.get_future().wait(); };
    std::promise<Result<Json>> made;
    f.bus.call("identity.new", {{"name", "Mira"}}, {},
               [&](Result<Json> result) { made.set_value(std::move(result)); });
    CHECK(f.call("bus.methods"));
    release.set_value();
    CHECK(made.get_future().get().value()["client_id"] == "szid1Mira");
}

TEST_CASE("exporting with a passphrase leaves a locked identity locked", "[identity]") {
    IdentityFixture f;
    CHECK(code_of(f.call("identity.export", {{"client_id", second_id}})) == "SZ-IDENTITY-003");
    CHECK(code_of(f.call("identity.export", {{"client_id", second_id}, {"passphrase", "wrong"}})) ==
          "SZ-IDENTITY-003");
    CHECK(f.call("identity.export", {{"client_id", second_id}, {"passphrase", "open"}})
              .value()["secret_token"] == "secret of " + second_id);
    CHECK(!f.inner.is_second_unlocked);
}

TEST_CASE("exporting leaves an unlocked identity unlocked", "[identity]") {
    IdentityFixture f;
    REQUIRE(f.call("identity.unlock", {{"client_id", second_id}, {"passphrase", "open"}}));
    REQUIRE(f.call("identity.export", {{"client_id", second_id}, {"passphrase", "open"}}));
    CHECK(f.inner.is_second_unlocked);
    REQUIRE(f.call("identity.lock", {{"client_id", second_id}}));
    CHECK(!f.inner.is_second_unlocked);
}

TEST_CASE("changes of identities are told, failures and questions are not", "[identity]") {
    IdentityFixture f;
    std::vector<std::string> heard;
    f.bus.subscribe("identity.changed", [&](const std::string&, const Json& message) {
        heard.push_back(message["client_id"]);
    });
    REQUIRE(f.call("identity.new", {{"name", "Mira"}}));
    REQUIRE(f.call("identity.import", {{"token", "T"}}));
    REQUIRE(f.call("identity.passphrase", {{"client_id", first_id}, {"old", ""}, {"new", "x"}}));
    REQUIRE(f.call("identity.lock"));
    REQUIRE(!f.call("identity.unlock", {{"client_id", second_id}, {"passphrase", "wrong"}}));
    REQUIRE(f.call("identity.list"));
    f.settle();
    CHECK(heard == std::vector<std::string>{"szid1Mira", "szid1TImported", first_id, first_id});
    CHECK(f.inner.passphrases == std::vector<std::string>{"", "x"});
}
