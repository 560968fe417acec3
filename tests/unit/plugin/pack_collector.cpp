// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/pack_collector.hpp"

#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/pack_path.hpp"
#include "tests/support/catch.hpp"

using namespace sz;

namespace {

bool is_allowed(std::string_view path) { return check_pack_path(path).has_value(); }

struct Collecting {
    Findings findings;
    PackCollector collector{findings};
    const sz_pack_writer& table = *collector.table();

    sz_status begin() const { return table.begin(table.self); }
    sz_status put(std::string_view path, std::string_view content = "x") const {
        return table.put(table.self, str(path), abi_bytes(content));
    }
    [[nodiscard]] std::string code() const { return findings.empty() ? "" : findings.back().code; }
};

}  // namespace

TEST_CASE("paths of packs are relative, plain and within their folder") {
    CHECK(is_allowed("szpack.json"));
    CHECK(is_allowed("media/images/weapons/sword (1).png"));
    CHECK(is_allowed("media/images/Übung…png"));
    CHECK(is_allowed("a/..b/c"));
    for (const char* bad : {"", "/etc/passwd", "../a", "a/../b", "a/..", "./a", "a//b", "a/",
                            "a\\b", "C:/a", "a\nb", "a\x7f", "\xff\xfe"}) {
        INFO(bad);
        CHECK_FALSE(is_allowed(bad));
    }
    CHECK_FALSE(is_allowed(std::string_view("a\0b", 3)));
}

TEST_CASE("a path may be as long and as deep as the limits and no more") {
    CHECK(is_allowed(std::string(limits::path_bytes_max, 'a')));
    CHECK_FALSE(is_allowed(std::string(limits::path_bytes_max + 1, 'a')));
    std::string deep = "a";
    for (std::size_t i = 1; i < limits::path_parts_max; ++i) deep += "/a";
    CHECK(is_allowed(deep));
    CHECK_FALSE(is_allowed(deep + "/a"));
}

TEST_CASE("files before the first pack belong to nothing") {
    const Collecting c;
    CHECK(c.put("szpack.json") == SZ_ERR_INVALID);
}

TEST_CASE("packs come apart and in order of path") {
    Collecting c;
    REQUIRE(c.begin() == SZ_OK);
    REQUIRE(c.put("szpack.json", "{}") == SZ_OK);
    REQUIRE(c.put("objects/a.json", "1") == SZ_OK);
    REQUIRE(c.begin() == SZ_OK);
    REQUIRE(c.put("szpack.json", "2") == SZ_OK);
    REQUIRE(c.table.account(c.table.self, str(R"({"read":2,"written":1,"left_out":[]})")) == SZ_OK);
    const ReadPacks read = c.collector.take();
    REQUIRE(read.packs.size() == 2);
    CHECK(read.packs[0][0].path == "objects/a.json");
    CHECK(read.packs[0][1].content == "{}");
    CHECK(read.packs[1][0].content == "2");
    CHECK(read.account.at("read") == 2);
}

TEST_CASE("the same path twice is refused, in any case of letters") {
    const Collecting c;
    REQUIRE(c.begin() == SZ_OK);
    REQUIRE(c.put("media/images/A.png") == SZ_OK);
    CHECK(c.put("media/images/a.png") == SZ_ERR_INVALID);
    CHECK(c.code() == "SZ-PACK-004");
    CHECK(c.findings.back().file == "media/images/a.png");
}

TEST_CASE("what was refused once stays refused, so that no half of a pack comes through") {
    const Collecting c;
    REQUIRE(c.begin() == SZ_OK);
    CHECK(c.put("../x") == SZ_ERR_INVALID);
    CHECK(c.put("szpack.json") == SZ_ERR_INVALID);
    CHECK(c.collector.status() == SZ_ERR_INVALID);
    CHECK(c.findings.size() == 1);
}

TEST_CASE("a pack may have as many files as the limit") {
    const Collecting c;
    REQUIRE(c.begin() == SZ_OK);
    for (std::size_t i = 0; i < limits::pack_files_max; ++i)
        REQUIRE(c.put("f" + std::to_string(i)) == SZ_OK);
    CHECK(c.put("one-more") == SZ_ERR_LIMIT);
    CHECK(c.code() == "SZ-PACK-005");
}

TEST_CASE("a file may have as many bytes as the limit") {
    const Collecting c;
    const std::string bytes(limits::pack_file_bytes_max + 1, 'x');
    REQUIRE(c.begin() == SZ_OK);
    CHECK(c.put("a", std::string_view(bytes).substr(1)) == SZ_OK);
    CHECK(c.put("b", bytes) == SZ_ERR_LIMIT);
}

TEST_CASE("a source may hold as many packs as the limit") {
    const Collecting c;
    for (std::size_t i = 0; i < limits::packs_in_source_max; ++i) REQUIRE(c.begin() == SZ_OK);
    CHECK(c.begin() == SZ_ERR_LIMIT);
}

TEST_CASE("an account that is no object is refused") {
    const Collecting c;
    CHECK(c.table.account(c.table.self, str("[1]")) == SZ_ERR_INVALID);
}

TEST_CASE("statuses and kinds of errors lead to each other") {
    for (const auto kind : {ErrorKind::input, ErrorKind::not_found, ErrorKind::denied,
                            ErrorKind::conflict, ErrorKind::limit, ErrorKind::environment,
                            ErrorKind::cancelled, ErrorKind::unsupported, ErrorKind::internal})
        CHECK(error_kind(abi_status(kind)) == kind);
    CHECK(abi_status(ErrorKind::usage) == SZ_ERR_INVALID);
    CHECK(error_kind(4711) == ErrorKind::internal);
}

TEST_CASE("a sink takes what fits and refuses the rest") {
    TextSink sink(3);
    const sz_sink table = sink.table();
    CHECK(table.write(table.self, "ab", 2) == SZ_OK);
    CHECK(table.write(table.self, "c", 1) == SZ_OK);
    CHECK(table.write(table.self, "d", 1) == SZ_ERR_LIMIT);
    CHECK(sink.text == "abc");
    CHECK(sink.is_full());
    CHECK(table.write(table.self, nullptr, 0) == SZ_OK);
    CHECK(table.write(table.self, nullptr, 1) == SZ_ERR_INVALID);
}

TEST_CASE("findings are taken up to the limit, then one says that there are more") {
    Findings findings;
    const FindingSink sink(findings);
    const sz_finding finding{sizeof(sz_finding),
                             SZ_SEVERITY_WARNING,
                             str("X"),
                             str(""),
                             str(""),
                             0,
                             0,
                             str("m\xff"),
                             str("")};
    for (std::size_t i = 0; i < limits::findings_max + 5; ++i)
        sink.table()->report(sink.table()->self, &finding);
    CHECK(findings.size() == limits::findings_max + 1);
    CHECK(findings.back().code == "SZ-PLUGIN-062");
    CHECK(findings.front().message == "m?");
    CHECK(sink.error() == nullptr);
}

TEST_CASE("a plugin's text is cut at the limit and mended") {
    CHECK(clean_text(std::string(limits::finding_text_bytes_max, 'x')).size() ==
          limits::finding_text_bytes_max);
    CHECK(clean_text(std::string(limits::finding_text_bytes_max + 1, 'x')).size() ==
          limits::finding_text_bytes_max);
    CHECK(clean_text("a\xc3").size() == 2);
    CHECK(clean_text("größer") == "größer");
    CHECK(clean_text("").empty());
}
