// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may run: what the bundle grants, what a person grants, and who owns an id.
#include "kernel/plugin/trust.hpp"
#include "tests/plugins_bad/faulty.hpp"
#include "tests/support/catch.hpp"

namespace fs = std::filesystem;
using namespace sz;
using namespace sz::test;

namespace {

constexpr const char* id = "org.test.plain";

// A profile that has the sound plugin, which nobody granted.
struct OwnPlugin {
    PluginPlace place;
    fs::path folder = place.add_to(place.folders.plugins(), faulty("plain"));

    // What `method` answers about the plugin.
    Result<Json> ask(const std::string& method) {
        PluginKernel kernel(place, checked());
        return kernel.bus().call_and_wait(method, {{"id", id}});
    }
    PluginRecord record(PluginKernel::Options options = checked()) {
        PluginKernel kernel(place, std::move(options));
        return kernel.record(id);
    }
    void change_description() const {
        std::string text = read_text(folder / "plugin.json");
        const std::string from = "SessionZero contributors";
        write_text(folder / "plugin.json",
                   text.replace(text.find(from), from.size(), "Somebody else"));
    }
};

}  // namespace

TEST_CASE("a plugin of the profile does not run before it is trusted") {
    OwnPlugin own;
    const auto before = own.record();
    CHECK(before.state == PluginState::untrusted);
    CHECK_FALSE(before.bundled);
    CHECK_THAT(before.reason, ContainsSubstring("szctl plugin trust org.test.plain"));
    const auto granted = own.ask("plugin.trust");
    REQUIRE(granted);
    CHECK(granted->at("restart") == true);
    CHECK(own.record().state == PluginState::running);
}

TEST_CASE("an unsigned plugin that changed is not the one that was trusted") {
    OwnPlugin own;
    REQUIRE(own.ask("plugin.trust"));
    own.change_description();
    const auto changed = own.record();
    CHECK(changed.state == PluginState::untrusted);
    CHECK_THAT(changed.reason, ContainsSubstring("changed since you trusted it"));
    REQUIRE(own.ask("plugin.trust"));
    CHECK(own.record().state == PluginState::running);
}

TEST_CASE("a plugin of the profile cannot take the id of one of the bundle") {
    const PluginPlace place;
    place.add_to(place.bundle, faulty("plain"));
    place.write_bundle();
    place.add_to(place.folders.plugins(), faulty("plain"));
    PluginKernel kernel(place, checked());
    kernel.thread().run_and_wait([&] {
        const auto records = kernel.plugins().records();
        REQUIRE(records.size() == 2);
        CHECK(records[0].state == PluginState::running);
        CHECK(records[0].bundled);
        CHECK(records[1].state == PluginState::invalid);
        CHECK_FALSE(records[1].bundled);
        CHECK_THAT(records[1].reason,
                   ContainsSubstring("uses the id of a plugin that comes with the program"));
    });
}

TEST_CASE("a plugin of the bundle that is not the pinned one does not run") {
    const PluginPlace place;
    const auto folder = place.add_to(place.bundle, faulty("plain"));
    place.write_bundle();
    std::ofstream(folder / "plugin.json", std::ios::app) << " ";
    PluginKernel kernel(place, checked());
    CHECK(kernel.state(id) == "invalid");
    CHECK_THAT(kernel.record(id).reason,
               ContainsSubstring("not the version that the program came with"));
}

TEST_CASE("safe mode leaves the person's own plugins out") {
    OwnPlugin own;
    REQUIRE(own.ask("plugin.trust"));
    const auto record = own.record({true, false, check_schema});
    CHECK(record.state == PluginState::disabled);
    CHECK_THAT(record.reason, ContainsSubstring("--safe-mode"));
}

TEST_CASE("a plugin can be turned off and on") {
    OwnPlugin own;
    REQUIRE(own.ask("plugin.trust"));
    const auto off = own.ask("plugin.disable");
    REQUIRE(off);
    CHECK(off->at("restart") == true);
    CHECK(own.record().state == PluginState::disabled);
    REQUIRE(own.ask("plugin.enable"));
    CHECK(own.record().state == PluginState::running);
}

TEST_CASE("a plugin that is not what its manifest lists cannot be trusted") {
    OwnPlugin own;
    fs::remove(own.folder / "faulty_plain.so");
    const auto granted = own.ask("plugin.trust");
    REQUIRE_FALSE(granted);
    CHECK(granted.error().code == "SZ-PLUGIN-021");
}

TEST_CASE("an unknown plugin is not found") {
    OwnPlugin own;
    PluginKernel kernel(own.place, checked());
    const auto info = kernel.bus().call_and_wait("plugin.info", {{"id", "org.test.nobody"}});
    REQUIRE_FALSE(info);
    CHECK(info.error().code == "SZ-PLUGIN-020");
    const auto known = kernel.bus().call_and_wait("plugin.info", {{"id", id}});
    REQUIRE(known);
    CHECK(known->at("abi") == "1.0");
    CHECK(known->at("signer").is_null());
}

TEST_CASE("a plugin is added from a folder, trusted, and runs at the next start") {
    const PluginPlace place;
    {
        PluginKernel kernel(place, checked());
        const auto begun =
            kernel.bus().call_and_wait("plugin.add", {{"path", faulty("plain").string()}});
        REQUIRE(begun);
        const auto added = kernel.bus().call_and_wait("task.wait", *begun);
        REQUIRE(added);
        CHECK(added->at("id") == id);
        CHECK(added->at("state") == "untrusted");
        REQUIRE(kernel.bus().call_and_wait("plugin.trust", {{"id", id}}));
        const auto again = kernel.bus().call_and_wait(
            "task.wait",
            *kernel.bus().call_and_wait("plugin.add", {{"path", faulty("plain").string()}}));
        REQUIRE_FALSE(again);
        CHECK(again.error().code == "SZ-PLUGIN-023");
    }
    PluginKernel kernel(place, checked());
    CHECK(kernel.state(id) == "running");
}

TEST_CASE("a plugin that can never run is not added, and nothing of it is left") {
    const PluginPlace place;
    const auto code_of_adding = [&] {
        PluginKernel kernel(place, checked());
        const auto begun =
            kernel.bus().call_and_wait("plugin.add", {{"path", faulty("plain").string()}});
        REQUIRE(begun);
        const auto added = kernel.bus().call_and_wait("task.wait", *begun);
        CHECK(fs::is_empty(place.folders.plugins()) == !added);
        return added ? "" : added.error().code + " " + added.error().hint;
    };
    SECTION("it has the id of one that comes with the program") {
        place.add_to(place.bundle, faulty("plain"));
        place.write_bundle();
        CHECK(code_of_adding() == "SZ-PLUGIN-011 Ask its author to choose an id of their own.");
    }
    SECTION("its id belongs to a signer, and it is not signed") {
        write_text(place.folders.trust(),
                   R"({"schemaVersion":"1.0.0","plugins":{"org.test.plain":{"signer":"szid1x"}}})");
        CHECK(code_of_adding() == "SZ-PLUGIN-011 Get the plugin again from that author.");
    }
    SECTION("nobody else has its id") { CHECK(code_of_adding().empty()); }
}

TEST_CASE("a plugin of the profile is removed, and what was decided about it stays") {
    OwnPlugin own;
    REQUIRE(own.ask("plugin.trust"));
    {
        PluginKernel kernel(own.place, checked());
        const auto removed = kernel.bus().call_and_wait("plugin.remove", {{"id", id}});
        REQUIRE(removed);
        CHECK(removed->at("restart") == true);
        CHECK_THAT(kernel.record(id).reason, ContainsSubstring("runs until the program ends"));
        CHECK(fs::is_empty(own.place.folders.plugins()));
        const auto again = kernel.bus().call_and_wait("plugin.remove", {{"id", id}});
        REQUIRE_FALSE(again);
        CHECK(again.error().code == "SZ-PLUGIN-020");
        const auto begun =
            kernel.bus().call_and_wait("plugin.add", {{"path", faulty("plain").string()}});
        const auto added = kernel.bus().call_and_wait("task.wait", *begun);
        REQUIRE(added);
        CHECK(added->at("state") == "found");
        CHECK_THAT(added->at("reason").get<std::string>(), ContainsSubstring("next start"));
    }
    CHECK(own.record().state == PluginState::running);
}

TEST_CASE("a plugin that does not run is off the list as soon as it is removed") {
    OwnPlugin own;
    PluginKernel kernel(own.place, checked());
    const auto removed = kernel.bus().call_and_wait("plugin.remove", {{"id", id}});
    REQUIRE(removed);
    CHECK(removed->at("restart") == false);
    CHECK(kernel.record(id).id.empty());
    CHECK(kernel.bus().call_and_wait("plugin.list", Json::object())->at("plugins").empty());
}

TEST_CASE(
    "a plugin that comes with the program is not removed, one with its id in the profile is") {
    const PluginPlace place;
    const auto bundled = place.add_to(place.bundle, faulty("plain"));
    place.write_bundle();
    place.add_to(place.folders.plugins(), faulty("plain"));
    PluginKernel kernel(place, checked());
    REQUIRE(kernel.bus().call_and_wait("plugin.remove", {{"id", id}}));
    CHECK(fs::is_empty(place.folders.plugins()));
    const auto again = kernel.bus().call_and_wait("plugin.remove", {{"id", id}});
    REQUIRE_FALSE(again);
    CHECK(again.error().code == "SZ-PLUGIN-025");
    CHECK_THAT(again.error().hint, ContainsSubstring("szctl plugin disable org.test.plain"));
    CHECK(fs::exists(bundled));
    CHECK(kernel.state(id) == "running");
}

TEST_CASE("a decision that changes nothing asks for no restart") {
    OwnPlugin own;
    REQUIRE(own.ask("plugin.trust"));
    PluginKernel kernel(own.place, checked());
    for (const char* method : {"plugin.trust", "plugin.enable"}) {
        const auto answer = kernel.bus().call_and_wait(method, {{"id", id}});
        REQUIRE(answer);
        CHECK(answer->at("restart") == false);
        CHECK(answer->at("plugin").at("reason") == "");
    }
    REQUIRE(kernel.bus().call_and_wait("plugin.disable", {{"id", id}}));
    const auto back = kernel.bus().call_and_wait("plugin.enable", {{"id", id}});
    REQUIRE(back);
    CHECK(back->at("restart") == false);
    CHECK(back->at("plugin").at("reason") == "");
}

TEST_CASE("turning on what nobody trusts says that it waits for trust") {
    OwnPlugin own;
    REQUIRE(own.ask("plugin.disable"));
    const auto answer = own.ask("plugin.enable");
    REQUIRE(answer);
    CHECK(answer->at("restart") == false);
    CHECK_THAT(answer->at("plugin").at("reason").get<std::string>(),
               ContainsSubstring("szctl plugin trust org.test.plain"));
}

TEST_CASE("a folder with a link in it is not added, and nothing of it is left") {
    const PluginPlace place;
    const auto folder = place.add_to(place.root / "download", faulty("plain"));
    fs::create_symlink("/etc/hostname", folder / "more");
    PluginKernel kernel(place, checked());
    const auto begun = kernel.bus().call_and_wait("plugin.add", {{"path", folder.string()}});
    REQUIRE(begun);
    CHECK(kernel.bus().call_and_wait("task.wait", *begun).error().code == "SZ-PLUGIN-005");
    CHECK(fs::is_empty(place.folders.plugins()));
}

TEST_CASE("a damaged trust.json trusts nobody and is kept aside") {
    OwnPlugin own;
    REQUIRE(own.ask("plugin.trust"));
    write_text(own.place.folders.trust(), "{\"plugins\":");
    CHECK(own.record().state == PluginState::untrusted);
    CHECK(fs::exists(own.place.folders.trust().string() + ".damaged"));
}
