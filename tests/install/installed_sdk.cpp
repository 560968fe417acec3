// SPDX-License-Identifier: AGPL-3.0-or-later
#include <Poco/Process.h>

#include "kernel/content/library.hpp"
#include "tests/integration/profile_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/plugin_kernel.hpp"

namespace fs = std::filesystem;
using namespace sz;
using namespace sz::test;

namespace {

constexpr const char* plugin_id = "org.example.hello-field";

int cmake(const std::vector<std::string>& arguments) {
    return Poco::Process::launch(SZ_CMAKE, arguments).wait();
}

// Installs the SDK, builds hello-field against it, and gives the plugin's folder.
fs::path build_hello_field(const TempDir& dir) {
    const std::string prefix = (dir / "prefix").string();
    REQUIRE(cmake({"--install", SZ_BUILD, "--component", "sdk", "--prefix", prefix}) == 0);
    const fs::path example = dir / "hello-field";
    fs::copy(dir / "prefix/share/sessionzero-sdk/examples/hello-field", example,
             fs::copy_options::recursive);
    const std::string build = (example / "build").string();
    REQUIRE(cmake({"-S", example.string(), "-B", build, "-G", SZ_GENERATOR,
                   std::string("-DCMAKE_MAKE_PROGRAM=") + SZ_MAKE_PROGRAM,
                   std::string("-DCMAKE_CXX_COMPILER=") + SZ_CXX,
                   std::string("-DCMAKE_BUILD_TYPE=") + SZ_BUILD_TYPE,
                   "-DCMAKE_PREFIX_PATH=" + prefix}) == 0);
    REQUIRE(cmake({"--build", build}) == 0);
    return example / "build/plugins" / plugin_id;
}

// Looks at the plugin alone: what each call of its field type answers.
void use_as_a_field_type(const fs::path& built) {
    const PluginPlace place;
    {
        PluginKernel kernel(place, {false, false, check_schema});
        const auto task = kernel.bus().call_and_wait("plugin.add", {{"path", built.string()}});
        REQUIRE(task);
        const auto added = kernel.bus().call_and_wait("task.wait", *task);
        REQUIRE(added);
        CHECK(added->at("state") == "untrusted");
        REQUIRE(kernel.bus().call_and_wait("plugin.trust", {{"id", plugin_id}}));
    }
    PluginKernel kernel(place, {false, false, check_schema});
    REQUIRE(kernel.state(plugin_id) == "running");
    const FieldTypes& fields = kernel.plugins().fields();
    const Json rating{{"id", "mood"}, {"type", "Rating"}, {"defaultValue", 2}};
    Findings findings;
    CHECK(fields.normalize(rating, nullptr, findings).value_or(Json()) == 2);
    CHECK(fields.normalize(rating, 5, findings).value_or(Json()) == 5);
    CHECK(findings.empty());
    CHECK_FALSE(fields.normalize(rating, 6, findings));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "SZ-FIELD-110");
    CHECK(fields.format(rating, 3, "").value_or("") == "★★★☆☆");

    const auto change = fields.apply(rating, 2, {{"op", "set"}, {"args", {4}}, {"key", "k"}});
    REQUIRE(change);
    CHECK(change->effect == Json{{"set", 4}});
    CHECK(change->inverse == Json{{"op", "set"}, {"args", {2}}});
    CHECK_FALSE(change->relative);
    const auto reset =
        fields.apply(rating, 4, {{"op", "reset"}, {"args", Json::array()}, {"key", "k"}});
    REQUIRE(reset);
    CHECK(reset->effect == Json{{"set", 2}});
    CHECK_FALSE(
        fields.apply(rating, 4, {{"op", "explode"}, {"args", Json::array()}, {"key", "k"}}));
}

// A profile, and what is asked of it here.
struct Table : ProfileFixture {
    Json get(const std::string& method, Json params) {
        auto answer = call(method, std::move(params));
        if (!answer) FAIL(method << ": " << answer.error().code << " " << answer.error().message);
        return std::move(*answer);
    }
    Json finish(const std::string& method, Json params) {
        return get("task.wait", {{"task", get(method, std::move(params)).at("task")}});
    }
};

Json object(const std::string& id, const std::string& kind, Json more) {
    more.update({{"id", id},
                 {"szType", kind},
                 {"name", id},
                 {"description", "Of a test."},
                 {"version", "1.0.0"},
                 {"schemaVersion", "1.0.0"}});
    return more;
}

// A pack whose character template has one field: a Rating, whose default is 2.
void write_moods(const fs::path& folder) {
    const std::string id = "org.example.moods";
    const Json mood{{"id", "mood"}, {"name", "Mood"}, {"type", "Rating"}, {"defaultValue", 2}};
    const auto sections = [](Json fields) {
        const Json group{{"id", "now"}, {"name", "Now"}, {"fields", std::move(fields)}};
        const Json section{{"id", "inner"}, {"name", "Inner"}, {"groups", Json::array({group})}};
        return Json::array({section});
    };
    const Json link{{"datapackId", id}, {"templateId", "guest"}, {"version", "1.0.0"}};
    fs::create_directories(folder / "objects/character-templates");
    fs::create_directories(folder / "objects/session-templates");
    write_text(folder / "szpack.json", Json{{"id", id},
                                            {"name", "Moods"},
                                            {"version", "1.0.0"},
                                            {"author", "A. Writer"},
                                            {"license", "CC-BY-SA-4.0"},
                                            {"description", "A pack of a test."},
                                            {"createdAt", "2026-01-01T00:00:00Z"},
                                            {"sessionZeroVersion", "0.1.0"},
                                            {"dependencies", Json::array()}}
                                           .dump());
    write_text(folder / "objects/character-templates/guest.json",
               object("guest", "character-template", {{"sections", sections(Json::array({mood}))}})
                   .dump());
    write_text(folder / "objects/session-templates/party.json",
               object("party", "session-template",
                      {{"characterTemplateLink", link},
                       {"requiredDatasets", Json::array()},
                       {"sections", sections(Json::array())}})
                   .dump());
}

// The same plugin in a profile: a character has a field of its type.
void use_on_a_sheet(const fs::path& built) {
    Table table;
    table.open();
    CHECK(table.finish("plugin.add", {{"path", built.string()}}).at("state") == "untrusted");
    table.get("plugin.trust", {{"id", plugin_id}});
    table.profile.reset();
    table.open();
    REQUIRE(table.get("plugin.info", {{"id", plugin_id}}).at("state") == "running");

    write_moods(table.dir / "moods");
    const Json imported =
        table.finish("pack.import", {{"paths", {(table.dir / "moods").string()}}});
    INFO(imported.dump(1));
    REQUIRE(imported.at("ok") == true);
    const Json campaign =
        table.get("campaign.new", {{"template", "Moods/party"}, {"name", "Midsummer"}}).at("id");
    const Json guest =
        table
            .get("character.new",
                 {{"campaign", campaign}, {"template", "Moods/guest"}, {"name", "Wren"}})
            .at("id");
    const auto mood = [&] {
        return table.get("character.show", {{"id", guest}}).at("fields").at("inner.now.mood");
    };
    CHECK(mood().at("value") == 2);
    const Json set{{"id", guest}, {"path", "mood"}, {"op", "set"}, {"args", {4}}};
    CHECK(table.get("character.do", set).at("value") == 4);
    CHECK(mood().at("value") == 4);
    CHECK(mood().at("text") == "★★★★☆");
    const Json too_much{{"id", guest}, {"path", "mood"}, {"op", "set"}, {"args", {6}}};
    CHECK(code_of(table.call("character.do", too_much)) == "SZ-FIELD-110");
    table.get("campaign.undo", {{"id", campaign}});
    CHECK(mood().at("value") == 2);
}

}  // namespace

TEST_CASE(
    "an outsider's plugin, built against the installed SDK, is added, trusted, loaded and used on "
    "a sheet") {
    const TempDir dir;
    const fs::path built = build_hello_field(dir);
    use_as_a_field_type(built);
    use_on_a_sheet(built);
}
