// SPDX-License-Identifier: AGPL-3.0-or-later
// The kernel thread asks for signatures: it never waits for a passphrase that is worked out.
#include "kernel/plugin/identity.hpp"

#include <chrono>
#include <future>
#include <nlohmann/json.hpp>
#include <sz/cpp/identity.hpp>
#include <thread>

#include "tests/support/catch.hpp"

using namespace sz;
using namespace std::chrono_literals;

namespace {

// Its unlock() ends when somebody has signed meanwhile.
class SlowStore final : public sz::plugin::IdentityStore {
  public:
    using Text = sz::plugin::Result<std::string>;
    using Done = sz::plugin::Status;

    std::promise<void> unlocking;
    mutable std::promise<void> was_signed;

    Text list(sz::plugin::Findings&) const override {
        return std::string(R"([{"client_id":"mira","active":true}])");
    }
    Text create(std::string_view, std::string_view) override { return std::string("mira"); }
    Done use(std::string_view) override { return {}; }
    Done unlock(std::string_view, std::string_view) override {
        unlocking.set_value();
        if (was_signed.get_future().wait_for(30s) == std::future_status::ready) return {};
        return sz::plugin::invalid("T-1", "Nobody could sign meanwhile.");
    }
    Done lock(std::string_view) override { return {}; }
    Done set_passphrase(std::string_view, std::string_view, std::string_view) override {
        return {};
    }
    Text sign(std::string_view, std::string_view) const override {
        was_signed.set_value();
        return std::string(64, 's');
    }
    Text export_secret(std::string_view) const override { return std::string("token"); }
    Text import_secret(std::string_view, std::string_view, std::string_view) override {
        return std::string("mira");
    }
};

}  // namespace

TEST_CASE("a signature does not wait for a passphrase that is worked out") {
    SlowStore store;
    PluginIdentity identity;
    REQUIRE(identity.add("org.test.slow", store.table()));
    auto unlocked =
        std::async(std::launch::async, [&] { return identity.unlock("mira", "secret"); });
    store.unlocking.get_future().wait();
    CHECK(identity.active().value_or("") == "mira");
    CHECK(identity.sign("mira", "hello").value_or("") == std::string(64, 's'));
    CHECK(unlocked.get());
}
