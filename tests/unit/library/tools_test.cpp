// SPDX-License-Identifier: AGPL-3.0-or-later
// The tools of pack authors on the bus: installed packs and paths alike.
#include "tests/unit/library/fixture.hpp"

using namespace sz;
using namespace sz::test;

namespace tools_test {

namespace {

Json installed(const std::string& pack) { return {{"pack", pack}}; }

Texts codes_of(const Json& result) {
    Texts codes;
    for (const auto& one : result.at("findings")) codes.push_back(one.at("code"));
    return codes;
}

void write(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

}  // namespace

TEST_CASE_METHOD(LibraryFixture, "two installed versions of a pack are compared") {
    import(arms("1.0.0"));
    import(arms("1.1.0").entry("weapons", "axe", "Axe"));
    const auto result =
        task("pack.diff", {{"a", installed("Arms@1.0.0")}, {"b", installed("Arms@1.1.0")}});
    REQUIRE(result);
    CHECK(result->at("ok") == true);
    CHECK(result->at("findings").empty());
    CHECK(result->at("a").at("version") == "1.0.0");
    CHECK(result->at("counts").at("added") == 1);
    CHECK(result->at("advice") ==
          Json{{"part", "minor"}, {"version", "1.1.0"}, {"is_enough", true}});
}

TEST_CASE_METHOD(LibraryFixture, "an installed pack is compared with a file, a faulty one too") {
    import(arms());
    auto faulty = arms();
    faulty.entry("weapons", "axe", "Axe", {{"topLevelFields", {{"damage", field("Odd", 1)}}}});
    const auto path = faulty.write(dir / "faulty.szp");
    const auto result = task("pack.diff", {{"a", installed("Arms")}, {"b", {{"path", path}}}});
    REQUIRE(result);
    CHECK(result->at("ok") == true);
    CHECK(codes_of(*result) == Texts{"SZ-DIFF-005", "SZ-DIFF-001"});
    CHECK(result->at("counts") ==
          Json{{"added", 1}, {"removed", 0}, {"changed", 0}, {"renamed", 0}});

    write(dir / "broken.szp", "no pack");
    const auto broken = task(
        "pack.diff", {{"a", installed("Arms")}, {"b", {{"path", (dir / "broken.szp").string()}}}});
    REQUIRE(broken);
    CHECK(broken->at("ok") == false);
    CHECK_FALSE(broken->contains("changes"));
    CHECK(codes_of(*broken) == Texts{"SZ-PACK-090"});
}

TEST_CASE_METHOD(LibraryFixture, "a source is a pack or a path, and it is there") {
    import(arms());
    const Json none = Json::object();
    const Json both{{"pack", "Arms"}, {"path", "/x"}};
    for (const auto& wrong : {none, both}) {
        CHECK(code("pack.diff", {{"a", wrong}, {"b", installed("Arms")}}) == "SZ-LIB-029");
        CHECK(code("pack.lint", wrong) == "SZ-LIB-029");
        CHECK(code("pack.deps", wrong) == "SZ-LIB-029");
    }
    CHECK(code("pack.lint", installed("Nothing")) == "SZ-LIB-001");
    CHECK(code("pack.deps", installed("Arms@9.x")) == "SZ-LIB-001");
    CHECK(task("pack.lint", {{"path", (dir / "nowhere").string()}}).error().code == "SZ-FILE-001");
}

TEST_CASE_METHOD(LibraryFixture, "advice is no error, unless one is strict") {
    auto pack = arms();
    pack.file("media/images/unused.gif", "GIF89a!");
    import(pack);
    const auto mild = task("pack.lint", installed("Arms"));
    REQUIRE(mild);
    CHECK(mild->at("ok") == true);
    const auto codes = codes_of(*mild);
    CHECK(std::count(codes.begin(), codes.end(), "SZ-LINT-040") == 1);
    const auto strict = task("pack.lint", {{"pack", "Arms"}, {"strict", true}});
    REQUIRE(strict);
    CHECK(strict->at("ok") == false);
    CHECK(codes_of(*strict) == codes);
}

TEST_CASE_METHOD(LibraryFixture, "of a faulty pack the faults are told instead of advice") {
    auto faulty = arms();
    faulty.entry("weapons", "axe", "Axe", {{"topLevelFields", {{"damage", field("Odd", 1)}}}});
    const auto result = task("pack.lint", {{"path", faulty.write(dir / "faulty.szp")}});
    REQUIRE(result);
    CHECK(result->at("ok") == false);
    CHECK(codes_of(*result) == Texts{"SZ-PACK-030"});
}

TEST_CASE_METHOD(LibraryFixture, "the tree of dependencies is that of the installed packs") {
    import(PackMaker("org.example.base", "Base", "1.0.0").dataset("x"));
    import(PackMaker("org.example.base", "Base", "1.4.0").dataset("x"));
    import(PackMaker("org.example.base", "Base", "2.0.0").dataset("x"));
    import(PackMaker("org.example.mid", "Middle").dataset("x").needs("org.example.base", "^1.0.0"));
    PackMaker top("org.example.top", "Top");
    top.dataset("x").needs("org.example.mid", "*").needs("org.example.base", "^2.0.0");
    import(top);

    const Json middle = get("pack.deps", installed("Middle"));
    CHECK(middle.at("ok") == true);
    CHECK(middle.at("root").at("source") == "org.example.mid@1.0.0");
    CHECK(middle.at("edges") == Json::array({{{"from", "org.example.mid"},
                                              {"from_version", "1.0.0"},
                                              {"to", "org.example.base"},
                                              {"name", "Base"},
                                              {"range", "^1.0.0"},
                                              {"version", "1.4.0"},
                                              {"state", "ok"}}}));
    const Json conflict = get("pack.deps", installed("Top"));
    CHECK(conflict.at("ok") == false);
    CHECK(codes_of(conflict) == Texts{"SZ-DEPS-003"});
    // The same of a file that is not installed.
    top.needs("org.example.gone", "1.x");
    const Json of_file = get("pack.deps", {{"path", top.write(dir / "top.szp")}});
    CHECK(codes_of(of_file) == Texts{"SZ-DEPS-003", "SZ-DEPS-001"});
}

TEST_CASE_METHOD(LibraryFixture, "a licence of an installed dependency is looked at") {
    // PackMaker's packs stand under CC-BY-SA-4.0.
    import(PackMaker("org.example.base", "Base").entry("x", "y", "Y", {{ "description", "y" }}));
    auto files = PackMaker("org.example.top", "Top")
                     .needs("org.example.base", "^1.0.0")
                     .entry("z", "z", "Z",
                            {{"topLevelFields",
                              {{"to", field("DatasetLink", {{"datapackId", "org.example.base"},
                                                            {"datasetId", "x"},
                                                            {"entryId", "y"},
                                                            {"version", "^1.0.0"}})}}}})
                     .files();
    for (auto& file : files) {
        if (file.path == "szpack.json") {
            auto manifest = Json::parse(file.content);
            manifest["license"] = "CC-BY-4.0";
            file.content = manifest.dump();
        }
        write(dir / "top" / file.path, file.content);
    }
    const auto result = task("pack.lint", {{"path", (dir / "top").string()}});
    REQUIRE(result);
    INFO(result->dump(1));
    const auto codes = codes_of(*result);
    CHECK(std::count(codes.begin(), codes.end(), "SZ-LINT-006") == 1);
    CHECK(std::count(codes.begin(), codes.end(), "SZ-LINT-004") == 0);
}

TEST_CASE_METHOD(LibraryFixture, "a dry run says what a migration does, and does nothing") {
    const auto folder = dir / "draft";
    const auto file = folder / "objects/datasets/things.json";
    const std::string draft = "{\n  \"Name\": \"Things\",\n  \"Odd\": 1\n}\n";
    write(file, draft);
    write(folder / "szpack.json", R"({"id": "org.d", "name": "D", "version": "1.0.0"})");

    const auto dry = task("pack.migrate", {{"dir", folder.string()}, {"dry_run", true}});
    REQUIRE(dry);
    CHECK(dry->at("files") == Json::array({"objects/datasets/things.json"}));
    CHECK(dry->at("changes").size() == 4);
    CHECK(dry->at("changes")[0] == Json{{"file", "objects/datasets/things.json"},
                                        {"pointer", "/Name"},
                                        {"what", "keys are written with a small letter"},
                                        {"before", "Name"},
                                        {"after", "name"}});
    CHECK(read(file) == draft);

    auto done = task("pack.migrate", {{"dir", folder.string()}});
    REQUIRE(done);
    CHECK(done->at("changes") == dry->at("changes"));
    CHECK(read(file) ==
          "{\n  \"id\": \"things\",\n  \"schemaVersion\": \"1.0.0\",\n  \"szType\": "
          "\"dataset\",\n  \"name\": \"Things\",\n  \"Odd\": 1\n}\n");
    CHECK(task("pack.migrate", {{"dir", folder.string()}})->at("files").empty());
}

TEST_CASE_METHOD(LibraryFixture,
                 "a migration refuses what it cannot do, and finishes what stopped") {
    const auto folder = dir / "draft";
    write(folder / "szpack.json", R"({"id": "org.d", "name": "D", "version": "1.0.0"})");
    write(folder / "objects/datasets/a.json", R"({"id": "a"})");
    write(folder / "objects/datasets/b.json", R"({"schemaVersion": "3.0.0"})");
    const auto newer = task("pack.migrate", {{"dir", folder.string()}});
    REQUIRE(newer);
    CHECK(newer->at("ok") == false);
    CHECK(codes_of(*newer) == Texts{"SZ-MIGRATE-001"});
    CHECK(read(folder / "objects/datasets/a.json") == R"({"id": "a"})");

    CHECK(task("pack.migrate", {{"dir", (folder / "szpack.json").string()}}).error().code ==
          "SZ-LIB-038");
    CHECK(task("pack.migrate", {{"dir", (dir / "none").string()}}).error().code == "SZ-FILE-001");

    std::filesystem::remove(folder / "objects/datasets/b.json");
    write(folder / ".sz-edit.json", R"({"files": ["objects/datasets/a.json"]})");
    write(folder / "objects/datasets/.a.json.sz-new",
          R"({"id": "a", "szType": "dataset", "schemaVersion": "1.0.0"})");
    CHECK(task("pack.migrate", {{"dir", folder.string()}, {"dry_run", true}}).error().code ==
          "SZ-LIB-037");
    const auto finished = task("pack.migrate", {{"dir", folder.string()}});
    REQUIRE(finished);
    CHECK(finished->at("files").empty());
    CHECK(read(folder / "objects/datasets/a.json") ==
          R"({"id": "a", "szType": "dataset", "schemaVersion": "1.0.0"})");
}

}  // namespace tools_test
