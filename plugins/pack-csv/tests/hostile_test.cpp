// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that are no tables, want to be expensive, or lead elsewhere.
#include <rapidcheck.h>
#include <sys/stat.h>

#include "collected.hpp"
#include "plugins/pack-csv/pack.hpp"
#include "tests/support/catch.hpp"

using namespace csv::test;
using namespace std::string_literals;

namespace {

Finding fault(const std::string& text, const std::string& code, const std::string& options = "{}") {
    const Collected got = import_text(text, options);
    CHECK(got.status == SZ_ERR_INVALID);
    CHECK(got.files().count("szpack.json") == 0);
    const auto found = got.with_code(code);
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == SZ_SEVERITY_ERROR);
    return found[0];
}

std::string lines(std::size_t count, const std::string& cells) {
    std::string text = "Name,A\n";
    for (std::size_t i = 0; i < count; ++i) text += std::to_string(i) + ',' + cells + '\n';
    return text;
}

}  // namespace

TEST_CASE("what is no table is refused with its place") {
    const auto at = [](const Finding& finding) { return std::pair(finding.line, finding.column); };
    using Place = std::pair<std::uint32_t, std::uint32_t>;
    CHECK(at(fault("Name\r\nab\0c\r\n"s, "SZ-CSV-004")) == Place{2, 3});
    CHECK(at(fault("Name\ra\x1B\r", "SZ-CSV-004")) == Place{2, 2});
    CHECK(at(fault("Name,A\nx,\"1\ny,2\n", "SZ-CSV-005")) == Place{2, 3});
    CHECK(at(fault("Name,A\nx,\"1\"2\n", "SZ-CSV-006")) == Place{2, 6});
    CHECK(at(fault("Name\nab\xC4\n", "SZ-CSV-003", R"({"encoding":"utf-8"})")) == Place{2, 3});
    CHECK(at(fault("sep=;\nName;A\nx;\"1\n", "SZ-CSV-005")) == Place{3, 3});
}

TEST_CASE("a quotation mark inside a cell is kept with a warning") {
    const Collected got = import_text("Name,Size\nPipe,5\" long\n");
    CHECK(got.status == SZ_OK);
    CHECK(got.entry("items", "pipe")["topLevelFields"]["Size"]["value"] == "5\" long");
    const auto warned = got.with_code("SZ-CSV-008");
    REQUIRE(warned.size() == 1);
    CHECK(warned[0].line == 2);
    CHECK(warned[0].column == 7);
}

TEST_CASE("limits give findings and no pack") {
    CHECK(fault(lines(100'000, "x"), "SZ-CSV-002").line == 100'001);
    CHECK(fault("Name\n" + std::string(256, ',') + "\n", "SZ-CSV-002").line == 2);
    // A choice of a hundred is too much to repeat with every entry.
    std::string text = "Name,A\n";
    for (int i = 0; i < 1000; ++i)
        text += "n" + std::to_string(i) + ",v" + std::to_string(i % 100) + "\n";
    CHECK(import_text(text, R"({"types":{"A":"Select"}})").status == SZ_OK);
    text += "last,v100\n";
    CHECK(import_text(text, R"({"types":{"A":"Select"}})").with_code("SZ-CSV-015").size() == 1);
}

TEST_CASE("a dataset that a pack could not hold is refused at its row") {
    std::string text = "Name,A,B\n";
    for (int i = 0; i < 80; ++i)
        text += "n" + std::to_string(i) + "," + std::string(100'000, 'a') + "," +
                std::string(100'000, '\\') + "\n";  // each takes two bytes in JSON
    // 16 MiB are 55.9 entries of 300,100 bytes.
    CHECK(fault(text, "SZ-CSV-002").line == 57);
}

TEST_CASE("a pack that a library could not hold is refused") {
    Folder folder;
    std::string text = "Name,A\n";
    for (int i = 0; i < 80; ++i)
        text += std::to_string(i) + "," + std::string(100'000, '\\') + "\n";
    // Each of them gives 16.0 million bytes: 112 million are less than 120 MiB, 128 million more.
    for (int i = 0; i < 7; ++i) folder.add(std::to_string(i) + ".csv", text);
    CHECK(import(folder.path()).status == SZ_OK);
    folder.add("more.csv", text);
    const Collected got = import(folder.path());
    CHECK(got.status == SZ_ERR_LIMIT);
    CHECK(got.with_code("SZ-CSV-002").size() == 1);
}

TEST_CASE("the values of all tables together have a limit") {
    Folder folder;
    std::string text = "Name,A\n";
    for (int i = 0; i < 7200; ++i)
        text += "n" + std::to_string(i) + "," + std::to_string(10 + i % 90) + "\n";
    // An entry has 278 values: its own 4, and a field's 4 with three for each of 90 choices. One
    // table has 2.0 million of them, which take 16.3 million bytes; two have 4.0 million.
    const std::string options = R"({"types":{"A":"Select"}})";
    folder.add("a.csv", text);
    CHECK(import(folder.path(), options).status == SZ_OK);
    folder.add("b.csv", text);
    const auto found = import(folder.path(), options).with_code("SZ-CSV-002");
    REQUIRE(found.size() == 1);
    // 3,900,000 are the values of 14,028 entries and some.
    CHECK(found[0].file == "b.csv");
    CHECK(found[0].line == 6830);  // 14,029 - 7,200, below the headings
}

TEST_CASE("a cell holds up to a hundred tags") {
    const auto tags = [](int count) {
        std::string text = "Name,A\nx,";
        for (int i = 0; i < count; ++i) text += (i == 0 ? "t" : ";t") + std::to_string(i);
        return import_text(text + "\n", R"({"separator":",","types":{"A":"Tags"}})");
    };
    CHECK(tags(100).entry("items", "x")["topLevelFields"]["A"]["value"].size() == 100);
    CHECK(tags(101).with_code("SZ-CSV-015").size() == 1);
}

TEST_CASE("a file past the limit of bytes is refused, and one at it is read") {
    Folder folder;
    folder.add("items.csv", "Name\n");
    std::filesystem::resize_file(folder / "items.csv", std::size_t{16} << 20);
    CHECK(import(folder / "items.csv").with_code("SZ-CSV-004").size() == 1);  // it is full of NULs
    std::filesystem::resize_file(folder / "items.csv", (std::size_t{16} << 20) + 1);
    const Collected got = import(folder / "items.csv");
    CHECK(got.status == SZ_ERR_LIMIT);
    CHECK(got.with_code("SZ-CSV-002").size() == 1);
}

TEST_CASE("the files of a folder may have 64 MiB together") {
    Folder folder;
    for (const char* name : {"a.csv", "b.csv", "c.csv", "d.csv"}) {
        folder.add(name, "");
        std::filesystem::resize_file(folder / name, std::size_t{16} << 20);
    }
    CHECK(import(folder.path()).status == SZ_ERR_INVALID);  // they are full of NULs
    folder.add("e.csv", "x");
    CHECK(import(folder.path()).status == SZ_ERR_LIMIT);
}

TEST_CASE("a folder of more than 64 tables is refused") {
    Folder folder;
    for (int i = 0; i < 64; ++i) folder.add(std::to_string(i) + ".csv", "Name\nx\n");
    CHECK(import(folder.path()).status == SZ_OK);
    folder.add("more.csv", "Name\nx\n");
    CHECK(import(folder.path()).status == SZ_ERR_LIMIT);
}

TEST_CASE("what is not there, or holds no table, is said") {
    Folder folder;
    CHECK(import(folder / "none.csv").status == SZ_ERR_ENVIRONMENT);
    CHECK(import(folder.path()).with_code("SZ-CSV-001").size() == 1);
    folder.add("notes.txt", "words\n");
    CHECK(import(folder.path()).with_code("SZ-CSV-001").size() == 1);
}

TEST_CASE("links in a folder are not followed, and pipes are not opened") {
    Folder folder;
    const sz::test::TempDir elsewhere;
    std::ofstream(elsewhere / "far.csv") << "Name\nFar\n";
    folder.add("near.csv", "Name\nNear\n");
    std::filesystem::create_symlink(elsewhere / "far.csv", folder / "far.csv");
    REQUIRE(::mkfifo((folder / "pipe.csv").c_str(), 0600) == 0);
    REQUIRE(::mkfifo((folder / "near.csv.json").c_str(), 0600) == 0);
    const Collected got = import(folder.path());
    CHECK(got.status == SZ_OK);
    CHECK(got.files().size() == 2);
    CHECK(got.with_code("SZ-CSV-018").size() == 3);
    CHECK(csv::CsvFormat().probe((folder / "pipe.csv").string()) == 0);
    CHECK(import(folder / "pipe.csv").status == SZ_ERR_ENVIRONMENT);
}

TEST_CASE("it is as sure of a source as the names and the first bytes allow") {
    Folder folder;
    const csv::CsvFormat format;
    CHECK(format.probe(folder.path().string()) == 0);
    folder.add("a.CSV", "x").add("a.txt", "x").add("a.json", "{}").add("b.csv", "a\0b"s);
    CHECK(format.probe((folder / "a.CSV").string()) == 80);
    CHECK(format.probe((folder / "a.txt").string()) == 20);
    CHECK(format.probe((folder / "a.json").string()) == 0);
    CHECK(format.probe((folder / "b.csv").string()) == 0);
    CHECK(format.probe(folder.path().string()) == 40);
    CHECK(format.probe((folder / "none.csv").string()) == 0);
}

TEST_CASE("a person can cancel, and a kernel can refuse, at any point") {
    Folder folder;
    folder.add("a.csv", lines(300, "x")).add("b.csv", "Name\nx\n");
    // Each table asks once, and again at every 128th row: 1 + 3 and 1 + 1.
    for (std::uint64_t reports = 0; reports < 6; ++reports)
        CHECK(import(folder.path(), "{}", {reports}).status == SZ_ERR_CANCELLED);
    CHECK(import(folder.path(), "{}", {6}).status == SZ_OK);
    for (std::size_t files = 0; files < 3; ++files)
        CHECK(import(folder.path(), "{}", {6, files}).status == SZ_ERR_LIMIT);
}

TEST_CASE("any bytes give a pack or findings") {
    Folder folder;
    rc::check([&folder] {
        const auto piece = rc::gen::weightedOneOf<std::string>(
            {{4,
              rc::gen::element<std::string>(",", ";", "\t", "|", "\"", "\n", "\r\n", "\r", "Name",
                                            "x", "007", "1,5", "yes", "é", " ", "sep=;\n")},
             {1, rc::gen::container<std::string>(rc::gen::arbitrary<char>())}});
        const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
        std::string text;
        for (const std::string& each : pieces) text += each;
        folder.add("items.csv", text);
        const Collected got = import(folder / "items.csv");
        bool has_error = false;
        for (const Finding& finding : got.findings)
            has_error = has_error || finding.severity == SZ_SEVERITY_ERROR;
        RC_ASSERT(got.status == (has_error ? SZ_ERR_INVALID : SZ_OK));
        if (has_error) return;
        RC_ASSERT(got.account["read"].get<std::size_t>() ==
                  got.account["written"].get<std::size_t>() +
                      (got.account["left_out"].empty()
                           ? 0
                           : got.account["left_out"][0]["count"].get<std::size_t>()));
        RC_ASSERT(got.dataset("items")["entries"].size() == got.account["written"]);
    });
}
