// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/audience.hpp"

#include <rapidcheck.h>

#include <nlohmann/json.hpp>

#include "kernel/campaign/marks.hpp"
#include "tests/support/catch.hpp"

using namespace sz::campaign;

namespace {

Audience arbitrary_audience() {
    const auto people = [] {
        return Audience::people(*rc::gen::container<std::vector<std::string>>(
            rc::gen::element<std::string>("a", "b", "c", "d")));
    };
    switch (*rc::gen::inRange(0, 4)) {
        case 0: return Audience::everyone();
        case 1: return Audience::players();
        case 2: return Audience::players().both(people());
        default: return people();
    }
}

Viewer arbitrary_viewer() {
    return {*rc::gen::element<std::string>("a", "b", "c", "d", "e"), *rc::gen::arbitrary<bool>(),
            *rc::gen::arbitrary<bool>()};
}

}  // namespace

TEST_CASE("an audience is written in one way only") {
    CHECK(Audience::everyone().text() == "everyone");
    CHECK(Audience::game_masters().text() == "gm");
    CHECK(Audience::people({"b", "a", "b"}).text() == "gm,a,b");
    CHECK(Audience::players().text() == "players");
    CHECK(Audience::players().both(Audience::people({"b", "a"})).text() == "players,a,b");
    CHECK(Audience::players().both(Audience::game_masters()).text() == "gm");
    for (const char* wrong : {"", "nobody", "gm,", "gm,b,a", "gm,a,a", "a", "everyone,a", "gm,,a",
                              "players,", "players,b,a", "player"})
        CHECK_FALSE(Audience::parse(wrong));
}

TEST_CASE("audiences: the laws of sets") {
    CHECK(rc::check("text and parse agree", [] {
        const Audience audience = arbitrary_audience();
        RC_ASSERT(Audience::parse(audience.text()).value() == audience);
    }));
    CHECK(rc::check("whoever is in both is in each", [] {
        const Audience a = arbitrary_audience();
        const Audience b = arbitrary_audience();
        const Viewer viewer = arbitrary_viewer();
        RC_ASSERT(a.both(b).includes(viewer) == (a.includes(viewer) && b.includes(viewer)));
        RC_ASSERT(a.covers(a.both(b)));
        RC_ASSERT(a.both(b) == b.both(a));
    }));
    CHECK(rc::check("whatever covers another has all of it, and comes before it", [] {
        const Audience a = arbitrary_audience();
        const Audience b = arbitrary_audience();
        const Viewer viewer = arbitrary_viewer();
        if (a.covers(b)) RC_ASSERT(!b.includes(viewer) || a.includes(viewer));
        if (a.covers(b)) RC_ASSERT(a == b || a.before(b));
        RC_ASSERT(a == b || a.before(b) != b.before(a));
        RC_ASSERT(a.covers(a));
    }));
}

TEST_CASE("game masters see whatever has an audience; an owner sees what is the owner's") {
    const Viewer gm{"g", true};
    const Viewer owner{"o", false};
    const Viewer other{"x", false};
    const auto sees = [](const Viewer& viewer, const Visibility& visibility) {
        return visibility.audience("o").includes(viewer);
    };
    for (const char* label : {"everyone", "players", "owner", "gm", "named"})
        CHECK(sees(gm, {label, {}}));
    CHECK(sees(owner, {"owner", {}}));
    CHECK_FALSE(sees(other, {"owner", {}}));
    CHECK_FALSE(sees(owner, {"gm", {}}));
    CHECK(sees(other, {"named", {"x"}}));
    CHECK_FALSE(sees(owner, {"named", {"x"}}));
    const Viewer spectator{"o", false, false};
    const Viewer player{"x", false, true};
    CHECK(sees(player, {"players", {}}));
    CHECK_FALSE(sees(spectator, {"players", {}}));
    CHECK(sees(spectator, {"owner", {}}));
    CHECK_FALSE(
        Visibility{"owner", {}}.audience("o").both(Audience::players()).includes(spectator));
    CHECK(stricter_label("everyone", "owner") == "owner");
    CHECK(stricter_label("everyone", "players") == "players");
    CHECK(stricter_label("owner", "players") == "owner");
    CHECK(stricter_label("gm", "owner") == "gm");
}

TEST_CASE("a mark remembers who changed last, and when somebody else did") {
    Mark mark;
    mark.change({3, 0, "me"});
    mark.change({5, 0, "you"});
    mark.change({7, 0, "you"});
    CHECK(mark.changed_by_others(6, "me"));
    CHECK_FALSE(mark.changed_by_others(7, "me"));
    CHECK_FALSE(mark.changed_by_others(3, "you"));
    CHECK(mark.changed_by_others(2, "you"));
}

TEST_CASE("marks of items are bounded, and what fell out counts as changed when it fell out") {
    Marks marks;
    for (EventIndex event = 1; event <= Marks::items_max + 1; ++event)
        marks.change({event, 0, "you"}, {"item" + std::to_string(event)});
    CHECK(marks.items.size() == Marks::items_max);
    CHECK(marks.floor == 1);
    CHECK(marks.conflict(0, "me", {"item1"}) != nullptr);
    CHECK(marks.conflict(1, "me", {"item1"}) == nullptr);
    CHECK(marks.conflict(1, "me", {"item2"}) != nullptr);
    CHECK(marks.conflict(1, "me", {}) != nullptr);
    const auto again = Marks::from_json(marks.to_json());
    REQUIRE(again);
    CHECK(*again == marks);
}
