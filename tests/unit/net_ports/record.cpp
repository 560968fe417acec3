// SPDX-License-Identifier: AGPL-3.0-or-later
// The file that outlives a crash.
#include "kernel/net/ports/port_record.hpp"

#include <fstream>

#include "kernel/base/files.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;

namespace {

constexpr UnixMs now = 1'800'000'000'000;

struct Opened {
    std::optional<Error> notice;
    PortRecord record;
    explicit Opened(const std::filesystem::path& file) : record(file, now, notice) {}
};

RecordedPort port(int number) { return {"upnp", Json{{"port", number}}, now + number, 1}; }

}  // namespace

TEST_CASE("a record comes back as it was written, and goes when nothing is left") {
    const test::TempDir folder;
    const auto file = folder / "ports.json";
    {
        Opened opened(file);
        CHECK(opened.record.put(port(1)));
        CHECK(opened.record.put(port(2)));
        CHECK(opened.record.put(port(1)));  // once
    }
    Opened opened(file);
    CHECK_FALSE(opened.notice);
    REQUIRE(opened.record.ports().size() == 2);
    CHECK(opened.record.ports()[1].mapper == "upnp");
    CHECK(opened.record.ports()[1].mapping == Json{{"port", 1}});
    CHECK(opened.record.ports()[1].ends_at == now + 1);
    CHECK(opened.record.ports()[1].tries == 1);
    CHECK(opened.record.erase("upnp", Json{{"port", 1}}));
    CHECK(opened.record.erase("other", Json{{"port", 2}}));
    CHECK(std::filesystem::exists(file));
    CHECK(opened.record.erase("upnp", Json{{"port", 2}}));
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a record has a limit, at which the oldest is forgotten") {
    const test::TempDir folder;
    const auto file = folder / "ports.json";
    Opened opened(file);
    for (int i = 1; i <= static_cast<int>(PortRecord::ports_max); ++i)
        CHECK(opened.record.put(port(i)));
    CHECK(Opened(file).record.ports().size() == 64);
    CHECK(opened.record.put(port(65)));
    const Opened again(file);
    CHECK(again.record.ports().size() == 64);
    CHECK(again.record.ports().front().mapping == Json{{"port", 2}});
}

TEST_CASE("a damaged record is kept aside and told") {
    for (const std::string& text :
         {std::string("{"), std::string("[]"), std::string(), std::string(R"({"ports":1})"),
          std::string(R"({"ports":[{"mapper":"upnp"}]})"),
          std::string(R"({"ports":[{"mapper":"","mapping":{},"ends_at":0,"tries":0}]})"),
          std::string(R"({"ports":[{"mapper":"u","mapping":{},"ends_at":-1,"tries":0}]})"),
          std::string(R"({"ports":[]})") + std::string(PortRecord::bytes_max, ' ')}) {
        const test::TempDir folder;
        const auto file = folder / "ports.json";
        std::ofstream(file) << text;
        Opened opened(file);
        INFO(text.substr(0, 60));
        REQUIRE(opened.notice);
        CHECK(opened.notice->code == "SZ-PORT-020");
        CHECK(opened.notice->where == file.string() + ".broken-20270115T080000.000Z");
        CHECK(read_file(opened.notice->where, 1 << 20).value_or("?") == text);
        CHECK(opened.record.ports().empty());
        CHECK(opened.record.put(port(1)));
        CHECK_FALSE(Opened(file).notice);
    }
}

TEST_CASE("a record of as many bytes as the limit is read") {
    const test::TempDir folder;
    const auto file = folder / "ports.json";
    std::string text = R"({"ports":[]})";
    text.resize(PortRecord::bytes_max, ' ');
    std::ofstream(file) << text;
    CHECK_FALSE(Opened(file).notice);
}

TEST_CASE("a record that cannot be written says so, and holds for this run") {
    const test::TempDir folder;
    Opened opened(folder / "not-there/ports.json");
    const auto put = opened.record.put(port(1));
    REQUIRE_FALSE(put);
    CHECK(put.error().code == "SZ-PORT-021");
    CHECK(opened.record.ports().size() == 1);
}
