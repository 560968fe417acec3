// SPDX-License-Identifier: AGPL-3.0-or-later
// Plugins that start well and answer badly: the caller gets an error with a sentence, the program
// goes on.
#include "kernel/base/limits.hpp"
#include "tests/plugins_bad/faulty.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;

namespace {

struct Running {
    PluginPlace place;
    std::unique_ptr<PluginKernel> kernel;

    explicit Running(const std::string& name) {
        place.add_to(place.bundle, faulty(name));
        place.write_bundle();
        kernel = std::make_unique<PluginKernel>(place, checked());
        REQUIRE(kernel->state("org.test." + name) == "running");
    }
    [[nodiscard]] const FieldTypes& fields() const { return kernel->plugins().fields(); }
    // Reads a path with the hostile format. Gives the code of the error, or "".
    std::string read(const std::string& path) {
        findings.clear();
        const auto packs =
            kernel->plugins().formats().read("hostile", path, Json::object(), {}, findings);
        message = packs ? "" : packs.error().message;
        return packs ? "" : packs.error().code;
    }
    Findings findings;
    std::string message;
};

const Json plain{{"type", "Plain"}};

}  // namespace

TEST_CASE("a description that is not JSON is the plugin's defect") {
    const Running running("garbage");
    const auto described = running.fields().describe("Plain");
    REQUIRE_FALSE(described);
    CHECK(described.error().code == "SZ-PLUGIN-061");
    CHECK_THAT(described.error().message, ContainsSubstring("org.test.garbage"));
}

TEST_CASE("an effect of a kind that nobody knows is refused") {
    const Running running("garbage");
    const auto change =
        running.fields().apply(plain, 1, {{"op", "set"}, {"args", {2}}, {"key", "k"}});
    REQUIRE_FALSE(change);
    CHECK(change.error().code == "SZ-PLUGIN-061");
    CHECK_THAT(change.error().message, ContainsSubstring("effect"));
}

TEST_CASE("exceptions out of a field type become errors") {
    const Running running("throws");
    Findings findings;
    const auto value = running.fields().normalize(plain, 1, findings);
    REQUIRE_FALSE(value);
    CHECK(value.error().kind == ErrorKind::internal);
    CHECK(findings.size() == 1);
    CHECK_FALSE(running.fields().apply(plain, 1, {{"op", "set"}}));
    CHECK_FALSE(running.fields().format(plain, 1, ""));
    CHECK_FALSE(running.fields().describe("Plain"));
}

TEST_CASE("text that is not UTF-8 does not come through") {
    const Running running("plain");
    const auto text = running.fields().format(plain, "ok", "");
    REQUIRE(text);
    CHECK(*text == "\"ok\"");
}

TEST_CASE("fields that contain themselves end at the limit") {
    const Running running("nests");
    Findings findings;
    const auto value = running.fields().normalize(plain, 1, findings);
    REQUIRE_FALSE(value);
    CHECK(value.error().kind == ErrorKind::limit);
    CHECK(value.error().code == "SZ-FIELD-003");
    CHECK_FALSE(running.fields().format(plain, 1, ""));
}

TEST_CASE("a type that nobody offers is named") {
    const Running running("plain");
    Findings findings;
    const auto value = running.fields().normalize({{"type", "Aura"}}, 1, findings);
    REQUIRE_FALSE(value);
    CHECK(value.error().code == "SZ-FIELD-001");
    CHECK_THAT(value.error().message, ContainsSubstring("“Aura”"));
}

TEST_CASE("a value longer than a field may be is refused before the plugin sees it") {
    const Running running("plain");
    Findings findings;
    CHECK(running.fields().normalize(plain, std::string(limits::field_value_bytes_max - 2, 'x'),
                                     findings));
    const auto value = running.fields().normalize(
        plain, std::string(limits::field_value_bytes_max - 1, 'x'), findings);
    REQUIRE_FALSE(value);
    CHECK(value.error().code == "SZ-FIELD-002");
}

TEST_CASE("what a pack format reads comes in order of path") {
    Running running("hostile-format");
    Findings findings;
    const auto packs = running.kernel->plugins().formats().read("hostile", "good.hostile",
                                                                Json::object(), {}, findings);
    REQUIRE(packs);
    REQUIRE(packs->packs.size() == 1);
    REQUIRE(packs->packs[0].size() == 2);
    CHECK(packs->packs[0][0].path == "objects/a.json");
    CHECK(packs->packs[0][1].path == "szpack.json");
    CHECK(findings.empty());
}

TEST_CASE(
    "hostile paths of a pack format are refused, also when it goes on as if nothing were wrong") {
    Running running("hostile-format");
    CHECK(running.read("dots.hostile") == "SZ-PACK-003");
    CHECK_THAT(running.message, ContainsSubstring("leads out of its folder"));
    CHECK(running.read("absolute.hostile") == "SZ-PACK-003");
    CHECK(running.read("ignore.hostile") == "SZ-PACK-003");
    CHECK(running.read("case.hostile") == "SZ-PACK-004");
    CHECK_THAT(running.findings.at(0).message, ContainsSubstring("media/images/Ä.png"));
}

TEST_CASE("a pack format that misbehaves is found out") {
    Running running("hostile-format");
    CHECK(running.read("nothing.hostile") == "SZ-PLUGIN-061");
    CHECK(running.findings.size() == 1);
    CHECK(running.read("throw.hostile") == "SZ-PLUGIN-090");
    CHECK(running.read("unbegun.hostile") != "");
    CHECK(running.read("secret-error.hostile") == "SZ-TEST-001");
}

TEST_CASE("a person can stop a pack format") {
    Running running("hostile-format");
    Findings findings;
    const auto packs = running.kernel->plugins().formats().read(
        "hostile", "cancel.hostile", Json::object(), [](auto, auto, auto) { return false; },
        findings);
    REQUIRE_FALSE(packs);
    CHECK(packs.error().kind == ErrorKind::cancelled);
}

TEST_CASE("the surest format takes a path, and an unknown one is answered with what there is") {
    Running running("hostile-format");
    const auto& formats = running.kernel->plugins().formats();
    CHECK(formats.probe("x.hostile").value_or("") == "hostile");
    const auto none = formats.probe("x.txt");
    REQUIRE_FALSE(none);
    CHECK(none.error().code == "SZ-PACK-001");
    CHECK_THAT(none.error().hint, ContainsSubstring("hostile"));
    Findings findings;
    CHECK(formats.write("hostile", {}, "x", {}, findings).error().kind == ErrorKind::unsupported);
    CHECK(formats.read("other", "x", Json::object(), {}, findings).error().code == "SZ-PACK-002");
}

TEST_CASE("without an identity plugin every question about identities says so") {
    const Running running("plain");
    running.kernel->thread().run_and_wait([&] {
        const auto active = running.kernel->plugins().identity().active();
        REQUIRE_FALSE(active);
        CHECK(active.error().code == "SZ-IDENTITY-002");
    });
}

TEST_CASE("field types are listed and values shown over the bus") {
    const Running running("plain");
    const auto types = running.kernel->bus().call_and_wait("field.types", Json::object());
    REQUIRE(types);
    CHECK(types->at("types").at(0).at("name") == "Plain");
    CHECK(types->at("types").at(0).at("plugin") == "org.test.plain");
    CHECK(types->at("types").at(0).at("editor") == "line");
    const auto text =
        running.kernel->bus().call_and_wait("field.format", {{"definition", plain}, {"value", 5}});
    REQUIRE(text);
    CHECK(text->at("text") == "5");
}
