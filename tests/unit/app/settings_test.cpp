// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/app/settings.hpp"

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/bus/bus_fixture.hpp"

using namespace sz;
using namespace sz::test;

namespace {

constexpr UnixMs now = 1'000'000'000'123;  // 2001-09-09T01:46:40.123Z

struct SettingsFixture : BusFixture {
    TempDir dir;
    std::vector<Error> notices;
    std::unique_ptr<Settings> settings;

    SettingsFixture() = default;
    ~SettingsFixture() {
        bus.stop();
        close();
    }
    SettingsFixture(const SettingsFixture&) = delete;
    SettingsFixture& operator=(const SettingsFixture&) = delete;

    void open() {
        thread.run_and_wait([this] {
            settings = Settings::open(dir / "settings.json", now, bus, thread, notices);
        });
        if (!settings->add_methods()) throw std::runtime_error("methods");
    }
    void close() {
        bus.remove_methods("kernel");
        thread.run_and_wait([this] { settings.reset(); });
    }
    void reopen() {
        close();
        open();
    }
    Result<Json> set(const std::string& key, Json value) {
        return bus.call_and_wait("settings.set", {{"key", key}, {"value", std::move(value)}});
    }
    Json get(const std::string& key) {
        return bus.call_and_wait("settings.get", {{"key", key}}).value()["value"];
    }
    std::string file() { return read_file(dir / "settings.json", 10'000'000).value(); }
};

}  // namespace

TEST_CASE("a setting is there after a new start", "[settings]") {
    SettingsFixture f;
    f.open();
    REQUIRE(f.set("window.size", {800, 600}));
    CHECK(f.get("window.size") == Json{800, 600});
    CHECK(f.file() == "{\n  \"window.size\": [\n    800,\n    600\n  ]\n}\n");
    f.reopen();
    CHECK(f.get("window.size") == Json{800, 600});
    CHECK(f.notices.empty());
}

TEST_CASE("a setting that was never set is null, and null forgets one", "[settings]") {
    SettingsFixture f;
    f.open();
    CHECK(f.get("never").is_null());
    REQUIRE(f.set("a", 1));
    REQUIRE(f.set("a", nullptr));
    CHECK(f.get("a").is_null());
    CHECK(f.file() == "{}\n");
}

TEST_CASE("a changed setting is told", "[settings]") {
    SettingsFixture f;
    f.open();
    std::vector<Json> heard;
    f.bus.subscribe("settings.changed",
                    [&](const std::string&, const Json& message) { heard.push_back(message); });
    REQUIRE(f.set("a", 1));
    f.settle();
    CHECK(heard == std::vector<Json>{{{"key", "a"}, {"value", 1}}});
}

TEST_CASE("damaged settings are moved aside, said, and replaced by defaults", "[settings]") {
    const auto content =
        GENERATE(as<std::string>{}, "{\"a\": 1", "[]", "", "{\"a\":1,\"a\":2}", "\xFF");
    SettingsFixture f;
    REQUIRE(write_file(f.dir / "settings.json", content));
    f.open();
    CHECK(f.get("a").is_null());
    REQUIRE(f.notices.size() == 1);
    CHECK(f.notices[0].code == "SZ-APP-001");
    CHECK_THAT(f.notices[0].hint, ContainsSubstring("settings.json.broken-20010909T014640.123Z"));
    CHECK(read_file(f.dir / "settings.json.broken-20010909T014640.123Z", 100).value() == content);
    REQUIRE(f.set("b", 2));
    f.reopen();
    CHECK(f.get("b") == 2);
    CHECK(f.notices.size() == 1);
}

TEST_CASE("damaged settings that cannot be moved are left as they are", "[settings]") {
    SettingsFixture f;
    REQUIRE(write_file(f.dir / "settings.json", "damaged"));
    REQUIRE(write_file(f.dir / "settings.json.broken-20010909T014640.123Z", "an older one"));
    f.open();
    REQUIRE(f.notices.size() == 1);
    CHECK(f.notices[0].code == "SZ-APP-002");
    const auto kept = f.set("a", 1);
    CHECK(code_of(kept) == "SZ-APP-004");
    CHECK(f.get("a") == 1);
    CHECK(f.file() == "damaged");
}

TEST_CASE("settings are kept at the limit of their size and refused past it", "[settings]") {
    SettingsFixture f;
    f.open();
    constexpr std::size_t frame = std::string_view("{\n  \"a\": \"\"\n}\n").size();
    REQUIRE(f.set("a", std::string(limits::settings_bytes_max - frame, 'x')));
    CHECK(f.file().size() == limits::settings_bytes_max);
    CHECK(code_of(f.set("a", std::string(limits::settings_bytes_max - frame + 1, 'x'))) ==
          "SZ-APP-003");
    f.reopen();
    CHECK(f.get("a").get<std::string>().size() == limits::settings_bytes_max - frame);
    CHECK(f.notices.empty());
}

TEST_CASE("a setting that cannot be written holds for this run, and says so", "[settings]") {
    SettingsFixture f;
    f.open();
    REQUIRE(make_folder(f.dir.path() / "settings.json" / "in the way"));
    const auto kept = f.set("a", 1);
    CHECK(code_of(kept) == "SZ-APP-004");
    CHECK(kept.error().kind == ErrorKind::environment);
    CHECK(f.get("a") == 1);
}

TEST_CASE("what was set last is what is on the disk", "[settings]") {
    SettingsFixture f;
    f.open();
    for (int i = 0; i < 20; ++i) {
        f.bus.call("settings.set", {{"key", "n"}, {"value", i}}, {}, [](const Result<Json>&) {});
    }
    f.settle();
    f.reopen();
    CHECK(f.get("n") == 19);
}
