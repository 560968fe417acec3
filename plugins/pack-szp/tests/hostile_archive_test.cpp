// SPDX-License-Identifier: AGPL-3.0-or-later
// Archives that somebody wrote to do harm, or that broke on the way: each is refused with its code,
// and gives no file out.
#include <zip.h>

#include <iterator>

#include "source.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/hostile_zip.hpp"

using namespace szp;
using namespace szp::test;
using namespace sz::test;

namespace {
const std::string manifest = R"({"id": "p", "name": "P", "version": "1.0.0"})";

Outcome read_bytes(const std::string& bytes, const Limits& limits = {}) {
    const TempDir folder;
    put_file(folder / "pack.szp", bytes);
    return read(folder / "pack.szp", limits);
}

HostileEntry entry(const std::string& name, const std::string& content = "x") {
    HostileEntry one;
    one.name = name;
    one.content = content;
    return one;
}

// An honest pack and one entry beside it.
HostileZip with(HostileEntry one) {
    return HostileZip({entry("szpack.json", manifest), std::move(one)});
}

void refuses(const std::string& bytes, const std::string& code, const Limits& limits = {}) {
    const auto outcome = read_bytes(bytes, limits);
    INFO((outcome.findings.empty() ? std::string("no finding")
                                   : outcome.findings[0].code + " " + outcome.findings[0].message));
    CHECK(outcome.is_refused_with(code));
    CHECK(outcome.packs.empty());
}

// An archive with one file, compressed by libzip.
std::string compressed(const std::string& name, const std::string& content) {
    const TempDir folder;
    const auto path = (folder / "a.zip").string();
    int error = 0;
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, &error);
    zip_file_add(archive, name.c_str(),
                 zip_source_buffer(archive, content.data(), content.size(), 0), 0);
    REQUIRE(zip_close(archive) == 0);
    return file_content(path);
}

}  // namespace

TEST_CASE("an honest archive gives its files in order of their names") {
    auto folder = entry("objects/", "");
    folder.attributes = 040755U << 16;
    const auto good = read_bytes(
        HostileZip({entry("szpack.json", manifest), folder, entry("objects/datasets/b.json", "{}"),
                    entry("media/images/é.png", "")})
            .bytes());
    CHECK(good.status == SZ_OK);
    CHECK(good.codes() == Strings{});
    CHECK(good.order == Strings{"media/images/é.png", "objects/datasets/b.json", "szpack.json"});
    REQUIRE(good.packs.size() == 1);
    CHECK(good.packs[0].at("szpack.json") == manifest);
    folder.content = "a folder has none";
    refuses(with(folder).bytes(), "SZ-SZP-003");
}

TEST_CASE("what is no archive is told from what is cut off") {
    refuses("", "SZ-SZP-002");
    refuses("hello", "SZ-SZP-002");
    refuses(std::string(100'000, 'x'), "SZ-SZP-002");
    const auto good = with(entry("a.txt", "some content")).bytes();
    for (std::size_t size = 4; size < good.size(); ++size) {
        INFO(size);
        const auto outcome = read_bytes(good.substr(0, size));
        CHECK((outcome.is_refused_with("SZ-SZP-003") || outcome.is_refused_with("SZ-SZP-023")));
        CHECK(outcome.packs.empty());
    }
    CHECK(read_bytes(good).status == SZ_OK);
    const TempDir folder;
    const auto missing = read(folder / "no.szp");
    CHECK(missing.status == SZ_ERR_ENVIRONMENT);
    CHECK(missing.codes() == Strings{"SZ-SZP-001"});
}

TEST_CASE("no single damaged byte does harm") {
    auto packed = with(entry("objects/datasets/a.json", "{\"id\": \"a\"}")).bytes();
    for (std::size_t i = 0; i < packed.size(); ++i) {
        for (const char flip : {'\x01', '\x80', '\xff'}) {
            auto broken = packed;
            broken[i] = static_cast<char>(broken[i] ^ flip);
            const auto outcome = read_bytes(broken);
            // Dates and notes may change unseen; content, names and structure may not. Nothing is
            // given out that was not packed.
            if (outcome.status == SZ_OK) {
                REQUIRE(outcome.packs.size() == 1);
                for (const auto& [name, content] : outcome.packs[0])
                    CHECK((content == manifest || content == "{\"id\": \"a\"}"));
            } else {
                CHECK_FALSE(outcome.findings.empty());
            }
        }
    }
}

TEST_CASE(
    "names that lead out of the pack, or mean different things to different programs, are "
    "refused") {
    refuses(with(entry("../evil")).bytes(), "SZ-SZP-014");
    refuses(with(entry("a/../../evil")).bytes(), "SZ-SZP-014");
    refuses(with(entry("a/./b")).bytes(), "SZ-SZP-014");
    refuses(with(entry("a//b")).bytes(), "SZ-SZP-014");
    refuses(with(entry("/etc/passwd")).bytes(), "SZ-SZP-013");
    refuses(with(entry("C:/evil")).bytes(), "SZ-SZP-013");
    refuses(with(entry("")).bytes(), "SZ-SZP-013");
    refuses(with(entry("a\\b")).bytes(), "SZ-SZP-015");
    refuses(with(entry("..\\evil")).bytes(), "SZ-SZP-015");
    refuses(with(entry("a\nb")).bytes(), "SZ-SZP-012");
    refuses(with(entry(std::string("a.json\0.png", 11))).bytes(), "SZ-SZP-012");
    refuses(with(entry("a\x7f")).bytes(), "SZ-SZP-012");
    refuses(with(entry("\xff\xfe")).bytes(), "SZ-SZP-011");
    refuses(with(entry("a\xc0\xaf"
                       "b"))
                .bytes(),
            "SZ-SZP-011");                                                     // an overlong '/'
    refuses(with(entry("\xe0\x80\xae\xe0\x80\xae/x")).bytes(), "SZ-SZP-011");  // an overlong ".."
    refuses(with(entry("a:b")).bytes(), "SZ-SZP-013");
    refuses(with(entry("ab:stream")).bytes(), "SZ-SZP-024");
    refuses(with(entry("media/con.png")).bytes(), "SZ-SZP-024");
    refuses(with(entry("media/COM1")).bytes(), "SZ-SZP-024");
    refuses(with(entry("media/x.")).bytes(), "SZ-SZP-024");
    refuses(with(entry("media/what?.png")).bytes(), "SZ-SZP-024");
}

TEST_CASE("names that collide are refused") {
    refuses(with(entry("szpack.json", "{}")).bytes(), "SZ-SZP-017");
    refuses(with(entry("SZPACK.json")).bytes(), "SZ-SZP-018");
    refuses(HostileZip({entry("szpack.json"), entry("a/x"), entry("A/y")}).bytes(), "SZ-SZP-018");
    refuses(HostileZip({entry("szpack.json"), entry("media/Äpfel.png"), entry("media/äpfel.png")})
                .bytes(),
            "SZ-SZP-018");
    refuses(HostileZip({entry("szpack.json"), entry("a"), entry("a/b")}).bytes(), "SZ-SZP-017");
    refuses(HostileZip({entry("szpack.json"), entry("a/b"), entry("a")}).bytes(), "SZ-SZP-017");
    auto folder = entry("a/", "");
    folder.attributes = 0;
    CHECK(read_bytes(HostileZip({entry("szpack.json"), folder, entry("a/b")}).bytes()).status ==
          SZ_OK);
    refuses(HostileZip({entry("szpack.json"), folder, folder}).bytes(), "SZ-SZP-017");
}

TEST_CASE("links and devices are refused, whatever system they say they are from") {
    for (const std::uint32_t mode : {0120777U, 0020666U, 0060660U, 0010644U, 0140755U}) {
        auto one = entry("media/link", "/etc/passwd");
        one.attributes = mode << 16;
        INFO(mode);
        refuses(with(one).bytes(), "SZ-SZP-016");
        one.made_by = 20;
        refuses(with(one).bytes(), "SZ-SZP-016");
    }
    auto folder = entry("media/x");
    folder.attributes = 040755U << 16;
    refuses(with(folder).bytes(), "SZ-SZP-016");
    auto file = entry("media/x/", "");
    file.attributes = 0100644U << 16;
    refuses(with(file).bytes(), "SZ-SZP-016");
    auto unknown = entry("media/x");
    unknown.attributes = 0;
    CHECK(read_bytes(with(unknown).bytes()).status == SZ_OK);
}

TEST_CASE(
    "what packs do not use is refused: encryption, other compressions, several disks, ZIP64") {
    auto one = entry("a");
    one.flags = 1;
    refuses(with(one).bytes(), "SZ-SZP-019");
    one.flags = 0x40;
    refuses(with(one).bytes(), "SZ-SZP-019");
    one.flags = 0;
    for (const auto method : std::vector<std::uint16_t>{1, 9, 12, 14, 93, 99}) {
        one.method = method;
        refuses(with(one).bytes(), "SZ-SZP-020");
    }
    auto zip = with(entry("a"));
    zip.disk = 1;
    refuses(zip.bytes(), "SZ-SZP-020");
    zip.disk.reset();
    zip.directory_offset = 0xFFFFFFFF;
    refuses(zip.bytes(), "SZ-SZP-020");
}

TEST_CASE("an archive that describes a file twice and differently is refused") {
    const auto lies = [](auto change) {
        auto one = entry("a.json", "{}");
        change(one);
        refuses(with(one).bytes(), "SZ-SZP-022");
    };
    lies([](HostileEntry& one) { one.local_name = "b.json"; });
    lies([](HostileEntry& one) { one.local_size = 3; });
    lies([](HostileEntry& one) { one.local_compressed = 1; });
    lies([](HostileEntry& one) { one.local_crc = 1; });
    lies([](HostileEntry& one) { one.local_method = 8; });
    lies([](HostileEntry& one) { one.local_flags = 8; });
    auto longer = entry("a.json", "{}");
    longer.local_name = "a.json.exe";
    CHECK(read_bytes(with(longer).bytes()).status != SZ_OK);
}

TEST_CASE("files that overlap, and bytes that belong to no file, are refused") {
    auto again = entry("copy.json", "");
    again.is_only_listed = true;
    again.offset = 0;
    auto first = entry("szpack.json", manifest);
    // The same bytes under another name: a bomb that grows by overlapping works so.
    again.content = manifest;
    auto zip = HostileZip({first, again});
    const auto outcome = read_bytes(zip.bytes());
    CHECK(outcome.status != SZ_OK);
    CHECK(outcome.codes()[0] == "SZ-SZP-021");

    auto gap = entry("a");
    gap.gap = "hidden";
    refuses(with(gap).bytes(), "SZ-SZP-023");
    zip = with(entry("a"));
    zip.before = "#!/bin/sh\n";
    refuses(zip.bytes(), "SZ-SZP-023");
    zip = with(entry("a"));
    zip.behind = "junk";
    refuses(zip.bytes(), "SZ-SZP-023");
    zip = with(entry("a"));
    zip.directory_offset = 0;
    refuses(zip.bytes(), "SZ-SZP-003");
    zip = with(entry("a"));
    zip.count = 3;
    refuses(zip.bytes(), "SZ-SZP-003");
    zip.count = 1;
    refuses(zip.bytes(), "SZ-SZP-003");
    auto far = entry("a");
    far.offset = 0x7FFFFFFF;
    const auto lost = read_bytes(with(far).bytes());
    CHECK(lost.status != SZ_OK);
    CHECK(lost.packs.empty());
}

TEST_CASE("a comment is tolerated, but not one that makes a second end") {
    auto zip = with(entry("a"));
    zip.comment = "made by hand";
    CHECK(read_bytes(zip.bytes()).status == SZ_OK);
    zip.comment = std::string("PK\5\6", 4) + std::string(16, '\0') + std::string(2, '\0');
    refuses(zip.bytes(), "SZ-SZP-003");
}

TEST_CASE("content that does not match its checksum or size is found, for every file") {
    auto one = entry("a.json", "{}");
    one.crc = 1;
    auto other = entry("b.json", "{}");
    other.crc = 2;
    const auto outcome =
        read_bytes(HostileZip({entry("szpack.json", manifest), one, other}).bytes());
    CHECK(outcome.status == SZ_ERR_INVALID);
    CHECK(outcome.codes() == Strings{"SZ-SZP-003", "SZ-SZP-003"});
    CHECK(outcome.findings[0].file == "a.json");
    CHECK(outcome.findings[1].file == "b.json");

    auto short_content = entry("a.json", "{}");
    short_content.size = 3;
    refuses(with(short_content).bytes(), "SZ-SZP-003");
    auto garbage = entry("a.json", "this is not deflated");
    garbage.method = 8;
    CHECK(read_bytes(with(garbage).bytes()).codes() == Strings{"SZ-SZP-003"});
}

TEST_CASE("a file whose sizes follow its content is read") {
    auto one = entry("a.json", "{}");
    one.has_descriptor = true;
    const auto outcome = read_bytes(with(one).bytes());
    CHECK(outcome.codes() == Strings{});
    CHECK(outcome.status == SZ_OK);
}

TEST_CASE("a bomb does not go off") {
    const std::string zeros(3 << 20, '\0');
    refuses(compressed("bomb.json", zeros), "SZ-SZP-008");
    // A promise of little that unpacks to much: what comes is never more than what was promised.
    auto bomb = compressed("bomb.json", zeros);
    const auto put4 = [&](std::size_t at, std::uint32_t value) {
        for (int i = 0; i < 4; ++i)
            bomb[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * i));
    };
    put4(22, 1000);
    put4(bomb.find("PK\1\2") + 24, 1000);
    const auto outcome = read_bytes(bomb);
    CHECK(outcome.codes() == Strings{"SZ-SZP-003"});
    CHECK(outcome.status == SZ_ERR_INVALID);
}

TEST_CASE("each limit holds at the limit and one past it") {
    const auto archive = with(entry("objects/a.json", std::string(100, 'x')));
    const auto bytes = archive.bytes();
    const auto limited = [&](auto change) {
        Limits limits;
        change(limits);
        return limits;
    };
    const auto holds = [&](auto change_at, auto change_past, const std::string& code) {
        CHECK(read_bytes(bytes, limited(change_at)).status == SZ_OK);
        refuses(bytes, code, limited(change_past));
        CHECK(read_bytes(bytes, limited(change_past)).status == SZ_ERR_LIMIT);
    };
    const auto size = bytes.size();
    const auto total = 100 + manifest.size();
    holds([&](Limits& l) { l.archive_bytes = size; },
          [&](Limits& l) { l.archive_bytes = size - 1; }, "SZ-SZP-004");
    holds([](Limits& l) { l.files = 2; }, [](Limits& l) { l.files = 1; }, "SZ-SZP-005");
    holds([](Limits& l) { l.file_bytes = 100; }, [](Limits& l) { l.file_bytes = 99; },
          "SZ-SZP-006");
    holds([&](Limits& l) { l.total_bytes = total; }, [&](Limits& l) { l.total_bytes = total - 1; },
          "SZ-SZP-007");
    holds([](Limits& l) { l.path_bytes = 14; }, [](Limits& l) { l.path_bytes = 13; }, "SZ-SZP-009");
    holds([](Limits& l) { l.path_parts = 2; }, [](Limits& l) { l.path_parts = 1; }, "SZ-SZP-010");

    const auto packed = compressed("a.json", std::string(2000, 'x'));
    const auto compressed_bytes = [&] {
        std::uint64_t value = 0;
        for (int i = 3; i >= 0; --i)
            value =
                value << 8 | static_cast<unsigned char>(packed[18 + static_cast<std::size_t>(i)]);
        return value;
    }();
    Limits ratio;
    ratio.ratio_free_bytes = 1999;
    ratio.ratio = (2000 + compressed_bytes - 1) / compressed_bytes;
    CHECK(read_bytes(packed, ratio).status == SZ_OK);
    --ratio.ratio;
    refuses(packed, "SZ-SZP-008", ratio);
    ratio.ratio_free_bytes = 2000;
    CHECK(read_bytes(packed, ratio).status == SZ_OK);
}

TEST_CASE("the limits are those of the kernel") {
    const Limits limits;
    CHECK(limits.archive_bytes == 536'870'912);
    CHECK(limits.files == 20'000);
    CHECK(limits.file_bytes == 67'108'864);
    CHECK(limits.total_bytes == 1'073'741'824);
    CHECK(limits.ratio == 200);
    CHECK(limits.path_bytes == 240);
    CHECK(limits.path_parts == 12);
    HostileZip many({entry("szpack.json", manifest)});
    while (many.entries.size() < limits.files)
        many.entries.push_back(entry("f" + std::to_string(many.entries.size()), ""));
    CHECK(read_bytes(many.bytes()).status == SZ_OK);
    many.entries.push_back(entry("one-more", ""));
    refuses(many.bytes(), "SZ-SZP-005");
}

TEST_CASE("every fault of an archive is reported in one run") {
    auto link = entry("a/link");
    link.attributes = 0120777U << 16;
    auto secret = entry("secret");
    secret.flags = 1;
    const auto outcome = read_bytes(HostileZip({entry("szpack.json", manifest), entry("../x"), link,
                                                secret, entry("A/b"), entry("x\\y")})
                                        .bytes());
    CHECK(outcome.status == SZ_ERR_INVALID);
    CHECK(outcome.codes() ==
          Strings{"SZ-SZP-016", "SZ-SZP-019", "SZ-SZP-014", "SZ-SZP-018", "SZ-SZP-015"});
}

TEST_CASE("a pack inside one folder is read from there, with a warning") {
    const auto outcome = read_bytes(
        HostileZip({entry("my-pack/szpack.json", manifest), entry("my-pack/media/images/a.png"),
                    entry("__MACOSX/my-pack/._szpack.json")})
            .bytes());
    CHECK(outcome.status == SZ_OK);
    CHECK(outcome.codes() == Strings{"SZ-SZP-026", "SZ-SZP-025"});
    CHECK(outcome.order == Strings{"media/images/a.png", "szpack.json"});
    // Two folders: nobody knows which. The files come as they stand, and the check of the pack says
    // that szpack.json is missing.
    const auto two = read_bytes(
        HostileZip({entry("a/szpack.json", manifest), entry("b/szpack.json", manifest)}).bytes());
    CHECK(two.order == Strings{"a/szpack.json", "b/szpack.json"});
}

TEST_CASE("reading stops when it is asked to") {
    const TempDir folder;
    put_file(folder / "pack.szp", with(entry("a")).bytes());
    for (std::size_t n = 0; n < 2; ++n) {
        StopAt stop(n);
        const auto outcome = read(folder / "pack.szp", {}, &stop.table);
        CHECK(outcome.status == SZ_ERR_CANCELLED);
        CHECK(outcome.codes() == Strings{});
    }
}
