// SPDX-License-Identifier: AGPL-3.0-or-later
// Plugins that use what the program gives them badly: their methods, their names, their tasks.
#include <future>
#include <memory>

#include "kernel/base/log.hpp"
#include "tests/plugins_bad/faulty.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;

namespace {

struct OneFaulty {
    PluginPlace place;
    std::string id;

    explicit OneFaulty(const std::string& name) : id("org.test." + name) {
        place.add_to(place.bundle, faulty(name));
        place.write_bundle();
    }
    // What it wrote down in its data folder.
    [[nodiscard]] std::string order() const {
        return read_text(place.folders.plugin_data() / id / "order");
    }
};

}  // namespace

TEST_CASE("deinit comes after the last task of the plugin and its end") {
    const OneFaulty late("late");
    {
        PluginKernel kernel(late.place, checked());
        // Somebody hears of its progress: it runs on the pool.
        const auto waits = std::make_shared<std::promise<void>>();
        kernel.thread().run_and_wait([&] {
            (void)kernel.bus().subscribe(
                "task.progress", [waits, is_told = false](const std::string&, const Json&) mutable {
                    if (!std::exchange(is_told, true)) waits->set_value();
                });
        });
        waits->get_future().wait();
    }
    CHECK(late.order() == "tdD");
}

TEST_CASE("the tasks of a plugin whose init says no are ended, and it is not called again") {
    const OneFaulty late("late-fails");
    {
        PluginKernel kernel(late.place, checked());
        REQUIRE(kernel.state(late.id) == "failed");
        const std::string order = late.order();
        CHECK((order == "td" || order == "d"));  // "d": it had not begun
    }
    CHECK(late.order().find('D') == std::string::npos);
}

TEST_CASE("a method that throws is answered at once with the plugin's name") {
    const OneFaulty offers("offers");
    PluginKernel kernel(offers.place, checked());
    const auto answer = kernel.bus().call_and_wait("org.test.offers.throws", Json::object());
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == "SZ-PLUGIN-061");
    CHECK_THAT(answer.error().message, ContainsSubstring("org.test.offers"));
}

TEST_CASE("methods with names or schemas that are none are refused, and the log says why") {
    const OneFaulty offers("offers");
    log::open(offers.place.root.path(), log::Level::error);
    {
        PluginKernel kernel(offers.place, checked());
        const auto tried = kernel.bus().call_and_wait("org.test.offers.tried", Json::object());
        REQUIRE(tried);
        // throws; two names; a schema that is a number, of no type, elsewhere, in itself, with no
        // pattern; tried.
        CHECK(*tried == "0 1 1 1 1 1 1 1 0");
    }
    log::close();
    const std::string said = read_text(offers.place.root / "sessionzero.log");
    for (const char* why :
         {"“org.test.offers.sp ace ” is no name for a method", "“org.test.offers.broken0” cannot",
          "“$ref” leads nowhere: http://127.0.0.1:9/x.json", "“$ref” leads back to itself",
          "“pattern” is no regular expression", "Unknown type"})
        CHECK_THAT(said, ContainsSubstring(why));
}
