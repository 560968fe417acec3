// SPDX-License-Identifier: AGPL-3.0-or-later
// What a crash left with a router is taken back at the next start, by the real plugin.
#include <future>

#include "kernel/base/files.hpp"
#include "plugins/port-upnp/tests/fake_router.hpp"
#include "tests/integration/profile_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;
namespace router = upnp::test;

namespace {

constexpr const char* service = "urn:schemas-upnp-org:service:WANIPConnection:1";

std::string record_of(const router::FakeRouter& box) {
    const Json mapping{{"router", box.url()},          {"control", box.url("/control")},
                       {"service", service},           {"protocol", "udp"},
                       {"outside_port", 41'977},       {"inside_port", 41'977},
                       {"inside_address", "127.0.0.1"}};
    const Json port{{"mapper", "upnp"}, {"mapping", mapping}, {"ends_at", 0}, {"tries", 0}};
    return Json{{"version", 1}, {"ports", Json::array({port})}}.dump();
}

}  // namespace

TEST_CASE("a start after a crash takes back the port that was hosted", "[ports]") {
    std::promise<void> removed;
    const router::FakeRouter box([&](const router::Asked& asked, router::tcp::socket& socket) {
        if (asked.what == "GetSpecificPortMappingEntry")
            return router::write(socket, router::entry("127.0.0.1", 41'977, 0));
        router::write(socket, router::soap(asked.what));
        if (asked.what == "DeletePortMapping") removed.set_value();
    });
    ProfileFixture f;
    f.open();
    f.profile.reset();
    CHECK(box.asked().empty());
    REQUIRE(write_file(f.file("run/ports.json"), record_of(box)));
    f.open();
    CHECK(f.call("app.info").value()["notices"] == Json::array());
    removed.get_future().wait();
    f.profile.reset();
    CHECK_FALSE(fs::exists(f.file("run/ports.json")));
    REQUIRE(box.asked("DeletePortMapping").size() == 1);
    CHECK(box.asked("DeletePortMapping")[0].argument("NewExternalPort") == "41977");
}

TEST_CASE("a damaged list of ports stops nothing, is kept, and is told", "[ports]") {
    ProfileFixture f;
    f.open();
    f.profile.reset();
    REQUIRE(write_file(f.file("run/ports.json"), "{ not JSON"));
    f.open();
    const auto notices = f.call("app.info").value()["notices"];
    REQUIRE(notices.size() == 1);
    CHECK(notices[0]["code"] == "SZ-PORT-020");
    CHECK_FALSE(fs::exists(f.file("run/ports.json")));
}
