// SPDX-License-Identifier: AGPL-3.0-or-later
// Folders that want to be expensive, or lead elsewhere.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collected.hpp"
#include "plugins/pack-open5e/catalogue.hpp"
#include "tests/support/catch.hpp"

using namespace open5e;
using namespace open5e::test;

namespace {

std::string feat(const std::string& pk, const std::string& fields) {
    return R"({"model":"api_v2.feat","pk":")" + pk + R"(","fields":{)" + fields + "}}";
}

// The same feat again and again, each time with another name.
std::string feats(std::size_t count) {
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i)
        text += (i == 0 ? "" : ",\n") + feat("same", R"("name":"N)" + std::to_string(i) + '"');
    return text + "]";
}

const Tick go_on = [](auto, auto, auto) { return true; };

}  // namespace

TEST_CASE("a pipe in a folder is not opened to see what the folder is") {
    const sz::test::TempDir dir;
    const auto path = dir / "Document.json";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    // Full of what is looked for, so that reading would not wait but go wrong.
    const int end = ::open(path.c_str(), O_RDWR | O_NONBLOCK);
    const std::string content = R"([{"model":"api_v2.document"}])" + std::string(5000, ' ');
    REQUIRE(::write(end, content.data(), content.size()) == static_cast<ssize_t>(content.size()));
    CHECK(Open5eFormat().probe(dir.path().string()) == 0);
    ::close(end);
}

TEST_CASE("a link in a folder is not followed, and a note says so") {
    Folder folder;
    const sz::test::TempDir elsewhere;
    std::ofstream(elsewhere / "Feat.json") << "[" << feat("far", R"("name":"Far")") << "]";
    std::filesystem::create_symlink(elsewhere / "Feat.json", folder.path() / "Feat.json");
    const auto got = import(folder.path());
    CHECK(got.status == SZ_OK);
    CHECK(got.files().count("objects/datasets/feats.json") == 0);
    const auto notes = got.with_code("SZ-OPEN5E-014");
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].file == "Feat.json");
}

TEST_CASE("the place of a fault is looked for from its record on, not from the file's start") {
    const std::string text = "what is this [[[{{\n, {\"a\": [1,\n2]}";
    CHECK(offset_of_pointer(text, 18, "") == 21);
    CHECK(offset_of_pointer(text, 18, "/a/1") == 31);
    CHECK(Lines(text).place(31).line == 3);
    CHECK(Lines(text).place(31).column == 1);
}

TEST_CASE("each fault is placed at its own record, whatever stands between the records") {
    Folder folder;
    folder.add("Feat.json", "[ 7 ,\n  true,\"x\"\n,\n " + feat("a", R"("name":"A")") + ", 8 ]");
    const auto faults = import(folder.path()).with_code("SZ-OPEN5E-005");
    std::vector<std::string> places;
    for (const auto& one : faults)
        places.push_back(one.pointer + " " + std::to_string(one.line) + ":" +
                         std::to_string(one.column));
    CHECK(places == std::vector<std::string>{"/0 1:3", "/1 2:3", "/2 2:8", "/4 4:58"});
}

TEST_CASE("no more findings are given than the kernel keeps, and one that says that there are") {
    Folder folder;
    folder.add("Feat.json", feats(Faults::kept_max + 500));
    const auto got = import(folder.path());
    CHECK(got.status == SZ_OK);
    CHECK(got.findings.size() == Faults::kept_max + 1);
    CHECK(got.findings[99].line == 101);
}

TEST_CASE("an entry's other versions are cut at what a table takes, and a warning says so") {
    std::string fields = R"("name":"First")";
    for (int i = 0; i < 200; ++i) fields += ",\"field_" + std::to_string(i) + "\":1";
    std::string text = "[" + feat("same", fields);
    for (int i = 0; i < 60; ++i) text += "," + feat("same", R"("name":"Other")");
    Folder folder;
    folder.add("Feat.json", text + "]");
    const auto got = import(folder.path());
    CHECK(got.status == SZ_OK);
    const auto entry = got.entry("feats", "same");
    CHECK(entry.at("topLevelFields").at("otherVersions").at("value").size() == 10'000);
    CHECK(got.with_code("SZ-OPEN5E-017").size() == 1);
}

TEST_CASE("sorting the records is asked whether to go on") {
    Folder folder;
    folder.add("Feat.json", feats(1000));  // with the document's: 1001
    Faults faults([](const Fault&) {});
    Fixtures fixtures;
    REQUIRE(fixtures.read(folder.path(), go_on, faults) == Fixtures::Outcome::done);
    std::size_t questions = 0;
    const Catalogue whole(
        fixtures, [&](auto, auto, auto) { return ++questions > 0; }, faults);
    CHECK(questions == 4);  // at 0, 256, 512 and 768
    CHECK_FALSE(whole.is_cancelled());
    const Catalogue stopped(
        fixtures, [&](auto, auto, auto) { return ++questions < 6; }, faults);
    CHECK(questions == 6);
    CHECK(stopped.is_cancelled());
}

TEST_CASE("a folder holds no more values than are kept in memory") {
    std::string text = "[";
    for (std::size_t i = 0; i < open5e::limits::values_max; ++i) text += i == 0 ? "0" : ",0";
    Folder folder;
    folder.add("Feat.json", text + "]");
    const auto got = import(folder.path());
    CHECK(got.status == SZ_ERR_INVALID);
    CHECK(got.with_code("SZ-OPEN5E-004").size() == 1);
}
