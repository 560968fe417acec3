// SPDX-License-Identifier: AGPL-3.0-or-later
#include <rapidcheck.h>
#include <sys/stat.h>

#include <cstdlib>
#include <ctime>

#include "source.hpp"
#include "tests/support/catch.hpp"

using namespace szp;
using namespace szp::test;
namespace fs = std::filesystem;

namespace {

const Files sample = {{"media/images/é.png", "\x89PNG"},
                      {"objects/datasets/a.json", std::string(5000, 'a')},
                      {"szpack.json", R"({"id": "p"})"}};

struct TimeZone {
    explicit TimeZone(const char* name) {
        ::setenv("TZ", name, 1);
        ::tzset();
    }
    ~TimeZone() {
        ::setenv("TZ", "UTC", 1);
        ::tzset();
    }
    TimeZone(const TimeZone&) = delete;
    TimeZone& operator=(const TimeZone&) = delete;
};

}  // namespace

TEST_CASE("what is written as an archive is read again as it was") {
    const sz::test::TempDir folder;
    REQUIRE(write(sample, folder / "p.szp").status == SZ_OK);
    const auto outcome = read(folder / "p.szp");
    CHECK(outcome.codes() == Strings{});
    CHECK(outcome.packs.at(0) == sample);
    CHECK(fs::file_size(folder / "p.szp") < 1000);  // it is compressed
}

TEST_CASE("what is written as a folder is read again as it was") {
    const sz::test::TempDir folder;
    REQUIRE(write(sample, folder / "p", R"({"as": "folder"})").status == SZ_OK);
    CHECK(file_content(folder / "p/szpack.json") == R"({"id": "p"})");
    const auto outcome = read(folder / "p");
    CHECK(outcome.codes() == Strings{});
    CHECK(outcome.packs.at(0) == sample);
}

TEST_CASE("any files are refused, or survive a round trip through an archive") {
    const sz::test::TempDir folder;
    int number = 0;
    CHECK(rc::check("read(write(files)) = files", [&] {
        Files files = {{"szpack.json", "{}"}};
        const auto names = *rc::gen::container<Strings>(rc::gen::element<std::string>(
            "a", "b/c", "media/images/a.png", "media/é.png", "objects/x.json", "objects/y/z.json",
            "b", "c d", "a/", "A"));
        for (const auto& name : names) files[name] = *rc::gen::arbitrary<std::string>();
        const auto path = folder / std::to_string(++number);
        const auto written = write(files, path);
        if (written.status != SZ_OK) {
            RC_ASSERT(!written.findings.empty());
            RC_ASSERT(!fs::exists(path));
            return;  // a name is not good
        }
        const auto outcome = read(path);
        RC_ASSERT(outcome.status == SZ_OK);
        RC_ASSERT(outcome.packs.at(0) == files);
    }));
}

TEST_CASE("the same files give the same bytes, whatever the time zone, the mask and the place") {
    const sz::test::TempDir folder;
    Strings archives;
    for (const char* zone :
         {"UTC", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu", "XYZ+12"}) {
        const TimeZone in_zone(zone);
        const auto mask = ::umask(archives.size() % 2 == 0 ? 0077 : 0);
        const auto path = folder / ("in-" + std::to_string(archives.size()) + "/some.szp");
        fs::create_directories(path.parent_path());
        REQUIRE(write(sample, path).status == SZ_OK);
        ::umask(mask);
        archives.push_back(file_content(path));
    }
    for (const auto& archive : archives) CHECK(archive == archives[0]);
    // 1980-01-01 00:00 in the first description: time 0, date 33.
    CHECK(archives[0].substr(10, 4) == std::string("\0\0\x21\0", 4));
    const auto directory = archives[0].find("PK\1\2");
    CHECK(archives[0].substr(directory + 12, 4) == std::string("\0\0\x21\0", 4));
    // A regular file that everybody may read: 0100644 in the upper half.
    CHECK(archives[0].substr(directory + 38, 4) == std::string("\0\0\xa4\x81", 4));
}

TEST_CASE("a folder and the archive made from it hold the same") {
    const sz::test::TempDir folder;
    for (const auto& [path, content] : sample) put_file(folder.path() / "pack" / path, content);
    put_file(folder / "pack/.git/HEAD", "x");
    const auto from_folder = read(folder / "pack");
    REQUIRE(write(from_folder.packs.at(0), folder / "p.szp").status == SZ_OK);
    CHECK(read(folder / "p.szp").packs.at(0) == sample);
}

TEST_CASE("what could not be read again is not written") {
    const sz::test::TempDir folder;
    const auto refuses = [&](const Files& files, const std::string& code,
                             const Limits& limits = {}) {
        for (const char* as : {R"({"as": "archive"})", R"({"as": "folder"})"}) {
            const auto outcome = write(files, folder / "bad", as, limits);
            INFO(code);
            CHECK(outcome.is_refused_with(code));
            CHECK_FALSE(fs::exists(folder / "bad"));
        }
    };
    refuses({{"../x", ""}}, "SZ-SZP-014");
    refuses({{"/x", ""}}, "SZ-SZP-013");
    refuses({{"A", ""}, {"a", ""}}, "SZ-SZP-018");
    refuses({{"a", ""}, {"a/b", ""}}, "SZ-SZP-017");
    refuses({{".hidden", ""}}, "SZ-SZP-031");
    Limits limits;
    limits.file_bytes = 3;
    refuses({{"a", "1234"}}, "SZ-SZP-006", limits);
    limits = {};
    limits.total_bytes = 7;
    refuses({{"a", "1234"}, {"b", "1234"}}, "SZ-SZP-007", limits);
    limits = {};
    limits.files = 1;
    refuses({{"a", ""}, {"b", ""}}, "SZ-SZP-005", limits);
    limits = {};
    limits.archive_bytes = 100;
    const auto large = write({{"a", "1234"}}, folder / "bad", "{}", limits);
    CHECK(large.is_refused_with("SZ-SZP-004"));
    CHECK_FALSE(fs::exists(folder / "bad"));
}

TEST_CASE("a file that compresses like a bomb is stored, so that it can be read again") {
    const sz::test::TempDir folder;
    const Files files = {{"objects/datasets/zeros.json", std::string(2 << 20, ' ')},
                         {"szpack.json", "{}"}};
    REQUIRE(write(files, folder / "p.szp").status == SZ_OK);
    CHECK(read(folder / "p.szp").packs.at(0) == files);
}

TEST_CASE(
    "a place that cannot be written to is the environment's fault, and leaves nothing behind") {
    const sz::test::TempDir folder;
    for (const char* as : {R"({"as": "archive"})", R"({"as": "folder"})"}) {
        const auto outcome = write(sample, folder / "no/such/folder/p", as);
        CHECK(outcome.status == SZ_ERR_ENVIRONMENT);
        CHECK(outcome.codes() == Strings{"SZ-SZP-030"});
    }
    CHECK(fs::is_empty(folder.path()));
    CHECK(write(sample, folder / "p", R"({"as": "tarball"})").is_refused_with("SZ-SZP-032"));
    CHECK(write(sample, folder / "p", "{").status == SZ_ERR_INVALID);
    put_file(folder / "there/mine.txt", "keep");
    CHECK(write(sample, folder / "there", R"({"as": "folder"})").status == SZ_ERR_ENVIRONMENT);
    CHECK(file_content(folder / "there/mine.txt") == "keep");
}

TEST_CASE("writing stops when it is asked to, and leaves nothing behind") {
    const sz::test::TempDir folder;
    for (const char* as : {R"({"as": "archive"})", R"({"as": "folder"})"}) {
        for (std::size_t n = 0; n < 3; ++n) {
            StopAt stop(n);
            const auto outcome = write(sample, folder / "p", as, {}, &stop.table);
            INFO(as << " " << n);
            CHECK(outcome.status == SZ_ERR_CANCELLED);
            CHECK(outcome.codes() == Strings{});
            CHECK(fs::is_empty(folder.path()));
        }
    }
}
