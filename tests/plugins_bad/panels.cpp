// SPDX-License-Identifier: AGPL-3.0-or-later
// Panels that do what they must not: the window gets a sentence, and goes on. Those that need a
// toolkit stand in tests/ui.
#include <nlohmann/json.hpp>
#include <optional>

#include "kernel/base/limits.hpp"
#include "tests/plugins_bad/faulty.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;

namespace {

class NoWindows final : public Executor {
    void post(std::function<void()>) override {}
};

// The one panel of one plugin, and what it asked of its window.
struct OnScreen {
    PluginPlace place;
    std::unique_ptr<PluginKernel> kernel;
    NoWindows ui;
    std::vector<std::string> asked;
    std::unique_ptr<Panel> panel;
    int parent = 0;  // something to point at
    Result<void*> made = nullptr;

    explicit OnScreen(const std::string& name) {
        place.add_to(place.bundle, faulty(name));
        place.write_bundle();
        kernel =
            std::make_unique<PluginKernel>(place, PluginKernel::Options{false, true, check_schema});
        const auto offered = kernel->plugins().panels().list();
        REQUIRE(offered.size() == 1);
        panel = kernel->plugins().panels().make(
            offered.front(),
            {[this](const Json& target) { asked.push_back("open " + target.dump()); },
             [this](const std::string& text) { asked.push_back("status " + text); },
             [this](const std::string& text) {
                 return asked.push_back("translate " + text), text;
             }},
            ui);
        REQUIRE(panel);
        made = panel->create(&parent);
    }
};

}  // namespace

TEST_CASE("a sound panel is made, shows what it lists and remembers") {
    OnScreen screen("panel-plain");
    REQUIRE(screen.made);
    CHECK(*screen.made == &screen.parent);
    CHECK(screen.panel->shows("thing"));
    CHECK_FALSE(screen.panel->shows("entry"));
    CHECK(screen.panel->show({{"show", "thing"}}));
    CHECK(screen.panel->save() == Json{{"a", 1}});
    CHECK(screen.panel->failure() == nullptr);
    screen.panel->end();
    CHECK_FALSE(screen.panel->shows("thing"));
    CHECK(screen.panel->save() == nullptr);
}

TEST_CASE("a panel that throws while it is made has failed, in words") {
    const OnScreen screen("panel-create-throws");
    REQUIRE_FALSE(screen.made);
    CHECK_FALSE(screen.panel->is_alive());
    const Error* why = screen.panel->failure();
    REQUIRE(why != nullptr);
    CHECK(why->code == "SZ-PLUGIN-090");
    CHECK_THAT(why->message, ContainsSubstring("“Plain”"));
    CHECK_THAT(why->message, ContainsSubstring("org.test.panel-create-throws"));
    CHECK_THAT(why->hint, ContainsSubstring("szctl plugin disable org.test.panel-create-throws"));
}

TEST_CASE("a panel that throws when it is used has failed, and is ended like any other") {
    const OnScreen screen("panel-show-throws");
    REQUIRE(screen.made);
    CHECK_FALSE(screen.panel->show({{"show", "thing"}}));
    REQUIRE(screen.panel->failure() != nullptr);
    CHECK_THAT(screen.panel->failure()->message, ContainsSubstring("(panel.show)"));
    CHECK_FALSE(screen.panel->is_busy());
    screen.panel->end();
    CHECK_FALSE(screen.panel->is_alive());
}

TEST_CASE("a panel whose table is too short is refused before it is read") {
    const OnScreen screen("panel-short");
    REQUIRE_FALSE(screen.made);
    CHECK(screen.made.error().code == "SZ-PLUGIN-061");
    CHECK_THAT(screen.made.error().message, ContainsSubstring("its table is too short"));
}

TEST_CASE("a panel with a missing function is refused") {
    const OnScreen screen("panel-half");
    REQUIRE_FALSE(screen.made);
    CHECK_THAT(screen.made.error().message,
               ContainsSubstring("a function of its table is missing"));
}

TEST_CASE("a panel that wants to remember too much remembers nothing") {
    const OnScreen screen("panel-hoards");
    REQUIRE(screen.made);
    CHECK(screen.panel->save() == nullptr);
    CHECK(screen.asked == std::vector<std::string>{"status what is not there", "status too much"});
    CHECK(screen.panel->failure() == nullptr);
}

TEST_CASE("a panel that asks the window from another thread is refused") {
    const OnScreen screen("panel-threads");
    REQUIRE(screen.made);
    REQUIRE(screen.panel->show({{"show", "thing"}}));
    CHECK(screen.panel->save() == Json{{"translate", 9}});  // SZ_ERR_INTERNAL
    CHECK(screen.asked.empty());
}

TEST_CASE("what the toolkit calls of a panel is answered for by its plugin, and only there") {
    const OnScreen screen("panel-plain");
    REQUIRE(screen.made);
    const auto lost = [&] { return Breadcrumb::lost(screen.place.folders.breadcrumb()); };
    CHECK(screen.panel->run("panel.event", [&] {
        REQUIRE(lost().size() == 1);
        CHECK(lost()[0].plugin == "org.test.panel-plain");
        CHECK(lost()[0].call == "panel.event");
        CHECK(screen.panel->is_busy());
        {
            const WaitForPerson dialog;
            CHECK(lost().empty());
            CHECK(screen.panel->is_busy());
            screen.panel->run("panel.call-after", [&] { CHECK(lost().size() == 1); });
            CHECK(lost().empty());
        }
        REQUIRE(lost().size() == 1);
        CHECK(lost()[0].call == "panel.event");
    }));
    CHECK(lost().empty());
    CHECK_FALSE(screen.panel->run("panel.event", [] { throw std::string("thrown"); }));
    CHECK(lost().empty());
    REQUIRE(screen.panel->failure() != nullptr);
    CHECK_THAT(screen.panel->failure()->message, ContainsSubstring("(panel.event)"));
}
