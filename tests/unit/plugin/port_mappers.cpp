// SPDX-License-Identifier: AGPL-3.0-or-later
// What a port mapper's plugin says is held against its header.
#include "kernel/plugin/port_mappers.hpp"

#include <sz/cpp/port_mapper.hpp>

#include "tests/support/catch.hpp"

using namespace sz;

namespace {

const Json good_answer{{"mapping", {{"router", "x"}}},
                       {"outside_address", "198.50.100.7"},
                       {"outside_port", 41'977},
                       {"lease_s", 3600},
                       {"router", "Box"},
                       {"ms", 12}};

// Says what a test wants.
class Says final : public plugin::PortMapper {
  public:
    Says() : PortMapper("upnp", "UPnP") {}
    std::string answer = good_answer.dump();
    plugin::Status gone{};
    bool asks_progress = false;
    mutable std::string request;

    plugin::Result<std::string> map(std::string_view text,
                                    const plugin::Progress& progress) const override {
        request = text;
        if (asks_progress)
            if (const auto goes_on = progress.report(0, 0, "x"); !goes_on) return goes_on.error();
        if (answer.empty())
            return plugin::Fault{SZ_ERR_ENVIRONMENT, "SZ-PORT-002", "The router\nrefused.",
                                 "By hand.",         "/x",          ""};
        return answer;
    }
    plugin::Status unmap(std::string_view text, std::chrono::milliseconds) const override {
        request = text;
        return gone;
    }
};

struct Mappers {
    KernelThread kernel;
    Says says;
    PluginPortMappers all{kernel};
    Mappers() { REQUIRE(all.add("org.test.says", says.table())); }
    [[nodiscard]] Result<PortMapping> map(const PortMappers::GoesOn& goes_on = {}) const {
        return all.map("upnp", {PortProtocol::udp, 41'977, std::chrono::seconds(60)}, goes_on);
    }
    [[nodiscard]] std::string code_of(const std::string& answer) {
        says.answer = answer;
        const auto mapped = map();
        return mapped ? "taken" : mapped.error().code;
    }
};

}  // namespace

TEST_CASE("a port mapper is asked in the words of its header") {
    Mappers mappers;
    const auto mapped = mappers.map();
    REQUIRE(mapped);
    CHECK(mapped->mapping == Json{{"router", "x"}});
    CHECK(mapped->outside_address == "198.50.100.7");
    CHECK(mapped->outside_port == 41'977);
    CHECK(mapped->lease == std::chrono::hours(1));
    CHECK(mapped->router == "Box");
    CHECK(Json::parse(mappers.says.request) == Json{{"protocol", "udp"},
                                                    {"port", 41'977},
                                                    {"lease_s", 60},
                                                    {"patience_ms", 4000},
                                                    {"description", "SessionZero"}});
    PortRequest again{PortProtocol::tcp, 1};
    again.previous = mapped->mapping;
    REQUIRE(mappers.all.map("upnp", again, {}));
    CHECK(Json::parse(mappers.says.request).at("previous") == Json{{"router", "x"}});
    CHECK(Json::parse(mappers.says.request).at("protocol") == "tcp");
    REQUIRE(mappers.all.unmap("upnp", mapped->mapping, std::chrono::seconds(1)));
    CHECK(mappers.says.request == R"({"router":"x"})");
    REQUIRE(mappers.all.list().size() == 1);
    CHECK(mappers.all.list()[0].name == "upnp");
    CHECK(mappers.all.list()[0].title == "UPnP");
    CHECK(mappers.all.list()[0].plugin == "org.test.says");
}

TEST_CASE("an answer that makes no sense is the plugin's defect") {
    Mappers mappers;
    for (const auto& [key, value] :
         std::vector<std::pair<std::string, Json>>{{"mapping", "x"},
                                                   {"mapping", nullptr},
                                                   {"mapping", {{"x", std::string(8 * 1024, 'x')}}},
                                                   {"outside_port", 0},
                                                   {"outside_port", 65'536},
                                                   {"outside_port", "1"},
                                                   {"outside_port", 1.5},
                                                   {"lease_s", -1},
                                                   {"lease_s", 366 * 24 * 3600 + 1},
                                                   {"outside_address", "<b>home</b>"},
                                                   {"outside_address", std::string(46, '1')}}) {
        Json answer = good_answer;
        answer[key] = value;
        INFO(answer.dump().substr(0, 200));
        CHECK(mappers.code_of(answer.dump()) == "SZ-PLUGIN-061");
        answer.erase(key);
        if (key != "outside_address") CHECK(mappers.code_of(answer.dump()) == "SZ-PLUGIN-061");
    }
    CHECK(mappers.code_of("[]") == "SZ-PLUGIN-061");
    CHECK(mappers.code_of("{") == "SZ-PLUGIN-061");
    CHECK(mappers.code_of(std::string(1 << 20, ' ')) != "taken");
    Json answer = good_answer;
    answer["outside_address"] = "";
    CHECK(mappers.code_of(answer.dump()) == "taken");
    answer["lease_s"] = 366 * 24 * 3600;
    CHECK(mappers.code_of(answer.dump()) == "taken");
    answer["router"] = "a\nb" + std::string(500, 'x');
    mappers.says.answer = answer.dump();
    CHECK(mappers.map()->router == "a b" + std::string(197, 'x'));
}

TEST_CASE("what stands in the way comes through in the plugin's words, in one line") {
    Mappers mappers;
    mappers.says.answer.clear();
    const auto mapped = mappers.map();
    REQUIRE_FALSE(mapped);
    CHECK(mapped.error().code == "SZ-PORT-002");
    CHECK(mapped.error().kind == ErrorKind::environment);
    CHECK(mapped.error().message == "The router refused.");
    CHECK(mapped.error().hint == "By hand.");
    CHECK(mapped.error().where.empty());
    mappers.says.gone = plugin::fault(SZ_ERR_ENVIRONMENT);
    const auto left = mappers.all.unmap("upnp", Json::object(), std::chrono::seconds(1));
    REQUIRE_FALSE(left);
    CHECK(left.error().code == "SZ-PORT-005");
}

TEST_CASE("a call to a router can be cancelled") {
    Mappers mappers;
    mappers.says.asks_progress = true;
    CHECK(mappers.map());
    CHECK(mappers.map([] { return true; }));
    const auto mapped = mappers.map([] { return false; });
    REQUIRE_FALSE(mapped);
    CHECK(mapped.error().code == "SZ-PORT-011");
    CHECK(mapped.error().kind == ErrorKind::cancelled);
}

TEST_CASE("a table that is broken, or a name that is there already, is refused") {
    Mappers mappers;
    const auto code = [&](const sz_port_mapper& table) {
        const auto added = mappers.all.add("org.test.other", &table);
        return added ? "taken" : added.error().code;
    };
    sz_port_mapper table = *mappers.says.table();
    CHECK(code(table) == "SZ-PLUGIN-036");
    table.name = "other";
    table.size = SZ_PORT_MAPPER_SIZE_1 - 1;
    CHECK(code(table) == "SZ-PLUGIN-036");
    table.size = SZ_PORT_MAPPER_SIZE_1;
    table.unmap = nullptr;
    CHECK(code(table) == "SZ-PLUGIN-036");
    table.unmap = mappers.says.table()->unmap;
    table.name = "no name";
    CHECK(code(table) == "SZ-PLUGIN-036");
    table.name = nullptr;
    CHECK(code(table) == "SZ-PLUGIN-036");
    table.name = "other";
    CHECK(code(table) == "taken");
    mappers.all.remove("org.test.other");
    CHECK(mappers.all.list().size() == 1);
    const auto mapped = mappers.all.map("other", {}, {});
    REQUIRE_FALSE(mapped);
    CHECK(mapped.error().code == "SZ-PORT-010");
}
