// SPDX-License-Identifier: AGPL-3.0-or-later
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>

#include <iterator>

#include "kernel/content/library.hpp"
#include "tests/install/protocol_project.hpp"
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

// What a program says, and how it ends.
struct Said {
    int code = 0;
    std::string text;
};
Said run(const std::string& program, const std::vector<std::string>& arguments) {
    Poco::Pipe pipe;
    const auto process = Poco::Process::launch(program, arguments, nullptr, &pipe, &pipe);
    Poco::PipeInputStream in(pipe);
    Said said;
    said.text.assign(std::istreambuf_iterator<char>(in), {});
    said.code = process.wait();
    return said;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void install(const std::string& prefix) {
    REQUIRE(cmake({"--install", SZ_BUILD, "--component", "sdk", "--prefix", prefix}) == 0);
}
Said configure(const fs::path& project, const std::string& prefix) {
    return run(SZ_CMAKE, {"-S", project.string(), "-B", (project / "build").string(), "-G",
                          SZ_GENERATOR, std::string("-DCMAKE_MAKE_PROGRAM=") + SZ_MAKE_PROGRAM,
                          std::string("-DCMAKE_CXX_COMPILER=") + SZ_CXX,
                          std::string("-DCMAKE_BUILD_TYPE=") + SZ_BUILD_TYPE,
                          "-DCMAKE_PREFIX_PATH=" + prefix});
}

// Installs the SDK, builds hello-field against it, and gives the plugin's folder.
fs::path build_hello_field(const TempDir& dir) {
    const std::string prefix = (dir / "prefix").string();
    install(prefix);
    const fs::path example = dir / "hello-field";
    fs::copy(dir / "prefix/share/sessionzero-sdk/examples/hello-field", example,
             fs::copy_options::recursive);
    const Said configured = configure(example, prefix);
    INFO(configured.text);
    REQUIRE(configured.code == 0);
    REQUIRE(cmake({"--build", (example / "build").string()}) == 0);
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

TEST_CASE(
    "an outsider's protocol is written as C++ while building, and its faults stop the build") {
    const TempDir dir;
    const std::string prefix = (dir / "prefix").string();
    install(prefix);
    const fs::path project = dir / "greet";
    fs::create_directories(project);
    write_text(project / "CMakeLists.txt", greet_cmake);
    write_text(project / "greet.scr", greet_protocol);
    write_text(project / "greet.cpp", greet_source);
    write_text(project / "size.cpp", size_source);
    const Said configured = configure(project, prefix);
    INFO(configured.text);
    REQUIRE(configured.code == 0);

    const auto build = [&] { return run(SZ_CMAKE, {"--build", (project / "build").string()}); };
    const Said built = build();
    INFO(built.text);
    REQUIRE(built.code == 0);
    CHECK(run((project / "build/greet").string(), {}).text == "told 8, stopped 0, size 8\n");

    const auto change = [&](const std::string& from, const std::string& to) {
        std::string text = greet_protocol;
        text.replace(text.find(from), from.size(), to);
        write_text(project / "greet.scr", text);
    };
    change("to Asker;", "to Nobody;");
    const Said faulty = build();
    CHECK(faulty.code != 0);
    CHECK(
        contains(faulty.text, (project / "greet.scr").string() + ":4:30: error: There is no role"));

    // A program that does not keep to the protocol any more does not compile any more.
    change("Answer(int)", "Reply(int)");
    const Said outdated = build();
    CHECK(outdated.code != 0);
    CHECK(contains(outdated.text, "Answer"));
    write_text(project / "greet.scr", greet_protocol);
    CHECK(build().code == 0);

    write_text(project / "CMakeLists.txt",
               std::string(greet_cmake) + "sz_add_protocol(greet PROTOCOL Greet)\n");
    const Said misused = configure(project, prefix);
    CHECK(misused.code != 0);
    CHECK(contains(misused.text, "sz_add_protocol(greet): FILE is missing"));
}
