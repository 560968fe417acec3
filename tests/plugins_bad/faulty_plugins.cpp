// SPDX-License-Identifier: AGPL-3.0-or-later
// Folders and libraries that are not what they should be: each ends in its own state with a
// sentence, and the others run.
#include "tests/plugins_bad/faulty.hpp"
#include "tests/support/catch.hpp"

namespace fs = std::filesystem;
using namespace sz;
using namespace sz::test;

namespace {

// The state of one faulty plugin of the bundle, beside a sound one that must run whatever the other
// does.
PluginRecord state_beside_plain(const std::string& name) {
    const PluginPlace place;
    place.add_to(place.bundle, faulty("plain"));
    place.add_to(place.bundle, faulty(name));
    place.write_bundle();
    PluginKernel kernel(place, checked());
    CHECK(kernel.state("org.test.plain") == "running");
    return kernel.record("org.test." + name);
}

// The same for a sound plugin whose folder `spoil` changes after the bundle was written.
template <class Spoil>
PluginRecord state_of_spoiled(Spoil spoil) {
    const PluginPlace place;
    const auto folder = place.add_to(place.bundle, faulty("plain"));
    place.write_bundle();
    spoil(folder);
    PluginKernel kernel(place, checked());
    return kernel.record("org.test.plain");
}

// Changes plugin.json, and pins the changed one, so that nothing but the change is at fault.
PluginRecord state_with_manifest(const std::string& from, const std::string& to) {
    const PluginPlace place;
    const auto folder = place.add_to(place.bundle, faulty("plain"));
    std::string text = read_text(folder / "plugin.json");
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    write_text(folder / "plugin.json", text.replace(at, from.size(), to));
    place.write_bundle();
    PluginKernel kernel(place, checked());
    return kernel.record("org.test.plain");
}

}  // namespace

TEST_CASE("a sound plugin runs and its field type answers") {
    const PluginPlace place;
    place.add_to(place.bundle, faulty("plain"));
    place.write_bundle();
    PluginKernel kernel(place, checked());
    const auto record = kernel.record("org.test.plain");
    CHECK(state_name(record.state) == std::string("running"));
    CHECK(record.reason.empty());
    CHECK(record.bundled);
    Findings findings;
    const auto value =
        kernel.plugins().fields().normalize({{"type", "Plain"}}, {{"a", 1}}, findings);
    REQUIRE(value);
    CHECK(*value == Json{{"a", 1}});
}

TEST_CASE("a library of another major version of the interface is refused") {
    const auto record = state_beside_plain("wrong-major");
    CHECK(record.state == PluginState::invalid);
    CHECK_THAT(record.reason, ContainsSubstring("version 2.0 of the plugin interface"));
    CHECK_THAT(record.reason, ContainsSubstring("Update SessionZero"));
}

TEST_CASE("a library of a newer minor version of the interface is refused") {
    const auto record = state_beside_plain("newer-minor");
    CHECK(record.state == PluginState::invalid);
    CHECK_THAT(record.reason, ContainsSubstring("version 1.1 of the plugin interface"));
}

TEST_CASE("a manifest of another interface is refused before the library is opened") {
    CHECK_THAT(state_with_manifest("\"1.0\"", "\"2.0\"").reason,
               ContainsSubstring("version 2.0 of the plugin interface"));
}

TEST_CASE("a library with another id than its manifest is refused") {
    const auto record = state_beside_plain("wrong-id");
    CHECK(record.state == PluginState::invalid);
    CHECK_THAT(record.reason, ContainsSubstring("the id differs"));
}

TEST_CASE("a library without the entry is no plugin") {
    const auto record = state_beside_plain("no-symbol");
    CHECK(record.state == PluginState::failed);
    CHECK_THAT(record.reason, ContainsSubstring("sz_plugin_entry"));
}

TEST_CASE("what a plugin says when it cannot start is shown") {
    const auto record = state_beside_plain("init-fails");
    CHECK(record.state == PluginState::failed);
    CHECK_THAT(record.reason, ContainsSubstring("the moon is in the wrong house."));
    CHECK(record.reason.find_first_of("\n\x1b") == std::string::npos);
}

TEST_CASE("an exception out of init fails that plugin only") {
    CHECK(state_beside_plain("init-throws").state == PluginState::failed);
}

TEST_CASE("an extension that is listed and not there fails the plugin") {
    const auto record = state_beside_plain("no-extension");
    CHECK(record.state == PluginState::failed);
    CHECK_THAT(record.reason, ContainsSubstring("sz.field-type/draft-1"));
}

TEST_CASE("a table with missing functions fails the plugin") {
    const auto record = state_beside_plain("half-table");
    CHECK(record.state == PluginState::failed);
    CHECK_THAT(record.reason, ContainsSubstring("a function of “Half” is missing"));
}

TEST_CASE("the first of two plugins with the same field type keeps it") {
    const auto record = state_beside_plain("same-type");
    CHECK(record.state == PluginState::failed);
    CHECK_THAT(record.reason, ContainsSubstring("offered by org.test.plain already"));
}

TEST_CASE("a library that was changed after it was built is refused") {
    const auto record = state_of_spoiled([](const fs::path& folder) {
        std::ofstream(folder / "faulty_plain.so", std::ios::binary | std::ios::app) << "x";
    });
    CHECK(record.state == PluginState::invalid);
    CHECK_THAT(record.reason, ContainsSubstring("faulty_plain.so"));
    CHECK_THAT(record.reason, ContainsSubstring("hash differs"));
}

TEST_CASE("a file that the manifest does not list is refused") {
    const auto record = state_of_spoiled([](const fs::path& folder) {
        fs::create_directory(folder / "more");
        write_text(folder / "more/evil.so", "x");
    });
    CHECK(record.state == PluginState::invalid);
    CHECK_THAT(record.reason, ContainsSubstring("more/evil.so"));
}

TEST_CASE("a link in the place of a listed file is refused") {
    const auto record = state_of_spoiled([](const fs::path& folder) {
        fs::rename(folder / "faulty_plain.so", folder.parent_path() / "elsewhere.so");
        fs::create_symlink(folder.parent_path() / "elsewhere.so", folder / "faulty_plain.so");
    });
    CHECK(record.state == PluginState::invalid);
    CHECK_THAT(record.reason, ContainsSubstring("is a link"));
}

TEST_CASE("a missing file is named") {
    const auto record =
        state_of_spoiled([](const fs::path& folder) { fs::remove(folder / "faulty_plain.so"); });
    CHECK(record.state == PluginState::invalid);
    CHECK_THAT(record.reason, ContainsSubstring("“faulty_plain.so” is missing"));
}

TEST_CASE("a folder of the bundle that is gone is listed with a reason") {
    const auto record = state_of_spoiled([](const fs::path& folder) { fs::remove_all(folder); });
    CHECK(record.state == PluginState::invalid);
    CHECK_THAT(record.reason, ContainsSubstring("its folder is missing"));
}

TEST_CASE("a manifest that is not JSON is refused") {
    const PluginPlace place;
    write_text(place.add_to(place.folders.plugins(), faulty("plain")) / "plugin.json", "{oops");
    PluginKernel kernel(place, checked());
    CHECK(kernel.state("org.test.plain") == "invalid");
    CHECK_THAT(kernel.record("org.test.plain").reason,
               ContainsSubstring("plugin.json cannot be read (1:2)"));
}

TEST_CASE("a manifest against its schema is refused with the place") {
    CHECK_THAT(state_with_manifest("\"field-type\"", "\"engine\"").reason,
               ContainsSubstring("/kind"));
}

TEST_CASE("a folder that is not called like its plugin is refused") {
    const PluginPlace place;
    const auto folder = place.add_to(place.folders.plugins(), faulty("plain"));
    fs::rename(folder, folder.parent_path() / "org.test.other");
    PluginKernel kernel(place, checked());
    CHECK_THAT(kernel.record("org.test.other").reason,
               ContainsSubstring("The folder is called “org.test.other”"));
}

TEST_CASE("a plugin whose dependency is not here waits, and says for what") {
    const auto record = state_with_manifest(
        "\"capabilities\" : []",
        R"("capabilities" : [], "dependencies": [{"id": "org.test.missing", "version": "^1.0.0"}])");
    CHECK(record.state == PluginState::unresolved);
    CHECK_THAT(record.reason, ContainsSubstring("org.test.missing"));
}

TEST_CASE("a plugin whose dependency cannot start is unresolved: none of its code ran") {
    const PluginPlace place;
    place.add_to(place.bundle, faulty("init-fails"));
    const auto depend = [&](const char* name, const char* on) {
        const auto folder = place.add_to(place.bundle, faulty(name));
        Json manifest = Json::parse(read_text(folder / "plugin.json"));
        manifest["dependencies"] = {{{"id", on}, {"version", "^1.0.0"}}};
        write_text(folder / "plugin.json", manifest.dump());
    };
    depend("plain", "org.test.init-fails");
    depend("hostile-format", "org.test.plain");
    place.write_bundle();
    PluginKernel kernel(place, checked());
    CHECK(kernel.state("org.test.init-fails") == "failed");
    CHECK(kernel.state("org.test.plain") == "unresolved");
    CHECK(kernel.state("org.test.hostile-format") == "unresolved");
    CHECK_THAT(kernel.record("org.test.hostile-format").reason,
               ContainsSubstring("org.test.plain, which did not start"));
}

TEST_CASE("what is no plugin folder is listed with the reason") {
    const PluginPlace place;
    const auto& root = place.folders.plugins();
    const auto elsewhere = place.add_to(place.root / "elsewhere", faulty("plain"));
    fs::create_directories(root / "empty");
    fs::create_directories(root / ".adding-x");
    fs::create_directory_symlink(elsewhere, root / "org.test.plain");
    fs::create_directories(root / "odd\n\xff");
    PluginKernel kernel(place, checked());
    CHECK(kernel.state("empty") == "invalid");
    CHECK_THAT(kernel.record("empty").reason, ContainsSubstring("has no plugin.json"));
    CHECK(kernel.state("org.test.plain") == "invalid");
    CHECK_THAT(kernel.record("org.test.plain").reason, ContainsSubstring("is a link"));
    const auto list = kernel.bus().call_and_wait("plugin.list", Json::object());
    REQUIRE(list);
    CHECK(list->at("plugins").size() == 3);
    CHECK_NOTHROW(list->dump());  // throws at what is not UTF-8
    REQUIRE(kernel.bus().call_and_wait("plugin.remove", {{"id", "org.test.plain"}}));
    CHECK(fs::exists(elsewhere / "plugin.json"));
    CHECK_FALSE(fs::exists(fs::symlink_status(root / "org.test.plain")));
}

TEST_CASE("a damaged list of the program's own plugins is an error of the installation") {
    const PluginPlace place;
    write_text(place.bundle / "bundle.json", R"({"plugins": 7})");
    CHECK_THROWS_WITH(PluginKernel(place, checked()), ContainsSubstring("own plugins is damaged"));
}

TEST_CASE("a panel stays unloaded in a program without a window") {
    const auto record = state_with_manifest("\"field-type\"", "\"panel\"");
    CHECK(record.state == PluginState::found);
    CHECK_THAT(record.reason, ContainsSubstring("no window"));
}
